import type { JourneyStage, Touchpoint } from '@jejak/events'

/** What a row says of how its visitor came. */
interface RowEvidence {
  readonly url: string | undefined
  readonly isPageView: boolean
  /** Campaign parameters, click ids and a referrer. */
  readonly evidence: Omit<Touchpoint, 'landing'>
  /** The evidence is nothing but a page of the same host: no arrival from outside. */
  readonly internal: boolean
}

interface OpenSession {
  readonly id: string
  /** 1, 2, 3 … of its visitor, in the order of reading. */
  readonly number: number
  /** Counts the rows of the session, in the order of reading. */
  nextSequence(): number
  /** The last stage that was entered. */
  stage: JourneyStage | undefined
  /** The evidence that this row's event has to carry, if any. */
  touch(row: RowEvidence): Touchpoint | undefined
}

/** Gives the session that a row belongs to. */
export type FindSession = (visitor: string, time: number, session: string | undefined) => OpenSession

interface Stretch {
  from: number
  to: number
  readonly session: OpenSession
}

/**
 * Keeps the sessions of a log. Where the log names none, a visitor's events that are at most `idleMs` apart are one,
 * as in GA4. Logs should be in order of time: a row that comes late joins the session it is near to, but two sessions
 * that it would have joined stay two.
 */
export function createSessions(idleMs: number, newId: (visitor: string, start: number) => string): FindSession {
  const named = new Map<string, OpenSession>()
  const stretches = new Map<string, Stretch[]>()
  const counts = new Map<string, number>()

  const open = (visitor: string, id: string): OpenSession => {
    const number = (counts.get(visitor) ?? 0) + 1
    counts.set(visitor, number)
    return createSession(id, number)
  }

  return (visitor, time, id) => {
    if (id !== undefined) {
      let session = named.get(id)
      if (!session) named.set(id, (session = open(visitor, id)))
      return session
    }
    const own = stretches.get(visitor)
    const isNear = ({ from, to }: Stretch) => time >= from - idleMs && time <= to + idleMs
    const last = own?.at(-1)
    const near = last && isNear(last) ? last : own?.find(isNear)
    if (near) {
      near.from = Math.min(near.from, time)
      near.to = Math.max(near.to, time)
      return near.session
    }
    const session = open(visitor, newId(visitor, time))
    const stretch = { from: time, to: time, session }
    if (own) own.push(stretch)
    else stretches.set(visitor, [stretch])
    return session
  }
}

/**
 * A log often repeats on every row how the session began. So a session's first row with a page or any evidence carries
 * it, and a later one only where it tells another arrival from outside: a page view whose evidence is not that of the
 * row before it, or another row whose evidence the session has not had yet.
 */
function createSession(id: string, number: number): OpenSession {
  let sequence = 0
  let isTold = false
  let last = ''
  let seen: Set<string> | undefined

  return {
    id,
    number,
    stage: undefined,
    nextSequence: () => ++sequence,
    touch({ url, isPageView, evidence, internal }) {
      const key = internal ? INTERNAL : keyOf(evidence)
      if (url === undefined && key === '') return undefined
      const touch = { landing: url ?? '', ...evidence }
      if (!isTold) {
        isTold = true
        last = key
        return touch
      }
      if (key === '') return undefined
      const isNew = key !== INTERNAL && key !== last && (isPageView || !seen?.has(key))
      if (key !== last) (seen ??= new Set()).add(last).add(key)
      if (isPageView || isNew) last = key
      return isNew ? touch : undefined
    },
  }
}

const INTERNAL = ' '

function keyOf(evidence: Omit<Touchpoint, 'landing'>): string {
  for (const _ in evidence) return JSON.stringify(evidence)
  return ''
}

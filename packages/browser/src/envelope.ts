import { JOURNEY_STAGES, stageOf } from '@jejak/events'
import type { DropReason, Envelope, StageRules } from '@jejak/events'
import type { Consent } from './consent.ts'
import type { PageReader } from './page.ts'
import type { TrackOptions } from './plugin.ts'
import { byteLength, createRow } from './row.ts'
import type { Row } from './row.ts'
import type { Session } from './session.ts'
import type { Arrival } from './touchpoint.ts'
import type { Visitor } from './visitor.ts'

/** With everything else an event carries, this fits into a request that outlives its page. */
const MOST_PROPERTIES_BYTES = 40_000

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

export interface SealOptions {
  readonly now: () => number
  readonly newId: (time: number) => string
  readonly consent: Consent
  readonly visitor: Visitor
  readonly session: Session
  readonly page: PageReader
  readonly arrival: Arrival
  readonly stageRules?: StageRules | undefined
  readonly beforeSend?: ((event: Envelope) => Envelope | undefined) | undefined
  readonly log: (...details: unknown[]) => void
}

/** Makes an event complete, or says why that cannot be done. Throws for what cannot be read. */
export type Seal = (name: string, properties: object | undefined, options: TrackOptions | undefined) => Row | DropReason

export function createSeal({
  now,
  newId,
  consent,
  visitor,
  session,
  page,
  arrival,
  stageRules,
  beforeSend,
  log,
}: SealOptions): Seal {
  return (name, properties, options) => {
    if (typeof name !== 'string' || !name || name.length > 100) throw new TypeError('a name has 1 to 100 characters')
    const json = snapshot(properties)
    if (byteLength(json) > MOST_PROPERTIES_BYTES) return 'too_large'

    const { time, id, stage: toldStage } = readOptions(options)
    const at = Math.floor(typeof time === 'number' && time >= 0 && time < 2 ** 48 ? time : now())
    const { state } = consent
    const { path, ...seen } = page.read(name === 'page_view')
    const { session_id, session_number, sequence, stage: lastStage } = session.next(arrival.campaign(state))
    const ownStage = JOURNEY_STAGES.find(stage => stage === toldStage)
    const stage = stageOf({ name, stage: ownStage, path, pageType: seen.type, lastStage }, stageRules)
    if (stage) session.enter(stage)

    const ownId = newId(at)
    const touch = arrival.read(sequence === 1, seen.url, state)
    const envelope: Omit<Envelope, 'properties'> = {
      id: typeof id === 'string' && UUID.test(id) ? id : ownId,
      name,
      stage,
      time: at,
      ...visitor.ids,
      session_id,
      session_number,
      sequence,
      page: seen,
      ...(touch && { touch }),
      consent: state,
    }
    let whole = `${JSON.stringify(envelope).slice(0, -1)},"properties":${json}}`
    if (beforeSend) {
      const kept = beforeSend(JSON.parse(whole) as Envelope)
      if (!kept) return 'filtered'
      whole = JSON.stringify(kept)
    }
    arrival.spend()
    log(name, envelope)
    // What tells of an order is worth most; what has no stage, such as a click, least.
    const rank = json.includes('"transaction_id"') ? 3 : name === 'page_view' ? 1 : stage || name === 'identify' ? 2 : 0
    return createRow(ownId, rank, whole)
  }
}

/** What cannot be read is not said: an event is not lost for it. */
function readOptions(options: TrackOptions | undefined): TrackOptions {
  try {
    return { ...options }
  } catch {
    return {}
  }
}

/** The properties as JSON, as they are now, without what is null. Throws when they cannot be read. */
function snapshot(properties: unknown): string {
  const json = JSON.stringify(properties ?? {}) as string | undefined
  if (json?.[0] !== '{') throw new TypeError('properties must be an object')
  // Read again, for what was handed in is to be read only once; and seldom, for it takes longer than all the rest.
  const withoutNull = (_key: string, value: unknown) => (value === null ? undefined : value)
  return json.includes(':null') ? JSON.stringify(JSON.parse(json), withoutNull) : json
}

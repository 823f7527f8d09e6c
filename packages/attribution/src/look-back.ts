import type { ChannelRules, Conversion, Journey, Touch } from './journey.ts'
import { compareText } from './compare-text.ts'
import { directTouch } from './sessions.ts'
import type { Session } from './sessions.ts'

/**
 * What a conversion leaves for the next one of the same person.
 * - `continue`: everything. Each conversion looks back over all touches in its window, as in GA4.
 * - `reset`: nothing. Each conversion starts afresh after the last one.
 */
export const AFTER_CONVERSION = ['continue', 'reset'] as const

export type AfterConversion = (typeof AFTER_CONVERSION)[number]

/** Which touches lead to a conversion. */
export interface LookBack {
  /** How long before a conversion a touch may lie, in milliseconds; one exactly that old counts. */
  readonly lookbackMs: number
  readonly afterConversion: AfterConversion
}

/** What one person did. */
export interface History {
  readonly person: string
  readonly sessions: readonly Session[]
  /** In order of time, each with the session it happened in. */
  readonly conversions: readonly { readonly conversion: Conversion; readonly session_id: string }[]
}

/**
 * The journeys of one person: one for each conversion, then those that led to none, each in order of time.
 *
 * A conversion's journey are the touches in its window. If there are none, it is the touch of the session that it
 * happened in; if that only continued an earlier contact, it is this contact, or Direct where it lies too long before.
 * So every conversion has a journey, and nothing is left without credit.
 *
 * Touches that lie in no conversion's window led to none: those after the last conversion, those too long before one,
 * and all of somebody who never converts. They are journeys without a conversion; a gap longer than the look-back ends
 * one and begins the next.
 */
export function* journeysOf(history: History, lookBack: LookBack, channels: ChannelRules): Generator<Journey> {
  const { person, sessions, conversions } = history
  const { lookbackMs, afterConversion } = lookBack
  const touches = sessions
    .flatMap(session => session.touches)
    .sort((a, b) => a.time - b.time || compareText(a.session_id, b.session_id))
  const bySession = new Map(conversions.length > 0 ? sessions.map(session => [session.id, session]) : [])

  const unconverted: Touch[] = []
  const lent = new Set<Touch>()
  // The window is from `first` up to `end`; what is before `done` is in a journey or known to be in none.
  let first = 0
  let end = 0
  let done = 0
  for (const { conversion, session_id } of conversions) {
    while (end < touches.length && touches[end]!.time <= conversion.time) end++
    if (afterConversion === 'reset') first = done
    while (first < end && touches[first]!.time < conversion.time - lookbackMs) first++
    while (done < first) unconverted.push(touches[done++]!)
    done = end

    if (first < end) {
      yield { person, touches: touches.slice(first, end), conversion }
    } else {
      const before = touches[end - 1]
      const continued = before && before.time >= conversion.time - lookbackMs ? before : undefined
      const session = bySession.get(session_id)!
      const touch =
        lastUpTo(conversion.time, session.touches) ??
        continued ??
        directTouch(channels, CONTINUED, session.start, session.id)
      lent.add(touch)
      yield { person, touches: [touch], conversion }
    }
  }
  while (done < touches.length) unconverted.push(touches[done++]!)

  const left = unconverted.filter(touch => !lent.has(touch))
  for (const part of splitByGaps(left, lookbackMs)) yield { person, touches: part }
}

function lastUpTo(time: number, touches: readonly Touch[]): Touch | undefined {
  let low = 0
  let high = touches.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (touches[middle]!.time <= time) low = middle + 1
    else high = middle
  }
  return touches[low - 1]
}

const CONTINUED = 'The session only continued an earlier contact, which lies outside the look-back window.'

function splitByGaps(touches: readonly Touch[], longestMs: number): Touch[][] {
  const parts: Touch[][] = []
  let last = -Infinity
  for (const touch of touches) {
    if (parts.length === 0 || touch.time - last > longestMs) parts.push([])
    parts.at(-1)!.push(touch)
    last = touch.time
  }
  return parts
}

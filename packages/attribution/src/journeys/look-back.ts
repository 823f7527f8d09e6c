import type { TouchKind } from '../journey.ts'
import type { PersonContacts } from './contacts.ts'

/**
 * What a conversion leaves for the next one of the same person and definition.
 * - `continue`: everything. Each conversion looks back over all touches in its window, as in GA4.
 * - `reset`: nothing. Each conversion starts afresh after the last one.
 */
export const AFTER_CONVERSION = ['continue', 'reset'] as const

export type AfterConversion = (typeof AFTER_CONVERSION)[number]

/** Which touches lead to a conversion. */
export interface LookBack {
  /** How long before a conversion a touch of each kind may lie, in milliseconds; one exactly that old counts. */
  readonly lookbackMs: Readonly<Record<TouchKind, number>>
  readonly afterConversion: AfterConversion
}

/** Something that touches led to. */
export interface Goal {
  readonly time: number
  /** Place in `KeptEvents.sessions`. */
  readonly session: number
  /** Those of one group start each other afresh where a conversion resets. */
  readonly group: number
}

/** The touches of one journey: those from `first` up to `end` that are in the window, or one `instead`. */
export interface Lead {
  readonly first: number
  readonly end: number
  /** Where no touch is in the window: the one that stands in for them, or -1 for Direct. */
  readonly instead?: number
}

export const DIRECT_INSTEAD = -1

/** How long before a conversion this touch may lie. */
export function reachOf({ view }: PersonContacts, touch: number, { lookbackMs }: LookBack): number {
  return view[touch] === 1 ? lookbackMs.view : lookbackMs.click
}

/** How long before a conversion any of these touches may lie. */
export function longestReach({ hasViews }: PersonContacts, { lookbackMs: { click, view } }: LookBack): number {
  return hasViews ? Math.max(click, view) : click
}

/** Whether this touch is not too old for a conversion at `time`. */
export function isInWindow(contacts: PersonContacts, touch: number, time: number, lookBack: LookBack): boolean {
  return contacts.time[touch]! >= time - reachOf(contacts, touch, lookBack)
}

/**
 * The touches that led to each goal of one person; goals in order of time.
 *
 * A goal's journey are the touches in its window: not after it, and not longer before it than the look-back of their
 * kind. If there are none, it is the touch of the session that it happened in; if that only continued an earlier
 * contact, it is this contact, or Direct where it lies too long before. So every goal has a journey, and nothing is
 * left without credit.
 */
export function leadsTo(goals: readonly Goal[], contacts: PersonContacts, lookBack: LookBack): Lead[] {
  const { time: times, length } = contacts
  const longestMs = longestReach(contacts, lookBack)
  const doneBy = new Map<number, number>()
  let oldest = 0
  let end = 0
  return goals.map(({ time, session, group }) => {
    while (end < length && times[end]! <= time) end++
    while (oldest < end && times[oldest]! < time - longestMs) oldest++
    const first = lookBack.afterConversion === 'reset' ? Math.max(oldest, doneBy.get(group) ?? 0) : oldest
    doneBy.set(group, end)
    return leadIn(first, end, { time, session }, contacts, lookBack)
  })
}

/** The touches from `first` up to `end` that are in the window of a goal, or what stands in for them. */
export function leadIn(
  first: number,
  end: number,
  { time, session }: Omit<Goal, 'group'>,
  contacts: PersonContacts,
  lookBack: LookBack,
): Lead {
  for (let touch = end - 1; touch >= first; touch--) {
    if (isInWindow(contacts, touch, time, lookBack)) return { first, end }
  }
  return { first, end, instead: ofSession(session, end, contacts) ?? lastInWindow(end, time, contacts, lookBack) }
}

/** The last touch of a session before `end`. */
export function ofSession(session: number, end: number, contacts: PersonContacts): number | undefined {
  const place = end > 0 ? contacts.session.lastIndexOf(session, end - 1) : -1
  return place === -1 ? undefined : place
}

function lastInWindow(end: number, time: number, contacts: PersonContacts, lookBack: LookBack): number {
  const longestMs = longestReach(contacts, lookBack)
  for (let touch = end - 1; touch >= 0 && contacts.time[touch]! >= time - longestMs; touch--) {
    if (isInWindow(contacts, touch, time, lookBack)) return touch
  }
  return DIRECT_INSTEAD
}

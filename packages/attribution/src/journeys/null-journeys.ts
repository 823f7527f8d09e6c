import type { PersonContacts } from './contacts.ts'
import { reachOf } from './look-back.ts'
import type { Goal, Lead, LookBack } from './look-back.ts'

/**
 * How touches that led to no conversion make journeys.
 * - `idle`: a gap longer than `nullAfterDays` ends one.
 * - `window`: one lasts `nullAfterDays` from its first touch; a later touch begins the next.
 * - `ignore`: not at all.
 * Whichever it is, a conversion ends one too.
 */
export const NULL_RULES = ['idle', 'window', 'ignore'] as const

export type NullRule = (typeof NULL_RULES)[number]

/**
 * What becomes of journeys that led to no conversion yet, but still may: those of whose touches one is younger, at the
 * end of the data, than its look-back.
 * - `count`: they are journeys without a conversion, like any other.
 * - `leave-out`: they are none.
 */
export const OPEN_JOURNEY_RULES = ['count', 'leave-out'] as const

export type OpenJourneyRule = (typeof OPEN_JOURNEY_RULES)[number]

export interface NullRules {
  readonly nulls: NullRule
  readonly nullAfterMs: number
  readonly openJourneys: OpenJourneyRule
  /** The end of the data. */
  readonly end: number
}

export interface NullJourney {
  readonly touches: readonly number[]
  /** Until when nothing came of it: the end of its touches' look-back, or of the data if that is earlier. */
  readonly until: number
  /** The data ended first. */
  readonly open: boolean
}

/** What comes of touches that led to nothing. `end` is the end of the data. */
export function nullJourney(
  touches: readonly number[],
  contacts: PersonContacts,
  lookBack: LookBack,
  end: number,
): NullJourney {
  let over = -Infinity
  for (const touch of touches) over = Math.max(over, contacts.time[touch]! + reachOf(contacts, touch, lookBack))
  return { touches, until: Math.min(over, end), open: over > end }
}

/**
 * The journeys of one person that led to no conversion, in order of time: of the touches after which none came within
 * the look-back of their kind, of the conversions given. A touch that stood in for others (`Lead.instead`) is not among them.
 *
 * @param goals the person's conversions, in order of time.
 */
export function nullJourneysOf(
  goals: readonly Goal[],
  leads: readonly Lead[],
  contacts: PersonContacts,
  lookBack: LookBack,
  { nulls, nullAfterMs, end }: NullRules,
): NullJourney[] {
  if (nulls === 'ignore') return []
  const lent = new Set(leads.map(lead => lead.instead))
  const parts: number[][] = []
  let next = 0
  let nextOfLast = -1
  for (let touch = 0; touch < contacts.length; touch++) {
    const time = contacts.time[touch]!
    while (next < goals.length && goals[next]!.time < time) next++
    const led = next < goals.length && goals[next]!.time <= time + reachOf(contacts, touch, lookBack)
    if (led || lent.has(touch)) continue

    const part = parts.at(-1)
    const since = part && contacts.time[nulls === 'idle' ? part.at(-1)! : part[0]!]!
    if (part && next === nextOfLast && time - since! <= nullAfterMs) part.push(touch)
    else parts.push([touch])
    nextOfLast = next
  }
  return parts.map(part => nullJourney(part, contacts, lookBack, end))
}

export interface MissedJourney extends NullJourney {
  /** As in `Journey`. */
  readonly missed?: string
}

/**
 * The journeys that led to no conversion of one kind or another, each with the kind that it missed. One that missed all
 * kinds alike is there once, without a kind.
 */
export function missedByKind(
  kinds: readonly (readonly [name: string, nulls: readonly NullJourney[]])[],
): MissedJourney[] {
  const known = new Map<string, { readonly journey: NullJourney; readonly missed: string[] }>()
  for (const [name, nulls] of kinds) {
    for (const journey of nulls) {
      const key = journey.touches.join()
      const same = known.get(key)
      if (same) same.missed.push(name)
      else known.set(key, { journey, missed: [name] })
    }
  }
  return [...known.values()]
    .sort((a, b) => a.journey.touches[0]! - b.journey.touches[0]!)
    .flatMap(({ journey, missed }) =>
      missed.length === kinds.length ? [journey] : missed.map(name => ({ ...journey, missed: name })),
    )
}

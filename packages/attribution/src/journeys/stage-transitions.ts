import { groupBy } from '../group-by.ts'
import type { Journey, StageTransition } from '../journey.ts'
import type { Candidate } from './conversions.ts'
import type { TouchChooser } from './chosen-touches.ts'
import type { PersonContacts } from './contacts.ts'
import type { KeptEvents } from './kept-events.ts'
import { isInWindow, leadIn, longestReach, ofSession } from './look-back.ts'
import type { LookBack } from './look-back.ts'
import { nullJourney } from './null-journeys.ts'
import type { NullRules } from './null-journeys.ts'

/** A stage transition and how many made it. */
export interface TransitionCount extends StageTransition {
  /** `from → to`, which is what its conversions are called. */
  readonly name: string
  readonly count: number
}

/** What a transition is called: `awareness → consideration`. */
export function transitionName({ from, to }: StageTransition): string {
  return `${from} → ${to}`
}

/** When somebody came to a stage, and in which session. */
interface Arrival {
  readonly stage: string
  readonly time: number
  readonly session: number
}

interface Move {
  readonly from: Arrival
  readonly to: Arrival
}

interface Stay {
  readonly at: Arrival
  /** What was not done; any next stage where it is left out. */
  readonly missed?: string
}

/** One person's way through the stages. */
export interface StageWalk {
  readonly moves: readonly Move[]
  readonly stays: readonly Stay[]
}

/**
 * One person's transitions, each at most once.
 *
 * Stages count when they are first reached, in order of time; those reached in one moment, in the order of the model.
 * A stage later in the model than all that were reached before is moved to from the latest of these: who skips a stage
 * moves past it, and who comes to an earlier stage late does not move. Whoever is not at the last stage stays at the
 * latest one reached.
 *
 * Besides, whatever the model: from the first purchase to the `second purchase`, which is another order, and to the
 * first `review` after it.
 *
 * @param firsts for each stage of the model in its order, the row that first reached it, or -1.
 * @param purchases the person's distinct orders, in order of time; so too `reviews`.
 */
export function walkOf(
  order: readonly string[],
  firsts: Int32Array,
  purchases: readonly Candidate[],
  reviews: readonly Candidate[],
  { time, session }: KeptEvents,
): StageWalk {
  const arrival = (stage: string, row: number): Arrival => ({ stage, time: time[row]!, session: session[row]! })
  const moves: Move[] = []
  const stays: Stay[] = []

  const reached = order.map((stage, place) => ({ place, stage, row: firsts[place]! })).filter(({ row }) => row !== -1)
  reached.sort((a, b) => time[a.row]! - time[b.row]! || a.place - b.place)
  let latest = reached[0]
  for (const next of reached) {
    if (next.place <= latest!.place) continue
    moves.push({ from: arrival(latest!.stage, latest!.row), to: arrival(next.stage, next.row) })
    latest = next
  }
  if (latest && latest.place < order.length - 1) stays.push({ at: arrival(latest.stage, latest.row) })

  const [first, second] = purchases
  if (first) {
    const from = arrival('purchase', first.row)
    const review = reviews.find(({ row }) => time[row]! >= from.time)
    for (const [stage, next] of [
      ['second purchase', second],
      ['review', review],
    ] as const) {
      if (next) moves.push({ from, to: arrival(stage, next.row) })
      else stays.push({ at: from, missed: stage })
    }
  }
  return { moves, stays }
}

/** Counts transitions, in the order of the model, then those of orders. */
export interface TransitionTally {
  add(walk: StageWalk): void
  list(): TransitionCount[]
}

export function createTransitionTally(order: readonly string[]): TransitionTally {
  const counts = new Map<string, StageTransition & { count: number }>()
  const places = [...order, 'second purchase', 'review']
  return {
    add({ moves }) {
      for (const { from, to } of moves) {
        const transition = { from: from.stage, to: to.stage }
        const name = transitionName(transition)
        const known = counts.get(name)
        if (known) known.count++
        else counts.set(name, { ...transition, count: 1 })
      }
    },
    list: () =>
      Array.from(counts, ([name, { from, to, count }]) => ({ name, from, to, count })).sort(
        (a, b) => places.indexOf(a.from) - places.indexOf(b.from) || places.indexOf(a.to) - places.indexOf(b.to),
      ),
  }
}

/** What transitions anybody made from a stage, by the stage. */
export type Exits = ReadonlyMap<string, readonly TransitionCount[]>

export function exitsOf(transitions: readonly TransitionCount[]): Exits {
  return groupBy(transitions, transition => transition.from)
}

/** What the journeys of one person's transitions are made of. */
export interface TransitionFacts {
  readonly person: string
  readonly reached: NonNullable<Journey['reached']>
  readonly contacts: PersonContacts
  readonly chooser: TouchChooser
  readonly exits: Exits
  readonly lookBack: LookBack
  readonly rules: NullRules
}

/**
 * The journeys of one person's transitions.
 *
 * That of a transition are the touches after the stage before was reached and up to the moment of the transition, in
 * the look-back of their kind; if there are none, the touch of the session it happened in, else the contact which that
 * continued, else Direct. Who stays at a stage has, for each transition from there that anybody made, a journey
 * without a conversion: the touches after the stage was reached, none older than the look-back before the last of them;
 * if there are none, that of the session in which it was reached.
 */
export function* transitionJourneys(
  { moves, stays }: StageWalk,
  { person, reached, contacts, chooser, exits, lookBack, rules }: TransitionFacts,
): Generator<Journey> {
  const { time: times, length } = contacts
  const after = (time: number): number => firstAbove(times, time)
  const longestMs = longestReach(contacts, lookBack)

  for (const { from, to } of moves) {
    const end = after(to.time)
    let first = after(from.time)
    while (first < end && times[first]! < to.time - longestMs) first++
    const transition = { from: from.stage, to: to.stage }
    const name = transitionName(transition)
    yield {
      person,
      touches: chooser.led(leadIn(first, end, to, contacts, lookBack), to),
      conversion: { id: `${name}: ${person}`, name, time: to.time, value: 0, transition },
      reached,
      transition,
    }
  }

  if (rules.nulls === 'ignore') return
  for (const { at, missed } of stays) {
    const first = after(at.time)
    const places: number[] = []
    for (let touch = first; touch < length; touch++) {
      if (isInWindow(contacts, touch, times[length - 1]!, lookBack)) places.push(touch)
    }
    if (places.length === 0) {
      const instead = ofSession(at.session, first, contacts) ?? first - 1
      if (instead < 0) continue
      places.push(instead)
    }
    const { until, open } = nullJourney(places, contacts, lookBack, rules.end)
    if (open && rules.openJourneys === 'leave-out') continue
    const touches = chooser.at(places)
    for (const { from, to } of exits.get(at.stage) ?? []) {
      const isOfOrders = to === 'second purchase' || to === 'review'
      if (missed === undefined ? isOfOrders : to !== missed) continue
      yield { person, touches, until, reached, transition: { from, to } }
    }
  }
}

/** The place of the first number above `limit`. */
function firstAbove(numbers: Float64Array, limit: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (numbers[middle]! <= limit) low = middle + 1
    else high = middle
  }
  return low
}

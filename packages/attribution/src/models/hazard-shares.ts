import type { TimedPaths } from '../paths/timed-paths.ts'
import type { CreditAmount } from './credit.ts'

export const DAY_MS = 86_400_000

/** How much later than a touch its effect is looked at, at least. Times are not known better than that. */
export const SHORTEST_AGE_DAYS: number = 1 / 1_440

/** No learned half-life lies outside this range, nor is one longer than the longest time from a touch to an end. */
export const HALF_LIFE_RANGE_DAYS: readonly [shortest: number, longest: number] = [SHORTEST_AGE_DAYS, 3_650]

/** The hazards of the touches of one journey, at its end. Room that is used again for each journey. */
export interface TouchHazards {
  /** Of the arrays only so many count. */
  length: number
  /** The number of conversions that the touch brings about in the long run. */
  effects: Float64Array
  /** How fast it fades: per day. */
  rates: Float64Array
  /** How long before the end it was, in days; below 0 for a touch after the end, which has no part in it. */
  ages: Float64Array
  /** The part of each touch, which whoever shares out writes here. They sum to 1. */
  shares: Float64Array
}

/** Writes the shares of a journey that converted at its end. */
export type ShareOut = (touches: TouchHazards) => void

export function roomForTouches(length: number): TouchHazards {
  const column = () => new Float64Array(length)
  return { length: 0, effects: column(), rates: column(), ages: column(), shares: column() }
}

/** How old a touch is at `end`, in days: at least the shortest age, or -1 if it came after it. */
export function ageInDays(time: number, end: number): number {
  return time > end ? -1 : Math.max((end - time) / DAY_MS, SHORTEST_AGE_DAYS)
}

/**
 * The part of each touch in the hazard at the end: effect * rate * exp(-rate * age), over their sum. Taken in
 * logarithms, as all may be too small for a number. Where no touch has a part, all goes to the last one.
 */
export function shareByHazard({ length, effects, rates, ages, shares }: TouchHazards): void {
  let largest = -Infinity
  for (let at = 0; at < length; at++) {
    const age = ages[at]!
    const log = age < 0 ? -Infinity : Math.log(effects[at]!) + Math.log(rates[at]!) - rates[at]! * age
    shares[at] = log
    if (log > largest) largest = log
  }
  let sum = 0
  for (let at = 0; at < length; at++) sum += shares[at] = largest === -Infinity ? 0 : Math.exp(shares[at]! - largest)
  if (sum > 0) for (let at = 0; at < length; at++) shares[at]! /= sum
  else shares[lastBeforeEnd(ages, length)] = 1
}

/** Shares out the conversions and the value of each journey among its touches. */
export function creditTimedPaths(
  paths: TimedPaths,
  effects: Float64Array,
  rates: Float64Array,
  shareOut: ShareOut,
): CreditAmount[] {
  const { channels, size, starts, touches: ids, times, ends, counts } = paths
  const conversions = new Float64Array(channels.length)
  const value = new Float64Array(channels.length)
  let room = roomForTouches(64)
  for (let row = 0; row < size; row++) {
    const start = starts[row]!
    const length = starts[row + 1]! - start
    const converted = counts.conversions[row]!
    const earned = counts.value[row]!
    // Without touches there is nobody to credit; without an outcome there is nothing.
    if (length === 0 || (converted === 0 && earned === 0)) continue
    if (length > room.shares.length) room = roomForTouches(2 * length)
    room.length = length
    for (let at = 0; at < length; at++) {
      const id = ids[start + at]!
      room.effects[at] = effects[id]!
      room.rates[at] = rates[id]!
      room.ages[at] = ageInDays(times[start + at]!, ends[row]!)
    }
    shareOut(room)
    for (let at = 0; at < length; at++) {
      const id = ids[start + at]!
      conversions[id]! += converted * room.shares[at]!
      value[id]! += earned * room.shares[at]!
    }
  }
  return channels.map((key, id) => ({ key, conversions: conversions[id]!, value: value[id]! }))
}

function lastBeforeEnd(ages: Float64Array, length: number): number {
  for (let at = length - 1; at >= 0; at--) if (ages[at]! >= 0) return at
  return length - 1
}

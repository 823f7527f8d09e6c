import type { CreditAmount } from './credit.ts'
import type { ChannelSets, SetCounts } from './channel-sets.ts'

/** Amounts by channel, in the order of the names. */
export interface Amounts {
  readonly conversions: Float64Array
  readonly value: Float64Array
}

/** What there is to share out: the sums over all journeys that have touches. */
export function totalsOf({ conversions, value }: SetCounts): { conversions: number; value: number } {
  return { conversions: sumOf(conversions), value: sumOf(value) }
}

export function sumOf(numbers: Float64Array): number {
  let sum = 0
  for (const number of numbers) sum += number
  return sum
}

/** Shares the conversions and the value of each set evenly among its channels. */
export function shareEvenly(sets: ChannelSets, counts: SetCounts): Amounts {
  return shareByWeights(sets, counts, new Float64Array(sets.names.length))
}

/** Shares those of each set in proportion to the weights (0 or more) of its channels, evenly where all weigh 0. */
export function shareByWeights(sets: ChannelSets, counts: SetCounts, weights: Float64Array): Amounts {
  return shareLocally(sets, counts, (members, from, to, shares) => {
    for (let at = from; at < to; at++) shares[at - from] = weights[members[at]!]!
  })
}

/**
 * Shares those of each set among its channels.
 * @param weigh writes a weight of 0 or more for each member of the set, from the beginning of the array it is given.
 */
export function shareLocally(
  { names, size, starts, members }: ChannelSets,
  counts: SetCounts,
  weigh: (members: Int32Array, from: number, to: number, weights: Float64Array) => void,
): Amounts {
  const conversions = new Float64Array(names.length)
  const value = new Float64Array(names.length)
  const weights = new Float64Array(names.length)
  for (let set = 0; set < size; set++) {
    const from = starts[set]!
    const to = starts[set + 1]!
    weigh(members, from, to, weights)
    let sum = 0
    for (let at = 0; at < to - from; at++) sum += weights[at]!
    for (let at = from; at < to; at++) {
      const share = sum > 0 ? weights[at - from]! / sum : 1 / (to - from)
      conversions[members[at]!]! += counts.conversions[set]! * share
      value[members[at]!]! += counts.value[set]! * share
    }
  }
  return { conversions, value }
}

/**
 * Shares `total` out in proportion to effects, of which some may be negative. Undefined where they cancel out, so that
 * what is left is rounding error, or where they sum to the opposite of what is to be shared.
 */
export function inProportion(total: number, effects: Float64Array): Float64Array | undefined {
  const sum = sumOf(effects)
  const size = effects.reduce((all, effect) => all + Math.abs(effect), 0)
  if (total === 0) return new Float64Array(effects.length)
  if (!(size > 0 && Math.abs(sum) > size * 1e-12 && sum > 0 === total > 0)) return undefined
  return effects.map(effect => (effect / sum) * total)
}

export function creditsOf(names: readonly string[], { conversions, value }: Amounts): CreditAmount[] {
  return names.map((key, at) => ({ key, conversions: conversions[at]!, value: value[at]! }))
}

/**
 * A weight for each touch of a path from one for each of its channels: the touches of a channel share its weight
 * evenly. Where all weigh 0 the channels are taken as equal.
 */
export function weighTouches(path: readonly string[], weightOf: (channel: string) => number): number[] {
  const touches = new Map<string, number>()
  for (const channel of path) touches.set(channel, (touches.get(channel) ?? 0) + 1)
  const weights = new Map(Array.from(touches.keys(), channel => [channel, weightOf(channel)]))
  const none = Array.from(weights.values()).every(weight => weight === 0)
  return path.map(channel => (none ? 1 : weights.get(channel)!) / touches.get(channel)!)
}

/** Names for a sentence: the first few, and how many more there are. Long ones are cut. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).map(name => JSON.stringify(name.length > 40 ? `${name.slice(0, 39)}…` : name))
  return names.length > 5 ? `${shown.join(', ')} and ${names.length - 5} more` : shown.join(', ')
}

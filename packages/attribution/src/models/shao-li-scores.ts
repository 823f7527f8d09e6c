import type { ChannelSets, SetCounts } from './channel-sets.ts'

/** The rates at which journeys with one channel, and with two, convert. */
export interface Rates {
  readonly single: Float64Array
  /** How many channels any journey had. */
  readonly met: number
  /** What a pair does beyond its two: p_ij - p_i - p_j; undefined for a pair that no journey had. */
  interaction(i: number, j: number): number | undefined
}

/** Up to here all pairs have a cell of their own, above only those that are seen. */
const DENSE = 2_000
const MAX_PAIRS = 8_000_000

export function ratesOf({ names, size, starts, members }: ChannelSets, { conversions, nulls }: SetCounts): Rates {
  const n = names.length
  const cells = createPairCells(n)
  const converted = new Float64Array(n)
  const all = new Float64Array(n)
  for (let set = 0; set < size; set++) {
    const journeys = conversions[set]! + nulls[set]!
    if (journeys === 0) continue
    for (let at = starts[set]!; at < starts[set + 1]!; at++) {
      const i = members[at]!
      converted[i]! += conversions[set]!
      all[i]! += journeys
      // Members rise, so that the first of a pair is always the smaller.
      for (let other = at + 1; other < starts[set + 1]!; other++)
        cells.add(i, members[other]!, conversions[set]!, journeys)
    }
  }
  const single = all.map((journeys, i) => (journeys > 0 ? converted[i]! / journeys : 0))
  return {
    single,
    met: all.reduce((met, journeys) => (journeys > 0 ? met + 1 : met), 0),
    interaction(i, j) {
      const rate = i < j ? cells.rate(i, j) : cells.rate(j, i)
      return rate === undefined ? undefined : rate - single[i]! - single[j]!
    },
  }
}

/** Writes C(i) of each member of a set, with the other members as j. */
export function scoreMembers(rates: Rates, members: Int32Array, from: number, to: number, scores: Float64Array): void {
  const others = to - from - 1
  for (let at = from; at < to; at++) {
    const i = members[at]!
    let sum = 0
    for (let other = from; other < to; other++) {
      if (other !== at) sum += rates.interaction(i, members[other]!) ?? 0
    }
    scores[at - from] = rates.single[i]! + (others > 0 ? sum / (2 * others) : 0)
  }
}

/** C(i) of each channel with all others as j, or with all that it was seen with. */
export function scoreChannels(rates: Rates, pairs: 'seen' | 'all'): Float64Array {
  const { single } = rates
  return single.map((rate, i) => {
    let sum = 0
    let seen = 0
    for (let j = 0; j < single.length; j++) {
      const interaction = j === i ? undefined : rates.interaction(i, j)
      if (interaction === undefined) continue
      sum += interaction
      seen++
    }
    const others = pairs === 'seen' ? seen : rates.met - 1
    return rate + (others > 0 ? sum / (2 * others) : 0)
  })
}

function createPairCells(n: number) {
  const dense = n <= DENSE
  let converted = new Float64Array(dense ? n * n : 1024)
  let all = new Float64Array(converted.length)
  const cellOf = new Map<number, number>()

  function cellFor(key: number): number {
    if (dense) return key
    const known = cellOf.get(key)
    if (known !== undefined) return known
    const cell = cellOf.size
    if (cell === MAX_PAIRS) {
      throw new RangeError(
        `shaoLi: there are more than ${MAX_PAIRS} pairs of channels; group the rare ones under one name`,
      )
    }
    if (cell === all.length) {
      converted = twice(converted)
      all = twice(all)
    }
    cellOf.set(key, cell)
    return cell
  }

  return {
    add(i: number, j: number, conversions: number, journeys: number): void {
      const cell = cellFor(i * n + j)
      converted[cell]! += conversions
      all[cell]! += journeys
    },
    rate(i: number, j: number): number | undefined {
      const cell = dense ? i * n + j : cellOf.get(i * n + j)
      if (cell === undefined || all[cell] === 0) return undefined
      return converted[cell]! / all[cell]!
    },
  }
}

function twice(numbers: Float64Array): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(2 * numbers.length)
  grown.set(numbers)
  return grown
}

import { outgoing } from './chain-task.ts'
import type { ChainWeights } from './chain-weights.ts'
import type { WindowChain } from './chain-windows.ts'

/**
 * The probability that a journey which has come this far converts, by the chain:
 * - after `order` channels or more, from the state of its last ones;
 * - with fewer, that of the journeys which begin like it;
 * - where nobody was seen in that state, or began so, from all states that end in the longest part of its end that was;
 * - where not even its last channel is known, or it has none, from the start.
 */
export function createScore(chain: WindowChain, weights: ChainWeights): (channels: readonly string[]) => number {
  const { order, names, size, windows } = chain
  const { starts, flows } = weights
  const converting = conversionProbabilities(chain, weights)
  const rankOfName = new Map(names.map((name, rank) => [name, rank]))

  // Of each beginning and each end of a state: how much comes there, and how much of it converts.
  const beginnings = new Map<string, { all: number; converting: number }>()
  const ends = new Map<string, { all: number; converting: number }>()
  for (let state = 0; state < size; state++) {
    const ranks = [...windows.subarray(state * order, state * order + order)].filter(rank => rank >= 0)
    for (let length = 0; length < order; length++) {
      if (length <= ranks.length) count(beginnings, ranks.slice(0, length), state, starts[state]!)
    }
    for (let length = 1; length <= ranks.length; length++) count(ends, ranks.slice(-length), state, flows[state]!)
  }
  const start = beginnings.get('')

  function count(
    sums: Map<string, { all: number; converting: number }>,
    ranks: readonly number[],
    state: number,
    weight: number,
  ): void {
    if (weight === 0) return
    const key = ranks.join()
    const sum = sums.get(key) ?? { all: 0, converting: 0 }
    sums.set(key, sum)
    sum.all += weight
    sum.converting += weight * converting[state]!
  }

  return channels => {
    const ranks = channels.slice(-order).map(channel => rankOfName.get(channel) ?? -1)
    let found = channels.length < order ? beginnings.get(ranks.join()) : undefined
    for (let from = 0; found === undefined && from < ranks.length; from++) found = ends.get(ranks.slice(from).join())
    found ??= start
    return found === undefined ? 0 : Math.min(1, found.converting / found.all)
  }
}

/** How often the states are gone through at most. */
const MOST_SWEEPS = 10_000

/** By state: the probability to convert from there. */
function conversionProbabilities({ size, into, from }: WindowChain, weights: ChainWeights): Float64Array {
  const { moves, conversions, nulls } = weights
  const out = outgoing(size, into, from)
  const leaving = new Float64Array(size)
  for (let state = 0; state < size; state++) {
    leaving[state] = conversions[state]! + nulls[state]!
    for (let at = out.starts[state]!; at < out.starts[state + 1]!; at++) leaving[state]! += moves[out.moves[at]!]!
  }
  const converting = new Float64Array(size)
  const before = new Float64Array(size)
  let [movedBefore, moved] = [0, 0]
  for (let sweep = 1; sweep <= MOST_SWEEPS; sweep++) {
    before.set(converting)
    movedBefore = moved
    moved = 0
    let changing = false
    // Backwards, as what follows a state is mostly numbered after it.
    for (let state = size - 1; state >= 0; state--) {
      if (leaving[state] === 0) continue
      let sum = conversions[state]!
      for (let at = out.starts[state]!; at < out.starts[state + 1]!; at++) {
        sum += moves[out.moves[at]!]! * converting[out.to[at]!]!
      }
      sum /= leaving[state]!
      const change = Math.abs(sum - before[state]!)
      moved += change * weights.flows[state]!
      if (change > 1e-14 * sum) changing = true
      converting[state] = sum
    }
    if (!changing) break
    // The slowest mode of what is still missing is added at once, as in the kernel of the removal effects.
    const factor = moved / movedBefore
    if (sweep % 6 !== 0 || !(factor > 0 && factor < 1)) continue
    for (let state = 0; state < size; state++) {
      const sum = converting[state]! + ((converting[state]! - before[state]!) * factor) / (1 - factor)
      if (sum > 0) converting[state] = Math.min(1, sum)
    }
  }
  return converting
}

import type { CountedPaths } from '../paths/counted-paths.ts'
import type { WindowChain } from './chain-windows.ts'

/** How much was walked where. Moves are by number, all else by state. */
export interface ChainWeights {
  readonly starts: Float64Array
  readonly moves: Float64Array
  /** The moves of a state to itself, which change no credit. */
  readonly stays: Float64Array
  readonly conversions: Float64Array
  readonly nulls: Float64Array
  /** The value of the paths that end in a state. */
  readonly values: Float64Array
  /** All that comes into a state, and so all that leaves it. */
  readonly flows: Float64Array
  /** What there is to share: the totals of all paths that have touches. */
  readonly totals: { readonly conversions: number; readonly value: number }
}

/** Weighs a chain: every path counts as often as it was taken. What is negative on balance cannot be walked: it is 0. */
export function weightsOf(chain: WindowChain, counts: CountedPaths['counts']): ChainWeights {
  const { size, into, from, firsts, lasts, walks, walk } = chain
  const starts = new Float64Array(size)
  const moves = new Float64Array(from.length)
  const stays = new Float64Array(size)
  const conversions = new Float64Array(size)
  const nulls = new Float64Array(size)
  const values = new Float64Array(size)
  const totals = { conversions: 0, value: 0 }

  for (let path = 0; path < firsts.length; path++) {
    const first = firsts[path]!
    if (first === -1) continue
    const last = lasts[path]!
    const converted = Math.max(0, counts.conversions[path]!)
    const lost = Math.max(0, counts.nulls[path]!)
    const weight = converted + lost
    starts[first]! += weight
    for (let at = walks[path]!; at < walks[path + 1]!; at++) {
      const move = walk[at]!
      if (move < 0) stays[~move]! += weight
      else moves[move]! += weight
    }
    conversions[last]! += converted
    nulls[last]! += lost
    values[last]! += counts.value[path]!
    totals.conversions += counts.conversions[path]!
    totals.value += counts.value[path]!
  }

  const flows = new Float64Array(size)
  for (let state = 0; state < size; state++) {
    let flow = starts[state]!
    for (let move = into[state]!; move < into[state + 1]!; move++) flow += moves[move]!
    flows[state] = flow
  }
  return { starts, moves, stays, conversions, nulls, values, flows, totals }
}

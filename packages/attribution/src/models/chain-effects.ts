import type { RunOptions } from '../run-options.ts'
import { rewardByVisit } from './absorbing-chain.ts'
import { eliminate, MOST_ELIMINATED } from './chain-elimination.ts'
import { finish } from './chain-steps.ts'
import type { Steps } from './chain-steps.ts'
import { routeOf, taskOf } from './chain-task.ts'
import type { ChainRoute } from './chain-task.ts'
import type { ChainWeights } from './chain-weights.ts'
import type { WindowChain } from './chain-windows.ts'
import { solveHere, solveOnThreads, threadsFor } from './chain-workers.ts'

/** What walks bring in, told apart by each channel whether they visit it. All by the rank of the channel. */
interface ChainEffects {
  readonly conversions: Visited
  readonly value: Visited
  /** The ranks of the channels for which the sweeps did not settle: their numbers are less exact. */
  readonly unsettled: readonly number[]
}

export interface Visited {
  /** What walks bring in that visit the channel. */
  readonly through: Float64Array
  /** What walks bring in that never do. */
  readonly past: Float64Array
}

/** Solves the chain for the same windows again and again. */
export type EffectsSolver = (weights: ChainWeights, options: RunOptions) => Promise<ChainEffects>

/** The dense way takes the cube of the channels in time and 24 times their square in bytes of memory. */
const MOST_DENSE = 3_000

export function createEffectsSolver(chain: WindowChain): EffectsSolver {
  if (isDense(chain)) {
    return (weights, options) => finish(denseEffects(chain, weights), labelOf(chain, 0), options)
  }
  let route: ChainRoute | undefined
  return (weights, options) => sparseEffects(chain, (route ??= routeOf(chain)), weights, options)
}

/** Which way is faster: a sweep goes once through all moves, and about thirty are needed. */
function isDense({ order, names, from }: WindowChain): boolean {
  const n = names.length
  return order === 1 && n <= MOST_DENSE && (n <= 300 || n * n <= 30 * from.length)
}

function labelOf({ order }: WindowChain, threads: number): string {
  return `markov order ${order}${threads === 0 ? '' : ` on ${threads} threads`}`
}

function* denseEffects(chain: WindowChain, weights: ChainWeights): Steps<ChainEffects> {
  const { size, names, windows, into, from } = chain
  const n = names.length
  const byRank = (numbers: Float64Array): Float64Array => {
    const ranked = new Float64Array(n)
    for (let state = 0; state < size; state++) ranked[windows[state]!] = numbers[state]!
    return ranked
  }
  const moves = new Float64Array(n * n)
  for (let state = 0; state < size; state++) {
    for (let move = into[state]!; move < into[state + 1]!; move++) {
      moves[windows[from[move]!]! * n + windows[state]!] = weights.moves[move]!
    }
  }
  const conversions = byRank(weights.conversions)
  const nulls = byRank(weights.nulls)
  const exits = conversions.map((weight, rank) => weight + nulls[rank]!)
  const rewards = [conversions, byRank(weights.values)]
  const [earned, money] = yield* rewardByVisit({ starts: byRank(weights.starts), moves, exits }, rewards)
  return { conversions: earned!, value: money!, unsettled: [] }
}

async function sparseEffects(
  chain: WindowChain,
  route: ChainRoute,
  weights: ChainWeights,
  options: RunOptions,
): Promise<ChainEffects> {
  const channels = chain.names.length
  const threads = threadsFor({ size: chain.size, moves: chain.from.length, channels }, options)
  const task = taskOf(chain, route, weights, threads > 0)
  if (threads === 0 || !(await settledOnThreads())) await finish(solveHere(task), labelOf(chain, 0), options)

  /** False where threads cannot be had: then this one does it all. */
  async function settledOnThreads(): Promise<boolean> {
    try {
      await solveOnThreads(task, threads, labelOf(chain, threads), options)
      return task.solved.every(solved => solved !== 0)
    } catch {
      options.signal?.throwIfAborted()
      return false
    }
  }

  const unsettled = [...task.solved.keys()].filter(channel => task.solved[channel] === 2)
  if (route.coreEnd - route.coreStart <= MOST_ELIMINATED) {
    const starts = Float64Array.from(route.sequence, state => weights.starts[state]!)
    for (const channel of unsettled.splice(0)) {
      eliminate(task, starts, channel)
      options.signal?.throwIfAborted()
    }
  }
  const column = (at: number): Float64Array =>
    Float64Array.from({ length: channels }, (_, channel) => task.answers[4 * channel + at]!)
  return {
    conversions: { through: column(0), past: column(1) },
    value: { through: column(2), past: column(3) },
    unsettled,
  }
}

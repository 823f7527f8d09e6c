import type { CountedPaths } from '../paths/counted-paths.ts'
import type { RunOptions } from '../run-options.ts'
import { collapseToSets, countSets, learnableCounts } from './channel-sets.ts'
import { gameOf, playersOf, rateGame } from './coalition-game.ts'
import { MAX_EXACT_PLAYERS } from './coalition-values.ts'
import type { ModelSettings, PathAttribution, PathModel, Refit } from './model.ts'
import { sharePlayed, solveGame } from './shapley-game.ts'
import type { Played } from './shapley-game.ts'
import { creditByPosition, creditBySum } from './shapley-sum.ts'

export interface ShapleyOptions {
  /**
   * What channels play for: `sum`, the default, for what journeys brought; `rate`, for the rate at which journeys
   * convert; or a function of one's own from the names of a coalition (in order, `[]` too) to what it is worth.
   */
  readonly game?: 'sum' | 'rate' | ((coalition: readonly string[]) => number)
  /** Whether the sum game also tells at which positions of the journeys the credit was earned. Default false. */
  readonly ordered?: boolean
  /**
   * Up to how many channels all coalitions are gone through; beyond, random orders are played. From 0 to 24. Default
   * 20, or 16 for a function of one's own. The sum game is exact for any number of channels.
   */
  readonly exactLimit?: number
  /** How many random orders are played at least, where they are. Default 2,048. */
  readonly samples?: number
  /** What the random orders are drawn from, a whole number. The same seed gives the same result. Default 1. */
  readonly seed?: number
}

/**
 * The Shapley value (L. S. Shapley, "A value for n-person games", 1953): the mean of what a channel adds to the worth v
 * of those who are there before it, over all n! orders in which the channels can join:
 *
 *     phi_i = sum over T without i of |T|! (n - |T| - 1)! / n! * (v(T with i) - v(T))
 *
 * **The sum game** (default). A coalition is worth what the journeys brought whose channels S all belong to it,
 * v(T) = sum over S within T of w(S), with w the conversions, or the value. In each journey the channels are
 * interchangeable, so that exactly, for any number of channels,
 *
 *     phi_i = sum over journeys whose S contains i of w(S) / |S|
 *
 * (K. Zhao, S. H. Mahboobi, S. R. Bagheri, "Shapley value methods for attribution modeling in online advertising",
 * arXiv:1804.05327, 2018: their simplified form). That is even credit to each *distinct* channel of a journey, where
 * `linear` gives it to each touch. `ordered` is their ordered form: the same credit, split evenly among the positions
 * at which the channel stands in the journey, as `learned` tells.
 *
 * **The rate game.** v(T) = conversions / journeys among the journeys whose channels all belong to T, 0 where there are
 * none; and for the value, value / journeys. The phi sum to the overall rate, not to the conversions: they are told as
 * `learned`, and credits are the phi scaled to the totals. A channel with which journeys convert less often has a
 * negative phi and negative credit, which is left as it is: taken to 0, the others would have to make up for it.
 * Found exactly by a zeta transform in O(n 2^n) up to `exactLimit` channels.
 *
 * **A game of one's own**, such as what a fitted model predicts. Its phi are scaled to conversions and to value.
 *
 * Beyond the exact limit, channels join in random orders, each also backwards (antithetic) and turned round so that all
 * come early and late alike (stratified by position); `learned` has standard errors, in conversions and value.
 *
 * Sets whose conversions or nulls are negative on balance count as 0 in the rate game. Where the phi cancel out or say
 * nothing, what there is to share goes by those of the conversions, and else as in the sum game.
 *
 * Use the sum game for a fair split that repetition cannot inflate; not to find out what a channel adds: it never looks
 * at journeys that failed. Use the rate game for that, where there are many journeys without a conversion; not with few
 * journeys to each set of channels, as it trusts the rate of the smallest coalition like that of the largest.
 *
 * @throws RangeError if an option is out of range; when it is asked, RangeError if a game of one's own gives a number
 *   that is not finite.
 */
export function shapley(options: ShapleyOptions = {}): PathModel {
  const settings = checked(options)
  const { game, ordered } = settings
  const solve = (paths: CountedPaths, run: RunOptions, samples: number): Refit =>
    game === 'sum'
      ? solveSum(paths, ordered)
      : game === 'rate'
        ? solveRate(paths, settings, run, samples)
        : solveOwn(paths, game, settings, run)

  return {
    kind: 'path',
    name: 'shapley',
    options: optionsOf(settings),
    attribute: (paths, run = {}) => solve(paths, run, settings.samples)(paths.counts),
    // An interval needs no more orders than make its own width the larger error.
    prepare: (paths, run = {}) => solve(paths, run, Math.min(settings.samples, 512)),
  }
}

function solveSum(paths: CountedPaths, ordered: boolean): Refit {
  const sets = collapseToSets(paths)
  return counts => ({
    ...creditBySum(sets, countSets(sets, counts)),
    ...(ordered && { learned: creditByPosition(paths, counts) }),
  })
}

function solveRate(paths: CountedPaths, { exactLimit = 20, seed }: Checked, run: RunOptions, samples: number): Refit {
  const sets = collapseToSets(paths)
  return counts => {
    const counted = countSets(sets, counts)
    const learnable = learnableCounts(counted)
    const players = playersOf(sets, learnable)
    const played = solveGame(rateGame(sets, learnable, players), {
      sets,
      counts: learnable,
      players,
      exactLimit,
      samples,
      seed,
      run,
    })
    return then(played, result => sharePlayed(result, { sets, counts: counted, players, game: 'rate' }))
  }
}

function solveOwn(
  paths: CountedPaths,
  game: (coalition: readonly string[]) => number,
  { exactLimit = 16, samples, seed }: Checked,
  run: RunOptions,
): Refit {
  const sets = collapseToSets(paths)
  const players = Array.from(sets.names.keys())
  let played: Played | Promise<Played> | undefined
  return counts => {
    const counted = countSets(sets, counts)
    // The worth of a coalition does not depend on the counts: one game serves all of them.
    played ??= solveGame(gameOf(game, sets.names), { sets, counts: counted, players, exactLimit, samples, seed, run })
    return then(played, result => sharePlayed(result, { sets, counts: counted, players, game: 'own' }))
  }
}

function then(
  played: Played | Promise<Played>,
  share: (played: Played) => PathAttribution,
): PathAttribution | Promise<PathAttribution> {
  return played instanceof Promise ? played.then(share) : share(played)
}

interface Checked {
  readonly game: 'sum' | 'rate' | ((coalition: readonly string[]) => number)
  readonly ordered: boolean
  readonly exactLimit?: number | undefined
  readonly samples: number
  readonly seed: number
}

function checked({ game = 'sum', ordered = false, exactLimit, samples = 2_048, seed = 1 }: ShapleyOptions): Checked {
  if (game !== 'sum' && game !== 'rate' && typeof game !== 'function') {
    throw new RangeError(`shapley: \`game\` must be "sum", "rate" or a function, got "${String(game)}"`)
  }
  if (ordered && game !== 'sum') throw new RangeError('shapley: `ordered` is of the game "sum" only')
  if (exactLimit !== undefined) whole('exactLimit', exactLimit, 0, MAX_EXACT_PLAYERS)
  whole('samples', samples, 1, 1e9)
  whole('seed', seed, 0, 2 ** 31 - 1)
  return { game, ordered, exactLimit, samples, seed }
}

function whole(name: string, number: number, lowest: number, highest: number): void {
  if (Number.isInteger(number) && number >= lowest && number <= highest) return
  throw new RangeError(
    `shapley: \`${name}\` must be a whole number from ${lowest} to ${highest}, got ${String(number)}`,
  )
}

function optionsOf({ game, ordered, exactLimit, samples, seed }: Checked): ModelSettings {
  if (game === 'sum') return { game, ordered: ordered ? 'yes' : 'no' }
  return {
    game: game === 'rate' ? game : 'own',
    'exact-limit': exactLimit ?? (game === 'rate' ? 20 : 16),
    samples,
    seed,
  }
}

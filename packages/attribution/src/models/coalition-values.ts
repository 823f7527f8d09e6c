import { setImmediate } from 'node:timers/promises'
import type { RunOptions } from '../run-options.ts'
import { keyOf, uniformOf } from './channel-sets-draws.ts'
import type { CoalitionGame } from './coalition-game.ts'

/** The most players whose coalitions can be gone through: three tables of 2^24 numbers take 400 MB. */
export const MAX_EXACT_PLAYERS = 24

/**
 * The Shapley values of a game from the worth of all its coalitions, in time that grows with their number. Uses the
 * table up.
 *
 *     phi_i = sum over T that contain i of (w(t-1) + w(t)) v(T)  -  sum over all T of w(t) v(T)
 *
 * with t = |T| and w(t) = t! (n-t-1)! / n!. The first sums are found for all i at once by folding the table in half.
 */
export function exactValues(worths: Float64Array, players: number): Float64Array {
  const before = joiningWeights(players)
  const withNone = Float64Array.from(before, (weight, t) => weight + (before[t - 1] ?? 0))
  const base = weightedSum(worths, before)
  for (let mask = 0; mask < worths.length; mask++) worths[mask]! *= withNone[bitCount(mask)]!

  const values = new Float64Array(players)
  for (let player = players - 1; player >= 0; player--) {
    const half = 2 ** player
    values[player] = treeSum(worths, half, 2 * half) - base
    for (let mask = 0; mask < half; mask++) worths[mask]! += worths[mask + half]!
  }
  return values
}

/** w(t) for t players who are in before the one looked at; 0 for all of them. */
function joiningWeights(players: number): Float64Array {
  const weights = new Float64Array(players + 1)
  // 1 / w(t) is n times the number of coalitions of t among the n - 1 others.
  for (let t = 0, coalitions = 1; t < players; t++) {
    weights[t] = 1 / (players * coalitions)
    coalitions = (coalitions * (players - 1 - t)) / (t + 1)
  }
  return weights
}

/** In blocks, as a sum of millions of numbers in one go would lose digits. */
function weightedSum(worths: Float64Array, weights: Float64Array): number {
  let sum = 0
  for (let from = 0; from < worths.length; from += 1_024) {
    let part = 0
    const to = Math.min(from + 1_024, worths.length)
    for (let mask = from; mask < to; mask++) part += weights[bitCount(mask)]! * worths[mask]!
    sum += part
  }
  return sum
}

function treeSum(numbers: Float64Array, from: number, to: number): number {
  if (to - from > 1_024) {
    const middle = (from + to) / 2
    return treeSum(numbers, from, middle) + treeSum(numbers, middle, to)
  }
  let sum = 0
  for (let at = from; at < to; at++) sum += numbers[at]!
  return sum
}

function bitCount(mask: number): number {
  let bits = mask - ((mask >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

export interface SampledValues {
  /** For each measure, by player. */
  readonly values: readonly Float64Array[]
  /** The standard errors of the values. */
  readonly errors: readonly Float64Array[]
  /** How many orders were played. */
  readonly orders: number
  /** The independent draws they came from. */
  readonly draws: number
}

export interface SamplingOptions extends RunOptions {
  /** How many orders are played at least. */
  readonly samples: number
  readonly seed: number
  /** A number for each player from which its place in the drawn orders is told. */
  readonly signatures: ArrayLike<number>
}

/** An order is turned this often, so that each player comes early and late alike. */
const TURNS = 32
/** From fewer draws a standard error would say little. */
const MIN_DRAWS = 8

/**
 * The Shapley values of a game, estimated: what each player adds when they join in random orders. Each drawn order is
 * also played backwards (antithetic), and all that turned round by equal steps, so that every player has been in every
 * part of the order (stratified by position). Standard errors are told from how much the draws differ.
 */
export async function sampledValues(game: CoalitionGame, options: SamplingOptions): Promise<SampledValues> {
  const { samples, seed, signatures, signal, onProgress } = options
  const { players, measures } = game
  const turns = Math.min(players, TURNS)
  const draws = Math.max(MIN_DRAWS, Math.ceil(samples / (2 * turns)))
  const zeros = () => Array.from({ length: measures }, () => new Float64Array(players))
  const [means, squares, gains] = [zeros(), zeros(), zeros()]
  const turned = new Int32Array(players)
  const report = (done: number) => onProgress?.({ label: 'shapley orders', done, total: draws })

  report(0)
  let breath = performance.now()
  for (let draw = 0; draw < draws; draw++) {
    signal?.throwIfAborted()
    for (const sums of gains) sums.fill(0)
    const order = orderOf(signatures, players, keyOf(seed, draw))
    for (let turn = 0; turn < turns; turn++) {
      const by = Math.floor((turn * players) / turns)
      turned.set(order.subarray(by))
      turned.set(order.subarray(0, by), players - by)
      game.play(turned, gains)
    }
    for (let measure = 0; measure < measures; measure++) {
      learn(means[measure]!, squares[measure]!, gains[measure]!, 2 * turns, draw)
    }
    if (performance.now() - breath > 50) {
      report(draw + 1)
      await setImmediate()
      breath = performance.now()
    }
  }
  report(draws)
  const errors = squares.map(sums => sums.map(sum => Math.sqrt(sum / (draws - 1) / draws)))
  return { values: means, errors, orders: 2 * turns * draws, draws }
}

/** Welford's mean and sum of squared differences, with one more draw. */
function learn(means: Float64Array, squares: Float64Array, gains: Float64Array, orders: number, draw: number): void {
  for (let player = 0; player < gains.length; player++) {
    const gain = gains[player]! / orders
    const difference = gain - means[player]!
    means[player]! += difference / (draw + 1)
    squares[player]! += difference * (gain - means[player]!)
  }
}

function orderOf(signatures: ArrayLike<number>, players: number, key: number): Int32Array {
  const places = Float64Array.from({ length: players }, (_, player) => uniformOf(key ^ signatures[player]!))
  return Int32Array.from(places.keys()).sort((a, b) => places[a]! - places[b]! || a - b)
}

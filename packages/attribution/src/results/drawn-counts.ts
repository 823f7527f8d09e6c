import type { CountedPaths, PathCounts } from '../paths/counted-paths.ts'
import type { TimedPaths } from '../paths/timed-paths.ts'
import { combined, createChanceDraws, hashOfText, mixed } from './chance-draws.ts'

/** Draws what might have come of the same paths had other people come: sample 0, 1 … each always the same. */
export type CountDraws = (sample: number) => PathCounts

/**
 * The Poisson bootstrap: each journey counts, instead of once, as often as a Poisson number of mean 1 says. For a path
 * that `c` journeys took the sum of these is a Poisson number of mean `c`, which is all that has to be drawn.
 *
 * Of the value of `k` drawn conversions the mean and the variance are right: from all conversions of the path, `k` are
 * drawn again. Where they differ, their sum is drawn from a gamma distribution, which keeps amounts of one sign on
 * their side of 0. A count that is no whole number is taken for the mean of one; a negative one for the mean of what
 * was taken back. Value without a conversion (a refund alone) is drawn from a normal distribution.
 *
 * A path's draws depend on its names, the sample and the seed alone: not on the other paths, nor on the order.
 */
export function drawCounts(
  rows: CountedPaths,
  seed: number,
  identities: RowIdentities = identitiesOf(rows),
): CountDraws {
  const draws = createChanceDraws(seed)
  const { size, counts } = rows
  const { conversions, value, squares, nulls } = counts

  return sample => {
    const drawn = {
      conversions: new Float64Array(size),
      value: new Float64Array(size),
      squares: new Float64Array(size),
      nulls: new Float64Array(size),
    }
    for (let row = 0; row < size; row++) {
      draws.begin(identities.low[row]!, identities.high[row]!, sample)
      const count = conversions[row]!
      const amount = Math.abs(count)
      if (amount > 0) {
        const times = draws.poisson(amount)
        const mean = value[row]! / amount
        const variance = squares[row]! / amount - mean * mean
        drawn.conversions[row] = count < 0 ? -times : times
        drawn.squares[row] = (times * squares[row]!) / amount
        if (times > 0) drawn.value[row] = sumOf(times, mean, variance)
      } else if (value[row] !== 0 || squares[row] !== 0) {
        drawn.value[row] = value[row]! + Math.sqrt(Math.max(0, squares[row]!)) * draws.normal()
        drawn.squares[row] = squares[row]!
      }
      const lost = nulls[row]!
      if (lost !== 0) drawn.nulls[row] = lost < 0 ? -draws.poisson(-lost) : draws.poisson(lost)
    }
    return drawn
  }

  /** The sum of `times` amounts of this mean and variance. */
  function sumOf(times: number, mean: number, variance: number): number {
    const sum = times * mean
    // What is left of equal amounts in the last digits is no variance.
    if (!(variance > 1e-12 * mean * mean)) return sum
    const shape = (sum * sum) / (times * variance)
    // Nearly symmetric (or without a sign of its own): a normal number does.
    if (shape > 100 || mean === 0) return sum + Math.sqrt(times * variance) * draws.normal()
    return (sum / shape) * draws.gamma(shape)
  }
}

/** Half of a 64-bit hash of each row, and the other half. */
export interface RowIdentities {
  readonly low: Int32Array
  readonly high: Int32Array
}

/** Who is who by the names on the path, so that neither ids nor the order of rows matter. */
function identitiesOf({ channels, size, starts, touches }: CountedPaths): RowIdentities {
  const lowOf = Int32Array.from(channels, name => hashOfText(name, 0x2545f491))
  const highOf = Int32Array.from(channels, name => hashOfText(name, 0x5851f42d))
  const low = new Int32Array(size)
  const high = new Int32Array(size)
  for (let row = 0; row < size; row++) {
    let one = 0x14057b7e
    let other = 0x6c078965
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      one = combined(one, lowOf[touches[at]!]!)
      other = combined(other, highOf[touches[at]!]!)
    }
    low[row] = mixed(one)
    high[row] = mixed(other)
  }
  return { low, high }
}

/**
 * Who is who among journeys: by the names, the times and what came of them. Those that are alike in all of it are
 * counted through; which is which makes no difference then.
 */
export function journeyIdentities(rows: TimedPaths): RowIdentities {
  const { low, high } = identitiesOf(rows)
  const { size, starts, times, ends, counts } = rows
  const halves = new Int32Array(2)
  const bytes = new Float64Array(halves.buffer)
  const add = (row: number, number: number): void => {
    bytes[0] = number
    low[row] = mixed(combined(combined(low[row]!, halves[0]!), halves[1]!))
    high[row] = mixed(combined(combined(high[row]!, halves[1]!), halves[0]!))
  }
  for (let row = 0; row < size; row++) {
    for (let at = starts[row]!; at < starts[row + 1]!; at++) add(row, times[at]!)
    add(row, ends[row]!)
    add(row, counts.conversions[row]!)
    add(row, counts.value[row]!)
  }

  const order = Uint32Array.from({ length: size }, (_, row) => row)
  order.sort((a, b) => low[a]! - low[b]! || high[a]! - high[b]!)
  for (let first = 0; first < size;) {
    let next = first + 1
    const one = order[first]!
    while (next < size && low[order[next]!] === low[one] && high[order[next]!] === high[one]) next++
    for (let place = first + 1; place < next; place++) add(order[place]!, place - first)
    first = next
  }
  return { low, high }
}

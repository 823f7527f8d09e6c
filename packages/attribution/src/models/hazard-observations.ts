import { compareText } from '../compare-text.ts'
import type { TimedPaths } from '../paths/timed-paths.ts'
import { ageInDays, SHORTEST_AGE_DAYS } from './hazard-shares.ts'

/** What there is to learn from, column by column: journeys that have a weight, with their touches before the end. */
export interface HazardObservations {
  readonly size: number
  /** Where the touches of each journey begin, and at last where those of the last one end. */
  readonly starts: Uint32Array
  readonly channels: Int32Array
  /** In days before the end. */
  readonly ages: Float64Array
  /** How many journeys of this row converted. */
  readonly converted: Float64Array
  /** How many there are, converted or not. */
  readonly weights: Float64Array
  readonly conversions: number
  /** The most touches of a journey. */
  readonly longest: number
  /** The greatest age, of whatever weight. */
  readonly oldest: number
  /** No journey without a conversion was watched beyond its last touch. */
  readonly unwatched: boolean
}

/** Up to how many rows they are put in order: some 100 ms of work. */
const ROWS_IN_ORDER = 1 << 17

/**
 * Amounts below 0, as refunds bring about, cannot be learned from and count as 0.
 *
 * Where there is little to learn from, many hazards may be as likely as each other, and rounding would choose between
 * them; so rows are put in one order whatever order they came in, those that are alike as one. Many rows teach enough.
 */
export function observe(paths: TimedPaths): HazardObservations {
  const observed = observeAsTheyCome(paths)
  return observed.size > ROWS_IN_ORDER ? observed : inOrder(observed, paths.channels)
}

function observeAsTheyCome(paths: TimedPaths): HazardObservations {
  const { size: rows, starts: from, touches, times, ends, counts } = paths
  const starts = new Uint32Array(rows + 1)
  const channels = new Int32Array(touches.length)
  const ages = new Float64Array(touches.length)
  const converted = new Float64Array(rows)
  const weights = new Float64Array(rows)
  let size = 0
  let end = 0
  let conversions = 0
  let longest = 0
  let oldest = SHORTEST_AGE_DAYS
  let failed = 0
  let watched = 0
  for (let row = 0; row < rows; row++) {
    if (from[row]! < from[row + 1]!) oldest = Math.max(oldest, ageInDays(times[from[row]!]!, ends[row]!))
    const successes = Math.max(counts.conversions[row]!, 0)
    const failures = Math.max(counts.nulls[row]!, 0)
    if (successes + failures === 0) continue
    const start = end
    for (let at = from[row]!; at < from[row + 1]!; at++) {
      const age = ageInDays(times[at]!, ends[row]!)
      if (age < 0) continue
      channels[end] = touches[at]!
      ages[end++] = age
    }
    if (end === start) continue
    if (failures > 0) {
      failed++
      if (ends[row]! > times[from[row + 1]! - 1]!) watched++
    }
    converted[size] = successes
    weights[size] = successes + failures
    conversions += successes
    longest = Math.max(longest, end - start)
    starts[++size] = end
  }
  return {
    size,
    starts,
    channels,
    ages,
    converted,
    weights,
    conversions,
    longest,
    oldest,
    unwatched: failed > 0 && watched === 0,
  }
}

function inOrder(observed: HazardObservations, names: readonly string[]): HazardObservations {
  const { size, starts, channels, ages, converted, weights } = observed
  const ranks = new Int32Array(names.length)
  const byName = Array.from(names.keys()).sort((a, b) => compareText(names[a]!, names[b]!))
  for (const [rank, id] of byName.entries()) ranks[id] = rank

  function compare(a: number, b: number): number {
    const from = starts[a]!
    const other = starts[b]!
    const length = starts[a + 1]! - from
    let order = length - (starts[b + 1]! - other)
    for (let at = 0; order === 0 && at < length; at++) order = ages[from + at]! - ages[other + at]!
    for (let at = 0; order === 0 && at < length; at++)
      order = ranks[channels[from + at]!]! - ranks[channels[other + at]!]!
    return order
  }

  const sorted = {
    starts: new Uint32Array(size + 1),
    channels: new Int32Array(starts[size]!),
    ages: new Float64Array(starts[size]!),
    converted: new Float64Array(size),
    weights: new Float64Array(size),
  }
  let rows = 0
  let last = -1
  for (const row of Uint32Array.from({ length: size }, (_, row) => row).sort(compare)) {
    if (last === -1 || compare(last, row) !== 0) {
      const start = sorted.starts[rows]!
      sorted.channels.set(channels.subarray(starts[row], starts[row + 1]), start)
      sorted.ages.set(ages.subarray(starts[row], starts[row + 1]), start)
      sorted.starts[++rows] = start + starts[row + 1]! - starts[row]!
      last = row
    }
    sorted.converted[rows - 1]! += converted[row]!
    sorted.weights[rows - 1]! += weights[row]!
  }
  return { ...observed, ...sorted, size: rows }
}

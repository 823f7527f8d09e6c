import { eachPath } from './counted-paths.ts'
import type { CountedPaths } from './counted-paths.ts'
import type { TimedPaths } from './timed-paths.ts'

const DAY_MS = 86_400_000

/**
 * A path table, which knows the order of touches and not their times, read as if every step had taken as long: touch
 * `k` of a path (from 0) at `k` steps, its end, conversion or not, one step after the last touch. The end is no touch's
 * own time, as nothing could be learned there of how an effect fades.
 *
 * So models that go by time can be tried on a path table. What they tell of time then comes from this assumption: a
 * half-life is in steps, called days.
 *
 * @param stepDays how long a step took, in days. Default 1.
 * @throws RangeError unless `stepDays` is a finite number above 0.
 */
export function timedFromPaths(paths: CountedPaths, stepDays: number = 1): TimedPaths {
  if (!(stepDays > 0 && stepDays < Infinity)) {
    throw new RangeError(`timedFromPaths: \`stepDays\` must be a finite number above 0, such as 1, got ${stepDays}`)
  }
  const { channels, size, totals, starts, touches, counts } = paths
  const stepMs = stepDays * DAY_MS
  const times = new Float64Array(touches.length)
  const ends = new Float64Array(size)
  for (let path = 0; path < size; path++) {
    const start = starts[path]!
    const length = starts[path + 1]! - start
    for (let at = 0; at < length; at++) times[start + at] = at * stepMs
    ends[path] = length * stepMs
  }
  return {
    channels,
    size,
    totals,
    starts,
    touches,
    counts,
    times,
    ends,
    [Symbol.iterator]: () => eachPath(starts, touches, counts, size),
  }
}

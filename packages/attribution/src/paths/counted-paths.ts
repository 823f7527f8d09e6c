/** What came of all who took a path. Fractions and negative amounts (refunds, corrections) are allowed. */
export interface PathTotals {
  readonly conversions: number
  /** What those conversions were worth, in one currency for all paths. */
  readonly value: number
  /** How many journeys did not convert. */
  readonly nulls: number
}

/** A path with what came of all who took it. */
export interface CountedPath extends PathTotals {
  /** The ids of its channels in order of time: positions in `channels`. Empty for a path without touches. */
  readonly touches: readonly number[]
}

/** What came of each path, one number a path in each. Apart from the paths, as it can be drawn anew or scaled. */
export interface PathCounts {
  readonly conversions: Float64Array
  readonly value: Float64Array
  /** The sum of the squares of the conversions' values: how much the values of one path differ. */
  readonly squares: Float64Array
  readonly nulls: Float64Array
}

/**
 * Paths and what came of them, column by column: what a path model reads. Path `p` has the touches
 * `touches[starts[p]]` up to, without, `touches[starts[p + 1]]`.
 */
export interface CountedPaths extends Iterable<CountedPath> {
  /** The names of the channels by id. "Channel" stands for whatever the touches are grouped by. */
  readonly channels: readonly string[]
  /** The number of paths. */
  readonly size: number
  /** The sums over all paths. */
  readonly totals: PathTotals
  /** Where the touches of each path begin, and at last where those of the last one end. */
  readonly starts: Uint32Array
  /** Channel ids, path after path. */
  readonly touches: Int32Array
  readonly counts: PathCounts
}

/** Other counts for the same paths: drawn anew for an interval, or those of a part of the journeys. */
export function withCounts<Paths extends CountedPaths>(paths: Paths, counts: PathCounts): Paths {
  const totals = { conversions: sum(counts.conversions), value: sum(counts.value), nulls: sum(counts.nulls) }
  const { size, starts, touches } = paths
  // Getters of a store are copied with what they say now, which is what is wanted: nothing grows under a model.
  return Object.assign({}, paths, {
    channels: paths.channels,
    size,
    starts,
    touches,
    counts,
    totals,
    [Symbol.iterator]: () => eachPath(starts, touches, counts, size),
  })
}

/** One path after the other, as an object. */
export function* eachPath(
  starts: Uint32Array,
  touches: Int32Array,
  { conversions, value, nulls }: PathCounts,
  size: number,
): Generator<CountedPath> {
  for (let path = 0; path < size; path++) {
    yield {
      touches: Array.from(touches.subarray(starts[path], starts[path + 1])),
      conversions: conversions[path]!,
      value: value[path]!,
      nulls: nulls[path]!,
    }
  }
}

/** The names behind the ids of a path. */
export function namesOf(touches: ArrayLike<number>, channels: readonly string[]): string[] {
  return Array.from(touches, id => channels[id] as string)
}

function sum(numbers: Float64Array): number {
  let total = 0
  for (const number of numbers) total += number
  return total
}

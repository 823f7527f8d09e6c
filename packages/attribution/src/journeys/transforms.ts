import type { Journey, Touch, TouchDimension } from '../journey.ts'
import { createPathStore } from '../paths/path-store.ts'
import type { PathStore } from '../paths/path-store.ts'
import { namesOf } from '../paths/counted-paths.ts'
import type { CountedPaths } from '../paths/counted-paths.ts'
import { shown } from './wrong-option.ts'

/**
 * What can be made of a path before models see it, as in Google's fractribution:
 * - `unique`: nothing; every touch stays.
 * - `exposure`: of the same several times in a row, the first.
 * - `first`: of the same anywhere, the first.
 * - `frequency`: of the same anywhere, the first, with how often it was there: `Email(3)`. Paths of names only.
 * - `drop-direct`: without Direct, unless it is all there is.
 * - `drop-last-direct`: without Direct at the end, unless it is all there is.
 * - `{ drop, where }`: the same with another name than Direct, `anywhere` (default) or only at the `end`.
 */
export const PATH_TRANSFORMS = ['unique', 'exposure', 'first', 'frequency', 'drop-direct', 'drop-last-direct'] as const

export type PathTransform = (typeof PATH_TRANSFORMS)[number] | DropTransform

/** Those that leave the names as they are, and so can be made with touches too. */
export type TouchTransform = Exclude<PathTransform, 'frequency'>

export interface DropTransform {
  readonly drop: string
  readonly where?: 'anywhere' | 'end'
}

/** What the channel grouping calls contacts of which nothing is known. */
const DIRECT = 'Direct'

/**
 * A path of names, changed by each transform in turn.
 *
 * @throws {TypeError} if there is no such transform.
 */
export function transformKeys(
  keys: readonly string[],
  transforms: PathTransform | readonly PathTransform[],
): readonly string[] {
  let changed = keys
  for (const transform of checkedTransforms(transforms)) {
    changed = transform === 'frequency' ? withFrequencies(changed) : changedItems(changed, key => key, transform)
  }
  return changed
}

/**
 * The touches of a journey, changed by each transform in turn.
 *
 * @param by what has to be the same for touches to be the same. Direct is always told by the channel.
 * @throws {TypeError} if there is no such transform, or it changes names.
 */
export function transformTouches<Item extends Touch>(
  touches: readonly Item[],
  transforms: TouchTransform | readonly TouchTransform[],
  by: TouchDimension = 'channel',
): readonly Item[] {
  let changed = touches
  for (const transform of checkedTouchTransforms(transforms)) {
    const dimension = isDrop(transform) ? 'channel' : by
    changed = changedItems(changed, touch => touch[dimension], transform)
  }
  return changed
}

/** Journeys with the touches that the transforms leave; each has one at the least. */
export async function* transformJourneys(
  journeys: Iterable<Journey> | AsyncIterable<Journey>,
  transforms: TouchTransform | readonly TouchTransform[],
  by: TouchDimension = 'channel',
): AsyncGenerator<Journey> {
  for await (const journey of journeys) yield { ...journey, touches: transformTouches(journey.touches, transforms, by) }
}

/** Counted paths after the transforms: those that have become the same are one. */
export function transformPaths(paths: CountedPaths, transforms: PathTransform | readonly PathTransform[]): PathStore {
  const checked = checkedTransforms(transforms)
  const store = createPathStore()
  const { starts, touches, channels, counts } = paths
  for (let path = 0; path < paths.size; path++) {
    const names = namesOf(touches.subarray(starts[path], starts[path + 1]), channels)
    store.add(transformKeys(names, checked), {
      conversions: counts.conversions[path]!,
      value: counts.value[path]!,
      squares: counts.squares[path]!,
      nulls: counts.nulls[path]!,
    })
  }
  return store
}

/** @throws {TypeError} if there is no such transform. */
function checkedTransforms(transforms: unknown): readonly PathTransform[] {
  const list: readonly unknown[] = Array.isArray(transforms) ? transforms : [transforms]
  const wrong = list.find(transform => !isTransform(transform))
  if (wrong === undefined && !list.includes(undefined)) return list as readonly PathTransform[]
  throw new TypeError(`\`transforms\`: expected ${PATH_TRANSFORMS.join(', ')} or { drop, where }, got ${shown(wrong)}`)
}

function isTransform(transform: unknown): boolean {
  if (typeof transform !== 'object' || transform === null)
    return (PATH_TRANSFORMS as readonly unknown[]).includes(transform)
  const { drop, where = 'anywhere' } = transform as Record<string, unknown>
  return typeof drop === 'string' && (where === 'anywhere' || where === 'end')
}

/** @throws {TypeError} if there is no such transform, or it changes names. */
export function checkedTouchTransforms(transforms: unknown): readonly TouchTransform[] {
  const checked = checkedTransforms(transforms)
  if (checked.includes('frequency')) {
    throw new TypeError(
      '`transforms`: `frequency` changes names; make it of paths with transformKeys or transformPaths',
    )
  }
  return checked as readonly TouchTransform[]
}

function isDrop(transform: TouchTransform): boolean {
  return typeof transform === 'object' || transform === 'drop-direct' || transform === 'drop-last-direct'
}

function changedItems<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  transform: TouchTransform,
): readonly Item[] {
  if (typeof transform === 'object') return without(transform.drop, transform.where, items, keyOf)
  switch (transform) {
    case 'unique':
      return items
    case 'exposure':
      return items.filter((item, at) => at === 0 || keyOf(item) !== keyOf(items[at - 1]!))
    case 'first': {
      const seen = new Set<string>()
      return items.filter(item => seen.size !== seen.add(keyOf(item)).size)
    }
    case 'drop-direct':
      return without(DIRECT, 'anywhere', items, keyOf)
    case 'drop-last-direct':
      return without(DIRECT, 'end', items, keyOf)
  }
}

function without<Item>(
  name: string,
  where: DropTransform['where'],
  items: readonly Item[],
  keyOf: (item: Item) => string,
): readonly Item[] {
  const last = items.findLastIndex(item => keyOf(item) !== name)
  if (last === -1) return items
  return where === 'end' ? items.slice(0, last + 1) : items.filter(item => keyOf(item) !== name)
}

function withFrequencies(keys: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return Array.from(counts, ([key, count]) => `${key}(${count})`)
}

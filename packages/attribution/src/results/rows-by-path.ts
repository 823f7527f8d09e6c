import type { CountedPaths } from '../paths/counted-paths.ts'

/**
 * For each journey, which path it took: its place among the distinct `paths`. The two may number channels differently.
 * @throws RangeError if a journey took a path that is not among them.
 */
export function rowsByPath(journeys: CountedPaths, paths: CountedPaths): Int32Array {
  const places = new Map<string, number>()
  for (let path = 0; path < paths.size; path++) places.set(textOf(paths, path), path)
  const idOfName = new Map(paths.channels.map((name, id) => [name, id]))
  const ids = Int32Array.from(journeys.channels, name => idOfName.get(name) ?? -1)

  const pathOf = new Int32Array(journeys.size)
  for (let row = 0; row < journeys.size; row++) {
    const path = places.get(textOf(journeys, row, ids))
    if (path === undefined) throw new RangeError(`Journey ${row} took a path that was not counted`)
    pathOf[row] = path
  }
  return pathOf
}

/** The ids of a path as text, two code units each: shorter than digits, and different paths never have the same. */
function textOf({ starts, touches }: CountedPaths, row: number, ids?: Int32Array): string {
  let text = ''
  for (let at = starts[row]!; at < starts[row + 1]!; at++) {
    const id = ids ? ids[touches[at]!]! : touches[at]!
    text += String.fromCharCode(id & 0xffff, id >>> 16)
  }
  return text
}

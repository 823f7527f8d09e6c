import type { OutstandingStage } from '../../words/map-words.ts'

/** What has the most of something, and whether another has as much; undefined where there is nothing. */
export function outstanding<Row extends { readonly name: string }>(
  rows: readonly Row[],
  sizeOf: (row: Row) => number,
): (OutstandingStage & { readonly row: Row }) | undefined {
  const [first, second] = rows.toSorted((a, b) => sizeOf(b) - sizeOf(a))
  if (!first) return undefined
  return { name: first.name, isTied: second !== undefined && sizeOf(second) === sizeOf(first), row: first }
}

import type { Owners } from './identity.ts'
import { compareText } from '../compare-text.ts'

/** The rows of one owner. */
export interface OwnedRows {
  /** The owner's place in `Owners.names`. */
  readonly owner: number
  readonly name: string
  /** In the order they were read. */
  readonly rows: Uint32Array
}

/** Rows by owner, in the order of the owners' names. May be looped over again. */
export function rowsByOwner(owners: Owners): Iterable<OwnedRows> & { readonly count: number } {
  const { of, names } = owners
  const starts = new Uint32Array(names.length + 1)
  for (const owner of of) starts[owner + 1]!++
  for (let owner = 0; owner < names.length; owner++) starts[owner + 1]! += starts[owner]!

  const rows = new Uint32Array(of.length)
  const next = starts.slice()
  for (let row = 0; row < of.length; row++) rows[next[of[row]!]!++] = row

  // A visitor whose events are all some user's owns none.
  const present = Array.from(names.keys()).filter(owner => starts[owner] !== starts[owner + 1])
  // A user and a visitor may have the same name: the sort is stable, so that even then the order is always the same.
  present.sort((a, b) => compareText(names[a]!, names[b]!))

  return {
    count: present.length,
    *[Symbol.iterator]() {
      for (const owner of present) {
        yield { owner, name: names[owner]!, rows: rows.subarray(starts[owner], starts[owner + 1]) }
      }
    },
  }
}

import { isUtf8 } from 'node:buffer'
import type { PathStore } from '../paths/path-store.ts'
import { cellsOf } from './path-table-columns.ts'
import type { PathColumn, PathTableLayout } from './path-table-columns.ts'
import { createNameTable, HASH_SEED, hashWith, stepFault, stepFaultInWords, EMPTY_STEP } from './path-table-names.ts'
import { numberIn, readNumber } from './path-table-numbers.ts'

/** Reads rows of a path table into a store. */
export interface RowScanner {
  /**
   * Reads one row without quotes.
   * @param bytes the row lies from `start` up to, without, `end`, its line end left out.
   * @returns why it is none, `QUOTED` where it has quotes; undefined if it was counted.
   */
  read(bytes: Uint8Array, start: number, end: number): string | undefined
  /** As `read`, for a row with quotes. Slow. */
  readQuoted(bytes: Uint8Array, start: number, end: number): string | undefined
}

/** Not a fault, but a row that `readQuoted` has to read. */
export const QUOTED = '"'

const QUOTE = 34

export function createRowScanner(paths: PathStore, layout: PathTableLayout, separator: string): RowScanner {
  const delimiter = layout.delimiter.charCodeAt(0)
  const separatorBytes = Buffer.from(separator, 'utf8')
  const [firstOfSeparator = 0] = separatorBytes
  const roles: readonly (PathColumn | undefined)[] = Array.from({ length: layout.cells }, (_, place) =>
    (Object.keys(layout.places) as PathColumn[]).find(column => layout.places[column] === place),
  )

  const kinds = kindsOf(delimiter, firstOfSeparator)
  const names = createNameTable()
  // A name gets its channel only when a row with it counts: what is on bad rows alone is no channel.
  const channelOf: number[] = []
  let steps = new Int32Array(64)
  let length = 0
  const outcome = { conversions: 0, value: 0, nulls: 0 }
  const found = { number: 0, end: 0 }
  let fault: string | undefined
  let faulty = false

  function read(bytes: Uint8Array, start: number, end: number): string | undefined {
    fault = undefined
    faulty = false
    length = 0
    outcome.conversions = outcome.value = outcome.nulls = 0
    let cells = 0
    for (let at = start; ; at++) {
      if (at < end && bytes[at] === QUOTE) return QUOTED
      const role = roles[cells++]
      if (role === 'path') at = readPath(bytes, at, end)
      else if (role !== undefined) {
        readNumber(bytes, at, end, delimiter, found)
        if (Number.isNaN(found.number)) fault ??= numberFault(role)
        outcome[role] = found.number
        at = found.end
      } else while (at < end && bytes[at] !== delimiter) at++
      if (at >= end) break
    }
    if (cells !== layout.cells) return cellsFault(cells, layout.cells)
    if (fault !== undefined) return fault
    for (let at = 0; at < length; at++) {
      const entry = steps[at]!
      steps[at] = channelOf[entry] ??= paths.idOf(names.nameOf(entry))
    }
    return count()
  }

  /** Reads a path into `steps`, and gives where it ends. */
  function readPath(bytes: Uint8Array, start: number, end: number): number {
    // Its own, as it is asked of every byte.
    const kindOf = kinds
    let at = start
    for (;;) {
      while (at < end && kindOf[bytes[at]!] === SPACE) at++
      // A name goes to its last byte that is no space; `hash` is ahead of it where spaces follow.
      const from = at
      let to = at
      let hash = HASH_SEED
      let nameHash = hash
      let kind = END
      for (;;) {
        const run = at
        while (at < end && kindOf[bytes[at]!] === ORDINARY) hash = hashWith(hash, bytes[at++]!)
        if (at > run) {
          nameHash = hash
          to = at
        }
        kind = at < end ? kindOf[bytes[at]!]! : END
        if (kind === END || (kind === SEPARATOR && isSeparator(bytes, at, end))) break
        hash = hashWith(hash, bytes[at++]!)
        if (kind === SPACE) continue
        nameHash = hash
        to = at
      }
      if (length === steps.length) steps = larger(steps)
      const entry = to === from ? EMPTY_STEP : names.entryOf(bytes, from, to, nameHash)
      if (entry < 0) faulty = true
      steps[length++] = entry
      if (kind === END) {
        if (faulty) noteStepFault()
        return at
      }
      at += separatorBytes.length
    }
  }

  function noteStepFault(): void {
    const at = steps.findIndex(step => step < 0)
    fault ??= stepFaultInWords(steps[at]!, at + 1, length)
  }

  function isSeparator(bytes: Uint8Array, start: number, end: number): boolean {
    if (start + separatorBytes.length > end) return false
    for (let at = 1; at < separatorBytes.length; at++) if (bytes[start + at] !== separatorBytes[at]) return false
    return true
  }

  function readQuoted(bytes: Uint8Array, start: number, end: number): string | undefined {
    const row = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start)
    if (!isUtf8(row)) return 'the row is not UTF-8'
    const cells = cellsOf(row.toString('utf8'), layout.delimiter)
    if (!cells) return 'the quotes of the row are wrong'
    if (cells.length !== layout.cells) return cellsFault(cells.length, layout.cells)

    const { path, ...numbers } = layout.places
    const touches = touchesOf(cells[path]!, separator)
    if (typeof touches === 'string') return touches
    for (const role of Object.keys(numbers) as (keyof typeof numbers)[]) {
      outcome[role] = numbers[role] < 0 ? 0 : numberIn(cells[numbers[role]]!)
      if (Number.isNaN(outcome[role])) return numberFault(role)
    }
    length = touches.length
    while (length > steps.length) steps = larger(steps)
    for (const [at, name] of touches.entries()) steps[at] = paths.idOf(name)
    return count()
  }

  function count(): string | undefined {
    try {
      paths.addIds(steps, length, outcome)
      return undefined
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      return 'with it, a sum would be too large for a number'
    }
  }

  return { read, readQuoted }
}

/** What a byte in a path may be: what to do with it is told by one look at a table. */
const ORDINARY = 0
const SPACE = 1
const SEPARATOR = 2
const END = 3

function kindsOf(delimiter: number, firstOfSeparator: number): Uint8Array {
  const kinds = new Uint8Array(256)
  for (const space of [9, 10, 11, 12, 13, 32]) kinds[space] = SPACE
  kinds[firstOfSeparator] = SEPARATOR
  kinds[delimiter] = END
  return kinds
}

/** The channels of a path as text, or why it has none. */
export function touchesOf(path: string, separator: string): string[] | string {
  const touches = path.split(separator).map(name => name.trim())
  for (const [at, name] of touches.entries()) {
    const fault = stepFault(name)
    if (fault !== undefined) return stepFaultInWords(fault, at + 1, touches.length)
  }
  return touches
}

export function numberFault(column: PathColumn): string {
  return `${column}: expected a number such as 12 or -0.5`
}

function cellsFault(cells: number, expected: number): string {
  return `the row has ${cells} cells, the header ${expected}`
}

function larger(numbers: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(2 * numbers.length)
  copy.set(numbers)
  return copy
}

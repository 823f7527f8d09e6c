import { layoutOf } from './path-table-columns.ts'
import type { PathColumnNames } from './path-table-columns.ts'
import { createRowScanner, QUOTED } from './path-table-scanner.ts'
import type { RowScanner } from './path-table-scanner.ts'
import type { PathStore } from '../paths/path-store.ts'

/** What a table in bytes is read with. */
export interface RowReaderOptions {
  /** For messages. */
  readonly file: string
  readonly separator: string
  readonly delimiter: string | undefined
  readonly columns: PathColumnNames
  /** Called for each row with something in it: why it is none, or undefined if it was counted. */
  readonly onRow: (line: number, fault: string | undefined) => void
}

/** Cuts bytes into rows and has them read. */
export interface RowReader {
  /** Reads all rows that end in these bytes. What is left waits for the next. */
  add(bytes: Uint8Array): void
  /**
   * Reads what is left.
   * @throws {Error} if there was no header.
   */
  end(): void
  /** The line that is read next, from 1. */
  readonly line: number
}

/** The longest row that is read. A longer one is passed over without being held in memory. */
const MAX_ROW_BYTES = 16 * 1024 * 1024

const LINE_FEED = 10
const CARRIAGE_RETURN = 13
const QUOTE = 34

export function createRowReader(paths: PathStore, options: RowReaderOptions): RowReader {
  const { file, separator, columns, onRow } = options
  let scanner: RowScanner | undefined
  let delimiter = 0
  let line = 1
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  // Within a row that is too long: everything up to its end is passed over.
  let passing = false

  /** Reads rows from the bytes and gives where it stopped: the beginning of one that has not ended yet. */
  function read(bytes: Uint8Array, last: boolean): number {
    let start = 0
    while (start < bytes.length) {
      const feed = bytes.indexOf(LINE_FEED, start)
      if (feed < 0 && !last) return start
      const lineEnd = feed < 0 ? bytes.length : feed
      let next = lineEnd + 1
      if (passing) passing = false
      else {
        const end = lineEnd > start && bytes[lineEnd - 1] === CARRIAGE_RETURN ? lineEnd - 1 : lineEnd
        if (!isBlank(bytes, start, end)) {
          if (!scanner) readHeader(bytes.subarray(start, end))
          else {
            const fault = scanner.read(bytes, start, end)
            if (fault !== QUOTED) onRow(line, fault)
            else {
              const rowEnd = endOfQuoted(bytes, start)
              if (rowEnd < 0 && !last && bytes.length - start <= MAX_ROW_BYTES) return start
              if (rowEnd < 0) onRow(line, 'a quote that is opened and not closed')
              else {
                const trimmed = bytes[rowEnd - 1] === CARRIAGE_RETURN ? rowEnd - 1 : rowEnd
                onRow(line, scanner.readQuoted(bytes, start, trimmed))
                for (let at = lineEnd; at < rowEnd; at++) if (bytes[at] === LINE_FEED) line++
                next = rowEnd + 1
              }
            }
          }
        }
      }
      line++
      start = next
    }
    return bytes.length
  }

  function readHeader(bytes: Uint8Array): void {
    const text = new TextDecoder().decode(bytes)
    const layout = layoutOf(text, columns, options.delimiter, file)
    delimiter = layout.delimiter.charCodeAt(0)
    scanner = createRowScanner(paths, layout, separator)
  }

  /** Where a row with quotes ends: at a line feed that is not within them. -1 where that is not to be seen. */
  function endOfQuoted(bytes: Uint8Array, start: number): number {
    let at = start
    while (at < bytes.length) {
      if (bytes[at] === QUOTE) {
        // A quote within is doubled; two cells of quotes side by side look the same, and end the same.
        do at = bytes.indexOf(QUOTE, at + 1) + 1
        while (at > 0 && bytes[at] === QUOTE)
        if (at === 0) return -1
      }
      while (at < bytes.length && bytes[at] !== delimiter && bytes[at] !== LINE_FEED) at++
      if (at === bytes.length || bytes[at] === LINE_FEED) return at
      at++
    }
    return at
  }

  function keep(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    waitingBytes += bytes.length
    // What a reader hands over may be used by it again.
    waiting.push(new Uint8Array(bytes))
    if (waitingBytes <= MAX_ROW_BYTES) return
    if (!passing) onRow(line, `the row is longer than ${MAX_ROW_BYTES} bytes`)
    passing = true
    waiting = []
    waitingBytes = 0
  }

  function withWaiting(bytes: Uint8Array): Uint8Array {
    if (waitingBytes === 0) return bytes
    const all = new Uint8Array(waitingBytes + bytes.length)
    let at = 0
    for (const part of [...waiting, bytes]) {
      all.set(part, at)
      at += part.length
    }
    waiting = []
    waitingBytes = 0
    return all
  }

  return {
    get line() {
      return line
    },
    add(piece) {
      // Not as a Buffer, whose own search takes longer to begin than a row takes to read.
      const bytes = new Uint8Array(piece.buffer, piece.byteOffset, piece.length)
      // Without a line feed nothing ends here, and what waits need not be looked at again.
      if (bytes.indexOf(LINE_FEED) < 0) return keep(bytes)
      const all = withWaiting(bytes)
      keep(all.subarray(read(all, false)))
    },
    end() {
      const rest = withWaiting(new Uint8Array(0))
      if (rest.length > 0 && !passing) read(rest, true)
      if (scanner) return
      throw new Error(
        `readPathTable: ${file} is empty; expected a first line such as ` +
          'path,total_conversions,total_conversion_value,total_null',
      )
    },
  }
}

/** Nothing but spaces. A row of delimiters has cells, and is no row only for what is missing in them. */
function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== 32) return false
  return true
}

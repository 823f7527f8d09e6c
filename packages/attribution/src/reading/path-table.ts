import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { createPathStore } from '../paths/path-store.ts'
import type { PathStore } from '../paths/path-store.ts'
import { STDIN } from './event-files.ts'
import type { BadRow, ReadProgress } from './event-source.ts'
import { GzipFault, gunzipped } from './gunzip.ts'
import type { PathColumnNames } from './path-table-columns.ts'
import { addRow } from './path-table-objects.ts'
import type { PathRow } from './path-table-objects.ts'
import { createRowReader } from './path-table-rows.ts'

export interface PathTableOptions {
  /** What stands between the channels of a path: text of any length. Spaces around it do not count. Default `>`. */
  readonly separator?: string
  /** What parts the cells: one character. Default: comma, semicolon or tab, whichever parts the first line most. */
  readonly delimiter?: string
  /** Columns by names of one's own: `{ path: 'journey', conversions: 'orders' }`. In any case of letters. */
  readonly columns?: PathColumnNames
  readonly onBadRow?: (row: BadRow) => void
  /** Called when reading begins and after each piece that was read. */
  readonly onProgress?: (progress: ReadProgress) => void
  /** Ends the reading: it rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** What `-` means. Default: the process's standard input. */
  readonly stdin?: AsyncIterable<Uint8Array>
}

export interface PathTable {
  readonly paths: PathStore
  readonly summary: PathTableSummary
}

export interface PathTableSummary {
  /** Rows with something in them, good and bad, without the header. */
  readonly rows: number
  /** Rows that were reported and of which nothing counts. */
  readonly bad: number
}

type OneOrMany<Item> = Iterable<Item> | AsyncIterable<Item>

/** How much is read of bytes that are there at once, before others have their turn. */
const PIECE_BYTES = 4 * 1024 * 1024

/**
 * Reads a path table as users of ChannelAttribution have it: CSV with a header, one row a path, with how many
 * conversions it led to, what they were worth and how many journeys failed.
 *
 * The columns are found by their usual names, in any case of letters: `path`; `total_conversions` or `conversions`;
 * `total_conversion_value` or `value`; `total_null`, `total_non_conversions` or `nulls`. The last two may be missing.
 * Cells may be quoted and then hold anything. Numbers may have fractions and be negative.
 *
 * A row counts as a whole or not at all. It is bad, reported and never credited if its path has no touches, if a step
 * of it is empty or `NA` (R's word for a missing value), if a number is missing or none, or if it has not as many
 * cells as the header. A gzip fault is told as a bad row; what came before it counts.
 *
 * @param source a file (packed with gzip or not), `-` for standard input, bytes, or rows as `pathsFromRows` takes them.
 * @throws {Error} (as a rejection) if the file cannot be read, or has not the columns that are needed.
 * @throws RangeError (as a rejection) if `separator` or `delimiter` is not what it should be.
 */
export async function readPathTable(
  source: string | OneOrMany<Uint8Array> | OneOrMany<PathRow>,
  options: PathTableOptions = {},
): Promise<PathTable> {
  checkOptions(options)
  if (typeof source === 'string') {
    const bytes =
      source === STDIN ? (options.stdin ?? process.stdin) : createReadStream(source, { highWaterMark: 2 ** 20 })
    const totalBytes = source === STDIN || !options.onProgress ? undefined : await sizeOf(source)
    return readBytes(bytes, source, totalBytes, options)
  }

  const { first, all } = await withFirst<Uint8Array | PathRow>(source)
  return first instanceof Uint8Array || first === undefined
    ? readBytes(all as AsyncIterable<Uint8Array>, '(bytes)', undefined, options)
    : pathsFromRows(all as AsyncIterable<PathRow>, options)
}

/**
 * Counts the rows of a path table that a program has. What is bad in a file is bad here, reported as `(rows)` with the
 * number of the row from 1; but a number that is left out (or null) is 0, and a path given as a list is taken as it
 * is: any string in it is a name.
 */
export async function pathsFromRows(rows: OneOrMany<PathRow>, options: PathTableOptions = {}): Promise<PathTable> {
  checkOptions(options)
  const { columns = {}, onBadRow, signal } = options
  const paths = createPathStore()
  const separator = separatorOf(options)
  const counted = { rows: 0, bad: 0 }
  signal?.throwIfAborted()
  for await (const row of rows) {
    counted.rows++
    const reason = addRow(paths, row, columns, separator)
    if (reason !== undefined) {
      counted.bad++
      onBadRow?.({ file: '(rows)', line: counted.rows, reason })
    }
    if (counted.rows % 65_536 === 0) await pause(signal)
  }
  return { paths, summary: counted }
}

async function readBytes(
  source: OneOrMany<Uint8Array>,
  file: string,
  totalBytes: number | undefined,
  options: PathTableOptions,
): Promise<PathTable> {
  const { columns = {}, delimiter, onBadRow, onProgress, signal } = options
  const paths = createPathStore()
  const counted = { rows: 0, bad: 0 }
  const onRow = (line: number, reason: string | undefined) => {
    counted.rows++
    if (reason === undefined) return
    counted.bad++
    onBadRow?.({ file, line, reason })
  }
  const reader = createRowReader(paths, { file, separator: separatorOf(options), delimiter, columns, onRow })

  let bytes = 0
  async function* withProgress(): AsyncGenerator<Uint8Array> {
    onProgress?.({ bytes, totalBytes })
    for await (const piece of source) {
      yield piece
      bytes += piece.length
      onProgress?.({ bytes, totalBytes })
    }
  }

  signal?.throwIfAborted()
  try {
    let sincePause = 0
    for await (const piece of gunzipped(withProgress())) {
      for (let start = 0; start < piece.length; start += PIECE_BYTES) {
        const part = piece.subarray(start, start + PIECE_BYTES)
        reader.add(part)
        sincePause += part.length
        signal?.throwIfAborted()
        if (sincePause < PIECE_BYTES) continue
        sincePause = 0
        await pause(signal)
      }
    }
  } catch (error) {
    if (!(error instanceof GzipFault)) throw error
    onRow(reader.line, error.message)
  }
  reader.end()
  return { paths, summary: counted }
}

/** Lets others have their turn, who may want to end this. */
async function pause(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate()
  signal?.throwIfAborted()
}

function checkOptions({ separator, delimiter }: PathTableOptions): void {
  if (separator === '') throw new RangeError('readPathTable: `separator` must be text of one character or more, got ""')
  if (delimiter !== undefined && !/^[^"\r\n\u0080-\uffff]$/.test(delimiter)) {
    throw new RangeError(`readPathTable: \`delimiter\` must be one ASCII character, and no quote or line end`)
  }
}

/** Names are trimmed, so spaces around the separator need not be searched for; unless there is nothing else to it. */
function separatorOf({ separator = '>' }: PathTableOptions): string {
  return separator.trim() || separator
}

async function sizeOf(file: string): Promise<number | undefined> {
  // A file that cannot be looked at is told when it is read.
  return stat(file).then(
    ({ size }) => size,
    () => undefined,
  )
}

async function withFirst<Item>(items: OneOrMany<Item>): Promise<{ first: Item | undefined; all: AsyncIterable<Item> }> {
  async function* each(): AsyncGenerator<Item> {
    yield* items
  }
  const rest = each()
  const { done, value } = await rest.next()
  async function* all(): AsyncGenerator<Item> {
    if (done) return
    yield value
    yield* rest
  }
  return { first: done ? undefined : value, all: all() }
}

import { isUtf8 } from 'node:buffer'
import type { StoredEvent } from '@jejak/events'
import { readEventRows } from './event-row.ts'
import type { EventRow } from './event-row.ts'
import type { Glance } from '../glance.ts'
import { ID_AT } from './glance-line.ts'
import type { LineGlance } from './glance-line.ts'
import { GzipFault, gunzipped } from './gunzip.ts'
import { BLANK_LINE, cutLines, decodeLine } from './read-lines.ts'
import type { LineBytes } from './read-lines.ts'

export interface LocatedRow {
  readonly line: number
  readonly row: EventRow
}

/** The rows of our own NDJSON, those of each piece together. */
export async function* readOwnRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<LocatedRow[]> {
  for await (const lines of ownLines(bytes)) yield Array.isArray(lines) ? lines.flatMap(rowsOf) : [lines]
}

/** Who asks for glances: each row is told as soon as it is found, in the order of the file. */
export interface GlanceReader {
  /** Left out, all events are read whole. */
  readonly glance: LineGlance | undefined
  /** Of an event at which a glance is enough: whether the id that stands at `at` is new. */
  readonly isNew: (bytes: Buffer, at: number) => boolean
  /** Gives back the event of any other row, if it is one that counts. */
  readonly accept: (row: LocatedRow) => StoredEvent | undefined
}

/** The same with a glance at each event where that is enough. */
export async function* readOwnGlances(
  bytes: AsyncIterable<Uint8Array>,
  { glance, isNew, accept }: GlanceReader,
): AsyncGenerator<(StoredEvent | Glance)[]> {
  for await (const lines of ownLines(bytes)) {
    const events: (StoredEvent | Glance)[] = []
    const acceptAll = (rows: readonly LocatedRow[]) => {
      for (const row of rows) {
        const event = accept(row)
        if (event) events.push(event)
      }
    }
    if (!Array.isArray(lines)) acceptAll([lines])
    else {
      const plain = glance && plainBytes(lines)
      for (const line of lines) {
        const seen = glance && line.bytes === plain ? glance.look(plain, line.start, line.end) : undefined
        // One that was there before is read whole too: then it is told as what it is.
        if (seen && isNew(line.bytes, line.start + ID_AT)) events.push(seen)
        else acceptAll(rowsOf(line))
      }
    }
    yield events
  }
}

/** The bytes that most of the lines are in, if they are text: then this need not be looked for line by line. */
function plainBytes(lines: readonly LineBytes[]): Buffer | undefined {
  const last = lines.at(-1)!
  const first = lines.find(line => line.bytes === last.bytes)!
  // A line that is alone in its bytes may end without a line feed, which a glance relies on.
  if (last.end === last.bytes.length) return undefined
  return isUtf8(last.bytes.subarray(first.start, last.end)) ? last.bytes : undefined
}

/** The lines of each piece together; at last the row of a gzip fault, if there is one. */
async function* ownLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<LineBytes[] | LocatedRow> {
  let line = 0
  try {
    for await (const lines of cutLines(gunzipped(bytes))) {
      yield lines
      line = lines.at(-1)?.number ?? line
    }
  } catch (error) {
    if (!(error instanceof GzipFault)) throw error
    yield { line: line + 1, row: { reason: error.message } }
  }
}

function rowsOf(bytes: LineBytes): LocatedRow[] {
  const { number: line, text, ended, fault } = decodeLine(bytes)
  if (fault !== undefined) return [{ line, row: { reason: fault } }]
  if (BLANK_LINE.test(text)) return []
  return readEventRows(text).map(row => ({
    line,
    row:
      ended || !('reason' in row) ? row : { reason: `${row.reason} (the last line; the file may have been cut off)` },
  }))
}

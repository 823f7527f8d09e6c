import { readEventRows } from './event-row.ts'
import type { EventRow } from './event-row.ts'
import { GzipFault, gunzipped } from './gunzip.ts'
import { BLANK_LINE, readLines } from './read-lines.ts'
import type { Line } from './read-lines.ts'

interface LocatedRow {
  readonly line: number
  readonly row: EventRow
}

/** The rows of our own NDJSON, those of each piece together. */
export async function* readOwnRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<LocatedRow[]> {
  let line = 0
  try {
    for await (const lines of readLines(gunzipped(bytes))) {
      yield lines.flatMap(rowsOf)
      line = lines.at(-1)?.number ?? line
    }
  } catch (error) {
    if (!(error instanceof GzipFault)) throw error
    yield [{ line: line + 1, row: { reason: error.message } }]
  }
}

function rowsOf({ number: line, text, ended, fault }: Line): LocatedRow[] {
  if (fault !== undefined) return [{ line, row: { reason: fault } }]
  if (BLANK_LINE.test(text)) return []
  return readEventRows(text).map(row => ({
    line,
    row:
      ended || !('reason' in row) ? row : { reason: `${row.reason} (the last line; the file may have been cut off)` },
  }))
}

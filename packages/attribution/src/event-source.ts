import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { StoredEvent } from '@jejak/events'
import { findEventFiles, STDIN } from './event-files.ts'
import { readEventRows } from './event-row.ts'
import type { EventRow } from './event-row.ts'
import { GzipFault, gunzipped } from './gunzip.ts'
import { readLines } from './read-lines.ts'
import type { Line } from './read-lines.ts'
import { createSeenIds } from './seen-ids.ts'

/** A row that holds no event that could be used. Nothing of it is counted anywhere else. */
export interface BadRow {
  /** As it was found; `-` is standard input. */
  readonly file: string
  /** From 1. */
  readonly line: number
  /** For a person to read: which field, what was expected, what came. It quotes nothing of the row. */
  readonly reason: string
}

/** A row with an event that had been there before. */
export interface DuplicateRow {
  readonly file: string
  readonly line: number
  /** The event's id. */
  readonly id: string
}

export interface ReadOptions {
  readonly onBadRow?: (row: BadRow) => void
  readonly onDuplicate?: (row: DuplicateRow) => void
  /** Called when a loop begins and after each piece that was read. */
  readonly onProgress?: (progress: ReadProgress) => void
  /** What `-` means. Default: the process's standard input. */
  readonly stdin?: AsyncIterable<Uint8Array>
}

/** How far a reading is, in bytes as they stand in the files. */
export interface ReadProgress {
  readonly bytes: number
  /** Undefined where nobody knows: standard input is among the sources. */
  readonly totalBytes: number | undefined
}

/** What a reading met, up to the present moment. */
export interface ReadSummary {
  /** Files begun. */
  readonly files: number
  /** Rows with something in them, a batch counting as many as it has events: good, bad and duplicates. */
  readonly rows: number
  readonly bad: number
  readonly duplicates: number
}

/** Events from files. Each loop over it reads the files again, from the start. */
export interface EventSource extends AsyncIterable<StoredEvent> {
  /** Of the last loop that was begun. */
  readonly summary: ReadSummary
}

/**
 * Reads events from NDJSON, packed with gzip or not: files, folders, globs and `-` for standard input. Folders and
 * globs are read by file name, so the same files always give the same events in the same order. A line holds an
 * event, stored or as it was sent, or a batch.
 *
 * Rows that are broken are passed over, counted and reported; so is what follows a fault in gzip data. Of several
 * events with one id the first is kept. Nothing is held in memory but the ids, 22 to 43 bytes each; a line may
 * have up to 16 MiB.
 *
 * @throws {Error} when the loop begins, if a source means no file; when its turn comes, if a file cannot be read.
 */
export function readEvents(sources: string | readonly string[], options: ReadOptions = {}): EventSource {
  const { onBadRow, onDuplicate, onProgress } = options
  let summary = { files: 0, rows: 0, bad: 0, duplicates: 0 }

  async function* events(): AsyncGenerator<StoredEvent> {
    const counted = { files: 0, rows: 0, bad: 0, duplicates: 0 }
    summary = counted
    const seen = createSeenIds()

    const files = await findEventFiles(typeof sources === 'string' ? [sources] : sources)
    const onBytes = onProgress ? await progressOf(files, onProgress) : () => {}
    for (const file of files) {
      counted.files++
      const bytes = file === STDIN ? (options.stdin ?? process.stdin) : createReadStream(file)
      for await (const rows of readRows(withCount(bytes, onBytes))) {
        for (const { line, row } of rows) {
          counted.rows++
          if ('reason' in row) {
            counted.bad++
            onBadRow?.({ file, line, reason: row.reason })
          } else if (seen.add(row.event.id)) {
            yield row.event
          } else {
            counted.duplicates++
            onDuplicate?.({ file, line, id: row.event.id })
          }
        }
      }
    }
  }

  return {
    [Symbol.asyncIterator]: events,
    get summary() {
      return { ...summary }
    },
  }
}

/** Gives back what to call with the size of each piece that was read. */
async function progressOf(
  files: readonly string[],
  onProgress: (progress: ReadProgress) => void,
): Promise<(bytes: number) => void> {
  // A file that cannot be looked at is told when its turn to be read comes.
  const sizes = await Promise.all(
    files.map(file =>
      stat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  const totalBytes = files.includes(STDIN) ? undefined : sizes.reduce((sum, size) => sum + size, 0)
  let bytes = 0
  const report = (more: number) => onProgress({ bytes: (bytes += more), totalBytes })
  report(0)
  return report
}

async function* withCount(
  pieces: AsyncIterable<Uint8Array>,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    yield piece
    onBytes(piece.length)
  }
}

interface LocatedRow {
  readonly line: number
  readonly row: EventRow
}

async function* readRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<LocatedRow[]> {
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
  if (BLANK.test(text)) return []
  return readEventRows(text).map(row => ({
    line,
    row:
      ended || !('reason' in row) ? row : { reason: `${row.reason} (the last line; the file may have been cut off)` },
  }))
}

/** Nothing but what JSON counts as white space. */
const BLANK = /^[\t\r ]*$/

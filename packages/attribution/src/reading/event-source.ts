import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { StoredEvent } from '@jejak/events'
import { findEventFiles, STDIN } from './event-files.ts'
import type { EventMapping, MappingOptions } from './foreign/event-mapping.ts'
import { chooseMapping, chooseMappingOptions, EVENT_MAPPINGS } from './foreign/event-mappings.ts'
import type { EventMappingName } from './foreign/event-mappings.ts'
import { EVENT_FORMATS, readForeignRows } from './foreign/foreign-rows.ts'
import type { EventFormat } from './foreign/foreign-rows.ts'
import { mappedColumns } from './foreign/mapped-columns.ts'
import { createRowMapper } from './foreign/row-mapper.ts'
import { GLANCES } from '../glance.ts'
import type { Glance, GlancedEvents, IsWhole } from '../glance.ts'
import { createLineGlance } from './glance-line.ts'
import { readOwnParquet } from './own-parquet.ts'
import { readOwnGlances, readOwnRows } from './own-rows.ts'
import type { LocatedRow } from './own-rows.ts'
import { createSeenIds } from './seen-ids.ts'
import { untilAborted } from './until-aborted.ts'

/** A row that holds no event that could be used. Nothing of it is counted anywhere else. */
export interface BadRow {
  /** As it was found; `-` is standard input. */
  readonly file: string
  /** From 1. In Parquet, the row. */
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

export interface ReadOptions extends MappingOptions {
  /**
   * Which column means what, for a log that is not ours: the name of a published shape, or a mapping. Without it the
   * files hold our own events.
   */
  readonly mapping?: EventMappingName | EventMapping
  /** The format of files that are read by a mapping. Default: told from each file's first bytes. */
  readonly format?: EventFormat
  /** What separates the fields of CSV. Default: comma, semicolon, tab or bar, whichever the header has most of. */
  readonly delimiter?: string
  /** Ends the reading: the loop throws the signal's reason. */
  readonly signal?: AbortSignal
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
 * Reads events from files, folders, globs and `-` for standard input, packed with gzip or not. Folders and globs are
 * read by file name, so the same files always give the same events in the same order.
 *
 * Our own logs are NDJSON: a line holds an event, stored or as it was sent, or a batch. With a `mapping`, CSV, NDJSON
 * and Parquet of any other make are read (`EventMapping`, `MappingOptions`).
 *
 * Rows that are broken are passed over, counted and reported; so is what follows a fault in gzip data. Of several
 * events with one id the first is kept. Of our own logs nothing is held in memory but the ids, 22 to 43 bytes each; of
 * a mapped log also what sessions there were. A line may have up to 16 MiB.
 *
 * @throws {TypeError} if an option is not what it should be.
 * @throws {Error} when the loop begins, if a source means no file; when its turn comes, if a file cannot be read or has
 * none of the columns that the mapping names.
 */
export function readEvents(
  sources: string | readonly string[],
  options: ReadOptions = {},
): EventSource & GlancedEvents {
  const { onBadRow, onDuplicate, onProgress, signal } = options
  const rowReader = chooseRowReader(options)
  let summary = { files: 0, rows: 0, bad: 0, duplicates: 0 }

  /** What one loop counts, and which rows count in it. */
  function begin() {
    const counted = { files: 0, rows: 0, bad: 0, duplicates: 0 }
    summary = counted
    const seen = createSeenIds()

    function accept(file: string, { line, row }: LocatedRow): StoredEvent | undefined {
      counted.rows++
      if ('reason' in row) {
        counted.bad++
        onBadRow?.({ file, line, reason: row.reason })
        return undefined
      }
      if (seen.add(row.event.id)) return row.event
      counted.duplicates++
      onDuplicate?.({ file, line, id: row.event.id })
      return undefined
    }
    return { counted, seen, accept }
  }

  /** What `read` makes of each file in turn, piece by piece. */
  async function* eachFile<Piece>(
    read: ReadFile<Piece>,
    counted: { files: number },
  ): AsyncGenerator<{ readonly file: string; readonly piece: Piece }> {
    signal?.throwIfAborted()
    const files = await findEventFiles(typeof sources === 'string' ? [sources] : sources, options.mapping !== undefined)
    const onBytes = onProgress ? await progressOf(files, onProgress) : () => {}
    for (const file of files) {
      counted.files++
      const isOwnParquet = options.mapping === undefined && file.endsWith('.parquet')
      const bytes = () =>
        isOwnParquet
          ? readOwnParquet(file, { onBytes, signal })
          : withCount(
              untilAborted(file === STDIN ? (options.stdin ?? process.stdin) : createReadStream(file), signal),
              onBytes,
            )
      for await (const piece of read(file, bytes, onBytes)) {
        signal?.throwIfAborted()
        yield { file, piece }
      }
    }
  }

  async function* events(): AsyncGenerator<StoredEvent> {
    const { counted, accept } = begin()
    for await (const { file, piece } of eachFile(rowReader(), counted)) {
      for (const row of piece) {
        const event = accept(file, row)
        if (event) yield event
      }
    }
  }

  async function* glances(isWhole?: IsWhole): AsyncGenerator<readonly (StoredEvent | Glance)[]> {
    const { counted, seen, accept } = begin()
    if (options.mapping !== undefined) {
      for await (const { file, piece } of eachFile(rowReader(), counted)) {
        yield piece.map(row => accept(file, row)).filter(event => event !== undefined)
      }
      return
    }
    const glance = isWhole && createLineGlance(isWhole)
    const isNew = (bytes: Buffer, at: number): boolean => {
      const isFirst = seen.addAt(bytes, at)
      if (isFirst) counted.rows++
      return isFirst
    }
    const read: ReadFile<(StoredEvent | Glance)[]> = (file, bytes) =>
      readOwnGlances(bytes(), { glance, isNew, accept: row => accept(file, row) })
    for await (const { piece } of eachFile(read, counted)) yield piece
  }

  const source: EventSource & GlancedEvents = {
    [Symbol.asyncIterator]: events,
    [GLANCES]: glances,
    get summary() {
      return { ...summary }
    },
  }
  return source
}

type ReadFile<Piece> = (
  file: string,
  bytes: () => AsyncIterable<Uint8Array>,
  onBytes: (bytes: number) => void,
) => AsyncIterable<Piece>

type ReadRows = ReadFile<readonly LocatedRow[]>

/** Checks the options once; gives what makes the reader of one loop. */
function chooseRowReader(options: ReadOptions): () => ReadRows {
  const { mapping, format, delimiter, signal } = options
  if (format !== undefined && !EVENT_FORMATS.includes(format)) {
    throw new TypeError(`readEvents: expected \`format\` to be ${EVENT_FORMATS.join(', ')}, got ${String(format)}`)
  }
  if (mapping === undefined) {
    if (format !== undefined && format !== 'ndjson') {
      throw new TypeError(
        `readEvents: our own logs are NDJSON; to read ${format}, say by \`mapping\` what its columns mean`,
      )
    }
    return () => (_, bytes) => readOwnRows(bytes())
  }
  const chosen = chooseMapping(mapping, 'readEvents')
  const mappingOptions = chooseMappingOptions(options, 'readEvents')
  const columns = mappedColumns(chosen, Object.values<EventMapping>(EVENT_MAPPINGS))

  return () => {
    const toEvent = createRowMapper(chosen, mappingOptions)
    return async function* (file, bytes, onBytes) {
      const path = file === STDIN ? undefined : file
      const rows = readForeignRows({ name: file, path, bytes, format, delimiter, columns, onBytes, signal })
      for await (const some of rows) {
        yield some.map(located => ({
          line: located.line,
          row: 'row' in located ? toEvent(located.row, `${file}\n${located.line}`) : located,
        }))
      }
    }
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

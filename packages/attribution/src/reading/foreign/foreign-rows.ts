import { open } from 'node:fs/promises'
import { GzipFault, gunzipped } from '../gunzip.ts'
import { readCsvRows } from './csv-rows.ts'
import type { LocatedRow } from './located-row.ts'
import type { MappedColumns } from './mapped-columns.ts'
import { readObjectRows } from './object-rows.ts'
import { readParquetRows } from './parquet-rows.ts'

export const EVENT_FORMATS = ['csv', 'ndjson', 'parquet'] as const

export type EventFormat = (typeof EVENT_FORMATS)[number]

export interface ForeignFile {
  /** As it was found; it stands for the file in what is reported. */
  readonly name: string
  /** Undefined for standard input. */
  readonly path: string | undefined
  readonly bytes: () => AsyncIterable<Uint8Array>
  readonly format: EventFormat | undefined
  readonly delimiter: string | undefined
  readonly columns: MappedColumns
  readonly onBytes: (bytes: number) => void
  readonly signal: AbortSignal | undefined
}

/** The rows of a foreign log. What format it has is told from its first bytes, whatever its name, if nobody says it. */
export async function* readForeignRows(file: ForeignFile): AsyncGenerator<LocatedRow[]> {
  const { path, name, columns, onBytes, signal, delimiter } = file
  if (file.format === 'parquet' || (file.format === undefined && path !== undefined && (await isParquet(path)))) {
    if (path === undefined) {
      throw new Error('Parquet cannot be read from standard input, since it is read from its end: name the file')
    }
    yield* readParquetRows(path, { columns, onBytes, signal })
    return
  }

  let line = 0
  try {
    const [format, bytes] = await formatOf(gunzipped(file.bytes()), file.format)
    const rows =
      format === 'csv' ? readCsvRows(bytes, { file: name, columns, delimiter }) : readObjectRows(bytes, name, columns)
    for await (const some of rows) {
      line = some.at(-1)?.line ?? line
      yield some
    }
  } catch (error) {
    if (!(error instanceof GzipFault)) throw error
    yield [{ line: line + 1, reason: error.message }]
  }
}

async function isParquet(path: string): Promise<boolean> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(4), 0, 4, 0)
    return bytesRead === 4 && Buffer.from(buffer).toString('latin1') === 'PAR1'
  } finally {
    await handle.close()
  }
}

const WHITE_SPACE = new Set([9, 10, 13, 32, 0xef, 0xbb, 0xbf])

/** NDJSON begins with a brace, which no header of a table does. */
async function formatOf(
  bytes: AsyncIterable<Uint8Array>,
  given: EventFormat | undefined,
): Promise<[EventFormat, AsyncIterable<Uint8Array>]> {
  if (given) return [given, bytes]
  const rest = bytes[Symbol.asyncIterator]()
  const head: Uint8Array[] = []
  let format: EventFormat = 'csv'
  for (;;) {
    const { done, value } = await rest.next()
    if (done) break
    head.push(value)
    const first = value.find(byte => !WHITE_SPACE.has(byte))
    if (first === undefined) continue
    if (first === 0x7b) format = 'ndjson'
    break
  }
  const all = (async function* () {
    yield* head
    yield* { [Symbol.asyncIterator]: () => rest }
  })()
  return [format, all]
}

import { readParquetRows } from './foreign/parquet-rows.ts'
import type { MappedColumns } from './foreign/mapped-columns.ts'

/** The column in which `jejak compact` keeps the whole event, as JSON. */
const COLUMN = 'event'

const COLUMNS: MappedColumns = {
  read: () => [COLUMN],
  check(file, columns) {
    if (!columns.includes(COLUMN))
      throw new Error(
        `"${file}" has no column \`${COLUMN}\`, so it was not written by jejak compact: for a log of somebody else's say by \`mapping\` (--from, --map) what its columns mean`,
      )
  },
}

/** The events of a Parquet file of our own as lines of JSON, one for each row. */
export async function* readOwnParquet(
  path: string,
  reading: { readonly onBytes: (bytes: number) => void; readonly signal: AbortSignal | undefined },
): AsyncGenerator<Uint8Array> {
  for await (const rows of readParquetRows(path, { columns: COLUMNS, ...reading })) {
    const lines = rows.map(located => {
      if ('reason' in located)
        throw new Error(`"${path}" cannot be read from row ${located.line} on: ${located.reason}`)
      const event = (located.row as Readonly<Record<string, unknown>>)[COLUMN]
      return `${typeof event === 'string' ? event.replaceAll('\n', ' ') : ''}\n`
    })
    yield Buffer.from(lines.join(''))
  }
}

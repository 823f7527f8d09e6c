import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { parquetMetadataAsync, parquetScan, parquetSchema } from 'hyparquet'
import type { AsyncBuffer, FileMetaData } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import type { LocatedRow } from './located-row.ts'
import type { MappedColumns } from './mapped-columns.ts'

/** How many rows are handed on at once. */
const AT_ONCE = 4_096

interface ParquetReading {
  readonly columns: MappedColumns
  readonly onBytes: (bytes: number) => void
  readonly signal: AbortSignal | undefined
}

/**
 * The rows of a Parquet file, numbered from 1. Only the columns that the mapping asks for are read, a row group at a
 * time, and unpacked as columns: no more is in memory than these columns of one group.
 */
export async function* readParquetRows(path: string, reading: ParquetReading): AsyncGenerator<LocatedRow[]> {
  const { columns, onBytes, signal } = reading
  const handle = await open(path)
  try {
    const { size } = await handle.stat()
    let told = 0
    const tell = (bytes: number) => {
      const more = Math.min(bytes, size - told)
      told += more
      if (more > 0) onBytes(more)
    }
    const file = bufferOf(handle, size, signal, tell)
    let metadata: FileMetaData
    try {
      metadata = await parquetMetadataAsync(file)
    } catch (error) {
      signal?.throwIfAborted()
      yield [{ line: 1, reason: `the file cannot be read as Parquet (${inWords(error)})` }]
      return
    }
    const there = parquetSchema(metadata).children.map(({ element }) => element.name)
    columns.check(path, there, true)
    const wanted = columns.read(there) ?? there
    const scan = await parquetScan({ file, metadata, columns: wanted, compressors, useOffsetIndex: false })

    for (const { rowStart, rowEnd } of scan.ranges) {
      signal?.throwIfAborted()
      const read = async (column: string) => [column, await scan.readColumn({ column, rowStart, rowEnd })] as const
      const columnsRead = await Promise.all(wanted.map(read)).catch((error: unknown) => {
        signal?.throwIfAborted()
        return inWords(error)
      })
      if (typeof columnsRead === 'string') {
        yield [{ line: rowStart + 1, reason: `rows ${rowStart + 1} to ${rowEnd} cannot be read (${columnsRead})` }]
        continue
      }
      for (let start = rowStart; start < rowEnd; start += AT_ONCE) {
        const rows: LocatedRow[] = []
        for (let row = start; row < Math.min(start + AT_ONCE, rowEnd); row++) {
          const own = Object.fromEntries(columnsRead.map(([column, data]) => [column, data[row - rowStart] as unknown]))
          rows.push({ line: row + 1, row: own })
        }
        yield rows
      }
    }
    tell(size - told)
  } finally {
    await handle.close()
  }
}

function bufferOf(
  handle: FileHandle,
  size: number,
  signal: AbortSignal | undefined,
  onBytes: (bytes: number) => void,
): AsyncBuffer {
  return {
    byteLength: size,
    async slice(start, end = size) {
      signal?.throwIfAborted()
      const length = Math.max(0, Math.min(end, size) - start)
      const bytes = new Uint8Array(length)
      for (let filled = 0; filled < length;) {
        const { bytesRead } = await handle.read(bytes, filled, length - filled, start + filled)
        if (bytesRead === 0) break
        filled += bytesRead
      }
      onBytes(length)
      return bytes.buffer
    },
  }
}

/** What went wrong, without what might be of the file's content. */
function inWords(error: unknown): string {
  const text = error instanceof Error ? error.message : 'the data are damaged'
  return text.replace(/[^\x20-\x7E]/g, ' ').slice(0, 100)
}

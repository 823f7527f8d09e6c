import { parquetWriteBuffer } from 'hyparquet-writer'
import type { Cell } from './csv.ts'

/** Of what kind a column is. Numbers are kept as doubles, with every digit. */
export type ParquetKind = 'text' | 'number' | 'flag' | 'time'

/**
 * A Parquet file of rows, compressed with Snappy. Text is kept as it is, as nothing in such a file is taken for
 * anything else; `time` is milliseconds since the epoch.
 * @param columns the kind of each column by its name, in their order.
 */
export function formatParquet<Row extends object>(
  columns: Readonly<Record<keyof Row & string, ParquetKind>>,
  rows: readonly Row[],
): Uint8Array {
  const columnData = (Object.entries(columns) as [keyof Row & string, ParquetKind][]).map(([name, kind]) => ({
    name,
    type: TYPES[kind],
    nullable: true,
    data: rows.map(row => stored(row[name] as Cell, kind)),
  }))
  return new Uint8Array(parquetWriteBuffer({ columnData }))
}

const TYPES = { text: 'STRING', number: 'DOUBLE', flag: 'BOOLEAN', time: 'TIMESTAMP' } as const

function stored(cell: Cell | undefined, kind: ParquetKind): Cell | Date | undefined {
  if (cell === null || cell === undefined) return undefined
  if (kind === 'time') return new Date(cell as number)
  return kind === 'text' ? String(cell) : cell
}

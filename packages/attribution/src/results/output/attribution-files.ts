import { ATTRIBUTION_COLUMNS, attributionRows } from './attribution-rows.ts'
import type { AttributedModels, AttributionRow } from './attribution-rows.ts'
import { csvOf } from './csv.ts'
import { formatParquet } from './parquet.ts'
import type { ParquetKind } from './parquet.ts'

/** Results as a CSV file: the rows of `attributionRows`. */
export function attributionCsv(tables: AttributedModels | readonly AttributedModels[]): string {
  return csvOf<AttributionRow>(ATTRIBUTION_COLUMNS, attributionRows(tables))
}

/** Results as a Parquet file: the rows of `attributionRows`. */
export function attributionParquet(tables: AttributedModels | readonly AttributedModels[]): Uint8Array {
  return formatParquet<AttributionRow>(KINDS, attributionRows(tables))
}

const KINDS = Object.fromEntries(
  ATTRIBUTION_COLUMNS.map(column => [
    column,
    ['conversion', 'by', 'model', 'options', 'key', 'currency'].includes(column) ? 'text' : 'number',
  ]),
) as Record<keyof AttributionRow, ParquetKind>

import { parseLine } from '../event-row.ts'
import { BLANK_LINE, readLines } from '../read-lines.ts'
import type { LocatedRow } from './located-row.ts'
import type { MappedColumns } from './mapped-columns.ts'

/** How many rows are looked at before a column that none of them has is taken for a mistake. */
const LOOKED_AT = 100

/** The objects of NDJSON, one a line. */
export async function* readObjectRows(
  bytes: AsyncIterable<Uint8Array>,
  file: string,
  columns: MappedColumns,
): AsyncGenerator<LocatedRow[]> {
  let first: LocatedRow[] | undefined = []
  for await (const lines of readLines(bytes)) {
    const rows = lines.flatMap(({ number: line, text, fault, ended }): LocatedRow[] => {
      if (fault !== undefined) return [{ line, reason: fault }]
      if (BLANK_LINE.test(text)) return []
      const value = parseLine(text)
      if (value instanceof Error) {
        const cutOff = ended ? '' : ' (the last line; the file may have been cut off)'
        return [{ line, reason: `${value.message}${cutOff}` }]
      }
      const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
      return [isObject ? { line, row: value as Record<string, unknown> } : { line, reason: 'expected a JSON object' }]
    })
    if (!first) yield rows
    else {
      first.push(...rows)
      if (first.length < LOOKED_AT) continue
      checkFirst(first, file, columns)
      yield first
      first = undefined
    }
  }
  if (first) {
    checkFirst(first, file, columns)
    yield first
  }
}

function checkFirst(rows: readonly LocatedRow[], file: string, columns: MappedColumns): void {
  const names = new Set(rows.flatMap(located => ('row' in located ? Object.keys(located.row) : [])))
  if (names.size > 0) columns.check(file, [...names], false)
}

import Papa from 'papaparse'
import { printable } from './printable.ts'

export type Cell = string | number | boolean | null

/**
 * A CSV file (RFC 4180, with a header). Text that a spreadsheet would take for a formula gets an apostrophe before it;
 * numbers stay numbers, in full precision; null is an empty cell. Control characters are replaced, as in `printable`.
 */
export function formatCsv(head: readonly string[], rows: Iterable<readonly Cell[]>): string {
  const lines = [csvLine(head)]
  for (const row of rows) lines.push(csvLine(row))
  return lines.join('')
}

/** One line of such a file with its end, for those who write it line by line. */
export function csvLine(cells: readonly Cell[]): string {
  const texts = cells.map(cell => (typeof cell === 'string' ? printable(cell) : cell))
  return `${Papa.unparse([texts], { newline: '\n', escapeFormulae: true })}\n`
}

/** The same from objects: a column for each of `columns`, in this order. */
export function csvOf<Row extends object>(columns: readonly (keyof Row & string)[], rows: Iterable<Row>): string {
  const cells = Array.from(rows, row => columns.map(column => row[column] as Cell))
  return formatCsv(columns, cells)
}

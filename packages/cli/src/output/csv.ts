import Papa from 'papaparse'

/** A CSV file (RFC 4180, with a header). A cell that a spreadsheet would take for a formula is made text. */
export function formatCsv(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return `${Papa.unparse({ fields: [...head], data: rows.map(row => [...row]) }, { newline: '\n', escapeFormulae: true })}\n`
}

import { isUtf8 } from 'node:buffer'
import Papa from 'papaparse'
import type { LocatedRow } from './located-row.ts'
import type { MappedColumns } from './mapped-columns.ts'

interface CsvReading {
  readonly file: string
  readonly columns: MappedColumns
  /** Default: told from the header. */
  readonly delimiter: string | undefined
}

const LINE_FEED = 10

/** A quoted field that goes on for longer was never closed. */
const LONGEST_ROW = 4 * 1024 * 1024

interface Parsed {
  readonly data: readonly string[][]
  readonly errors: readonly { readonly row?: number }[]
  readonly meta: { readonly cursor: number }
}

/**
 * The rows of a CSV file with a header, by the names in it. Lines are counted as an editor counts them, so that a
 * field with line breaks in it is several. Blank lines are nothing. Holds one piece of the file and one row.
 */
export async function* readCsvRows(
  bytes: AsyncIterable<Uint8Array>,
  reading: CsvReading,
): AsyncGenerator<LocatedRow[]> {
  let header: readonly (readonly [name: string, index: number])[] | undefined
  let width = 0
  let delimiter = reading.delimiter
  let line = 1
  let text = ''

  const takeIn = (fields: readonly string[], isBroken: boolean, isText: boolean): LocatedRow | undefined => {
    const at = line
    line++
    for (const field of fields) if (field.includes('\n')) line += field.split('\n').length - 1
    if (fields.length === 1 && fields[0]!.trim() === '' && !isBroken) return undefined
    if (!header) {
      const names = fields.map(name => name.trim())
      reading.columns.check(reading.file, names, true)
      const wanted = new Set(reading.columns.read(names) ?? names)
      header = names.map((name, index) => [name, index] as const).filter(([name]) => wanted.has(name))
      width = names.length
      return undefined
    }
    if (isBroken) return { line: at, reason: 'a quoted field is not written as CSV has it' }
    if (!isText && fields.some(field => field.includes('\uFFFD'))) return { line: at, reason: 'the row is not UTF-8' }
    if (fields.length !== width) return { line: at, reason: `expected ${width} fields, got ${fields.length}` }
    return { line: at, row: Object.fromEntries(header.map(([name, index]) => [name, fields[index]])) }
  }

  const rowsOf = (isText: boolean, isLast: boolean): LocatedRow[] => {
    delimiter ??= delimiterOf(text)
    const parser = new Papa.Parser({ delimiter, newline: '\n' })
    const { data, errors, meta } = parser.parse(text, 0, !isLast) as Parsed
    const broken = new Set(errors.map(({ row }) => row))
    text = text.slice(meta.cursor)
    const rows = data.flatMap((fields, index) => {
      // Line ends of Windows leave a carriage return at the end of a row.
      const last = fields.length - 1
      if (fields[last]?.endsWith('\r')) fields[last] = fields[last].slice(0, -1)
      return takeIn(fields, broken.has(index), isText) ?? []
    })
    if (!isLast && text.length > LONGEST_ROW) {
      rows.push({ line, reason: `the row is longer than ${LONGEST_ROW} characters: a quote may not be closed` })
      const end = text.indexOf('\n') + 1
      text = text.slice(end)
      line++
    }
    return rows
  }

  let isFirst = true
  for await (const piece of wholeLines(bytes)) {
    let decoded = Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString('utf8')
    if (isFirst && decoded.startsWith('\uFEFF')) decoded = decoded.slice(1)
    isFirst = false
    text += decoded
    yield rowsOf(isUtf8(piece), false)
  }
  if (text !== '') yield rowsOf(true, true)
}

/** The same bytes cut behind line feeds, so that no letter is cut in two. The last piece may have none. */
async function* wholeLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array[] = []
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(LINE_FEED) + 1
    if (end === 0) {
      rest.push(chunk)
      continue
    }
    yield Buffer.concat([...rest, chunk.subarray(0, end)])
    rest = end < chunk.length ? [chunk.subarray(end)] : []
  }
  if (rest.length > 0) yield Buffer.concat(rest)
}

/** The one of the usual delimiters that the header has most of. */
function delimiterOf(text: string): string {
  const header = (text.split('\n').find(line => line.trim() !== '') ?? '').replace(/"[^"]*"/g, '')
  const count = (delimiter: string) => header.split(delimiter).length
  return [',', ';', '\t', '|'].reduce((best, other) => (count(other) > count(best) ? other : best))
}

import Papa from 'papaparse'

/** What a path table tells of a path. */
const PATH_COLUMNS = ['path', 'conversions', 'value', 'nulls'] as const

export type PathColumn = (typeof PATH_COLUMNS)[number]

/** Columns by a name of one's own, where they have none of the usual ones. */
export type PathColumnNames = Readonly<Partial<Record<PathColumn, string>>>

/** The usual names, as ChannelAttribution's users have them and as ours are. The first that there is counts. */
export const USUAL_NAMES: Readonly<Record<PathColumn, readonly string[]>> = {
  path: ['path'],
  conversions: ['total_conversions', 'conversions'],
  value: ['total_conversion_value', 'value'],
  nulls: ['total_null', 'total_non_conversions', 'nulls'],
}

const DELIMITERS = [',', ';', '\t'] as const

/** How the rows of a table are to be read. */
export interface PathTableLayout {
  /** What parts the cells. */
  readonly delimiter: string
  /** How many cells a row has. */
  readonly cells: number
  /** The place of each column from 0; -1 for one that is not there. */
  readonly places: Readonly<Record<PathColumn, number>>
}

/**
 * Finds the columns in the first line of a table.
 * @param file for messages.
 * @throws {Error} that says which column is missing and which there are.
 */
export function layoutOf(
  header: string,
  names: PathColumnNames,
  delimiter: string | undefined,
  file: string,
): PathTableLayout {
  const delimiters = delimiter === undefined ? DELIMITERS : [delimiter]
  const layouts = delimiters.map(part => ({ part, cells: cellsOf(header, part) ?? [] }))
  // The one that parts most: a comma within a name does not make a table of semicolons one of commas.
  const { part, cells } = layouts.reduce((best, other) => (other.cells.length > best.cells.length ? other : best))
  const found = cells.map(cell => cell.trim().toLowerCase())
  const places = {
    path: placeOf('path', found, names, cells, file),
    conversions: placeOf('conversions', found, names, cells, file),
    value: placeOf('value', found, names, cells, file),
    nulls: placeOf('nulls', found, names, cells, file),
  }
  return { delimiter: part, cells: cells.length, places }
}

/** The cells of one row, which may be quoted and then hold anything; undefined where its quotes are wrong. */
export function cellsOf(row: string, delimiter: string): string[] | undefined {
  const { data, errors } = Papa.parse<string[]>(row, { delimiter, newline: '\n' })
  return errors.length === 0 && data.length === 1 ? data[0] : undefined
}

/** A value need not be told, and neither need failures. */
const OPTIONAL: readonly PathColumn[] = ['value', 'nulls']

function placeOf(
  column: PathColumn,
  found: readonly string[],
  names: PathColumnNames,
  cells: readonly string[],
  file: string,
): number {
  const named = names[column]
  const expected = named === undefined ? USUAL_NAMES[column] : [named.trim().toLowerCase()]
  for (const name of expected) if (found.includes(name)) return found.indexOf(name)
  if (named === undefined && OPTIONAL.includes(column)) return -1
  throw new Error(
    `readPathTable: ${file} has no column ${expected.map(quoted).join(' or ')}, which tells the ${column}. ` +
      `It has ${cells.slice(0, 10).map(quoted).join(', ')}: name the one that is meant in \`columns\``,
  )
}

/** A table's words may be anything: they are shortened, and what is no printable letter is escaped. */
function quoted(text: string): string {
  const short = text.length > 40 ? `${text.slice(0, 40)}…` : text
  return JSON.stringify(short).replaceAll(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, ' ')
}

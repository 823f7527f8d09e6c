import type { PathStore } from '../paths/path-store.ts'
import { USUAL_NAMES } from './path-table-columns.ts'
import type { PathColumn, PathColumnNames } from './path-table-columns.ts'
import { numberIn } from './path-table-numbers.ts'
import { numberFault, touchesOf } from './path-table-scanner.ts'

/**
 * A row of a path table as an object. Its fields have the usual names of the columns, such as `path` and
 * `total_conversions`, or those in the option `columns`. The path is text with separators or a list of channels;
 * amounts are numbers, or text as other readers of CSV give it.
 */
export type PathRow = Readonly<Record<string, unknown>>

/** Counts a row. Gives back why it is none; undefined if it was counted. */
export function addRow(
  paths: PathStore,
  row: PathRow,
  columns: PathColumnNames,
  separator: string,
): string | undefined {
  if (typeof row !== 'object' || row === null) return 'expected an object with a path'
  const path = fieldOf(row, 'path', columns)
  const touches =
    typeof path === 'string'
      ? touchesOf(path, separator)
      : isListOfNames(path)
        ? path
        : 'path: expected text or a list of names'
  if (typeof touches === 'string') return touches
  if (touches.length === 0) return 'a path without touches'

  const outcome = { conversions: 0, value: 0, nulls: 0 }
  for (const column of ['conversions', 'value', 'nulls'] as const) {
    outcome[column] = amountOf(fieldOf(row, column, columns))
    if (!Number.isFinite(outcome[column])) return numberFault(column)
  }
  try {
    paths.add(touches, outcome)
    return undefined
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return 'with it, a sum would be too large for a number'
  }
}

function fieldOf(row: PathRow, column: PathColumn, columns: PathColumnNames): unknown {
  const named = columns[column]
  const names = named === undefined ? USUAL_NAMES[column] : [named]
  const name = names.find(name => Object.hasOwn(row, name) && row[name] !== undefined)
  return name === undefined ? undefined : row[name]
}

function amountOf(field: unknown): number {
  if (field === undefined || field === null) return 0
  if (typeof field === 'bigint') return Number(field)
  return typeof field === 'number' ? field : typeof field === 'string' ? numberIn(field) : Number.NaN
}

function isListOfNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(name => typeof name === 'string')
}

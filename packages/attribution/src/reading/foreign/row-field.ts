import type { ColumnsField, Field, ForeignRow } from './event-mapping.ts'

/** Reads one fact of a row; undefined where it has none. */
export type ReadField = (row: ForeignRow) => unknown

export function fieldReader(field: Field): ReadField {
  if (typeof field === 'function') return row => filled(field(row))
  if (typeof field === 'string') return pathReader(field)
  if (isColumnsField(field)) return row => filled(field.read(row))
  const readers = field.map(pathReader)
  return row => {
    for (const read of readers) {
      const value = read(row)
      if (value !== undefined) return value
    }
    return undefined
  }
}

export function isColumnsField(field: Field): field is ColumnsField {
  return typeof field === 'object' && !Array.isArray(field)
}

function pathReader(path: string): ReadField {
  const keys = path.split('.')
  if (keys.length === 1) return row => filled(own(row, path))
  return row => {
    const whole = filled(own(row, path))
    if (whole !== undefined) return whole
    let value: unknown = row
    for (const key of keys) value = own(value, key)
    return filled(value)
  }
}

/** What an object has itself under a name: nothing comes from a prototype. */
export function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined
}

export function at(row: unknown, ...keys: readonly string[]): unknown {
  let value = row
  for (const key of keys) value = own(value, key)
  return filled(value)
}

export function firstOf(...values: readonly unknown[]): unknown {
  return values.find(value => value !== undefined && value !== null && value !== '')
}

function filled(value: unknown): unknown {
  return value === null || value === '' ? undefined : value
}

/** The text of a simple value; undefined where there is none. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : undefined
}

/** A number, also where it is written as a text; anything else stays as it is. */
export function numberIfOne(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value !== 'string' || !NUMBER.test(value.trim())) return value
  return Number(value)
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** The value as JSON can write it: times as ISO 8601, whole numbers of any size, no bytes. */
export function plainValue(value: unknown, levels: number = DEEPEST): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (typeof value === 'function' || typeof value === 'symbol') return undefined
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return textOf(value)
  if (levels === 0 || ArrayBuffer.isView(value)) return undefined
  if (Array.isArray(value)) return value.map(part => plainValue(part, levels - 1) ?? null)
  const plain: Record<string, unknown> = {}
  for (const [key, part] of Object.entries(value)) {
    const inner = key === '__proto__' ? undefined : plainValue(part, levels - 1)
    if (inner !== undefined) plain[key] = inner
  }
  return plain
}

const DEEPEST = 12

/** An object, also where it is written as JSON. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value === 'string' && value.trimStart().startsWith('{')) {
    try {
      return recordOf(JSON.parse(value))
    } catch {
      return undefined
    }
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined
}

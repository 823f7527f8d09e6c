import type { EventMapping, ForeignRow } from './event-mapping.ts'
import { fieldReader, numberIfOne, plainValue, recordOf, textOf } from './row-field.ts'

/** The properties of a row's event, or a reason why they cannot be had. */
export type ReadProperties = (row: ForeignRow) => Record<string, unknown> | string

/** Puts together what a mapping keeps of a row. `value`, `currency` and `transaction_id` of the mapping win. */
export function propertiesReader(mapping: EventMapping): ReadProperties {
  const others = othersReader(mapping.properties)
  const value = mapping.value === undefined ? undefined : fieldReader(mapping.value)
  const currency = mapping.currency === undefined ? undefined : fieldReader(mapping.currency)
  const transaction = mapping.transaction_id === undefined ? undefined : fieldReader(mapping.transaction_id)

  return row => {
    const properties = others(row)
    if (typeof properties === 'string') return properties
    const money = value && numberIfOne(value(row))
    if (money !== undefined) properties['value'] = money
    const code = currency && textOf(currency(row))
    // The currencies are compared as texts further on, and logs write them in either case.
    if (code !== undefined) properties['currency'] = code.trim().toUpperCase()
    const order = transaction && textOf(transaction(row))
    if (order !== undefined) properties['transaction_id'] = order
    return properties
  }
}

function othersReader(field: EventMapping['properties']): ReadProperties {
  if (field === undefined) return () => ({})
  if (typeof field === 'string' || typeof field === 'function') {
    const read = fieldReader(field)
    return row => {
      const value = read(row)
      if (value === undefined) return {}
      const record = recordOf(value)
      return record ? (plainValue(record) as Record<string, unknown>) : 'properties: expected an object'
    }
  }
  const readers = Array.isArray(field)
    ? (field as readonly string[]).map(name => [name, fieldReader(name)] as const)
    : Object.entries(field as Readonly<Record<string, string>>).map(([name, own]) => [name, fieldReader(own)] as const)
  return row => {
    const properties: Record<string, unknown> = {}
    for (const [name, read] of readers) {
      const value = plainValue(read(row))
      if (value !== undefined && name !== '__proto__') properties[name] = value
    }
    return properties
  }
}

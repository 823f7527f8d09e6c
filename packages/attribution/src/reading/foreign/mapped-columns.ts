import { UTM_PARAMETERS, matchesPattern } from '@jejak/events'
import type { EventMapping, Field } from './event-mapping.ts'
import { nearestName } from './nearest-name.ts'
import { isColumnsField } from './row-field.ts'

/** What a mapping asks of a log's columns. */
export interface MappedColumns {
  /** Which of a table's columns to read; undefined for all of them. */
  read(columns: readonly string[]): string[] | undefined
  /**
   * Throws where the log has none of the columns that a fact is read from. `isTable`: all columns are known. In a log
   * of objects, which may leave fields out, only those are looked for that every event must have.
   */
  check(file: string, columns: readonly string[], isTable: boolean): void
}

const FIELDS = [
  'id',
  'kind',
  'stage',
  'user_id',
  'account_id',
  'session_id',
  'session_number',
  'sequence',
  'received_at',
  'url',
  'title',
  'page_type',
  'referrer',
  'click_ids',
  'channel',
  'value',
  'currency',
  'transaction_id',
  'bot',
  'user_agent',
  ...UTM_PARAMETERS,
] as const

/** `standards`: the mappings of ours, made for exports of several shapes, which have not all of their columns. */
export function mappedColumns(mapping: EventMapping, standards: readonly EventMapping[]): MappedColumns {
  const optional = standardPartOf(mapping, standards)
  const fields = fieldsOf(mapping)
  const hasFunction = fields.some(([, field]) => typeof field === 'function')
  const extra = mapping.columns ?? []

  return {
    read(columns) {
      if (hasFunction && mapping.columns === undefined) return undefined
      const wanted = new Set(fields.flatMap(([, field]) => pathsOf(field)))
      return columns.filter(
        column =>
          [...wanted].some(path => path === column || path.startsWith(`${column}.`)) ||
          extra.some(pattern => matchesPattern(pattern, column)),
      )
    },
    check(file, columns, isTable) {
      const there = new Set(columns)
      for (const [name, field] of fields) {
        const paths = pathsOf(field)
        const isNeeded = name === 'name' || name === 'time' || (name === 'visitor_id' && mapping.user_id === undefined)
        if (paths.length === 0 || !(isNeeded || (isTable && !optional.has(name)))) continue
        if (paths.some(path => there.has(path) || there.has(path.split('.')[0]!))) continue
        throw new Error(missing(file, name, paths, columns))
      }
    },
  }
}

function fieldsOf(mapping: EventMapping): readonly (readonly [name: string, field: Field | undefined])[] {
  return [
    ['name', mapping.name],
    ['time', mapping.time],
    ['visitor_id', mapping.visitor_id],
    ...FIELDS.map(name => [name, mapping[name]] as const),
    ...propertyFields(mapping.properties),
  ]
}

/** The fields in which a mapping is as the standard one that it was made from, if it was: in most fields it is the same. */
function standardPartOf(mapping: EventMapping, standards: readonly EventMapping[]): ReadonlySet<string> {
  const own = new Map(fieldsOf(mapping))
  for (const standard of standards) {
    const fields = fieldsOf(standard).filter(([, field]) => field !== undefined)
    const same = fields.filter(([name, field]) => own.get(name) === field)
    if (2 * same.length > fields.length) return new Set(same.map(([name]) => name))
  }
  return new Set()
}

function propertyFields(properties: EventMapping['properties']): (readonly [string, Field])[] {
  if (properties === undefined) return []
  if (typeof properties === 'string' || typeof properties === 'function') return [['properties', properties]]
  if (Array.isArray(properties)) return (properties as string[]).map(name => [`properties.${name}`, name] as const)
  return Object.entries(properties as Readonly<Record<string, Field>>).map(([name, field]) => [
    `properties.${name}`,
    field,
  ])
}

function pathsOf(field: Field | undefined): readonly string[] {
  if (field === undefined || typeof field === 'function') return []
  if (isColumnsField(field)) return field.columns
  return typeof field === 'string' ? [field] : field
}

const MOST_LISTED = 40

function missing(file: string, name: string, paths: readonly string[], columns: readonly string[]): string {
  const near = paths.map(path => nearestName(path, columns)).find(found => found !== undefined)
  const asked = paths.map(spoken).join(' or ')
  const listed = columns.slice(0, MOST_LISTED).map(spoken).join(', ')
  const more = columns.length > MOST_LISTED ? ` and ${columns.length - MOST_LISTED} more` : ''
  const hint = near === undefined ? '' : ` Did you mean ${spoken(near)}?`
  return `${file}: the mapping reads \`${name}\` from the column ${asked}, which is not there.${hint} The columns are ${listed}${more}`
}

/** Foreign text for a sentence: short, and without what breaks lines or steers a terminal. */
function spoken(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 59)}…` : name).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')
}

import { EVENT_MAPPINGS, TIME_UNITS } from '@jejak/attribution'
import type { EventMapping, EventMappingName, TimeUnit } from '@jejak/attribution'
import { InvalidArgumentError, Option } from 'commander'
import type { Command } from 'commander'
import { UsageError } from '../errors.ts'
import { timeZoneOf } from '../option-parsers.ts'

// How a log that is not ours is read.

export interface MappingInputOptions {
  readonly from?: EventMappingName
  readonly map?: ColumnsOfFields
  readonly timeZone?: string
  readonly timeUnit?: TimeUnit
}

export type ColumnsOfFields = Readonly<Record<string, string>>

/** What a column can be; the first three must be there. */
const MAPPED_FIELDS: readonly (keyof EventMapping)[] = [
  'name',
  'time',
  'visitor_id',
  'user_id',
  'account_id',
  'session_id',
  'session_number',
  'sequence',
  'id',
  'kind',
  'stage',
  'received_at',
  'url',
  'title',
  'page_type',
  'referrer',
  'channel',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_term',
  'utm_content',
  'utm_id',
  'click_ids',
  'value',
  'currency',
  'transaction_id',
  'bot',
  'user_agent',
  'properties',
]

export function withMappingOptions(command: Command): Command {
  return command
    .addOption(new Option('--from <log>', 'whose log it is, if not ours').choices(Object.keys(EVENT_MAPPINGS)))
    .option(
      '--map <fields>',
      'which columns of a foreign log mean what, as name=event,time=timestamp,visitor_id=user; repeatable',
      columnsOf(MAPPED_FIELDS),
    )
    .option('--time-zone <name>', 'of times in a foreign log that name none (default: UTC)', timeZoneOf)
    .addOption(
      new Option('--time-unit <unit>', 'what numbers in a foreign log count, if not told by their size').choices(
        TIME_UNITS,
      ),
    )
}

/** The mapping of a known log, with single fields from elsewhere where that was asked for. */
export function mappingFor({ from, map, timeZone, timeUnit }: MappingInputOptions): EventMapping | undefined {
  if (!from && !map) {
    const needless = timeZone === undefined ? timeUnit && '--time-unit' : '--time-zone'
    if (needless) throw new UsageError(`${needless} is for foreign logs: name one by --from or --map`)
    return undefined
  }
  const mapping: Partial<EventMapping> = { ...(from && EVENT_MAPPINGS[from]), ...map }
  const { name, time } = mapping
  const missing = [
    ...(name ? [] : ['name']),
    ...(time ? [] : ['time']),
    ...(mapping.visitor_id || mapping.user_id ? [] : ['visitor_id (or user_id)']),
  ]
  if (!name || !time || missing.length > 0) {
    throw new UsageError(`--map must also say which column is ${missing.join(' and ')}, as in --map name=event`)
  }
  return { ...mapping, name, time }
}

/** Reads `name=event,time=timestamp`, where the first of each pair is one of `fields`. */
export function columnsOf(fields: readonly string[]) {
  return (text: string, before: ColumnsOfFields = {}): ColumnsOfFields => {
    const pairs = text.split(',').map(part => {
      const at = part.indexOf('=')
      return [part.slice(0, Math.max(0, at)).trim(), part.slice(at + 1).trim()] as const
    })
    if (pairs.some(([field, column]) => field === '' || column === '')) {
      throw new InvalidArgumentError('Expected FIELD=COLUMN, apart by commas, such as name=event,time=timestamp.')
    }
    const unknown = pairs.find(([field]) => !fields.includes(field))
    if (unknown) throw new InvalidArgumentError(`There is no field "${unknown[0]}". There are ${fields.join(', ')}.`)
    return { ...before, ...Object.fromEntries(pairs) }
  }
}

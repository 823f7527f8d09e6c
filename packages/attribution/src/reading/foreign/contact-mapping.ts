import type { EventName, JourneyStage } from '@jejak/events'
import { EVENTS, STAGE_OF_EVENT } from '@jejak/events'
import type { EventMapping, Field, ForeignRow } from './event-mapping.ts'
import { createPersonHash, impersonal } from './hashed-person.ts'
import { refuseRow } from './refused-row.ts'
import { own, textOf } from './row-field.ts'

/** What a table of offline contacts may have a column for. */
export const CONTACT_FIELDS = [
  'time',
  'kind',
  'user_id',
  'visitor_id',
  'account_id',
  'email',
  'phone',
  'channel',
  'source',
  'medium',
  'campaign',
  'code',
  'location_id',
  'stage',
  'id',
] as const

export type ContactField = (typeof CONTACT_FIELDS)[number]

export interface ContactMappingOptions {
  /** The columns whose names are others than the fields': `{ time: 'Tanggal' }`. */
  readonly columns?: Readonly<Partial<Record<ContactField, string>>>
  /** Whether times that name no zone have one: `MappingOptions.timeZone` is given. */
  readonly hasTimeZone?: boolean
  /** The shop's secret, of 16 characters at least, with which e-mail addresses and phone numbers become a `user_id`. */
  readonly hashKey?: string
  /** What a 0 at the beginning of a phone number stands for: `62`. */
  readonly countryCode?: string
}

interface Kind {
  readonly name: string
  readonly channel: string
  readonly medium: string
  /** Where the event has none of its own. */
  readonly stage?: JourneyStage
}

/** The kinds of contact that come without a page, and the channel each is unless the table says another. */
export const CONTACT_KINDS = {
  store_visit: { name: 'store_visit', channel: 'Store', medium: 'store' },
  call: { name: 'phone_call', channel: 'Call', medium: 'phone', stage: 'consideration' },
  event: { name: 'event_attended', channel: 'Event', medium: 'event' },
  print_code: { name: 'ad_click', channel: 'Print', medium: 'print' },
} as const

CONTACT_KINDS satisfies Record<string, Kind>

const OTHER_WORDS: Readonly<Record<string, keyof typeof CONTACT_KINDS>> = {
  visit: 'store_visit',
  shop_visit: 'store_visit',
  phone: 'call',
  phone_call: 'call',
  event_attended: 'event',
  print: 'print_code',
  code: 'print_code',
}

const NEEDED: ReadonlySet<ContactField> = new Set(['time', 'kind'])

const PERSON = ['user_id', 'visitor_id', 'email', 'phone'] as const

/**
 * Reads offline contacts: one row a shop visit, a call, an event attended, a printed code redeemed. A row is an event of
 * whom it names, with the channel it came through, so that journeys have it among the visits of pages. Only the columns
 * of `CONTACT_FIELDS` are read. E-mail addresses and phone numbers are hashed, or the row is left out.
 *
 * @throws {TypeError} if an option is not what it should be.
 */
export function contactMapping(options: ContactMappingOptions = {}): EventMapping {
  const { columns = {}, hasTimeZone = false, hashKey, countryCode } = checked(options)
  const hash = hashKey === undefined ? undefined : createPersonHash(hashKey, countryCode)
  const mapped = (field: ContactField) => columns[field] !== undefined
  const asked = PERSON.some(mapped) ? PERSON.filter(mapped) : PERSON

  const textAt = (row: ForeignRow, field: ContactField): string | undefined =>
    textOf(own(row, columns[field] ?? field))?.trim() || undefined
  const plainAt = (row: ForeignRow, field: ContactField): string | undefined => {
    const text = textAt(row, field)
    return text === undefined ? undefined : impersonal(field, text)
  }
  /** A column that was asked for by name must be there, and those without which there is no contact. */
  const field = (fields: readonly ContactField[], read: (row: ForeignRow) => unknown): Field => {
    const named = fields.flatMap(name => columns[name] ?? (NEEDED.has(name) ? name : []))
    return named.length > 0 ? { columns: named, read } : read
  }
  const plain = (name: ContactField) => field([name], row => plainAt(row, name))
  const kindAt = (row: ForeignRow): Kind => kindOf(textAt(row, 'kind'))

  const hashed = (row: ForeignRow, name: 'email' | 'phone'): string | undefined => {
    const text = asked.includes(name) ? textAt(row, name) : undefined
    if (text === undefined) return undefined
    return hash
      ? hash[name](text)
      : refuseRow(`${name}: is not kept as it is; \`hashKey\` (--hash-key) makes a hash of it`)
  }

  return {
    id: plain('id'),
    time: field(['time'], row => timeAt(own(row, columns.time ?? 'time'), hasTimeZone)),
    name: field(['kind'], row => kindAt(row).name),
    stage: field(['stage'], row => textAt(row, 'stage') ?? kindAt(row).stage),
    visitor_id: field(['visitor_id'], row => (asked.includes('visitor_id') ? plainAt(row, 'visitor_id') : undefined)),
    user_id: {
      columns: asked.map(name => columns[name] ?? name),
      read: row => {
        const known = asked.includes('user_id') ? plainAt(row, 'user_id') : undefined
        return known ?? hashed(row, 'email') ?? hashed(row, 'phone')
      },
    },
    account_id: plain('account_id'),
    channel: field(['channel'], row => plainAt(row, 'channel') ?? kindAt(row).channel),
    utm_source: field(['source'], row => plainAt(row, 'source') ?? plainAt(row, 'location_id')),
    utm_medium: field(['medium'], row => plainAt(row, 'medium') ?? kindAt(row).medium),
    utm_campaign: plain('campaign'),
    utm_content: plain('code'),
    properties: {
      source: plain('source'),
      medium: plain('medium'),
      campaign: plain('campaign'),
      location_id: plain('location_id'),
    },
    columns: CONTACT_FIELDS.filter(name => !mapped(name)),
  }
}

function checked(options: ContactMappingOptions): ContactMappingOptions {
  const { columns = {}, hashKey, countryCode } = options
  const wrong = (option: string, expected: string, got?: unknown) =>
    new TypeError(
      `contactMapping: expected \`${option}\` to be ${expected}${got === undefined ? '' : `, got ${JSON.stringify(got)}`}`,
    )
  const unknown = Object.keys(columns).find(name => !(CONTACT_FIELDS as readonly string[]).includes(name))
  if (unknown !== undefined) throw wrong('columns', `an object of ${CONTACT_FIELDS.join(', ')}`, unknown)
  // The key itself is not for messages.
  if (hashKey !== undefined && !(typeof hashKey === 'string' && hashKey.length >= 16))
    throw wrong('hashKey', 'a secret of 16 characters or more')
  if (countryCode !== undefined && !/^[1-9]\d{0,2}$/.test(countryCode))
    throw wrong('countryCode', 'the code of a country, such as 62', countryCode)
  const personal = (['email', 'phone'] as const).find(name => columns[name] !== undefined)
  if (personal && hashKey === undefined)
    throw wrong('hashKey', `a secret of 16 characters or more, as \`columns.${personal}\` is only kept as a hash`)
  return options
}

function kindOf(text: string | undefined): Kind {
  const word = (text ?? '').toLowerCase().replace(/[\s-]+/g, '_')
  const key = Object.hasOwn(OTHER_WORDS, word) ? OTHER_WORDS[word]! : word
  if (Object.hasOwn(CONTACT_KINDS, key)) return CONTACT_KINDS[key as keyof typeof CONTACT_KINDS]
  // What must carry more, such as an order its number, is no contact; neither is what only a page can tell.
  const isContact = STAGE_OF_EVENT[key] !== undefined && EVENTS[key as EventName].required.length === 0
  if (isContact) return { name: key, channel: 'Offline', medium: 'offline' }
  return refuseRow(
    `kind: expected ${Object.keys(CONTACT_KINDS).join(', ')}, or a standard event with a stage and nothing it must carry`,
  )
}

/** As it is, if it can only be one moment. */
function timeAt(value: unknown, hasTimeZone: boolean): unknown {
  if (typeof value !== 'string' || hasTimeZone) return value
  const text = value.trim()
  const isZoned = /^\d+(\.\d+)?$/.test(text) || /(Z|UTC|GMT|[+-]\d\d(:?\d\d)?)$/i.test(text.slice(10))
  // What is no time at all is told so further on.
  if (isZoned || !/^\d{4}-\d\d-\d\d/.test(text)) return value
  return refuseRow('time: names no time zone; `timeZone` (--time-zone Asia/Jakarta) says which one is meant')
}

import { at, firstOf, numberIfOne, plainValue, textOf } from './row-field.ts'
import type { EventMapping, Field, ForeignRow } from './event-mapping.ts'

const VALUES = ['string_value', 'int_value', 'double_value', 'float_value'] as const

/** One of the `event_params`, whatever its type. */
function parameter(row: ForeignRow, name: string): unknown {
  const list = row['event_params']
  if (!Array.isArray(list)) return undefined
  const found: unknown = list.find(one => at(one, 'key') === name)
  const value = at(found, 'value')
  for (const type of VALUES) {
    const typed = told(at(value, type))
    if (typed !== undefined) return type === 'string_value' ? typed : numberIfOne(typed)
  }
  return undefined
}

/** GA4 writes what it does not know in words. */
function told(value: unknown): unknown {
  return value === '(not set)' || value === '(data deleted)' || value === '' || value === null ? undefined : value
}

const TRAFFIC = 'collected_traffic_source'

function collected(row: ForeignRow, column: string, parameterName: string): unknown {
  return firstOf(told(at(row, TRAFFIC, column)), parameter(row, parameterName))
}

function traffic(column: string, parameterName: string): Field {
  return row => collected(row, column, parameterName)
}

/** Campaigns that GA4 makes up for what is none. */
const NO_CAMPAIGN = /^\((direct|organic|referral)\)$/

function campaign(row: ForeignRow): unknown {
  const name = collected(row, 'manual_campaign_name', 'campaign')
  return NO_CAMPAIGN.test(textOf(name) ?? '') ? undefined : name
}

/** Of parameters that are told by columns and fields of their own. */
const ELSEWHERE: ReadonlySet<string> = new Set(
  'page_location page_referrer page_title ga_session_id ga_session_number source medium campaign term content gclid dclid srsltid campaign_id engaged_session_event session_engaged value currency transaction_id items batch_page_id batch_ordering_id'.split(
    ' ',
  ),
)

function properties(row: ForeignRow): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  const list = row['event_params']
  for (const one of Array.isArray(list) ? list : []) {
    const name = textOf(at(one, 'key'))
    if (name !== undefined && name !== '__proto__' && !ELSEWHERE.has(name)) kept[name] = parameter(row, name)
  }
  for (const name of ['tax_value', 'shipping_value'] as const) {
    const amount = numberIfOne(at(row, 'ecommerce', name))
    if (amount !== undefined) kept[name.slice(0, -'_value'.length)] = amount
  }
  const items = Array.isArray(row['items']) ? row['items'].map(itemOf) : []
  if (items.length > 0) kept['items'] = items
  return kept
}

const ITEM_NUMBERS: ReadonlySet<string> = new Set(['price', 'quantity', 'discount', 'index'])
const NOT_OF_ITEM = /_in_usd$|^item_(revenue|refund|params)$/

function itemOf(item: unknown): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  const fields = plainValue(item)
  for (const [key, field] of Object.entries(fields ?? {})) {
    const name = key === 'item_list_index' ? 'index' : key
    const value = ITEM_NUMBERS.has(name) ? numberIfOne(told(field)) : told(field)
    if (value !== undefined && !NOT_OF_ITEM.test(name)) kept[name] = value
  }
  return kept
}

/**
 * GA4's export to BigQuery, a row an event, as NDJSON or Parquet. How a visit began is read from
 * `collected_traffic_source`, else from the parameters `source`, `medium` and `campaign`, else from the page's address
 * and referrer. `traffic_source` is how the *user* first came, and `session_traffic_source_last_click` already is an
 * answer that reaches back to earlier visits: both would make contacts that never were, so neither is read.
 */
export const ga4Mapping: EventMapping = {
  name: 'event_name',
  time: 'event_timestamp',
  visitor_id: ['user_pseudo_id', 'user_id'],
  user_id: 'user_id',
  // The export has no ids: within a moment of a visitor, these tell one event from another.
  id: row =>
    JSON.stringify([
      textOf(at(row, 'user_pseudo_id')) ?? textOf(at(row, 'user_id')),
      textOf(at(row, 'event_timestamp')),
      at(row, 'event_name'),
      textOf(at(row, 'event_bundle_sequence_id')),
      textOf(at(row, 'batch_page_id')),
      textOf(at(row, 'batch_ordering_id')),
      textOf(at(row, 'batch_event_index')),
      plainValue(row['event_params']),
    ]),
  // GA4 counts sessions by the second they began: only with the user is one meant.
  session_id: row => {
    const session = textOf(parameter(row, 'ga_session_id'))
    const user = textOf(firstOf(at(row, 'user_pseudo_id'), at(row, 'user_id')))
    return session === undefined || user === undefined ? undefined : `${user}.${session}`.slice(-200)
  },
  session_number: row => parameter(row, 'ga_session_number'),
  url: row => parameter(row, 'page_location'),
  title: row => parameter(row, 'page_title'),
  referrer: row => parameter(row, 'page_referrer'),
  utm_source: traffic('manual_source', 'source'),
  utm_medium: traffic('manual_medium', 'medium'),
  utm_campaign: campaign,
  utm_term: traffic('manual_term', 'term'),
  utm_content: traffic('manual_content', 'content'),
  utm_id: row => told(at(row, TRAFFIC, 'manual_campaign_id')),
  click_ids: row => ({
    gclid: collected(row, 'gclid', 'gclid'),
    dclid: collected(row, 'dclid', 'dclid'),
    srsltid: collected(row, 'srsltid', 'srsltid'),
  }),
  value: row =>
    firstOf(
      at(row, 'ecommerce', at(row, 'event_name') === 'refund' ? 'refund_value' : 'purchase_revenue'),
      parameter(row, 'value'),
    ),
  currency: row => parameter(row, 'currency'),
  transaction_id: row => firstOf(told(at(row, 'ecommerce', 'transaction_id')), parameter(row, 'transaction_id')),
  properties,
  columns: [
    'event_name',
    'event_timestamp',
    'event_params',
    'event_bundle_sequence_id',
    'batch_*',
    'user_id',
    'user_pseudo_id',
    'collected_traffic_source',
    'ecommerce',
    'items',
  ],
}

import type { EventName } from '@jejak/events'
import { at, firstOf, numberIfOne, own, recordOf, textOf } from './row-field.ts'
import type { EventMapping, ForeignRow } from './event-mapping.ts'

/** The types of `snowplow_ecommerce_action`, and the older self-describing events of shops. */
const NAMES: Readonly<Record<string, EventName>> = {
  product_view: 'view_item',
  list_view: 'view_item_list',
  list_click: 'select_item',
  promo_view: 'view_promotion',
  promo_click: 'select_promotion',
  checkout_step: 'begin_checkout',
  transaction: 'purchase',
  trns_error: 'payment_failed',
  'add-to-basket': 'add_to_cart',
  'remove-from-basket': 'remove_from_cart',
  site_search: 'search',
  submit_form: 'form_submit',
  link_click: 'click',
}

const ECOMMERCE = 'com_snowplowanalytics_snowplow_ecommerce'

/** A self-describing event or entity, from its own column (`…_1`, `…_1_0_2`) or from the JSON of all of them. */
function selfDescribing(row: ForeignRow, kind: 'unstruct_event' | 'contexts', name: string): unknown {
  for (const key in row) {
    if (key.startsWith(`${kind}_${ECOMMERCE}_${name}_`)) {
      const value = parsed(own(row, key))
      return Array.isArray(value) ? value[0] : value
    }
  }
  const all = at(recordOf(row[kind]), 'data')
  const one = (Array.isArray(all) ? all : [all]).find((entity: unknown) => textOf(at(entity, 'schema'))?.includes(name))
  return at(one, 'data')
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}

function isEcommerce(row: ForeignRow): boolean {
  return at(row, 'event_name') === 'snowplow_ecommerce_action'
}

function nameOf(row: ForeignRow): unknown {
  if (isEcommerce(row)) return firstOf(at(selfDescribing(row, 'unstruct_event', 'snowplow_ecommerce_action'), 'type'))
  if (at(row, 'event') === 'struct') return at(row, 'se_action')
  return firstOf(at(row, 'event_name'), at(row, 'event'))
}

/** What an order's event says of it: its entity, or the columns of the older transaction. */
function order(row: ForeignRow): Readonly<Record<string, unknown>> {
  if (!isEcommerce(row)) {
    return {
      transaction_id: at(row, 'tr_orderid'),
      value: firstOf(at(row, 'tr_total'), at(row, 'se_value')),
      currency: at(row, 'tr_currency'),
      tax: at(row, 'tr_tax'),
      shipping: at(row, 'tr_shipping'),
    }
  }
  const refund = recordOf(selfDescribing(row, 'contexts', 'refund'))
  const transaction = refund ?? recordOf(selfDescribing(row, 'contexts', 'transaction')) ?? {}
  const { transaction_id, revenue, refund_amount, currency, tax, shipping, discount_code } = transaction
  return { transaction_id, value: firstOf(refund_amount, revenue), currency, tax, shipping, coupon: discount_code }
}

function properties(row: ForeignRow): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  const { tax, shipping, coupon } = order(row)
  const told = {
    tax: numberIfOne(tax),
    shipping: numberIfOne(shipping),
    coupon,
    se_category: at(row, 'se_category'),
    se_label: at(row, 'se_label'),
    se_property: at(row, 'se_property'),
  }
  for (const [key, value] of Object.entries(told)) if (value !== undefined && value !== null) kept[key] = value
  return kept
}

/**
 * Snowplow's `atomic.events`, a row an event, in any of the shapes that its loaders write: entities and self-describing
 * events in columns of their own, or as JSON. `derived_tstamp` is the time corrected for the sender's clock.
 */
export const snowplowMapping: EventMapping = {
  id: 'event_id',
  name: nameOf,
  names: NAMES,
  time: ['derived_tstamp', 'collector_tstamp', 'dvce_created_tstamp'],
  received_at: 'collector_tstamp',
  visitor_id: ['domain_userid', 'network_userid', 'user_id'],
  user_id: 'user_id',
  session_id: 'domain_sessionid',
  session_number: 'domain_sessionidx',
  url: 'page_url',
  title: 'page_title',
  referrer: 'page_referrer',
  utm_source: 'mkt_source',
  utm_medium: 'mkt_medium',
  utm_campaign: 'mkt_campaign',
  utm_term: 'mkt_term',
  utm_content: 'mkt_content',
  value: row => order(row)['value'],
  currency: row => order(row)['currency'],
  transaction_id: row => order(row)['transaction_id'],
  user_agent: 'useragent',
  properties,
  columns: ['event', 'event_name', 'se_*', 'tr_*', 'contexts*', 'unstruct_event*'],
}

import type { Plugin } from '../tracker.ts'
import { watchEntries } from './pushed-entries.ts'

export interface DataLayerOptions {
  /** The name of the array. Default: `dataLayer`. */
  readonly name?: string | undefined
  /** Events of the shop's own that are to be tracked, with what they are called here: `{ gift_chosen: 'choose_gift' }`. */
  readonly events?: Readonly<Record<string, string>> | undefined
}

type Fields = Readonly<Record<string, unknown>>

/** GA4's events, which have the same names here. Page views are left to the plugin for them. */
const GA4_EVENTS = (
  'view_promotion,select_promotion,view_item_list,select_item,view_item,search,view_search_results,add_to_wishlist,' +
  'generate_lead,sign_up,add_to_cart,remove_from_cart,view_cart,begin_checkout,add_shipping_info,add_payment_info,' +
  'purchase,refund,login,share'
).split(',')

/** What a push may have beside `ecommerce` that is of the event. Anything else may be anything, people's names too. */
const OWN_FIELDS = 'currency value method search_term content_type item_id transaction_id coupon'.split(' ')

/** What `gtag` takes for itself. */
const GTAG_FIELDS =
  /^(send_to|groups|event_callback|event_timeout|non_interaction|debug_mode|user_data|user_properties)$/

const NUMBERS = /^(value|tax|shipping|price|discount|quantity|index)$/

/** Universal Analytics' Enhanced E-commerce, which many a shop still pushes: its actions, and its names of fields. */
const OLD_ACTIONS: Readonly<Record<string, string>> = {
  impressions: 'view_item_list',
  promoView: 'view_promotion',
  promoClick: 'select_promotion',
  click: 'select_item',
  detail: 'view_item',
  add: 'add_to_cart',
  remove: 'remove_from_cart',
  checkout: 'begin_checkout',
  purchase: 'purchase',
  refund: 'refund',
}
const OLD_NAMES: Readonly<Record<string, string>> = {
  id: 'item_id',
  name: 'item_name',
  brand: 'item_brand',
  category: 'item_category',
  variant: 'item_variant',
  position: 'index',
  list: 'item_list_name',
}

/**
 * Tracks what a shop already pushes for Google: GA4's e-commerce events in a `dataLayer`, calls of `gtag('event', …)`,
 * and Universal Analytics' Enhanced E-commerce. What was pushed before counts too. Of `gtag('config' | 'set')`,
 * `user_id` says who it is. What it does not know it leaves alone.
 */
export function dataLayer({ name = 'dataLayer', events = {} }: DataLayerOptions = {}): Plugin {
  return tracker => {
    const nameOf = (pushed: unknown): string | undefined =>
      GA4_EVENTS.includes(pushed as string) ? (pushed as string) : entryOf(events, pushed)
    const track = (event: string, fields: Fields): void => tracker.track(event as 'login', inNumbers(fields))

    return watchEntries(name, entry => {
      const { event, ecommerce, 0: command, 1: target, 2: details } = entry as Fields
      if (command === 'event') {
        const known = nameOf(target)
        if (known)
          track(
            known,
            without(details as Fields | undefined, key => GTAG_FIELDS.test(key)),
          )
      } else if (command === 'config' || command === 'set') {
        const { user_id: user } = (command === 'set' && typeof target === 'object' ? target : (details ?? {})) as Fields
        if (typeof user === 'string' || typeof user === 'number') tracker.identify(`${user}`)
      } else if (typeof event === 'string' || ecommerce) {
        const own = without(entry as Fields, key => !OWN_FIELDS.includes(key))
        const known = nameOf(event)
        if (known) track(known, { ...own, ...(ecommerce as Fields) })
        else if (ecommerce) trackOld(ecommerce as Fields, track)
      }
    })
  }
}

function trackOld(ecommerce: Fields, track: (event: string, fields: Fields) => void): void {
  const { currencyCode: currency } = ecommerce
  for (const action in OLD_ACTIONS) {
    const done = ecommerce[action] as Fields | readonly Fields[] | undefined
    if (!done) continue
    const isList = Array.isArray(done)
    const {
      actionField = {},
      products,
      promotions,
    } = (isList ? { products: done as readonly Fields[] } : done) as {
      actionField?: Fields
      products?: readonly Fields[]
      promotions?: readonly Fields[]
    }
    // Further steps of a checkout are not another beginning.
    if (action === 'checkout' && Number(actionField['step'] ?? 1) > 1) continue
    const { id, revenue, tax, shipping, coupon, list } = actionField
    track(OLD_ACTIONS[action]!, {
      currency,
      transaction_id: id,
      value: revenue,
      tax,
      shipping,
      coupon,
      item_list_name: list,
      ...(products && { items: products.map(renamed) }),
      ...(promotions?.[0] && { promotion_id: promotions[0]['id'], promotion_name: promotions[0]['name'] }),
    })
  }
}

function renamed(product: Fields): Fields {
  return Object.fromEntries(Object.entries(product).map(([key, value]) => [entryOf(OLD_NAMES, key) ?? key, value]))
}

/** What a table has under a name that came from outside: `constructor` and the like are not in it. */
function entryOf(table: Readonly<Record<string, string>>, name: unknown): string | undefined {
  return Object.prototype.hasOwnProperty.call(table, name as string) ? table[name as string] : undefined
}

function without(fields: Fields | undefined, isLeftOut: (key: string) => boolean): Fields {
  return Object.fromEntries(Object.entries(fields ?? {}).filter(([key]) => !isLeftOut(key)))
}

/** Shops write numbers as texts, and order numbers as numbers. Nothing is said of what is not there. */
function inNumbers(fields: Fields): Fields {
  const entries = Object.entries(fields).flatMap(([key, value]) => {
    if (value === undefined || value === null || value === '') return []
    if (key === 'items') return [[key, (Array.isArray(value) ? (value as readonly Fields[]) : []).map(inNumbers)]]
    if (NUMBERS.test(key)) return Number.isFinite(Number(value)) ? [[key, Number(value)]] : []
    return [[key, key.endsWith('_id') && typeof value === 'number' ? `${value}` : value]]
  })
  return Object.fromEntries(entries) as Fields
}

import type { EventName } from '@jejak/events'
import { at, firstOf, numberIfOne, plainValue, recordOf, textOf } from './row-field.ts'
import type { EventMapping, ForeignRow } from './event-mapping.ts'

/** The events of Segment's e-commerce, e-mail, video, chat and B2B specifications that we have under another name. */
const NAMES: Readonly<Record<string, EventName>> = {
  'Products Searched': 'search',
  'Product List Viewed': 'view_item_list',
  'Product List Filtered': 'filter_item_list',
  'Promotion Viewed': 'view_promotion',
  'Promotion Clicked': 'select_promotion',
  'Product Clicked': 'select_item',
  'Product Viewed': 'view_item',
  'Product Added': 'add_to_cart',
  'Product Removed': 'remove_from_cart',
  'Cart Viewed': 'view_cart',
  'Checkout Started': 'begin_checkout',
  'Payment Info Entered': 'add_payment_info',
  'Order Completed': 'purchase',
  'Order Updated': 'order_updated',
  'Order Refunded': 'refund',
  'Order Cancelled': 'order_cancelled',
  'Coupon Applied': 'apply_coupon',
  'Coupon Denied': 'coupon_rejected',
  'Product Added to Wishlist': 'add_to_wishlist',
  'Product Removed from Wishlist': 'remove_from_wishlist',
  'Wishlist Product Added to Cart': 'add_to_cart',
  'Product Shared': 'share',
  'Cart Shared': 'share',
  'Product Reviewed': 'submit_review',
  'Email Opened': 'email_open',
  'Email Link Clicked': 'email_click',
  Unsubscribed: 'unsubscribe',
  'Video Playback Started': 'video_start',
  'Video Playback Completed': 'video_complete',
  'Live Chat Conversation Started': 'start_chat',
  'Signed Up': 'sign_up',
  'Signed In': 'login',
}

const NAME_OF_TYPE: Readonly<Record<string, string>> = { page: 'page_view', screen: 'page_view' }

const PROPERTY_NAMES: Readonly<Record<string, string>> = {
  query: 'search_term',
  list_id: 'item_list_id',
  list: 'item_list_name',
  payment_method: 'payment_type',
  shipping_method: 'shipping_tier',
}

const ITEM_FIELDS: Readonly<Record<string, string>> = {
  name: 'item_name',
  brand: 'item_brand',
  category: 'item_category',
  variant: 'item_variant',
  coupon: 'coupon',
  price: 'price',
  quantity: 'quantity',
  position: 'index',
}

/** What the page knows better, and what has a field of its own. */
const ELSEWHERE: ReadonlySet<string> = new Set(
  'url path search referrer title order_id revenue total products product_id sku'.split(' '),
)

function told(row: ForeignRow): Readonly<Record<string, unknown>> {
  return recordOf(row['properties']) ?? {}
}

function properties(row: ForeignRow): Record<string, unknown> {
  const given = told(row)
  const kept: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(given)) {
    if (!ELSEWHERE.has(key)) kept[PROPERTY_NAMES[key] ?? key] = plainValue(value)
  }
  const products = Array.isArray(given['products']) ? given['products'] : isProduct(given) ? [given] : []
  const items = products.map(itemOf).filter(item => item['item_id'] !== undefined)
  if (items.length > 0) kept['items'] = items
  const traits = recordOf(row['traits'])
  if (traits && row['type'] === 'identify') kept['traits'] = plainValue(traits)
  return kept
}

function isProduct(given: Readonly<Record<string, unknown>>): boolean {
  return firstOf(given['product_id'], given['sku']) !== undefined
}

function itemOf(product: unknown): Record<string, unknown> {
  const id = textOf(firstOf(at(product, 'product_id'), at(product, 'sku')))
  const item: Record<string, unknown> = id === undefined ? {} : { item_id: id }
  for (const [key, name] of Object.entries(ITEM_FIELDS)) {
    const value = at(product, key)
    if (value !== undefined) item[name] = name === 'price' || name === 'quantity' ? numberIfOne(value) : value
  }
  return item
}

/** A fact that Segment calls `anonymousId`, and `anonymous_id` where it has written it into a warehouse. */
function either(name: string): readonly string[] {
  return [name, name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)]
}

/** Where the page is told: by the library in the context, or by a page call in its properties. */
function page(row: ForeignRow, name: string): unknown {
  return firstOf(at(row, 'context', 'page', name), at(row, `context_page_${name}`), at(told(row), name))
}

const campaign = (name: string): readonly string[] => [`context.campaign.${name}`, `context_campaign_${name}`]

/**
 * Messages as Segment's libraries send them and as compatible collectors (RudderStack, Jitsu) keep them. `timestamp` is
 * corrected for the sender's clock already. Names of the published specifications become ours, others stay.
 */
export const segmentMapping: EventMapping = {
  id: either('messageId'),
  name: row => {
    const type = textOf(at(row, 'type'))
    const event = at(row, 'event')
    return type === undefined || type === 'track' ? firstOf(event, at(row, 'name')) : (NAME_OF_TYPE[type] ?? type)
  },
  names: NAMES,
  time: ['timestamp', 'originalTimestamp', 'original_timestamp', 'sentAt', 'sent_at', 'receivedAt', 'received_at'],
  received_at: either('receivedAt'),
  visitor_id: [...either('anonymousId'), ...either('userId')],
  user_id: either('userId'),
  account_id: ['groupId', 'group_id', 'context.groupId', 'context_group_id'],
  url: row => page(row, 'url'),
  title: row => page(row, 'title'),
  referrer: row => page(row, 'referrer'),
  utm_source: campaign('source'),
  utm_medium: campaign('medium'),
  utm_campaign: campaign('name'),
  utm_term: campaign('term'),
  utm_content: campaign('content'),
  value: row => {
    const { revenue, value, total } = told(row)
    return firstOf(revenue, value, total)
  },
  currency: ['properties.currency'],
  transaction_id: row => at(told(row), 'order_id'),
  user_agent: ['context.userAgent', 'context_user_agent'],
  properties,
}

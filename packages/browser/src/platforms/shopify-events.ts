import type { EventName, Item, PropertyName } from '@jejak/events'
import { redact } from '../redact.ts'
import type { Maybe, ShopifyCheckout, ShopifyData, ShopifyMoney, ShopifyVariant } from './shopify-api.ts'

/** An event as it is called and described here. */
export interface ReadEvent {
  readonly name: EventName
  readonly properties: Properties
}

/** Whatever Shopify leaves out is undefined or null here, and is left out of an event's JSON. */
type Properties = { readonly [Name in PropertyName]?: unknown }

type Read = (data: ShopifyData) => Properties | undefined

/** Shopify's customer events that are told of. https://shopify.dev/docs/api/web-pixels-api/standard-events */
export const SHOPIFY_EVENTS = [
  'page_viewed',
  'product_viewed',
  'collection_viewed',
  'search_submitted',
  'product_added_to_cart',
  'product_removed_from_cart',
  'cart_viewed',
  'checkout_started',
  'checkout_contact_info_submitted',
  'checkout_address_info_submitted',
  'checkout_shipping_info_submitted',
  'payment_info_submitted',
  'checkout_completed',
  'alert_displayed',
] as const

export type ShopifyEventName = (typeof SHOPIFY_EVENTS)[number]

/**
 * What each of them is called here, and what it carries. Items and orders are numbered as the
 * webhooks of `@jejak/server` number them, so that an order told by both is one.
 */
const READINGS: Readonly<Record<ShopifyEventName, readonly [name: EventName, read: Read]>> = {
  page_viewed: ['page_view', () => ({})],
  product_viewed: [
    'view_item',
    ({ productVariant }) => ({ ...worth(productVariant?.price), items: [itemOf(productVariant)] }),
  ],
  collection_viewed: [
    'view_item_list',
    ({ collection }) => ({
      item_list_id: shortId(collection?.id),
      item_list_name: collection?.title,
      currency: collection?.productVariants?.[0]?.price?.currencyCode,
      items: collection?.productVariants?.map(variant => itemOf(variant)),
    }),
  ],
  search_submitted: ['search', ({ searchResult }) => ({ search_term: redact(searchResult?.query ?? '', 500) })],
  product_added_to_cart: ['add_to_cart', cartLine],
  product_removed_from_cart: ['remove_from_cart', cartLine],
  cart_viewed: [
    'view_cart',
    ({ cart }) => ({
      ...worth(cart?.cost?.totalAmount),
      items: cart?.lines?.map(({ merchandise, quantity }) => itemOf(merchandise, quantity)),
    }),
  ],
  checkout_started: ['begin_checkout', goods],
  checkout_contact_info_submitted: ['add_contact_info', () => ({})],
  checkout_address_info_submitted: ['add_address', () => ({})],
  checkout_shipping_info_submitted: [
    'add_shipping_info',
    data => ({ ...goods(data), shipping_tier: shippingTier(data.checkout) }),
  ],
  payment_info_submitted: ['add_payment_info', data => ({ ...goods(data), payment_type: gateway(data.checkout) })],
  checkout_completed: ['purchase', order],
  // What the customer typed is not told, nor the sentence they were shown, which may repeat it.
  alert_displayed: [
    'checkout_error',
    ({ alert }) => ({ error_code: alert?.type?.toLowerCase(), field: alert?.target }),
  ],
}

/**
 * The event in Jejak's words, with GA4's names of properties; undefined for one that tells nothing here, such as an
 * order without its id. Pure, and needs no sandbox.
 */
export function readShopifyEvent(name: ShopifyEventName, data: ShopifyData): ReadEvent | undefined {
  const [ownName, read] = READINGS[name]
  const properties = read(data)
  return properties && { name: ownName, properties }
}

/** The customer's id, once the checkout knows them. */
export function customerOf({ checkout }: ShopifyData): string | undefined {
  return shortId(checkout?.order?.customer?.id)
}

/** `gid://shopify/OrderIdentity/123` is `123` to webhooks. */
export function shortId(id: Maybe<string | number>): string | undefined {
  return `${id ?? ''}`.split('/').pop()!.split('?')[0] || undefined
}

function cartLine({ cartLine: line }: ShopifyData): Properties | undefined {
  return line ? { ...worth(line.cost?.totalAmount), items: [itemOf(line.merchandise, line.quantity)] } : undefined
}

/** What is bought, without shipping and taxes. */
function goods({ checkout }: ShopifyData): Properties {
  return {
    currency: checkout?.currencyCode,
    ...worth(checkout?.subtotalPrice),
    coupon: coupon(checkout),
    items: items(checkout),
  }
}

function order({ checkout }: ShopifyData): Properties | undefined {
  const id = shortId(checkout?.order?.id)
  // By any other id the order would be counted again when its webhook comes.
  if (!id) return undefined
  return {
    transaction_id: id,
    currency: checkout?.currencyCode,
    ...worth(checkout?.totalPrice),
    tax: numberOf(checkout?.totalTax),
    shipping: numberOf(checkout?.shippingLine?.price),
    shipping_tier: shippingTier(checkout),
    payment_type: gateway(checkout),
    coupon: coupon(checkout),
    items: items(checkout),
  }
}

function items(checkout: Maybe<ShopifyCheckout>): Item[] | undefined {
  return checkout?.lineItems?.map(({ variant, quantity, title }) => itemOf(variant, quantity, title))
}

function itemOf(variant: Maybe<ShopifyVariant>, quantity: Maybe<number> = 1, title?: Maybe<string>): Item {
  const { id, sku, price, product, title: variantTitle } = variant ?? {}
  return {
    item_id: sku || shortId(id) || shortId(product?.id) || 'unknown',
    item_name: title || product?.title,
    // What Shopify calls the only variant of a product.
    item_variant: variantTitle === 'Default Title' ? undefined : variantTitle,
    item_brand: product?.vendor || undefined,
    item_category: product?.type || undefined,
    price: numberOf(price),
    quantity,
  } as Item // what is undefined or null is left out with the event's JSON
}

function worth(money: Maybe<ShopifyMoney>): Properties {
  return money ? { currency: money.currencyCode, value: numberOf(money) } : {}
}

function numberOf(money: Maybe<ShopifyMoney>): number | undefined {
  const number = Number(money?.amount ?? NaN)
  return isFinite(number) ? number : undefined
}

function coupon(checkout: Maybe<ShopifyCheckout>): Maybe<string> {
  return checkout?.discountApplications?.find(({ type }) => type === 'DISCOUNT_CODE')?.title
}

function shippingTier(checkout: Maybe<ShopifyCheckout>): Maybe<string> {
  return checkout?.delivery?.selectedDeliveryOptions?.[0]?.title
}

function gateway(checkout: Maybe<ShopifyCheckout>): Maybe<string> {
  return checkout?.transactions?.[0]?.gateway
}

import { EVENTS } from '@jejak/events'
import { readShopifyEvent, SHOPIFY_EVENTS } from '@jejak/browser/shopify-pixel'
import type { ShopifyData, ShopifyEventName } from '@jejak/browser/shopify-pixel'
import { describe, expect, test } from 'vitest'

const idr = (amount: number) => ({ amount, currencyCode: 'IDR' })
const variant = {
  id: '41',
  sku: 'SKU-1',
  title: 'Blue / M',
  price: idr(150_000),
  product: { id: '40', title: 'Batik shirt', vendor: 'Toko', type: 'Shirts' },
}
const item = {
  item_id: 'SKU-1',
  item_name: 'Batik shirt',
  item_variant: 'Blue / M',
  item_brand: 'Toko',
  item_category: 'Shirts',
  price: 150_000,
}
const cartLine = { merchandise: variant, quantity: 2, cost: { totalAmount: idr(300_000) } }
const two = { currency: 'IDR', value: 300_000, items: [{ ...item, quantity: 2 }] }
const checkout = {
  currencyCode: 'IDR',
  subtotalPrice: idr(300_000),
  totalPrice: idr(320_000),
  totalTax: idr(5_000),
  shippingLine: { price: idr(15_000) },
  delivery: { selectedDeliveryOptions: [{ title: 'Regular' }] },
  discountApplications: [
    { type: 'AUTOMATIC', title: 'Ramadan' },
    { type: 'DISCOUNT_CODE', title: 'RAMADAN10' },
  ],
  transactions: [{ gateway: 'midtrans' }],
  lineItems: [{ title: 'Batik shirt', quantity: 2, variant }],
  order: { id: 'gid://shopify/OrderIdentity/5001' },
}
const bought = { ...two, coupon: 'RAMADAN10' }

const MAPPED: Readonly<Record<ShopifyEventName, readonly [data: ShopifyData, name: string, properties: object]>> = {
  page_viewed: [{}, 'page_view', {}],
  product_viewed: [
    { productVariant: variant },
    'view_item',
    { currency: 'IDR', value: 150_000, items: [{ ...item, quantity: 1 }] },
  ],
  collection_viewed: [
    { collection: { id: 'gid://shopify/Collection/7', title: 'New', productVariants: [variant] } },
    'view_item_list',
    { item_list_id: '7', item_list_name: 'New', currency: 'IDR', items: [{ ...item, quantity: 1 }] },
  ],
  search_submitted: [
    { searchResult: { query: 'batik for sari@mail.example' } },
    'search',
    { search_term: 'batik for [email]' },
  ],
  product_added_to_cart: [{ cartLine }, 'add_to_cart', two],
  product_removed_from_cart: [{ cartLine }, 'remove_from_cart', two],
  cart_viewed: [{ cart: { lines: [cartLine], cost: cartLine.cost } }, 'view_cart', two],
  checkout_started: [{ checkout }, 'begin_checkout', bought],
  checkout_contact_info_submitted: [{ checkout }, 'add_contact_info', {}],
  checkout_address_info_submitted: [{ checkout }, 'add_address', {}],
  checkout_shipping_info_submitted: [{ checkout }, 'add_shipping_info', { ...bought, shipping_tier: 'Regular' }],
  payment_info_submitted: [{ checkout }, 'add_payment_info', { ...bought, payment_type: 'midtrans' }],
  checkout_completed: [
    { checkout },
    'purchase',
    {
      ...bought,
      transaction_id: '5001',
      value: 320_000,
      tax: 5_000,
      shipping: 15_000,
      shipping_tier: 'Regular',
      payment_type: 'midtrans',
    },
  ],
  alert_displayed: [
    { alert: { type: 'PAYMENT_ERROR', target: 'cart' } },
    'checkout_error',
    { error_code: 'payment_error', field: 'cart' },
  ],
}

describe.each(SHOPIFY_EVENTS)('%s', shopifyName => {
  const [data, name, properties] = MAPPED[shopifyName]
  const read = () => readShopifyEvent(shopifyName, data)!

  test(`is ${name}`, () => {
    expect(asSent(read())).toEqual({ name, properties })
  })

  test('carries what such an event may carry, and all that it has to', () => {
    const { required, optional } = EVENTS[read().name] as (typeof EVENTS)['purchase']
    const carried = Object.keys(asSent(read()).properties)
    expect([...required, ...optional]).toEqual(expect.arrayContaining(carried))
    expect(carried).toEqual(expect.arrayContaining([...required]))
  })
})

test('whatever Shopify leaves out, nothing is thrown', () => {
  const nothing = SHOPIFY_EVENTS.map(name => readShopifyEvent(name, {})?.name)
  const nulls = { productVariant: null, collection: null, cart: null, checkout: null, cartLine: null, alert: null }
  expect(SHOPIFY_EVENTS.map(name => readShopifyEvent(name, nulls)?.name)).toEqual(nothing)
})

test('an order without its id is not told, because its webhook would be another', () => {
  const withoutId = { checkout: { ...checkout, order: { id: null } } }
  expect(readShopifyEvent('checkout_completed', withoutId)).toBeUndefined()
})

function asSent(event: object): { name: string; properties: object } {
  return JSON.parse(JSON.stringify(event)) as { name: string; properties: object }
}

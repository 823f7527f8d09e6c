import type { Envelope, Item } from '@jejak/events'
import { CURRENCY, PAYMENT_TYPES, SHIPPING_TIERS } from '../shop/catalogue.ts'
import type { Chance } from './chance.ts'
import type { Diary } from './diary.ts'

export interface Order {
  readonly item: Item
  readonly transaction: string
  readonly returning: boolean
}

const COD = PAYMENT_TYPES.length - 1

/** From the cart to the order. */
export function buy(diary: Diary, chance: Chance, { item, transaction, returning }: Order): Envelope {
  const { cart, shipping } = fillCart(diary, chance, item)
  diary.track('add_shipping_info', { ...cart, shipping_tier: shipping.tier })
  const [first, second] = [chance.pick(PAYMENT_TYPES)!, PAYMENT_TYPES[COD]!]
  diary.track('add_payment_info', { ...cart, payment_type: first.name })
  const fails = first.failsFirst && chance.happens(0.4)
  if (fails) {
    failPayment(diary, first.name, cart.value)
    diary.track('add_payment_info', { ...cart, payment_type: second.name })
  }
  diary.look('confirmation', '/shop/confirmation')
  return diary.track('purchase', {
    ...cart,
    transaction_id: transaction,
    shipping: shipping.price,
    shipping_tier: shipping.tier,
    payment_type: fails ? second.name : first.name,
    customer_type: returning ? 'returning' : 'new',
  })
}

/** As far as the cart, or the checkout, and not through it. */
export function giveUp(diary: Diary, chance: Chance, item: Item): void {
  if (chance.happens(0.55)) {
    diary.track('add_to_cart', { currency: CURRENCY, value: valueOf(item), items: [item] })
    if (chance.happens(0.5)) diary.track('coupon_rejected', { coupon: 'LEBARAN5', reason: 'expired' })
    return
  }
  const { cart } = fillCart(diary, chance, item)
  if (!chance.happens(0.5)) return
  diary.track('add_payment_info', { ...cart, payment_type: 'Card' })
  failPayment(diary, 'Card', cart.value)
}

function fillCart(diary: Diary, chance: Chance, item: Item) {
  diary.track('add_to_cart', { currency: CURRENCY, value: valueOf(item), items: [item] })
  diary.look('cart', '/shop/cart')
  diary.track('view_cart', { currency: CURRENCY, value: valueOf(item), items: [item] })
  const items: Item[] = [item]
  if (chance.happens(0.18)) {
    items[0] = { ...item, quantity: 2 }
    const value = valueOf(items[0])
    diary.track('update_cart', { currency: CURRENCY, value, items, quantity_from: 1, quantity_to: 2 })
  }
  const goods = valueOf(items[0]!)
  const coupon = chance.happens(0.3) ? 'HUJAN10' : undefined
  const value = coupon ? Math.round(goods * 0.9) : goods
  if (coupon) diary.track('apply_coupon', { coupon, currency: CURRENCY, value })

  const cart = { currency: CURRENCY, value, items, ...(coupon && { coupon }) }
  diary.look('checkout', '/shop/checkout')
  diary.track('begin_checkout', cart)
  diary.track('add_contact_info', { step: 'contact' })
  diary.track('add_address', { step: 'address', postal_code_prefix: chance.pick(['12', '40', '55', '60', '80']) })
  const shippingOptions = SHIPPING_TIERS.map(({ tier, price, carrier }) => ({ tier, price, carrier }))
  diary.track('view_shipping_options', { currency: CURRENCY, value, shipping_options: shippingOptions })
  const shipping = chance.weighted(SHIPPING_TIERS, ({ days }) => days[1])
  return { cart, shipping }
}

function failPayment(diary: Diary, payment: string, value: number): void {
  const error = { error_code: 'insufficient_funds', error_type: 'soft', attempt: 1 } as const
  diary.track('payment_failed', { ...error, payment_type: payment, currency: CURRENCY, value })
}

function valueOf({ price = 0, quantity = 1 }: Item): number {
  return price * quantity
}

import type { Envelope, Item } from '@jejak/events'
import { PARCEL_STEPS, parcelEvent } from '../parcel.ts'
import { CURRENCY, PAYMENT_TYPES, PRODUCTS, PROMOTION, SHIPPING_TIERS } from '../shop/catalogue.ts'
import type { Product, ShippingTier } from '../shop/catalogue.ts'
import { ARRIVALS } from './arrivals.ts'
import type { Arrival } from './arrivals.ts'
import type { Chance } from './chance.ts'
import { createDiary } from './diary.ts'
import type { Diary } from './diary.ts'

export interface VisitorOptions {
  readonly chance: Chance
  /** Tells this visitor's orders from those of others. */
  readonly name: string
  /** Milliseconds since the epoch at which the period ends, a midnight in Jakarta. */
  readonly end: number
  readonly days: number
}

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** How busy the shop is in each hour of the day, in Jakarta. */
const BUSY_HOURS = [1, 1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 6, 8, 6, 5, 5, 5, 6, 7, 9, 11, 10, 6, 3]

const MOST_SESSIONS = 9
const COD = PAYMENT_TYPES.length - 1

/** One visitor from the first contact on: some look once and go, some come back, buy, follow the parcel, tell others. */
export function simulateVisitor({ chance, name, end, days }: VisitorOptions): Envelope[] {
  const diary = createDiary({ chance, start: end - days * DAY })
  // The wish to buy, in logits; every visit changes it.
  let wish = -3.6 + 1.3 * (chance.real() + chance.real() - 1)
  let orders = 0
  let starts = inBusyHour(Math.floor(chance.real() * days) * DAY, chance)

  for (let number = 1; number <= MOST_SESSIONS; number++) {
    const known = number > 1
    const arrival = chance.weighted(ARRIVALS, ({ first, again }) => (known ? again : first))
    diary.arrive(starts, arrival)
    wish += arrival.pull + 0.5 * (chance.real() - 0.5)
    const item = browse(diary, chance, arrival)
    const tempted = chance.happens(probabilityOf(wish + 1.6))
    if (item && tempted) {
      const order = buy(diary, chance, { item, wish, returning: orders > 0, order: `${name}-${orders + 1}` })
      if (order) {
        orders++
        wish -= 2.2
        starts = afterBuying(diary, chance, order)
      }
    }
    if (!chance.happens(known ? 0.62 : 0.55)) break
    starts = inBusyHour(Math.max(starts, diary.at()) + chance.exponential(2.6 * DAY) + 0.5 * DAY, chance)
  }
  return diary.entries.filter(({ time }) => time < end)
}

/** Looks around, and returns what was liked best, if anything. */
function browse(diary: Diary, chance: Chance, arrival: Arrival): Item | undefined {
  if (arrival.landing === 'home') {
    diary.track('view_promotion', PROMOTION)
    if (chance.happens(0.42)) return undefined
    if (chance.happens(0.4)) diary.track('select_promotion', PROMOTION)
  }
  if (arrival.landing !== 'product') {
    if (arrival.landing === 'home') diary.look('list', '/shop/products')
    diary.track('view_item_list', { item_list_id: 'all', item_list_name: 'All products', currency: CURRENCY })
    if (chance.happens(0.35)) {
      const filters = { colour: chance.pick(['indigo', 'senja', 'laut']) }
      diary.track('filter_item_list', { item_list_id: 'all', filters, results_count: 5 })
    }
    if (chance.happens(0.3)) return undefined
  }

  let liked: Item | undefined
  const looks = 1 + Math.floor(chance.exponential(0.9))
  for (let look = 0; look < looks; look++) {
    // The first in the list are seen most.
    const product = chance.weighted(PRODUCTS, one => 1 / (2 + PRODUCTS.indexOf(one)))
    const item = itemOf(product, chance)
    if (look > 0 || arrival.landing !== 'product') {
      diary.track('select_item', { item_list_id: 'all', items: [item] })
      diary.look('product', `/shop/products/${product.id}`)
    }
    diary.track('view_item', { currency: CURRENCY, value: product.price, items: [item] })
    if (chance.happens(0.35)) diary.track('select_variant', { item_id: product.id, variant: item.item_variant })
    if (chance.happens(0.2)) diary.track('view_size_guide', { item_id: product.id })
    if (chance.happens(0.3)) diary.track('view_reviews', { item_id: product.id })
    liked = item
  }
  return liked
}

interface Purchase {
  readonly item: Item
  readonly wish: number
  readonly returning: boolean
  readonly order: string
}

/** Goes to the cart and the checkout, and returns the purchase if it came to one. */
function buy(diary: Diary, chance: Chance, { item, wish, returning, order }: Purchase): Envelope | undefined {
  const goesOn = (ease: number) => chance.happens(probabilityOf(wish + ease))
  diary.track('add_to_cart', { currency: CURRENCY, value: valueOf(item), items: [item] })
  if (!goesOn(2.5)) return undefined

  diary.look('cart', '/shop/cart')
  diary.track('view_cart', { currency: CURRENCY, value: valueOf(item), items: [item] })
  const items: Item[] = [item]
  if (chance.happens(0.18)) {
    items[0] = { ...item, quantity: 2 }
    diary.track('update_cart', {
      currency: CURRENCY,
      value: valueOf(items[0]),
      items,
      quantity_from: 1,
      quantity_to: 2,
    })
  }
  const goods = valueOf(items[0]!)
  const coupon = chance.happens(0.3) ? 'HUJAN10' : undefined
  const value = coupon ? Math.round(goods * 0.9) : goods
  if (coupon) diary.track('apply_coupon', { coupon, currency: CURRENCY, value })
  else if (chance.happens(0.08)) diary.track('coupon_rejected', { coupon: 'LEBARAN5', reason: 'expired' })
  if (!goesOn(3)) return undefined

  const cart = { currency: CURRENCY, value, items, ...(coupon && { coupon }) }
  diary.look('checkout', '/shop/checkout')
  diary.track('begin_checkout', cart)
  diary.track('add_contact_info', { step: 'contact' })
  diary.track('add_address', { step: 'address', postal_code_prefix: chance.pick(['12', '40', '55', '60', '80']) })
  const shippingOptions = SHIPPING_TIERS.map(({ tier, price, carrier }) => ({ tier, price, carrier }))
  diary.track('view_shipping_options', { currency: CURRENCY, value, shipping_options: shippingOptions })
  if (!goesOn(3.4)) return undefined

  const shipping = chance.weighted(SHIPPING_TIERS, ({ days }) => days[1])
  diary.track('add_shipping_info', { ...cart, shipping_tier: shipping.tier })
  const payment = pay(diary, chance, cart)
  if (!payment) return undefined

  diary.look('confirmation', '/shop/confirmation')
  return diary.track('purchase', {
    ...cart,
    transaction_id: order,
    shipping: shipping.price,
    shipping_tier: shipping.tier,
    payment_type: payment,
    customer_type: returning ? 'returning' : 'new',
  })
}

/** The means of payment that worked, or undefined if the visitor gave up. */
function pay(diary: Diary, chance: Chance, cart: { currency: string; value: number }): string | undefined {
  const [first, second] = [chance.pick(PAYMENT_TYPES)!, PAYMENT_TYPES[COD]!]
  diary.track('add_payment_info', { ...cart, payment_type: first.name })
  if (!first.failsFirst || chance.happens(0.6)) return first.name

  const error = { error_code: 'insufficient_funds', error_type: 'soft', attempt: 1 } as const
  diary.track('payment_failed', { ...error, payment_type: first.name, currency: cart.currency, value: cart.value })
  if (chance.happens(0.4)) return undefined
  diary.track('add_payment_info', { ...cart, payment_type: second.name })
  return second.name
}

/** The parcel moves, the customer follows it and may speak of it. Returns when all that is over. */
function afterBuying(diary: Diary, chance: Chance, purchase: Envelope): number {
  const bought = diary.at()
  const tier = SHIPPING_TIERS.find(({ tier: name }) => name === purchase.properties['shipping_tier'])!
  const delivered = bought + deliveryMs(tier, chance)
  const onTime = delivered <= bought + tier.days[1] * DAY
  PARCEL_STEPS.forEach(({ event }, index) => {
    const share = index / (PARCEL_STEPS.length - 1)
    const time = purchase.time + 20 * 60_000 + (delivered - bought) * share
    diary.entries.push(parcelEvent(purchase, event, Math.round(time)))
  })
  if (!chance.happens(0.55)) return delivered

  const order = String(purchase.properties['transaction_id'])
  diary.arrive(bought + (delivered - bought) * chance.between(0.3, 0.8), DIRECT)
  diary.look('tracking', `/shop/orders/${order}`)
  diary.track('view_order_tracking', { transaction_id: order, carrier: tier.carrier })
  if (!chance.happens(0.6)) return delivered

  diary.arrive(delivered + chance.exponential(0.6 * DAY) + HOUR, DIRECT)
  diary.look('tracking', `/shop/orders/${order}`)
  diary.track('view_survey', { kind: 'nps', about_stage: 'usage', transaction_id: order })
  const contentment = chance.real() + (onTime ? 0.25 : -0.35)
  const score = Math.max(0, Math.min(10, Math.round(4 + 6 * contentment)))
  if (chance.happens(0.75)) {
    diary.track('submit_survey', { kind: 'nps', score, scale: 10, about_stage: 'usage', transaction_id: order })
  } else diary.track('dismiss_survey', { kind: 'nps', about_stage: 'usage', transaction_id: order })
  if (score >= 8 && chance.happens(0.6)) {
    const [item] = purchase.properties['items'] as readonly Item[]
    diary.look('review', `/shop/orders/${order}/review`)
    diary.track('submit_review', {
      rating: score >= 9 ? 5 : 4,
      scale: 5,
      item_id: item?.item_id,
      transaction_id: order,
    })
  }
  return diary.at()
}

/** A link in the shop's own mail of the order leads there; it is no new contact. */
const DIRECT: Arrival = { first: 0, again: 0, pull: 0, landing: 'home', evidence: () => ({}) }

function deliveryMs({ days: [earliest, latest] }: ShippingTier, chance: Chance): number {
  const late = chance.happens(0.15) ? chance.exponential(DAY) : 0
  return chance.between(earliest - 0.5, latest - 0.1) * DAY + late
}

function itemOf({ id, name, category, price, colours, sizes }: Product, chance: Chance): Item {
  const [colour, size] = [chance.pick(colours), chance.pick(sizes)]
  const item_variant = `${colour.name}, ${size}`
  return { item_id: id, item_name: name, item_category: category, item_variant, price, quantity: 1 }
}

function valueOf({ price = 0, quantity = 1 }: Item): number {
  return price * quantity
}

function probabilityOf(logit: number): number {
  return 1 / (1 + Math.exp(-logit))
}

/** The same day, at an hour people shop at, or at once if that hour is over. */
function inBusyHour(time: number, chance: Chance): number {
  const hours = BUSY_HOURS.map((busy, hour) => ({ busy, hour }))
  const { hour } = chance.weighted(hours, ({ busy }) => busy)
  return Math.max(time, Math.floor(time / DAY) * DAY + (hour + chance.real()) * HOUR)
}

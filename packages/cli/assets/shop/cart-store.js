import { byId, element } from '../element.js'
import { fill } from '../speech.js'
import { findProduct, itemOf, shop, speech, words } from './shop-data.js'

/**
 * @typedef {{ id: string, colour: string, variant: string, quantity: number }} Line
 * @typedef {{ lines: Line[], coupon?: string }} Cart
 */

const KEY = 'kedai-lurik.cart'

/** @returns {Cart} */
export function readCart() {
  const cart = read(KEY)
  const lines = Array.isArray(cart?.lines) ? cart.lines.filter(isLine) : []
  const coupon = typeof cart?.coupon === 'string' && findCoupon(cart.coupon) ? cart.coupon : undefined
  return coupon ? { lines, coupon } : { lines }
}

/** @param {Cart} cart */
export function writeCart(cart) {
  localStorage.setItem(KEY, JSON.stringify(cart))
  showCount()
}

/** @param {string} code */
export const findCoupon = code => (Object.hasOwn(shop.coupons, code) ? shop.coupons[code] : undefined)

/**
 * A line of the cart as GA4's item.
 * @param {Line} line
 */
export function itemOfLine({ id, variant, quantity }) {
  const product = findProduct(id)
  if (!product) throw new Error(`The shop has no product called ${id}`)
  return itemOf(product, { variant, quantity })
}

/** @param {Line} line */
export const priceOfLine = line => (findProduct(line.id)?.price ?? 0) * line.quantity

/**
 * What the goods cost, what the coupon takes off, and what is left of that.
 * @param {Cart} cart
 */
export function sumsOf({ lines, coupon }) {
  const goods = lines.reduce((sum, line) => sum + priceOfLine(line), 0)
  const percent = coupon ? (findCoupon(coupon)?.percent ?? 0) : 0
  const discount = Math.round((goods * percent) / 100)
  return { goods, discount, value: goods - discount }
}

/**
 * What most events about a cart carry.
 * @param {Cart} cart
 */
export function eventOf(cart) {
  return {
    currency: shop.currency,
    value: sumsOf(cart).value,
    items: cart.lines.map(itemOfLine),
    ...(cart.coupon && { coupon: cart.coupon }),
  }
}

/**
 * Writes the sums into the list called `sums`.
 * @param {Cart} cart
 * @param {{ id: string, tier: string, price: number }} [shipping]
 */
export function showSums(cart, shipping) {
  const { goods, discount, value } = sumsOf(cart)
  const rows = [
    [words.goods, speech.money(goods)],
    ...(cart.coupon ? [[fill(words.couponCode, { code: cart.coupon }), `−${speech.money(discount)}`]] : []),
    ...(shipping
      ? [[fill(words.shippingBy, { tier: words.tiers[shipping.id] ?? shipping.tier }), speech.money(shipping.price)]]
      : []),
    [words.total, speech.money(value + (shipping?.price ?? 0))],
  ]
  byId('sums').replaceChildren(
    ...rows.map(([name = '', amount = '']) => element('div', {}, element('dt', {}, name), element('dd', {}, amount))),
  )
}

/** Shows in the header how many pieces are in the cart. */
export function showCount() {
  const count = readCart().lines.reduce((sum, { quantity }) => sum + quantity, 0)
  const badge = byId('cart-count')
  badge.textContent = String(count)
  badge.hidden = count === 0
}

/**
 * What is kept under a key of local storage, or undefined: what is there may be anything.
 * @param {string} key
 */
export function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

/**
 * @param {unknown} line
 * @returns {line is Line}
 */
function isLine(line) {
  if (typeof line !== 'object' || line === null) return false
  const { id, colour, variant, quantity } = /** @type {Record<string, unknown>} */ (line)
  const known = typeof id === 'string' && findProduct(id) !== undefined
  return known && typeof colour === 'string' && typeof variant === 'string' && Number.isInteger(quantity)
}

import { byId } from '../element.js'
import { read } from './cart-store.js'
import { fill } from '../speech.js'
import { shop, speech, words } from './shop-data.js'

/**
 * @typedef {object} Order
 * @property {string} id
 * @property {number} placedAt
 * @property {import('./cart-store.js').Line[]} lines
 * @property {string} [coupon]
 * @property {number} value
 * @property {number} shipping
 * @property {string} tier
 * @property {string} carrier
 * @property {string} promised ISO 8601 date
 * @property {string} paymentType
 * @property {boolean} returning
 * @property {boolean} [surveyed]
 */

const KEY = 'kedai-lurik.orders'

/** @returns {Order[]} */
export function readOrders() {
  const orders = read(KEY)
  return Array.isArray(orders) ? orders : []
}

/** @param {Order} order */
export function saveOrder(order) {
  const others = readOrders().filter(({ id }) => id !== order.id)
  localStorage.setItem(KEY, JSON.stringify([...others, order]))
}

/** The order this page is about, shown; or undefined when this browser does not know it. */
export function orderOfPage() {
  const order = readOrders().find(({ id }) => id === shop.order)
  byId(order ? 'known-order' : 'unknown-order').hidden = false
  const promise = document.getElementById('order-promise')
  if (order && promise)
    promise.textContent = fill(words.brings, { carrier: order.carrier, day: speech.day(new Date(order.promised)) })
  return order
}

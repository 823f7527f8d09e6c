import { byId } from '../element.js'
import { createSpeech } from '../speech.js'

/**
 * @import { Language } from '../../src/demo/words/language.ts'
 * @import { ShopWords } from '../../src/demo/words/shop-words.ts'
 * @typedef {{ id: string, name: string, category: string, price: number }} Product
 * @typedef {{ id: string, tier: string, carrier: string, price: number, days: [number, number] }} ShippingTier
 * @typedef {{ id: string, name: string, failsFirst?: true }} PaymentType
 * @typedef {{ event: keyof ShopWords['order']['parcel'], afterMs: number }} ParcelStep
 * @typedef {object} ShopData What the server wrote into the page.
 * @property {string} currency
 * @property {Language} language
 * @property {ShopWords['script'] & Pick<ShopWords['checkout'], 'tiers'> & Pick<ShopWords['order'], 'parcel'>} words
 * @property {Product[]} products
 * @property {Record<string, { percent: number, expired?: true }>} coupons
 * @property {ShippingTier[]} shippingTiers
 * @property {PaymentType[]} paymentTypes
 * @property {{ promotion_id: string, promotion_name: string, creative_name: string, creative_slot: string }} [promotion]
 * @property {Record<string, string>} [filters]
 * @property {number} [resultsCount]
 * @property {string} [product]
 * @property {string} [order]
 * @property {ParcelStep[]} [parcelSteps]
 */

/** @type {ShopData} */
export const shop = JSON.parse(byId('shop-data').textContent ?? '')

export const currency = shop.currency

export const words = shop.words

export const speech = createSpeech(shop.language)

/**
 * @param {string} id
 * @returns {HTMLFormElement}
 */
export function formById(id) {
  return /** @type {HTMLFormElement} */ (byId(id))
}

/**
 * What a form's field holds.
 * @param {HTMLFormElement} form
 * @param {string} name
 */
export function fieldOf(form, name) {
  const value = new FormData(form).get(name)
  return typeof value === 'string' ? value.trim() : ''
}

/**
 * The day some days from now, and the same as ISO 8601.
 * @param {number} days
 */
export function inDays(days) {
  const date = new Date()
  date.setDate(date.getDate() + days)
  const [year, month, dayOfMonth] = [date.getFullYear(), date.getMonth() + 1, date.getDate()]
  return { date, iso: [year, month, dayOfMonth].map(part => String(part).padStart(2, '0')).join('-') }
}

/** @param {string} id */
export const findProduct = id => shop.products.find(product => product.id === id)

/**
 * A product as GA4's item.
 * @param {Product} product
 * @param {{ variant?: string, quantity?: number, listId?: string, listName?: string, index?: number }} [more]
 */
export function itemOf(product, { variant, quantity = 1, listId, listName, index } = {}) {
  return {
    item_id: product.id,
    item_name: product.name,
    item_brand: 'Kedai Lurik',
    item_category: product.category,
    price: product.price,
    quantity,
    ...(variant !== undefined && { item_variant: variant }),
    ...(listId !== undefined && { item_list_id: listId }),
    ...(listName !== undefined && { item_list_name: listName }),
    ...(index !== undefined && { index }),
  }
}

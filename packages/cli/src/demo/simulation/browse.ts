import type { Item } from '@jejak/events'
import { CURRENCY, PRODUCTS, PROMOTION } from '../shop/catalogue.ts'
import type { Product } from '../shop/catalogue.ts'
import type { Arrival } from './arrivals.ts'
import type { Chance } from './chance.ts'
import type { Diary } from './diary.ts'

export interface Browsing {
  readonly landing: Arrival['landing']
  /** The probability of going on at each turn: whoever will buy looks longer. */
  readonly interest: number
  /** A slow phone: pages take long, and say so. */
  readonly slow: boolean
}

/** Looks around on the page arrived at and those behind it; returns what was liked last, if anything. */
export function browse(diary: Diary, chance: Chance, { landing, interest, slow }: Browsing): Item | undefined {
  measure(diary, chance, slow)
  if (landing === 'home') {
    if (!chance.happens(interest)) return undefined
    diary.track('view_promotion', PROMOTION)
    if (chance.happens(0.3)) diary.track('select_promotion', PROMOTION)
    diary.look('list', '/shop/products')
  }
  if (landing !== 'product') {
    if (!chance.happens(interest)) return undefined
    diary.track('view_item_list', { item_list_id: 'all', item_list_name: 'All products', currency: CURRENCY })
    if (chance.happens(0.2)) {
      const filters = { colour: chance.pick(['indigo', 'senja', 'laut']) }
      diary.track('filter_item_list', { item_list_id: 'all', filters, results_count: 5 })
    }
  }

  let liked: Item | undefined
  for (let look = 0; look < 3 && chance.happens(interest); look++) {
    // The first in the list are seen most.
    const product = chance.weighted(PRODUCTS, one => 1 / (2 + PRODUCTS.indexOf(one)))
    liked = lookAt(product, diary, chance, look > 0 || landing !== 'product')
  }
  return liked
}

/** A product's page, with what people do there. */
export function lookAt(product: Product, diary: Diary, chance: Chance, opens: boolean): Item {
  const item = itemOf(product, chance)
  if (opens) {
    diary.track('select_item', { item_list_id: 'all', items: [item] })
    diary.look('product', `/shop/products/${product.id}`)
  }
  diary.track('view_item', { currency: CURRENCY, value: product.price, items: [item] })
  if (chance.happens(0.2)) diary.track('view_size_guide', { item_id: product.id })
  if (chance.happens(0.25)) diary.track('view_reviews', { item_id: product.id })
  return item
}

/** Some pages are measured, and a few fail. */
function measure(diary: Diary, chance: Chance, slow: boolean): void {
  if (chance.happens(0.25)) {
    const value = Math.round(chance.between(900, 2_300) * (slow ? 2.4 : 1))
    diary.track('web_vital', {
      metric: 'LCP',
      metric_value: value,
      metric_rating: value <= 2_500 ? 'good' : value <= 4_000 ? 'needs-improvement' : 'poor',
    })
  }
  if (chance.happens(0.08)) {
    const value = Math.round(chance.between(40, 190) * (slow ? 3.2 : 1))
    diary.track('web_vital', {
      metric: 'INP',
      metric_value: value,
      metric_rating: value <= 200 ? 'good' : value <= 500 ? 'needs-improvement' : 'poor',
    })
  }
  if (chance.happens(slow ? 0.02 : 0.005)) {
    diary.track('page_error', { message: 'cart is undefined', error_source: '/shop.js:10:4' })
  }
}

function itemOf({ id, name, category, price, colours, sizes }: Product, chance: Chance): Item {
  const [colour, size] = [chance.pick(colours), chance.pick(sizes)]
  const item_variant = `${colour.name}, ${size}`
  return { item_id: id, item_name: name, item_category: category, item_variant, price, quantity: 1 }
}

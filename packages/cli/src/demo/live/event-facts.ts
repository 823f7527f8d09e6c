import type { StoredEvent } from '@jejak/events'
import { FACT_WORDS } from '../words/fact-words.ts'
import type { FactWords } from '../words/fact-words.ts'
import { fill } from '../words/language.ts'
import type { Language } from '../words/language.ts'

const MOST_FACTS = 4
const LONGEST = 80

/**
 * What is worth seeing of an event at a glance, for people. Events come from strangers: whatever a property holds,
 * this is some short text or nothing.
 */
export function factsOf({ name, page, properties }: StoredEvent, language: Language): string[] {
  const words = FACT_WORDS[language]
  const { currency, value, items, item_id, variant, quantity_from, quantity_to, score, scale, rating, filters } =
    properties
  const quantities = isNumber(quantity_from) && isNumber(quantity_to) ? `${quantity_from} → ${quantity_to}` : undefined
  const facts = [
    name === 'page_view' ? pathOf(page?.url) : undefined,
    isNumber(value) ? money(value, currency) : undefined,
    itemsInWords(items, words) ?? text(item_id),
    text(variant),
    quantities,
    isRecord(filters) ? Object.values(filters).map(String).join(', ') : undefined,
    ...WORDS.map(property => text(properties[property])),
    isNumber(score) ? fill(words.score, { score, scale: isNumber(scale) ? scale : '?' }) : undefined,
    isNumber(rating) ? fill(words.rating, { rating }) : undefined,
  ]
  return facts
    .filter(fact => fact !== undefined)
    .filter(fact => fact !== '')
    .slice(0, MOST_FACTS)
    .map(shortened)
}

/** Properties that say enough by themselves, the most telling first. */
const WORDS = [
  'promotion_name',
  'transaction_id',
  'coupon',
  'reason',
  'error_code',
  'shipping_tier',
  'payment_type',
  'carrier',
  'search_term',
  'field',
  'step',
  'kind',
  'item_list_name',
] as const

const CURRENCY = /^[A-Z]{3}$/

function money(value: number, currency: unknown): string {
  if (typeof currency !== 'string' || !CURRENCY.test(currency)) return value.toLocaleString('en')
  return value.toLocaleString('id-ID', { style: 'currency', currency, maximumFractionDigits: 0 })
}

function itemsInWords(items: unknown, { more }: FactWords): string | undefined {
  if (!Array.isArray(items) || items.length === 0) return undefined
  const [first]: unknown[] = items
  const name = isRecord(first) ? (text(first['item_name']) ?? text(first['item_id'])) : undefined
  if (!name) return undefined
  return items.length === 1 ? name : fill(more, { name, count: items.length - 1 })
}

function pathOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).pathname : undefined
}

function shortened(fact: string): string {
  // By code points, so that no half of a character is left over.
  const characters = Array.from(fact.slice(0, 2 * LONGEST))
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}…` : fact
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

import { EVENT_NAMES, EVENTS, PROPERTIES } from '@jejak/events'
import type { Envelope, EventName, PropertyName } from '@jejak/events'
import type { Finding } from './finding.ts'

/** Names that other trackers have for ours, as `bare` writes them. */
const NAMES_ELSEWHERE: Readonly<Partial<Record<string, EventName>>> = {
  page: 'page_view',
  pageviewed: 'page_view',
  orderplaced: 'purchase',
  ordercompleted: 'purchase',
  checkoutcompleted: 'purchase',
  transaction: 'purchase',
  productviewed: 'view_item',
  productadded: 'add_to_cart',
  productaddedtocart: 'add_to_cart',
  productremoved: 'remove_from_cart',
  cartviewed: 'view_cart',
  checkoutstarted: 'begin_checkout',
  initiatecheckout: 'begin_checkout',
  viewcontent: 'view_item',
  lead: 'generate_lead',
  signup: 'sign_up',
}

const PROPERTIES_ELSEWHERE: Readonly<Partial<Record<string, PropertyName>>> = {
  orderid: 'transaction_id',
  ordernumber: 'transaction_id',
  products: 'items',
  contents: 'items',
  revenue: 'value',
  total: 'value',
  amount: 'value',
  couponcode: 'coupon',
  query: 'search_term',
}

/** Events of money that say little without these, although a shop may leave them out. */
const EXPECTED: Readonly<Partial<Record<EventName, readonly PropertyName[]>>> = {
  purchase: ['value', 'currency', 'items'],
  refund: ['value', 'currency'],
  view_cart: ['items'],
  begin_checkout: ['items'],
  add_shipping_info: ['items'],
  add_payment_info: ['items'],
}

/** A page could list a thousand of them. */
const MOST_FINDINGS = 8

const standardNames = new Map(EVENT_NAMES.map(name => [bare(name), name]))
const knownProperties = new Map((Object.keys(PROPERTIES) as PropertyName[]).map(name => [bare(name), name]))

/** What an event that can be stored should carry and does not, by the vocabulary. Each with how to mend it. */
export function checkEvent({ name, stage, properties }: Envelope): readonly Finding[] {
  const findings = isStandard(name) ? checkStandard(name, properties) : checkOwn(name, stage)
  return findings.slice(0, MOST_FINDINGS)
}

function isStandard(name: string): name is EventName {
  return Object.hasOwn(EVENTS, name)
}

function checkOwn(name: string, stage: Envelope['stage']): Finding[] {
  const meant = standardNames.get(bare(name)) ?? NAMES_ELSEWHERE[bare(name)]
  if (meant) {
    const what = `\`${name}\` is no standard event, but \`${meant}\` is`
    return [lacking(what, `Track it as \`${meant}\`: ${EVENTS[meant].meaning}`)]
  }
  if (stage) return []
  const mend = `Give it a stage: \`stageRules: { events: { '${name}': 'consideration' } }\`, or \`stage\` in track().`
  return [lacking(`\`${name}\` is an event of your own and belongs to no stage`, mend)]
}

function checkStandard(name: EventName, properties: Envelope['properties']): Finding[] {
  const has = (property: string) => isSaid(properties[property])
  const findings: Finding[] = []
  const misnamed = new Map<string, string>()
  for (const property of Object.keys(properties)) {
    if (Object.hasOwn(PROPERTIES, property)) continue
    const meant = knownProperties.get(bare(property)) ?? PROPERTIES_ELSEWHERE[bare(property)]
    if (meant && isOf(name, meant) && !has(meant)) misnamed.set(meant, property)
  }

  const { required } = EVENTS[name]
  for (const property of new Set<PropertyName>([...required, ...(EXPECTED[name] ?? [])])) {
    if (has(property)) continue
    const as = misnamed.get(property)
    misnamed.delete(property)
    const mend = as
      ? `Rename \`${as}\` to \`${property}\`.`
      : `Add \`${property}\`: ${PROPERTIES[property].meaning}. For example ${exampleOf(name, property)}.`
    findings.push(lacking(`\`${name}\` has no \`${property}\``, mend))
  }
  for (const [meant, property] of misnamed)
    findings.push(lacking(`\`${property}\` is no standard property`, `Rename it to \`${meant}\`.`))

  return [...findings, ...checkMoney(name, properties)]
}

function checkMoney(name: EventName, properties: Envelope['properties']): Finding[] {
  const { value, currency, items } = properties
  const findings: Finding[] = []
  const isExpected = EXPECTED[name]?.includes('currency')
  if (isSaid(value) && !isSaid(currency) && !isExpected)
    findings.push(
      lacking(
        '`value` has no `currency`',
        "Add it, such as `currency: 'IDR'`: amounts of an unknown one count for nothing.",
      ),
    )
  if (name === 'purchase' && typeof value === 'number' && value <= 0)
    findings.push(lacking(`the purchase is worth ${value}`, 'Give what the customer paid for the goods as `value`.'))

  const lacks = (property: string) =>
    Array.isArray(items) && items.some(item => !isRecord(item) || !isSaid(item[property]))
  if (Array.isArray(items) && items.length === 0)
    findings.push(
      lacking('`items` is empty', 'Put the products in it, each with `item_id`, `item_name`, `price` and `quantity`.'),
    )
  if (lacks('item_id'))
    findings.push(lacking('an item has no `item_id`', 'Give each the id that it has in your catalogue.'))
  if (name === 'purchase')
    for (const property of ['price', 'quantity'])
      if (lacks(property)) findings.push(lacking(`an item has no \`${property}\``, `Add \`${property}\` to each item.`))
  return findings
}

function lacking(what: string, mend: string): Finding {
  return { level: 'lacking', what, mend }
}

function isOf(name: EventName, property: PropertyName): boolean {
  const { required, optional }: { required: readonly string[]; optional: readonly string[] } = EVENTS[name]
  return required.includes(property) || optional.includes(property)
}

function exampleOf(name: EventName, property: PropertyName): string {
  const example: Readonly<Record<string, unknown>> = EVENTS[name].example
  const { type } = PROPERTIES[property]
  const value = example[property] ?? (type === 'number' ? 250_000 : type === 'currency' ? 'IDR' : '…')
  return `\`${property}: ${JSON.stringify(value)}\``
}

/** `addToCart`, `Add to Cart` and `add_to_cart` are one. */
function bare(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z\d]/g, '')
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

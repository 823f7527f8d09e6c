import { EVENT_NAMES } from '@jejak/events'

const standard = new Map(EVENT_NAMES.map(name => [bare(name), name]))

/** Standard events that say nothing without these. */
const NEEDS: Readonly<Partial<Record<string, readonly string[]>>> = {
  purchase: ['transaction_id', 'value', 'currency', 'items'],
  refund: ['transaction_id'],
  view_item: ['items'],
  select_item: ['items'],
  add_to_cart: ['items'],
  remove_from_cart: ['items'],
  add_to_wishlist: ['items'],
  begin_checkout: ['items'],
  search: ['search_term'],
  submit_survey: ['kind', 'score'],
}

/** What is missing in an event or wrong with it, as far as a page can tell; the collector's inspector knows more. */
export function checkTracked(name: string, properties: object, stage: string | null | undefined): readonly string[] {
  const meant = standard.get(bare(name))
  if (meant === undefined)
    return stage === null ? ['An event of your own without a stage: give it one by `stageRules`.'] : []
  if (meant !== name) return [`No standard event, but \`${meant}\` is.`]

  const has = (property: string) => {
    const value = (properties as Record<string, unknown>)[property]
    return value !== undefined && value !== ''
  }
  const notes = (NEEDS[name] ?? []).filter(property => !has(property)).map(property => `\`${property}\` is missing.`)
  if (has('value') && !has('currency') && name !== 'purchase') notes.push('`value` has no `currency`.')
  const { value } = properties as { value?: unknown }
  if (value !== undefined && typeof value !== 'number')
    notes.push('`value` must be a number: the event will be refused.')
  return notes
}

/** `addToCart`, `Add to Cart` and `add_to_cart` are one. */
function bare(name: string): string {
  return name.toLowerCase().replace(/[^a-z\d]/g, '')
}

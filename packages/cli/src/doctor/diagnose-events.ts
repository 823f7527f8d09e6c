import { broken, ok, warning } from './diagnosis.ts'
import type { Diagnosis } from './diagnosis.ts'
import type { SeenEvent, Visit } from './visit.ts'

/** A page could make a thousand mistakes; these are enough to begin with. */
const MOST_FINDINGS = 20

/** Whether the events carry what they should, and each is told once. */
export function diagnoseEvents({ batches, isProduct }: Visit): readonly Diagnosis[] {
  if (batches.length === 0) return []
  const seen = batches.flatMap(({ events }) => events)
  return [...diagnoseContents(batches, seen, isProduct), ...diagnoseDuplicates(seen)]
}

function diagnoseContents(batches: Visit['batches'], seen: readonly SeenEvent[], isProduct: boolean): Diagnosis[] {
  const found = new Map<string, Diagnosis>()
  for (const { exchange } of batches) {
    for (const { level, what, mend } of exchange.findings)
      found.set(what, (level === 'wrong' ? broken : warning)('events', what, mend))
    for (const { name, findings } of exchange.events) {
      for (const { level, what, mend } of findings) {
        // An order without its number is counted twice, and one without its value for nothing.
        const isLost = level === 'wrong' || /^`purchase` has no `(transaction_id|value|currency)`/.test(what)
        const about = level === 'wrong' ? `\`${name}\` would be refused: ${what}` : what
        found.set(`${name} ${what}`, (isLost ? broken : warning)('events', about, mend))
      }
    }
  }
  if (isProduct && !seen.some(({ name }) => name === 'view_item'))
    found.set(
      'view_item',
      warning(
        'events',
        'the page describes a product, but no `view_item` came',
        "Call `track('view_item', { items: [{ item_id: … }] })` where the product is shown.",
      ),
    )
  const names = [...new Set(seen.map(({ name }) => name))].filter(name => name !== 'page_view')
  if (found.size > 0) return [...found.values()].slice(0, MOST_FINDINGS)
  return [
    ok('events', names.length > 0 ? 'the events carry what they should' : 'no event but page views came on this page'),
  ]
}

function diagnoseDuplicates(seen: readonly SeenEvent[]): Diagnosis[] {
  const counts = new Map<string, number>()
  // What is sent again under its id is stored once: that is how nothing gets lost.
  const events = new Map(seen.map(event => [event.id, event]))
  for (const { name, url, visitor, properties } of events.values()) {
    const key = JSON.stringify([name, url, visitor, properties])
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const doubled = [...counts].filter(([key, count]) => count > (mayRepeat(key) ? 2 : 1))
  if (doubled.length === 0) return [ok('duplicates', 'no event was told twice')]
  const names = doubled.map(([key, count]) => `${nameIn(key)} ${count} times`)
  return [
    warning(
      'duplicates',
      `the same was told more than once: ${names.slice(0, 5).join(', ')}`,
      'Is the tag on the page twice, or does the shop call track() for what the tracker tells by itself?',
    ),
  ]
}

/** The page was left and come back to: it was viewed twice. */
function mayRepeat(key: string): boolean {
  return nameIn(key) === 'page_view'
}

function nameIn(key: string): string {
  return String((JSON.parse(key) as unknown[])[0])
}

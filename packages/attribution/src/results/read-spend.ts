import Papa from 'papaparse'
import { TOUCH_DIMENSIONS } from '../journey.ts'
import type { SpendRow } from './spend-rows.ts'

export interface ReadSpend {
  readonly rows: readonly SpendRow[]
  /** Lines that were not understood; they are not among the rows. */
  readonly bad: readonly { readonly line: number; readonly reason: string }[]
}

const USUAL_NAMES: Readonly<Record<string, readonly string[]>> = {
  date: ['date', 'day', 'segments_date'],
  cost: ['cost', 'spend', 'amount', 'amount_spent'],
  currency: ['currency', 'currency_code', 'account_currency'],
  clicks: ['clicks'],
  impressions: ['impressions'],
  campaign: ['campaign', 'campaign_name', 'utm_campaign'],
  source: ['source', 'utm_source'],
  medium: ['medium', 'utm_medium'],
  content: ['content', 'utm_content'],
  term: ['term', 'keyword', 'utm_term'],
  landing: ['landing', 'landing_page'],
  channel: ['channel'],
}

/**
 * Reads spend from CSV text with a header. Columns are found by their usual names, in any case: `date` or `day`, `cost`
 * or `spend`, `currency`, `clicks`, `impressions`, and `channel`, `source`, `medium`, `campaign` and so on. Numbers have
 * a decimal point and no thousands' mark; dates are `2026-01-31` or `20260131`.
 * @throws RangeError if there is no column of costs.
 */
export function readSpend(csv: string): ReadSpend {
  const [head = [], ...lines] = Papa.parse<string[]>(csv.replace(/^\ufeff/, ''), { skipEmptyLines: false }).data
  const places = placesOf(head)
  if (places.cost === undefined) {
    throw new RangeError(
      `readSpend: there is no column "cost" (or spend, amount); there are: ${head.join(', ').slice(0, 200)}`,
    )
  }
  const rows: SpendRow[] = []
  const bad: { line: number; reason: string }[] = []
  for (const [at, cells] of lines.entries()) {
    if (cells.every(cell => cell.trim() === '')) continue
    const row = rowOf(cells, places)
    // The header is line 1; cells with line breaks in them make later numbers too small.
    if (typeof row === 'string') bad.push({ line: at + 2, reason: row })
    else rows.push(row)
  }
  return { rows, bad }
}

type Places = Readonly<Partial<Record<string, number>>>

function placesOf(head: readonly string[]): Places {
  const names = head.map(name =>
    name
      .trim()
      .toLowerCase()
      .replaceAll(/[ .-]+/g, '_'),
  )
  const found = Object.entries(USUAL_NAMES).flatMap(([column, usual]) => {
    const place = usual.map(name => names.indexOf(name)).find(index => index !== -1)
    return place === undefined ? [] : [[column, place] as const]
  })
  return Object.fromEntries(found)
}

/** The row, or why it is none. */
function rowOf(cells: readonly string[], places: Places): SpendRow | string {
  const cell = (column: string): string => {
    const place = places[column]
    return place === undefined ? '' : (cells[place] ?? '').trim()
  }
  const cost = numberOf(cell('cost'))
  if (cost === undefined) return `the cost is no number: "${cell('cost').slice(0, 40)}"`
  const date = cell('date').replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3')
  if (date !== '' && !isDate(date)) return `the date is none: "${date.slice(0, 40)}"`
  const amounts: { clicks?: number; impressions?: number } = {}
  for (const name of ['clicks', 'impressions'] as const) {
    const text = cell(name)
    const amount = numberOf(text)
    if (text !== '' && amount === undefined) return `\`${name}\` is no number: "${text.slice(0, 40)}"`
    if (amount !== undefined) amounts[name] = amount
  }
  const texts = [...TOUCH_DIMENSIONS, 'currency'].filter(name => cell(name) !== '').map(name => [name, cell(name)])
  return { cost, ...(date !== '' && { date }), ...amounts, ...(Object.fromEntries(texts) as Partial<SpendRow>) }
}

function numberOf(text: string): number | undefined {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text)) ? Number(text) : undefined
}

function isDate(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

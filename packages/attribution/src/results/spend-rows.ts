import type { TouchDimension } from '../journey.ts'

/** What was paid. Columns that touches can be grouped by say for what; any may be missing. */
export interface SpendRow extends Readonly<Partial<Record<TouchDimension, string>>> {
  /** `2026-01-31`; without it the cost counts in any window and on no day. */
  readonly date?: string
  readonly cost: number
  /** Such as `IDR`. Without it, that of the credits. */
  readonly currency?: string
  readonly clicks?: number
  readonly impressions?: number
}

export interface SpendOptions {
  /** Only spend from this day on, and up to and with that one, as `2026-01-31`. Rows without a date count always. */
  readonly window?: { readonly from?: string; readonly to?: string }
  /**
   * For what a row was paid, where its own column does not say it: one key or several, or undefined. The cost for
   * several is split among them in proportion to their credited conversions, evenly where they have none: it is never
   * counted more than once. Default: the row's column of the dimension that credits are by.
   */
  readonly keysOf?: (row: SpendRow) => string | readonly string[] | undefined
  /** Rows that are equal in every column: `drop` all but one (the default; it is told how many), or `keep` them. */
  readonly duplicates?: 'drop' | 'keep'
}

/** Spend that was read for a join, by key. */
export interface AssignedSpend {
  readonly rows: readonly { readonly row: SpendRow; readonly keys: readonly string[] }[]
  /** Upper case; null where no row names one. */
  readonly currency: string | null
  readonly duplicates: { readonly rows: number; readonly cost: number }
  /** Rows that do not say what they were for: in no line. */
  readonly unassigned: { readonly rows: number; readonly cost: number }
}

/** @throws RangeError if a cost is no finite number, or there are several currencies, or another than that of credits. */
export function assignSpend(
  spend: Iterable<SpendRow>,
  by: string,
  creditCurrency: string | undefined,
  options: SpendOptions,
): AssignedSpend {
  const { window = {}, duplicates: rule = 'drop' } = options
  const keysOf = options.keysOf ?? ((row: SpendRow) => ownKey(row, by))
  const seen = new Set<string>()
  const rows: { row: SpendRow; keys: readonly string[] }[] = []
  const duplicates = { rows: 0, cost: 0 }
  const unassigned = { rows: 0, cost: 0 }
  let currency: string | null = null

  for (const row of spend) {
    const { date, cost } = row
    if (!Number.isFinite(cost)) throw new RangeError(`spend: \`cost\` must be a finite number, got ${cost}`)
    if (date !== undefined && ((window.from ?? '') > date || date > (window.to ?? '\uffff'))) continue
    const own = row.currency?.toUpperCase()
    if (own) {
      if (currency !== null && own !== currency) throw otherCurrency(`in ${currency} and in ${own}`)
      if (creditCurrency && own !== creditCurrency)
        throw otherCurrency(`in ${own}, the value of conversions in ${creditCurrency}`)
      currency = own
    }
    if (rule === 'drop') {
      const text = JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))
      if (seen.has(text)) {
        duplicates.rows++
        duplicates.cost += cost
        continue
      }
      seen.add(text)
    }
    const given = keysOf(row)
    const keys = given === undefined ? [] : typeof given === 'string' ? [given] : [...new Set(given)]
    if (keys.length === 0) {
      unassigned.rows++
      unassigned.cost += cost
    } else rows.push({ row, keys })
  }
  return { rows, currency, duplicates, unassigned }
}

/** How the cost of one row is split among its keys: parts that sum to 1. */
export function partsOf(keys: readonly string[], conversionsOf: (key: string) => number): number[] {
  const weights = keys.map(key => Math.max(0, conversionsOf(key)))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map(weight => (sum > 0 ? weight / sum : 1 / keys.length))
}

function ownKey(row: SpendRow, by: string): string | undefined {
  return Object.hasOwn(row, by) ? row[by as TouchDimension] : undefined
}

function otherCurrency(what: string): RangeError {
  return new RangeError(`spend: the cost is ${what}; money of different currencies is not added up, convert it first`)
}

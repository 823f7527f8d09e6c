import { compareText } from '../compare-text.ts'
import type { ModelSettings } from '../models/model.ts'
import type { AttributionTable } from './attribution-result.ts'
import { assignSpend, partsOf } from './spend-rows.ts'
import type { AssignedSpend, SpendOptions, SpendRow } from './spend-rows.ts'

/** What was credited and what was paid, by key. */
export interface SpendReport extends Pick<AssignedSpend, 'currency' | 'duplicates' | 'unassigned'> {
  /** What keys are: `channel`. */
  readonly by: string
  /** In the order of the table. */
  readonly models: readonly SpendByModel[]
}

export interface SpendByModel {
  readonly model: string
  readonly options: ModelSettings
  /** The highest cost first, then by name. */
  readonly lines: readonly SpendLine[]
  /** Keys that cost money and got no credit. */
  readonly spendWithoutCredit: readonly string[]
  /** Keys that got credit and cost nothing that is known. */
  readonly creditWithoutSpend: readonly string[]
}

export interface SpendLine extends SpendSums {
  readonly key: string
  /** Cost for one credited conversion; null without any. */
  readonly cpa: number | null
  /** Credited value for one unit of cost; null without cost. */
  readonly roas: number | null
}

export interface SpendSums {
  readonly conversions: number
  readonly value: number
  readonly cost: number
  readonly clicks: number
  readonly impressions: number
}

/**
 * Puts what was paid beside what was credited. Each row of spend counts once, for the key its column of the table's
 * dimension names (see `SpendOptions` for rows of another level): costs sum to what was paid, and credits are never
 * repeated, however many rows of spend a key has.
 *
 * These are averages: what the next unit of money would bring is not told by them. See `marginalSpend`.
 *
 * @throws RangeError if the spend is not in the currency of the table, or in several.
 */
export function joinSpend(table: AttributionTable, spend: Iterable<SpendRow>, options: SpendOptions = {}): SpendReport {
  const { by, totals, models } = table
  const assigned = assignSpend(spend, by, totals.currency, options)
  const { currency, duplicates, unassigned } = assigned
  return {
    by,
    currency: currency ?? totals.currency ?? null,
    duplicates,
    unassigned,
    models: models.map(({ model, options: settings, credits }) => {
      const sums = new Map<string, Writable<SpendSums>>()
      for (const { key, conversions, value } of credits) sums.set(key, { ...NOTHING, conversions, value })
      addSpend(sums, assigned.rows)
      const lines = Array.from(sums, ([key, own]) => ({ key, ...own, ...ratiosOf(own) }))
      lines.sort((a, b) => b.cost - a.cost || compareText(a.key, b.key))
      return {
        model,
        options: settings,
        lines,
        spendWithoutCredit: lines.filter(line => line.cost !== 0 && isNone(line)).map(({ key }) => key),
        creditWithoutSpend: lines.filter(line => line.cost === 0 && !isNone(line)).map(({ key }) => key),
      }
    }),
  }
}

export type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] }

export const NOTHING: SpendSums = { conversions: 0, value: 0, cost: 0, clicks: 0, impressions: 0 }

/** Adds spend to sums by key. A row for several keys is split by their conversions. */
export function addSpend(sums: Map<string, Writable<SpendSums>>, rows: AssignedSpend['rows']): void {
  const credited = new Map(Array.from(sums, ([key, { conversions }]) => [key, conversions]))
  for (const { row, keys } of rows) {
    const parts = partsOf(keys, key => credited.get(key) ?? 0)
    for (const [at, key] of keys.entries()) {
      const own = sums.get(key) ?? { ...NOTHING }
      sums.set(key, own)
      own.cost += row.cost * parts[at]!
      own.clicks += (row.clicks ?? 0) * parts[at]!
      own.impressions += (row.impressions ?? 0) * parts[at]!
    }
  }
}

export function ratiosOf({ conversions, value, cost }: SpendSums): { cpa: number | null; roas: number | null } {
  return { cpa: conversions > 0 ? cost / conversions : null, roas: cost > 0 ? value / cost : null }
}

function isNone({ conversions, value }: SpendSums): boolean {
  return conversions === 0 && value === 0
}

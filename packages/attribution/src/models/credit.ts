import { compareText } from '../compare-text.ts'

/** Credit of one key (a channel, source, campaign …). Can be negative where refunds outweigh sales. */
export interface CreditAmount {
  readonly key: string
  readonly conversions: number
  readonly value: number
}

export interface Credit extends CreditAmount {
  /** Its part of all credited conversions; 0 where these sum to 0. */
  readonly share: number
}

/** Adds up credit by key. Any string is a key. */
export interface CreditTable extends Iterable<CreditAmount> {
  add(key: string, conversions: number, value: number): void
}

export function createCreditTable(): CreditTable {
  const table = new Map<string, { key: string; conversions: number; value: number }>()

  return {
    add(key, conversions, value) {
      const credit = table.get(key)
      if (credit) {
        credit.conversions += conversions
        credit.value += value
      } else table.set(key, { key, conversions, value })
    },
    [Symbol.iterator]: () => table.values(),
  }
}

/** Every key with its credit, most conversions first, then by name. Keys that have no credit are listed with 0. */
export function rankCredits(amounts: Iterable<CreditAmount>, keys: readonly string[]): Credit[] {
  const table = createCreditTable()
  for (const key of keys) table.add(key, 0, 0)
  for (const { key, conversions, value } of amounts) table.add(key, conversions, value)

  const ranked = Array.from(table, credit => ({ credit, rank: rounded(credit.conversions) }))
    .sort((a, b) => b.rank - a.rank || compareText(a.credit.key, b.credit.key))
    .map(({ credit }) => credit)
  const total = ranked.reduce((sum, { conversions }) => sum + conversions, 0)
  return ranked.map(credit => ({ ...credit, share: total === 0 ? 0 : credit.conversions / total }))
}

// Equal credits that were summed in a different order differ in their last digits; their names must decide.
function rounded(conversions: number): number {
  return Number(conversions.toPrecision(12))
}

import type { AttributionResult } from '@jejak/attribution'
import { formatCsv } from './csv.ts'
import { formatNumber, formatShare } from './numbers.ts'
import { formatTable, printable } from './table.ts'

// How an attribution is written: for people, for a spreadsheet, for a program.

/** Several models: one column of conversions for each. One model: its conversions, share and value. */
export function attributionTable({ by, models, totals }: AttributionResult): string {
  const [only, ...others] = models
  if (!only) return ''
  if (others.length === 0) {
    const head = [by, 'conversions', 'share', totals.currency ? `value ${totals.currency}` : 'value']
    return formatTable(
      head,
      only.credits.map(({ key, conversions, share, value }) => {
        return [key, formatNumber(conversions), formatShare(share), formatNumber(value, 2)]
      }),
    )
  }
  const credits = models.map(({ credits: list }) => new Map(list.map(credit => [credit.key, credit.conversions])))
  return formatTable(
    [by, ...models.map(({ model }) => model)],
    only.credits.map(({ key }) => [key, ...credits.map(of => formatNumber(of.get(key) ?? 0))]),
  )
}

export function attributionCsv({ by, models }: AttributionResult): string {
  const rows = models.flatMap(({ model, credits }) =>
    credits.map(({ key, conversions, share, value }) => [model, printable(key), conversions, share, value]),
  )
  return formatCsv(['model', by, 'conversions', 'share', 'value'], rows)
}

/** What a program wants: everything the models say, without the paths. */
export function attributionJson({ paths: _, ...result }: AttributionResult, summary: object): string {
  return `${JSON.stringify({ ...result, read: summary }, null, 2)}\n`
}

/** The sentence above the table, and what one should know before believing it. */
export function attributionNotes(result: AttributionResult, conversion: string): string[] {
  const { totals, diagnostics } = result
  const { conversions, journeys, nonConverting, value, currency } = totals
  const money = currency ? ` worth ${currency} ${formatNumber(value, 2)}` : ''
  return [
    `${formatNumber(conversions)} × ${conversion}${money}, from ${formatNumber(journeys)} journeys; ${formatNumber(nonConverting)} led to none.`,
    ...diagnostics.otherCurrencies.map(
      other =>
        `${formatNumber(other.conversions)} conversions in ${other.currency ?? 'no named currency'} are counted, their value is not; see --currency.`,
    ),
    ...(diagnostics.uncredited.conversions > 0
      ? [`${formatNumber(diagnostics.uncredited.conversions)} conversions have no touch before them and no credit.`]
      : []),
  ]
}

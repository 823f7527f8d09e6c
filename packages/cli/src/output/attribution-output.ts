import { writeFile } from 'node:fs/promises'
import { attributionCsv, attributionJson, attributionParquet, printable } from '@jejak/attribution'
import type { AttributedModels, AttributionDiagnostics, AttributionTable, CreditResult } from '@jejak/attribution'
import { jsonText } from './json.ts'
import { modelTitle } from './model-title.ts'
import { formatCount, formatNumber, formatShare } from './numbers.ts'
import { formatTable } from './table.ts'

// How an attribution is written: for people, for a spreadsheet, for a program.

/** A table of credits, wherever it comes from; paths alone tell less than journeys do. */
export interface WrittenTable extends AttributedModels {
  readonly by: string
  readonly conversion: string
  readonly totals: AttributionTable['totals']
  readonly diagnostics?: AttributionDiagnostics
}

export interface WriteOptions {
  readonly json?: boolean
  readonly csv?: boolean
  readonly parquet?: string
}

/** Writes tables as they were asked for, to stdout or a file. `summary` says in JSON what was read. */
export async function writeAttribution(
  { tables }: { readonly tables: readonly WrittenTable[] },
  { json, csv, parquet }: WriteOptions,
  summary: object,
): Promise<void> {
  if (parquet !== undefined) await writeFile(parquet, attributionParquet(tables))
  else process.stdout.write(json ? jsonOf(tables, summary) : csv ? attributionCsv(tables) : attributionTables(tables))
}

function attributionTables(tables: readonly WrittenTable[]): string {
  const several = tables.length > 1
  return tables
    .map(table => `${several ? `${printable(table.conversion)}\n` : ''}${attributionTable(table)}`)
    .join('\n')
}

/** Several models: one column of conversions for each. One model: its conversions, share and value. */
function attributionTable({ by, models, totals }: WrittenTable): string {
  const [only, ...others] = models
  if (!only) return ''
  const hasIntervals = only.credits.some(({ interval }) => interval !== undefined)
  if (others.length === 0) {
    const hasEffects = only.removalEffects !== undefined
    const effects = new Map(only.removalEffects?.map(({ key, conversions }) => [key, conversions]))
    const value = totals.currency ? `value ${totals.currency}` : 'value'
    return formatTable(
      [
        by,
        'conversions',
        ...(hasIntervals ? ['from', 'to'] : []),
        'share',
        value,
        ...(hasEffects ? ['lost without it'] : []),
      ],
      only.credits.map(credit => [
        credit.key,
        formatNumber(credit.conversions),
        ...(hasIntervals ? boundsOf(credit) : []),
        formatShare(credit.share),
        formatNumber(credit.value, 2),
        ...(hasEffects ? [formatShare(effects.get(credit.key) ?? 0)] : []),
      ]),
    )
  }
  const credits = models.map(({ credits: list }) => new Map(list.map(credit => [credit.key, credit])))
  return formatTable(
    [by, ...models.map(({ model, options }) => modelTitle(model, options))],
    only.credits.map(({ key }) => [
      key,
      ...credits.map(of => {
        const credit = of.get(key)
        if (!credit) return '0'
        const [low, high] = boundsOf(credit)
        return hasIntervals
          ? `${formatNumber(credit.conversions, 1)} (${low}–${high})`
          : formatNumber(credit.conversions)
      }),
    ]),
  )
}

function boundsOf({ interval }: CreditResult): string[] {
  return interval ? interval.conversions.map(bound => formatNumber(bound, 1)) : ['–', '–']
}

/** What a program wants: everything the models say, without the paths. `summary` says what was read. */
function jsonOf(tables: readonly WrittenTable[], summary: object): string {
  const results = tables.flatMap(({ models }) => models)
  const models = attributionJson(tables).models.map((model, at) => {
    const { learned, notes = [] } = results[at]!
    return { ...model, ...(learned && { learned }), ...(notes.length > 0 && { notes }) }
  })
  const described = tables.map(({ by, conversion, totals, diagnostics }) => ({ by, conversion, totals, diagnostics }))
  return jsonText({ models, totals: tables[0]?.totals, tables: described, read: summary })
}

/** The sentence above the table, and what one should know before believing it. */
export function attributionNotes({ conversion, totals, diagnostics, models }: WrittenTable): string[] {
  const { conversions, journeys, nonConverting, value, currency } = totals
  const money = currency ? ` worth ${currency} ${formatNumber(value, 2)}` : ''
  const uncredited = diagnostics?.uncredited.conversions ?? 0
  return [
    `${formatNumber(conversions)} × ${conversion || 'conversion'}${money}, from ${formatCount(journeys, 'journey')}; ${formatNumber(nonConverting)} led to none.`,
    ...(diagnostics?.otherCurrencies ?? []).map(
      other =>
        `${formatCount(other.conversions, 'conversion')} in ${other.currency ?? 'no named currency'}: counted, but not their value; see --currency.`,
    ),
    ...(uncredited > 0
      ? [`${formatCount(uncredited, 'conversion')} without any touch before: nobody is credited.`]
      : []),
    ...models.flatMap(({ model, options, notes = [] }) => notes.map(note => `${modelTitle(model, options)}: ${note}`)),
  ]
}

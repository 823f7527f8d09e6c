import { readFile } from 'node:fs/promises'
import {
  attribute,
  dailyCredits,
  formatCsv,
  joinDailySpend,
  joinSpend,
  marginalSpend,
  MARGINAL_CAVEAT,
  readSpend,
  touchCredits,
} from '@jejak/attribution'
import type {
  BuiltJourneys,
  DailySpendLine,
  Model,
  SpendLine,
  SpendReport,
  SpendRow,
  TouchDimension,
} from '@jejak/attribution'
import { jsonText } from '../output/json.ts'
import { modelTitle } from '../output/model-title.ts'
import { formatCount, formatNumber } from '../output/numbers.ts'
import { formatTable } from '../output/table.ts'
import { complain, FAULTS_SHOWN, say } from './event-input.ts'

/** What can be shown of spend beside credits: as a whole, by day, and what the last money spent brought. */
export const SPEND_VIEWS = ['spend', 'daily-spend', 'marginal-spend'] as const

export type SpendView = (typeof SPEND_VIEWS)[number]

export interface ShowSpendOptions {
  readonly by: readonly TouchDimension[]
  readonly workers: number
  readonly currency?: string
  readonly json?: boolean
  readonly csv?: boolean
  readonly quiet?: boolean
}

/** Reads a CSV of spend and writes it beside the credits of each model. */
export async function showSpend(
  view: SpendView,
  file: string,
  built: BuiltJourneys,
  models: readonly Model[],
  options: ShowSpendOptions,
): Promise<void> {
  const spend = await rowsOf(file)
  const by = options.by[0]!
  const currency = options.currency ? { currency: options.currency } : {}
  if (view === 'spend') {
    const table = await attribute(built.journeys, { models, by, workers: options.workers, ...currency })
    const report = joinSpend(table, spend)
    if (!options.quiet) sayOf(report)
    return writeLines(
      report.models.flatMap(({ lines, ...model }) => lines.map(line => ({ ...model, ...line }))),
      by,
      options,
    )
  }
  const daily = await dailyCredits(touchCredits(built.journeys, models, { by }), currency)
  const lines = joinDailySpend(daily, spend, { by })
  if (view === 'daily-spend') return writeLines(lines, by, options)
  writeMarginal(lines, by, options)
}

async function rowsOf(file: string): Promise<readonly SpendRow[]> {
  const { rows, bad } = readSpend(await textOf(file))
  for (const { line, reason } of bad.slice(0, FAULTS_SHOWN)) complain({ file, line, reason })
  if (bad.length > 0) say(`${formatCount(bad.length, 'row')} of spend could not be used: not counted.`)
  return rows
}

async function textOf(file: string): Promise<string> {
  return await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new Error(`There is no file "${file}"`) : error
  })
}

function sayOf({ duplicates, unassigned, models }: SpendReport): void {
  if (duplicates.rows > 0)
    say(
      `${formatCount(duplicates.rows, 'row')} of spend there twice, counted once, worth ${formatNumber(duplicates.cost, 2)}.`,
    )
  if (unassigned.rows > 0)
    say(
      `${formatCount(unassigned.rows, 'row')} of spend, worth ${formatNumber(unassigned.cost, 2)}, without a word of what for.`,
    )
  const [first] = models
  if (first && first.spendWithoutCredit.length > 0)
    say(`Paid for without any credit: ${first.spendWithoutCredit.join(', ')}.`)
  if (first && first.creditWithoutSpend.length > 0)
    say(`Credit without any known cost: ${first.creditWithoutSpend.join(', ')}.`)
  say('')
}

type Line = SpendLine & Pick<DailySpendLine, 'model' | 'options'> & { readonly date?: string }

function writeLines(lines: readonly Line[], by: string, { json, csv }: ShowSpendOptions): void {
  const isDaily = lines.some(({ date }) => date !== undefined)
  const head = ['model', ...(isDaily ? ['date'] : []), by, 'cost', 'conversions', 'value', 'cpa', 'roas']
  const rows = lines.map(({ model, options, date, key, cost, conversions, value, cpa, roas }) => [
    modelTitle(model, options),
    ...(isDaily ? [date ?? ''] : []),
    key,
    cost,
    conversions,
    value,
    cpa,
    roas,
  ])
  write(head, rows, { json: json ? { by, lines } : undefined, csv })
}

function writeMarginal(daily: readonly DailySpendLine[], by: string, { json, csv, quiet }: ShowSpendOptions): void {
  const marginal = marginalSpend(daily)
  if (!quiet) say(MARGINAL_CAVEAT)
  const head = csv
    ? ['model', by, 'days', 'mean_cost', 'average_cpa', 'incremental_cpa', 'between_halves', 'is_clear']
    : ['model', by, 'days', 'cost a day', 'cpa', 'cpa of the next one', 'between halves', 'clear']
  const rows = marginal.map(line => [
    modelTitle(line.model, line.options),
    line.key,
    line.days,
    line.meanCost,
    line.averageCpa,
    line.incrementalCpa,
    line.betweenHalves,
    line.isClear ? 'yes' : 'no',
  ])
  write(head, rows, { json: json ? { by, caveat: MARGINAL_CAVEAT, lines: marginal } : undefined, csv })
}

type Value = string | number | null

function write(
  head: readonly string[],
  rows: readonly (readonly Value[])[],
  as: { readonly json: object | undefined; readonly csv: boolean | undefined },
): void {
  if (as.json) process.stdout.write(jsonText(as.json))
  else if (as.csv) process.stdout.write(formatCsv(head, rows))
  else
    process.stdout.write(
      formatTable(
        head,
        rows.map(row => row.map(inWords)),
      ),
    )
}

function inWords(value: Value): string {
  return value === null ? '–' : typeof value === 'number' ? formatNumber(value, 2) : value
}

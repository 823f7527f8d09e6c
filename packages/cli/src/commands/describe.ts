import {
  attribute,
  attributeStages,
  channelRoles,
  compareModels,
  csvLine,
  scoreJourneys,
  timeToConvert,
  topPaths,
  touchCredits,
} from '@jejak/attribution'
import type { BuiltJourneys, Cell, Model, TouchDimension } from '@jejak/attribution'
import { formatCsv } from '../output/csv.ts'
import { modelTitle } from '../output/model-title.ts'
import { formatNumber, formatShare } from '../output/numbers.ts'
import { formatTable } from '../output/table.ts'
import { say } from './event-input.ts'

/** What else can be shown of journeys than a table of credits. */
export const DESCRIPTIONS = ['stages', 'touches', 'roles', 'times', 'paths', 'comparison', 'scores'] as const

export type Description = (typeof DESCRIPTIONS)[number]

export interface DescribeOptions {
  readonly by: readonly TouchDimension[]
  readonly workers: number
  readonly currency?: string
  readonly json?: boolean
  readonly csv?: boolean
  readonly quiet?: boolean
}

type Describe = (built: BuiltJourneys, models: readonly Model[], options: DescribeOptions) => Promise<void>

export async function describe(
  what: Description,
  built: BuiltJourneys,
  models: readonly Model[],
  options: DescribeOptions,
): Promise<void> {
  await SHOWN[what](built, models, options)
}

const DAY_MS = 86_400_000

const SHOWN: Readonly<Record<Description, Describe>> = {
  async stages(built, models, options) {
    const by = options.by[0]!
    const result = await attributeStages(built.transitions, { models, by, workers: options.workers })
    const columns = result.transitions.map(({ name }) => name)
    if (options.json) return json({ by, transitions: result.transitions, models: result.models })
    if (!options.quiet && !options.csv) say(`Who moved people from stage to stage; each column sums to those who went. Nobody is credited where no touch came before.`)
    for (const { model, options: settings, rows } of result.models) {
      if (options.csv) continue
      say('')
      write(
        formatTable(
          [modelTitle(model, settings), ...columns],
          rows.map(({ key, conversions }) => [key, ...conversions.map(number => formatNumber(number, 2))]),
        ),
      )
    }
    if (options.csv) {
      const rows = result.models.flatMap(({ model, rows: own }) =>
        own.flatMap(({ key, conversions, value }) =>
          columns.map((transition, at) => [model, key, transition, conversions[at]!, value[at]!]),
        ),
      )
      write(formatCsv(['model', by, 'transition', 'conversions', 'value'], rows))
    }
  },

  async touches(built, models, { by, csv }) {
    const head = ['model', 'person', 'conversion', 'conversion_id', 'converted_at', by[0]!, 'touched_at', 'position', 'conversions', 'value', 'currency']
    if (csv) await writeSlowly(csvLine(head))
    for await (const credit of touchCredits(built.journeys, models, { by: by[0]! })) {
      const { model, person, conversion, touch, position, key, conversions, value } = credit
      const cells: Cell[] = [model, person, conversion.name, conversion.id, isoOf(conversion.time), key, isoOf(touch.time), position, conversions, value, conversion.currency ?? '']
      await writeSlowly(csv ? csvLine(cells) : `${JSON.stringify(Object.fromEntries(head.map((name, at) => [name, cells[at]])))}\n`)
    }
  },

  async roles(built, _models, options) {
    const { paths, by } = await attribute(built.journeys, { models: [], by: options.by[0]! })
    const roles = channelRoles(paths)
    if (options.json) return json({ by, roles })
    const head = [by, 'on the way', 'opened', 'assisted', 'closed', 'alone', 'assists per close', 'converted']
    const rows = roles.map(role => [
      role.key,
      ...[role.involved, role.opened, role.assisted, role.closed, role.alone, role.assistRatio].map(number => formatNumber(number, 2)),
      formatShare(role.conversionRate),
    ])
    if (options.csv) {
      const columns = ['involved', 'opened', 'assisted', 'closed', 'alone', 'value', 'withoutConversion', 'conversionRate'] as const
      return write(formatCsv([by, ...columns.map(snakeCase)], roles.map(role => [role.key, ...columns.map(name => role[name])])))
    }
    write(formatTable(head, rows))
  },

  async times(built, _models, options) {
    const times = await timeToConvert(built.journeys)
    if (options.json) return json(times)
    const head = ['', 'fastest 10 %', '25 %', 'half', '75 %', '90 %', 'mean']
    const rows = (['days', 'touches'] as const).map(name => {
      const { p10, p25, median, p75, p90, mean } = times[name]
      return [`${name} to convert`, ...[p10, p25, median, p75, p90, mean].map(number => (number === null ? '–' : formatNumber(number, 1)))]
    })
    if (options.csv) return write(formatCsv(['day', 'converted', 'standard_error', 'at_risk'], times.curve.map(({ day, converted, error, atRisk }) => [day, converted, error, atRisk])))
    write(formatTable(head, rows))
    const last = times.curve.at(-1)
    if (last) write(`\n${formatShare(last.converted)} have converted ${last.day} days after the first touch, those who may still do so counted in.\n`)
  },

  async paths(built, _models, options) {
    const paths = await topPaths(built.journeys, { by: options.by[0]!, ...(options.currency && { currency: options.currency }) })
    if (options.json) return json({ paths })
    const rows = paths.map(({ path, conversions, value, nulls, conversionRate, medianDays }) => [path.join(' > '), conversions, value, nulls, conversionRate, medianDays ?? ''] as const)
    if (options.csv) return write(formatCsv(['path', 'conversions', 'value', 'nulls', 'conversion_rate', 'median_days'], rows))
    write(
      formatTable(
        ['path', 'conversions', 'value', 'led to none', 'converted', 'median days'],
        rows.map(([path, conversions, value, nulls, rate, days]) => [path, formatNumber(conversions), formatNumber(value, 2), formatNumber(nulls), formatShare(rate), days === '' ? '–' : formatNumber(days, 1)]),
      ),
    )
  },

  async comparison(built, models, options) {
    const result = await attribute(built.journeys, { models, by: options.by[0]!, workers: options.workers })
    const comparison = compareModels(result.models)
    if (options.json) return json(comparison)
    const titles = comparison.models.map(({ model, options: settings }) => modelTitle(model, settings))
    if (options.csv) return write(formatCsv([result.by, ...titles, 'spread'], comparison.keys.map(({ key, shares, spread }) => [key, ...shares, spread])))
    write(formatTable([result.by, ...titles, 'apart'], comparison.keys.map(({ key, shares, spread }) => [key, ...shares.map(formatShare), formatShare(spread)])))
    write(`\n${formatTable(
      ['models', 'credit placed otherwise', 'rank correlation'],
      comparison.pairs.map(({ first, second, distance, rankCorrelation }) => [`${titles[first]!} and ${titles[second]!}`, formatShare(distance), rankCorrelation === null ? '–' : formatNumber(rankCorrelation, 2)]),
    )}`)
  },

  async scores(built, models, options) {
    const fitted = await attribute(built.journeys, { models, by: options.by[0]!, workers: options.workers })
    const end = built.summary.to ?? 0
    const open = { *[Symbol.iterator]() { for (const journey of built.journeys) if (!journey.conversion) yield journey } }
    for await (const { person, journey, scores } of scoreJourneys(open, fitted, { from: end, until: end + 30 * DAY_MS })) {
      await writeSlowly(`${JSON.stringify({ person, touches: journey.touches.length, scores })}\n`)
    }
  },
}

function write(text: string): void {
  process.stdout.write(text)
}

/** Waits where the reader is slower than we are: there may be millions of lines. */
async function writeSlowly(text: string): Promise<void> {
  if (process.stdout.write(text)) return
  await new Promise(resolve => process.stdout.once('drain', resolve))
}

function json(value: unknown): void {
  write(`${JSON.stringify(value, null, 2)}\n`)
}

function isoOf(time: number): string {
  return new Date(time).toISOString()
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
}

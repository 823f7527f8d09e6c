import { channelRoles, compareModels, formatCsv } from '@jejak/attribution'
import type {
  AttributionTable,
  ModelResult,
  StageAttribution,
  TimeToConvert,
  TopPath,
  TransitionRow,
} from '@jejak/attribution'
import { jsonText, snakeCase } from './json.ts'
import { modelTitle } from './model-title.ts'
import { formatNumber, formatShare } from './numbers.ts'
import { formatTable } from './table.ts'

// What else there is to say of journeys than credits: for people, for a spreadsheet, for a program.

export interface Written {
  readonly json?: boolean
  readonly csv?: boolean
}

export function writeStages({ by, transitions, models }: StageAttribution, { json, csv }: Written): void {
  const columns = transitions.map(({ name }) => name)
  if (json) return write(jsonText({ by, transitions, models }))
  if (csv) {
    const rows = models.flatMap(({ model, options, rows: own }) =>
      own.flatMap(({ key, conversions, value }) =>
        columns.map((name, at) => [...titleCells(model, options), key, name, conversions[at]!, value[at]!]),
      ),
    )
    return write(formatCsv(['model', 'options', by, 'transition', 'conversions', 'value'], rows))
  }
  if (columns.length === 0) return write('Nobody moved from one stage to another.\n')
  const sums = transitions.map(({ transitions: count, uncredited }) => formatNumber(count - uncredited))
  const tables = models.map(({ model, options, rows }) =>
    formatTable(
      [modelTitle(model, options), ...columns.map(name => name.replace(' → ', '\n→ '))],
      [
        ...rows.map(({ key, conversions }) => [key, ...conversions.map(number => formatNumber(number, 1))]),
        ['sum', ...sums],
      ],
    ),
  )
  write(tables.join('\n'))
}

export function writeRoles(tables: readonly AttributionTable[], { json, csv }: Written): void {
  const all = tables.map(({ by, conversion, paths }) => ({ by, conversion, roles: channelRoles(paths) }))
  if (json) return write(jsonText({ tables: all }))
  const columns = [
    'involved',
    'opened',
    'assisted',
    'closed',
    'alone',
    'value',
    'withoutConversion',
    'conversionRate',
  ] as const
  if (csv) {
    const rows = all.flatMap(({ by, conversion, roles }) =>
      roles.map(role => [conversion, by, role.key, ...columns.map(name => role[name])]),
    )
    return write(formatCsv(['conversion', 'by', 'key', ...columns.map(snakeCase)], rows))
  }
  const texts = all.map(({ by, roles }) =>
    formatTable(
      [by, 'on the way', 'opened', 'assisted', 'closed', 'alone', 'assists per close', 'converted'],
      roles.map(role => [
        role.key,
        ...[role.involved, role.opened, role.assisted, role.closed, role.alone].map(number => formatNumber(number)),
        role.closed === 0 ? '–' : formatNumber(role.assistRatio, 2),
        formatShare(role.conversionRate),
      ]),
    ),
  )
  write(titled(all, texts))
}

/** What a table has been shared out by. */
export interface ModelsOfTable {
  readonly by: string
  readonly conversion: string
  readonly models: readonly ModelResult[]
}

/** Each state of the chains, how many steps were counted from it, and where they led. */
export function writeTransitions(tables: readonly ModelsOfTable[], { json, csv }: Written): void {
  const all = tables.flatMap(({ by, conversion, models }) =>
    models.flatMap(result => {
      if (result.kind !== 'path' || !result.transitions) return []
      return [{ by, conversion, model: result.model, options: result.options, transitions: result.transitions() }]
    }),
  )
  if (json) return write(jsonText({ tables: all }))
  const stepsOf = ({ to, conversion, none }: TransitionRow): (readonly [string, number])[] => [
    ...to.map(({ key, probability }) => [key, probability] as const),
    ...(conversion > 0 ? [['(conversion)', conversion] as const] : []),
    ...(none > 0 ? [['(none)', none] as const] : []),
  ]
  const nameOf = ({ from }: TransitionRow): string => (from.length === 0 ? '(start)' : from.join(' > '))
  if (csv) {
    const rows = all.flatMap(({ by, conversion, model, options, transitions }) =>
      transitions.flatMap(row =>
        stepsOf(row).map(([to, share]) => [
          conversion,
          by,
          ...titleCells(model, options),
          nameOf(row),
          to,
          share,
          row.weight,
        ]),
      ),
    )
    return write(formatCsv(['conversion', 'by', 'model', 'options', 'from', 'to', 'probability', 'steps'], rows))
  }
  const texts = all.map(({ model, options, transitions }) =>
    formatTable(
      [modelTitle(model, options), 'to', 'probability', 'steps from there'],
      transitions.flatMap(row =>
        stepsOf(row).map(([to, share], at) => [
          at === 0 ? nameOf(row) : '',
          to,
          formatShare(share),
          at === 0 ? formatNumber(row.weight) : '',
        ]),
      ),
    ),
  )
  write(titled(all, texts))
}

export function writeTimes(
  all: readonly { readonly conversion: string; readonly times: TimeToConvert }[],
  { json, csv }: Written,
): void {
  if (json) return write(jsonText({ tables: all.map(({ conversion, times }) => ({ conversion, ...times })) }))
  if (csv) {
    const rows = all.flatMap(({ conversion, times }) =>
      times.curve.map(({ day, converted, error, atRisk }) => [conversion, day, converted, error, atRisk]),
    )
    return write(formatCsv(['conversion', 'day', 'converted', 'standard_error', 'at_risk'], rows))
  }
  const texts = all.map(({ times }) => {
    const rows = (['days', 'touches'] as const).map(name => {
      const { p10, p25, median, p75, p90, mean } = times[name]
      const cells = [p10, p25, median, p75, p90, mean]
      return [`${name} to convert`, ...cells.map(number => (number === null ? '–' : formatNumber(number, 1)))]
    })
    const last = times.curve.at(-1)
    const end = last
      ? `\n${formatShare(last.converted)} had converted ${last.day} days after their first touch (Kaplan-Meier: who may still convert is counted in).\n`
      : ''
    return formatTable(['', 'fastest 10 %', '25 %', 'half', '75 %', '90 %', 'mean'], rows) + end
  })
  write(titled(all, texts))
}

export function writeTopPaths(paths: readonly TopPath[], { json, csv }: Written): void {
  if (json) return write(jsonText({ paths }))
  const cells = paths.map(({ path, ...counts }) => ({ path: path.join(' > '), ...counts }))
  if (csv) {
    const rows = cells.map(row => [row.path, row.conversions, row.value, row.nulls, row.conversionRate, row.medianDays])
    return write(formatCsv(['path', 'conversions', 'value', 'nulls', 'conversion_rate', 'median_days'], rows))
  }
  const rows = cells.map(({ path, conversions, value, nulls, conversionRate, medianDays }) => [
    path,
    formatNumber(conversions),
    formatNumber(value, 2),
    formatNumber(nulls),
    formatShare(conversionRate),
    medianDays === null ? '–' : formatNumber(medianDays, 1),
  ])
  write(formatTable(['path', 'conversions', 'value', 'led to none', 'converted', 'median days'], rows))
}

export function writeComparisons(tables: readonly AttributionTable[], { json, csv }: Written): void {
  const all = tables.map(({ by, conversion, models }) => ({ by, conversion, ...compareModels(models) }))
  if (json) return write(jsonText({ tables: all }))
  const titles = (all[0]?.models ?? []).map(({ model, options }) => modelTitle(model, options))
  if (csv) {
    const rows = all.flatMap(({ by, conversion, keys }) =>
      keys.map(({ key, shares, spread }) => [conversion, by, key, ...shares, spread]),
    )
    return write(formatCsv(['conversion', 'by', 'key', ...titles, 'spread'], rows))
  }
  const texts = all.map(({ by, keys, pairs }) => {
    const shares = formatTable(
      [by, ...titles, 'apart'],
      keys.map(({ key, shares: own, spread }) => [key, ...own.map(formatShare), formatShare(spread)]),
    )
    // Which two models agree on nothing is worth a line; all pairs of many would hide it.
    const furthest = pairs.toSorted((a, b) => b.distance - a.distance).slice(0, MOST_PAIRS)
    const apart = formatTable(
      ['furthest apart', 'credit placed otherwise', 'rank correlation'],
      furthest.map(({ first, second, distance, rankCorrelation }) => [
        `${titles[first]!} and ${titles[second]!}`,
        formatShare(distance),
        rankCorrelation === null ? '–' : formatNumber(rankCorrelation, 2),
      ]),
    )
    return furthest.length > 0 ? `${shares}\n${apart}` : shares
  })
  write(titled(all, texts))
}

const MOST_PAIRS = 10

/** Several tables with what each is of. */
function titled(tables: readonly { readonly conversion: string }[], texts: readonly string[]): string {
  if (texts.length <= 1) return texts.join('')
  return texts.map((text, at) => formatTable([tables[at]!.conversion], []) + text).join('\n')
}

function titleCells(model: string, options: Parameters<typeof modelTitle>[1]): [string, string] {
  return [model, modelTitle(model, options).slice(model.length + 1)]
}

function write(text: string): void {
  process.stdout.write(text)
}

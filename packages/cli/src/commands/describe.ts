import {
  attribute,
  attributeStages,
  csvLine,
  scoreJourneys,
  timeToConvert,
  topPaths,
  touchCredits,
} from '@jejak/attribution'
import type { AttributionResult, BuiltJourneys, Cell, Journey, Model, TouchDimension } from '@jejak/attribution'
import { UsageError } from '../errors.ts'
import type { ModelsOfTable } from '../output/descriptions.ts'
import {
  writeComparisons,
  writeRoles,
  writeStages,
  writeTimes,
  writeTopPaths,
  writeTransitions,
} from '../output/descriptions.ts'
import { jsonLine } from '../output/json.ts'
import { modelTitle } from '../output/model-title.ts'
import { formatCount } from '../output/numbers.ts'
import { say } from './event-input.ts'
import { showSpend, SPEND_VIEWS } from './show-spend.ts'
import type { SpendView } from './show-spend.ts'

/** What else can be shown of journeys than a table of credits. */
export const DESCRIPTIONS: readonly Description[] = [
  'stages',
  'touches',
  'roles',
  'times',
  'paths',
  'comparison',
  'scores',
  'transitions',
  ...SPEND_VIEWS,
]

export type Description =
  | 'stages'
  | 'touches'
  | 'roles'
  | 'times'
  | 'paths'
  | 'comparison'
  | 'scores'
  | 'transitions'
  | SpendView

export interface DescribeOptions {
  readonly by: readonly TouchDimension[]
  readonly workers: number
  readonly currency?: string
  readonly spend?: string
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
  if (options.by.length > 1 && !MANY_FIELDS.has(what)) throw new UsageError(`--show ${what} takes one field in --by`)
  if (!options.quiet && !built.summary.conversions && what !== 'stages')
    say('No conversion was found; see --conversion.')
  await SHOWN[what](built, models, options)
}

/** These make a table for each field in `--by`. */
const MANY_FIELDS: ReadonlySet<Description> = new Set(['roles', 'comparison', 'transitions'])

const DAY_MS = 86_400_000

const SHOWN: Readonly<Record<Description, Describe>> = {
  async stages(built, models, options) {
    const { workers, currency } = options
    const result = await attributeStages(built.transitions, {
      models,
      by: options.by[0]!,
      workers,
      ...(currency && { currency }),
    })
    if (!options.quiet) {
      say('Which touches moved people from stage to stage: each column sums to those who moved.')
      const uncredited = result.transitions.reduce((sum, transition) => sum + transition.uncredited, 0)
      if (uncredited > 0) say(`${formatCount(uncredited, 'move')} without any touch before: nobody is credited.`)
      say('')
    }
    writeStages(result, options)
  },

  async touches(built, models, { by, csv }) {
    const head = [
      'model',
      'options',
      'person',
      'conversion',
      'conversion_id',
      'converted_at',
      by[0]!,
      'touched_at',
      'position',
      'conversions',
      'value',
      'currency',
    ]
    if (csv) await writeSlowly(csvLine(head))
    for await (const credit of touchCredits(built.journeys, models, { by: by[0]! })) {
      const { model, options, person, conversion, touch, position, key, conversions, value } = credit
      const settings = modelTitle(model, options).slice(model.length + 1)
      const cells: Cell[] = [
        model,
        settings,
        person,
        conversion.name,
        conversion.id,
        isoOf(conversion.time),
        key,
        isoOf(touch.time),
        position,
        conversions,
        value,
        conversion.currency ?? '',
      ]
      await writeSlowly(csv ? csvLine(cells) : jsonLine(Object.fromEntries(head.map((name, at) => [name, cells[at]]))))
    }
  },

  async roles(built, _models, options) {
    const { tables } = await attribute(built.journeys, { models: [], by: options.by })
    writeRoles(tables, options)
  },

  async times(built, _models, options) {
    const names = built.summary.conversionsByName.map(({ name }) => name)
    const all = names.length > 1 ? names : [undefined]
    const times = await Promise.all(
      all.map(async conversion => ({
        conversion: conversion ?? names[0] ?? '',
        times: await timeToConvert(built.journeys, conversion === undefined ? {} : { conversion }),
      })),
    )
    writeTimes(times, options)
  },

  async paths(built, _models, options) {
    const { by, currency } = options
    const paths = await topPaths(built.journeys, { by: by[0]!, ...(currency && { currency }) })
    writeTopPaths(paths, options)
  },

  async comparison(built, models, options) {
    const { tables } = await attribute(built.journeys, { models, by: options.by, workers: options.workers })
    writeComparisons(tables, options)
  },

  async scores(built, models, options) {
    const fitted: AttributionResult = await attribute(built.journeys, {
      models,
      by: options.by[0]!,
      workers: options.workers,
    })
    if (!fitted.models.some(result => result.kind !== 'rule' && result.score !== undefined)) {
      throw new UsageError('--show scores needs a model that can tell a probability, such as markov or hazard')
    }
    const now = built.summary.to ?? 0
    if (options.csv) await writeSlowly(csvLine(['conversion', 'person', 'touches', 'model', 'options', 'probability']))
    for (const table of fitted.tables) {
      for await (const { person, journey, scores } of scoreJourneys(openJourneysOf(built), table, {
        from: now,
        until: now + 30 * DAY_MS,
      })) {
        const about = { conversion: table.conversion, person, touches: journey.touches.length }
        if (options.csv) {
          for (const { model, options: settings, probability } of scores) {
            const title = modelTitle(model, settings).slice(model.length + 1)
            await writeSlowly(csvLine([...Object.values(about), model, title, probability]))
          }
        } else await writeSlowly(jsonLine({ ...about, scores }))
      }
    }
  },

  async transitions(built, models, options) {
    const { tables } = await attribute(built.journeys, { models, by: options.by, workers: options.workers })
    showTransitions(tables, options)
  },

  spend: async (built, models, options) => await showSpend('spend', options.spend!, built, models, options),
  'daily-spend': async (built, models, options) =>
    await showSpend('daily-spend', options.spend!, built, models, options),
  'marginal-spend': async (built, models, options) =>
    await showSpend('marginal-spend', options.spend!, built, models, options),
}

/** The matrices of the chains among the models of some tables. */
export function showTransitions(
  tables: readonly ModelsOfTable[],
  written: Pick<DescribeOptions, 'json' | 'csv'>,
): void {
  const hasChain = tables.some(({ models }) => models.some(result => result.kind === 'path' && result.transitions))
  if (!hasChain) throw new UsageError('--show transitions needs a model that has a chain, such as markov')
  writeTransitions(tables, written)
}

/** The journeys that led to nothing so far. */
function openJourneysOf({ journeys }: BuiltJourneys): Iterable<Journey> {
  return {
    *[Symbol.iterator]() {
      for (const journey of journeys) if (!journey.conversion) yield journey
    },
  }
}

/** Waits where the reader is slower than we are: there may be millions of lines. */
async function writeSlowly(text: string): Promise<void> {
  if (process.stdout.write(text)) return
  await new Promise(resolve => process.stdout.once('drain', resolve))
}

function isoOf(time: number): string {
  return new Date(time).toISOString()
}

import { attribute, attributePaths, buildJourneys, DEFAULT_MODELS, MODELS, parseModel, TOUCH_DIMENSIONS } from '@jejak/attribution'
import type { AttributionResult, BuiltJourneys, Model, ModelName, TouchDimension } from '@jejak/attribution'
import { Option } from 'commander'
import type { Command } from 'commander'
import { UsageError } from '../errors.ts'
import { listOf, modelsOf, numberBetween, wholeNumber } from '../option-parsers.ts'
import { attributionNotes, writeAttribution } from '../output/attribution-output.ts'
import { startProgress } from '../output/progress.ts'
import { describe, DESCRIPTIONS } from './describe.ts'
import type { Description } from './describe.ts'
import { eventCommand, openEvents, say } from './event-input.ts'
import { journeyOptionsOf, withJourneyOptions } from './journey-input.ts'
import type { JourneyInputOptions } from './journey-input.ts'
import { readPaths, withPathTableOptions } from './path-table-input.ts'
import type { PathTableInputOptions } from './path-table-input.ts'

export interface AttributeCommandOptions extends JourneyInputOptions, PathTableInputOptions {
  readonly model?: readonly Model[]
  readonly by: readonly TouchDimension[]
  readonly currency?: string
  readonly interval?: number | true
  readonly samples: number
  readonly seed: number
  readonly workers: number
  readonly show: 'credits' | Description
  readonly parquet?: string
}

export function attributeCommand(): Command {
  const command = eventCommand('attribute', 'canonical', '[events...]')
    .summary('which channels brought the conversions')
    .description('Shares conversions out among the channels that led to them, by several models side by side.')
    .option(
      '-m, --model <model>',
      'only these models, apart by commas, with options as in markov:order=2; repeatable',
      modelsOf,
    )
    .addOption(
      new Option('--by <dimensions>', `what credit is given to: ${TOUCH_DIMENSIONS.join(', ')}; several make a table each`)
        .argParser(listOf(TOUCH_DIMENSIONS))
        .default(['channel'], 'channel'),
    )
    .option('--interval [level]', 'between which bounds each credit lies (default level: 0.95)', numberBetween(0, 1))
    .option('--samples <number>', 'how often the data is drawn anew for intervals', wholeNumber(2, 100_000), 200)
    .option('--seed <number>', 'another number, other draws', wholeNumber(0, 2 ** 31 - 1), 1)
    .option('--currency <code>', 'count value in this currency (default: the most frequent one)')
    .addOption(
      new Option('--show <what>', 'something else than the table of credits')
        .choices(['credits', ...DESCRIPTIONS])
        .default('credits'),
    )
    .option('--workers <number>', 'on how many threads to spread work that can be', wholeNumber(0, 64), 0)
  return withPathTableOptions(withJourneyOptions(command))
    .addOption(new Option('--parquet <file>', 'write a Parquet file').conflicts(['json', 'csv']))
    .addHelpText('after', `\nModels (more of them in docs/attribution-models.md):\n${modelHelp()}\n${EXAMPLES}`)
    .action(attributeSources)
}

const EXAMPLES = `
Examples:
  jejak attribute events
  jejak attribute events --by campaign --model markov --json
  jejak attribute events --model markov:order=2 --model time-decay:half-life=7d --interval
  jejak attribute 'events/*.ndjson.gz' --conversion lead=generate_lead,sign_up --conversion purchase --lookback 30
  jejak attribute --paths paths.csv --model markov:order=auto
  jejak attribute events --show stages
  jejak attribute events --show touches --csv > touches.csv`

async function attributeSources(sources: readonly string[], options: AttributeCommandOptions): Promise<void> {
  const { paths } = options
  if (paths !== undefined && sources.length > 0) {
    throw new UsageError(`--paths takes the place of events: leave out "${sources[0]}", or --paths`)
  }
  if (paths === undefined && sources.length === 0) {
    throw new UsageError("missing required argument 'events': files, folders or globs of events, or --paths with a table")
  }
  const models = options.model ?? DEFAULT_MODELS.map(parseModel)
  if (paths === undefined) await attributeEvents(sources, models, options)
  else await attributeTable(paths, models, options)
}

async function attributeEvents(
  sources: readonly string[],
  models: readonly Model[],
  options: AttributeCommandOptions,
): Promise<void> {
  const events = openEvents(sources, options)
  const built = await buildJourneys(events, journeyOptionsOf(options))
  events.report(built.summary.bots)
  if (options.show !== 'credits') {
    await describe(options.show, built, models, options)
    return
  }
  const progress = startProgress({ label: 'models', total: models.length, quiet: options.quiet ?? false })
  const result = await attribute(built.journeys, {
    models,
    by: options.by,
    ...(options.currency ? { currency: options.currency } : {}),
    ...intervalOf(options),
    workers: options.workers,
    onProgress: ({ label, done }) => label === 'models' && progress.set(done),
  }).finally(() => progress.done())
  if (!options.quiet) sayNotes(result, built)
  await writeAttribution(result, options, { ...events.summary, ...built.summary })
}

/** What is known of journeys alone, such as stages or times, a table of paths has not. */
async function attributeTable(
  file: string,
  models: readonly Model[],
  options: AttributeCommandOptions,
): Promise<void> {
  if (options.show !== 'credits') throw new UsageError(`--show ${options.show} needs events: a table of paths has no journeys`)
  const paths = await readPaths(file, options)
  const results = await attributePaths(paths, models, {
    stepDays: options.step,
    ...intervalOf(options),
    workers: options.workers,
  })
  const byTime = models.filter(model => model.kind === 'timed' || (model.kind === 'rule' && model.timed))
  if (!options.quiet && byTime.length > 0) {
    say(
      `A table of paths has no times: for ${byTime.map(({ name }) => name).join(', ')}, touches are taken to lie ${options.step} d apart; see --step.`,
    )
  }
  const { conversions, value, nulls } = paths.totals
  const totals = { journeys: conversions + nulls, conversions, nonConverting: nulls, value }
  const table = { by: 'channel', conversion: 'conversions', totals, models: results }
  if (!options.quiet) for (const note of attributionNotes(table)) say(note)
  await writeAttribution({ tables: [table] }, options, {})
}

function intervalOf({ interval, samples, seed }: AttributeCommandOptions): { interval?: { level?: number; samples: number; seed: number } } {
  if (interval === undefined) return {}
  return { interval: { ...(interval !== true && { level: interval }), samples, seed } }
}

function sayNotes(result: AttributionResult, { summary }: BuiltJourneys): void {
  for (const table of result.tables) for (const note of attributionNotes(table)) say(note)
  if (result.totals.conversions === 0) {
    const asked = summary.conversionsByName.map(({ name }) => name).join(' or ') || 'conversion'
    say(`No ${asked} was found. Other conversions can be asked for: --conversion add_to_cart, or --conversion stage:decision.`)
  }
  const { badValues, openJourneys } = summary
  if (badValues > 0) say(`${badValues} conversions have a value that is no number; they count with the value 0.`)
  if (openJourneys > 0) say(`${openJourneys} journeys may still convert and count as ones that did not; see --open-journeys.`)
  say('')
}

function modelHelp(): string {
  return (Object.keys(MODELS) as ModelName[]).map(name => `  ${name.padEnd(22)} ${MODELS[name].meaning}`).join('\n')
}

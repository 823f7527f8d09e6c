import {
  attribute,
  attributePaths,
  buildJourneys,
  DEFAULT_MODELS,
  MODELS,
  parseModel,
  TOUCH_DIMENSIONS,
} from '@jejak/attribution'
import type { AttributionResult, BuiltJourneys, Model, ModelName, TouchDimension } from '@jejak/attribution'
import { Option } from 'commander'
import type { Command } from 'commander'
import { UsageError } from '../errors.ts'
import { currencyCode, listOf, modelsOf, numberBetween, wholeNumber } from '../option-parsers.ts'
import { attributionNotes, writeAttribution } from '../output/attribution-output.ts'
import { helpList } from '../output/help-list.ts'
import { formatCount } from '../output/numbers.ts'
import { startProgress } from '../output/progress.ts'
import { describe, DESCRIPTIONS, showTransitions } from './describe.ts'
import type { Description } from './describe.ts'
import { EVENT_OPTIONS, eventCommand, openEvents, say, withOutputOptions } from './event-input.ts'
import { JOURNEY_OPTIONS, journeyOptionsOf, withJourneyOptions } from './journey-input.ts'
import type { JourneyInputOptions } from './journey-input.ts'
import { SPEND_VIEWS } from './show-spend.ts'
import { PATH_TABLE_OPTIONS, readPaths, withPathTableOptions } from './path-table-input.ts'
import type { PathTableInputOptions } from './path-table-input.ts'

interface AttributeCommandOptions extends JourneyInputOptions, Omit<PathTableInputOptions, 'transform'> {
  readonly model?: readonly Model[]
  readonly by?: readonly TouchDimension[]
  readonly currency?: string
  readonly interval?: number | true
  readonly samples: number
  readonly seed: number
  readonly workers: number
  readonly show?: 'credits' | Description
  readonly spend?: string
  readonly parquet?: string
}

export function attributeCommand(): Command {
  const command = withPathTableOptions(withJourneyOptions(eventCommand('attribute', 'canonical', '[events...]')))
    .summary('which channels brought the conversions')
    .description('Shares conversions out among the channels that led to them, by several models side by side.')
    .optionsGroup('Results:')
    .option('-m, --model <models>', 'only these, apart by commas, as markov:order=2; repeatable', modelsOf)
    .option(
      '--by <fields>',
      `what gets credit: ${TOUCH_DIMENSIONS.join(', ')}; each makes a table (default: channel)`,
      listOf(TOUCH_DIMENSIONS),
    )
    .option('--interval [level]', 'between which bounds each credit lies (default level: 0.95)', numberBetween(0, 1))
    .option('--samples <number>', 'how often the data is drawn anew for intervals', wholeNumber(2, 100_000), 200)
    .option('--seed <number>', 'another number, other draws', wholeNumber(0, 2 ** 31 - 1), 1)
    .option('--currency <code>', 'count value in this currency (default: the most frequent one)', currencyCode)
    .addOption(
      new Option('--show <what>', 'credits, or what else is known of journeys').choices(['credits', ...DESCRIPTIONS]),
    )
    .option('--spend <file>', 'CSV of what was paid, put beside the credits: cost, channel, campaign …')
    .option('--workers <number>', 'on how many threads to spread work that can be', wholeNumber(0, 64), 0)
  const models = (Object.keys(MODELS) as ModelName[]).map(name => [name, MODELS[name].meaning] as const)
  return withOutputOptions(command)
    .addOption(new Option('--parquet <file>', 'write a Parquet file').conflicts(['json', 'csv']))
    .addHelpText('after', helpList('Models (their options, formulas and sources: docs/attribution-models.md):', models))
    .addHelpText('after', EXAMPLES)
    .action(attributeSources)
}

const EXAMPLES = `
Examples:
  jejak attribute events
  jejak attribute events --by campaign --model markov --json
  jejak attribute events --model markov:order=2 --model time-decay:half-life=7d --interval
  jejak attribute 'events/*.gz' --conversion lead=generate_lead,sign_up --conversion purchase
  jejak attribute visits.csv --map name=event,time=at,visitor_id=user,channel=channel
  jejak attribute --paths paths.csv --model markov:order=auto
  jejak attribute events --show stages
  jejak attribute events --show touches --csv > touches.csv`

async function attributeSources(
  sources: readonly string[],
  options: AttributeCommandOptions,
  command: Command,
): Promise<void> {
  const { paths } = options
  if (paths !== undefined && sources.length > 0) {
    throw new UsageError(`--paths takes the place of events: leave out "${sources[0]}", or --paths`)
  }
  if (paths === undefined && sources.length === 0) {
    throw new UsageError(
      "missing required argument 'events': files, folders or globs of events, or --paths with a table",
    )
  }
  checkTogether(options, command)
  const models = options.model ?? DEFAULT_MODELS.map(parseModel)
  if (paths === undefined) await attributeEvents(sources, models, options)
  else await attributeTable(paths, models, options)
}

/** What is asked for must have an effect, or somebody believes a result that is another. */
function checkTogether(options: AttributeCommandOptions, command: Command): void {
  const { paths, interval, parquet, spend, show = spend === undefined ? 'credits' : 'spend' } = options
  const asked = command.options.filter(option => command.getOptionValueSource(option.attributeName()) === 'cli')
  const ofPaths = asked.find(({ helpGroupHeading }) => helpGroupHeading === PATH_TABLE_OPTIONS)
  if (paths === undefined && ofPaths) throw new UsageError(`${ofPaths.long} is for a table of paths: see --paths`)
  const ofEvents = asked.find(
    ({ helpGroupHeading: group, long }) =>
      long !== '--transform' &&
      (group === EVENT_OPTIONS || group === JOURNEY_OPTIONS || long === '--by' || long === '--currency'),
  )
  if (paths !== undefined && ofEvents)
    throw new UsageError(`${ofEvents.long} is for events: a table of paths has no journeys`)
  if (paths !== undefined && show !== 'credits' && show !== 'transitions') {
    throw new UsageError(`--show ${show} needs events: a table of paths has no journeys`)
  }
  if (show !== 'credits' && interval !== undefined)
    throw new UsageError(`--interval goes with credits, not with --show ${show}`)
  if (show !== 'credits' && parquet !== undefined)
    throw new UsageError(`--parquet holds credits: --show ${show} writes a table, JSON or CSV`)
  const ofSpend = (SPEND_VIEWS as readonly string[]).includes(show)
  if (ofSpend && spend === undefined) throw new UsageError(`--show ${show} needs to know what was paid: --spend FILE`)
  if (!ofSpend && spend !== undefined)
    throw new UsageError(`--spend is for ${SPEND_VIEWS.join(', ')}, not for --show ${show}`)
}

async function attributeEvents(
  sources: readonly string[],
  models: readonly Model[],
  options: AttributeCommandOptions,
): Promise<void> {
  // Not the option's own default: what is said of it would be added to that.
  const { spend, show = spend === undefined ? 'credits' : 'spend', by = ['channel'] } = options
  const journeyOptions = journeyOptionsOf(options)
  const events = openEvents(sources, options)
  const built = await buildJourneys(events, journeyOptions)
  events.report(built.summary.bots)
  if (show !== 'credits') {
    await describe(show, built, models, { ...options, by })
    return
  }
  const progress = startProgress({ label: 'models', total: models.length, quiet: options.quiet ?? false })
  const result = await attribute(built.journeys, {
    models,
    by,
    ...(options.currency ? { currency: options.currency } : {}),
    ...intervalOf(options),
    workers: options.workers,
    onProgress: ({ label, done }) => label === 'models' && progress.set(done),
  }).finally(() => progress.done())
  if (!options.quiet) sayNotes(result, built, Object.keys(options.conversion ?? { purchase: {} }))
  await writeAttribution(result, options, { ...events.summary, ...built.summary })
}

async function attributeTable(file: string, models: readonly Model[], options: AttributeCommandOptions): Promise<void> {
  const paths = await readPaths(file, options)
  const { step = 1 } = options
  const results = await attributePaths(paths, models, {
    stepDays: step,
    ...intervalOf(options),
    workers: options.workers,
  })
  const byTime = models.filter(model => model.kind === 'timed' || (model.kind === 'rule' && model.timed))
  if (!options.quiet && byTime.length > 0) {
    const names = byTime.map(({ name }) => name).join(', ')
    say(
      `A table of paths has no times: for ${names}, steps are taken to lie ${formatCount(step, 'day')} apart; see --step.`,
    )
  }
  const { conversions, value, nulls } = paths.totals
  const totals = { journeys: conversions + nulls, conversions, nonConverting: nulls, value }
  const table = { by: 'channel', conversion: 'conversions', totals, models: results }
  if (options.show === 'transitions') return showTransitions([table], options)
  if (!options.quiet) for (const note of [...attributionNotes(table), '']) say(note)
  await writeAttribution({ tables: [table] }, options, {})
}

function intervalOf({ interval, samples, seed }: AttributeCommandOptions): {
  interval?: { level?: number; samples: number; seed: number }
} {
  if (interval === undefined) return {}
  return { interval: { ...(interval !== true && { level: interval }), samples, seed } }
}

function sayNotes(result: AttributionResult, { summary }: BuiltJourneys, asked: readonly string[]): void {
  for (const table of result.tables) for (const note of attributionNotes(table)) say(note)
  if (result.totals.conversions === 0) {
    say(
      `No ${asked.join(' or ')} was found. Other conversions can be asked for: --conversion add_to_cart, or --conversion stage:decision.`,
    )
  }
  const { badValues, openJourneys, refunds } = summary
  if (badValues > 0)
    say(`${formatCount(badValues, 'conversion')} with a value that is no number: counted with the value 0.`)
  const lost = refunds.withoutOrder + refunds.otherCurrency + refunds.unreadable
  if (lost > 0)
    say(`${formatCount(lost, 'refund')} not counted: without their order, in another currency, or unreadable.`)
  if (openJourneys > 0)
    say(
      `${formatCount(openJourneys, 'journey')} may still convert and ${openJourneys === 1 ? 'is' : 'are'} counted as not converted; see --open-journeys.`,
    )
  say('')
}

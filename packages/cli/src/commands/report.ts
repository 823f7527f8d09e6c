import { stat, writeFile } from 'node:fs/promises'
import { DEFAULT_MODELS, parseModel, printable, TOUCH_DIMENSIONS } from '@jejak/attribution'
import type { Model, TouchDimension } from '@jejak/attribution'
import { gatherReportFacts, LANGUAGES, pathTableFacts, renderReport } from '@jejak/attribution/report'
import type { Language, ReportFacts } from '@jejak/attribution/report'
import { DEFAULT_STAGE_MODEL } from '@jejak/events'
import { Option } from 'commander'
import type { Command } from 'commander'
import { UsageError } from '../errors.ts'
import { currencyCode, listOf, modelsOf, numberBetween, someText, timeZoneOf, wholeNumber } from '../option-parsers.ts'
import { formatNumber } from '../output/numbers.ts'
import { EVENT_OPTIONS, eventCommand, openEvents } from './event-input.ts'
import { JOURNEY_OPTIONS, journeyOptionsOf, withJourneyOptions } from './journey-input.ts'
import type { JourneyInputOptions } from './journey-input.ts'
import { PATH_TABLE_OPTIONS, readPaths, withPathTableOptions } from './path-table-input.ts'
import type { PathTableInputOptions } from './path-table-input.ts'

interface ReportCommandOptions extends JourneyInputOptions, Omit<PathTableInputOptions, 'transform'> {
  readonly output: string
  readonly language: Language
  readonly title?: string
  readonly minimum: number
  readonly model?: readonly Model[]
  readonly by?: readonly TouchDimension[]
  readonly interval?: number | boolean
  readonly samples: number
  readonly seed: number
  readonly workers: number
  readonly currency?: string
  readonly shopTimeZone: string
}

export function reportCommand(): Command {
  const command = withPathTableOptions(withJourneyOptions(eventCommand('report', DEFAULT_STAGE_MODEL, '[events...]')))
  return command
    .summary('journeys and attribution as one file to look at')
    .description(
      'Writes one HTML file that needs nothing else: the journey map, the credit of channels, paths, stages, customers, and how sound the data are.',
    )
    .optionsGroup('Report:')
    .option('-o, --output <file>', 'where to write it; - is standard output', someText, 'report.html')
    .addOption(new Option('--language <tag>', 'in which language').choices(LANGUAGES).default('en'))
    .option('--title <text>', 'the heading', someText)
    .option('--minimum <people>', 'groups of fewer people are not shown', wholeNumber(1, 1_000), 5)
    .option(
      '--shop-time-zone <name>',
      'whose hours, days, weeks and months it tells, such as Asia/Jakarta',
      timeZoneOf,
      'UTC',
    )
    .option('-m, --model <models>', 'only these, apart by commas, as markov:order=2; repeatable', modelsOf)
    .option(
      '--by <fields>',
      `what gets credit besides channels: ${TOUCH_DIMENSIONS.join(', ')} (default: source)`,
      listOf(TOUCH_DIMENSIONS),
    )
    .option('--interval [level]', 'between which bounds each credit lies (default: at 0.95)', numberBetween(0, 1))
    .option('--no-interval', 'without them, which is faster')
    .option('--samples <number>', 'how often the data is drawn anew for intervals', wholeNumber(2, 100_000), 200)
    .option('--seed <number>', 'another number, other draws', wholeNumber(0, 2 ** 31 - 1), 1)
    .option('--currency <code>', 'count value in this currency (default: the most frequent one)', currencyCode)
    .option('--workers <number>', 'on how many threads to spread work that can be', wholeNumber(0, 64), 0)
    .option('-q, --quiet', 'say nothing besides errors')
    .addHelpText('after', EXAMPLES)
    .action(writeReport)
}

const EXAMPLES = `
Examples:
  jejak report events -o report.html
  jejak report events --language id --title 'Toko Batik' -o laporan.html
  jejak report events --stage-model canonical --shop-time-zone Asia/Jakarta
  jejak report --paths paths.csv -o paths.html`

async function writeReport(sources: readonly string[], options: ReportCommandOptions, command: Command): Promise<void> {
  const { output, language, minimum, title, paths, quiet = false } = options
  checkTogether(sources, options, command)
  // Before the reading, which may take minutes.
  if (output !== '-' && (await stat(output).catch(() => undefined))?.isDirectory())
    throw new UsageError(`--output: ${output} is a folder; name a file in it, such as ${output}/report.html`)

  const facts = paths === undefined ? await factsOfEvents(sources, options) : await factsOfPaths(paths, options)
  const html = renderReport(facts, { language, minimum, ...(title !== undefined && { title }) })
  if (output === '-') {
    process.stdout.write(html)
    return
  }
  await writeFile(output, html)
  if (quiet) return
  const size = formatNumber(Buffer.byteLength(html) / 1_000)
  process.stdout.write(`Wrote ${printable(output)}: ${size} kB, one file that needs nothing else.\n`)
}

/** What is asked for must have an effect, or somebody believes a report that is another. */
function checkTogether(sources: readonly string[], { paths }: ReportCommandOptions, command: Command): void {
  if (paths !== undefined && sources.length > 0)
    throw new UsageError(`--paths takes the place of events: leave out "${sources[0]}", or --paths`)
  if (paths === undefined && sources.length === 0)
    throw new UsageError(
      "missing required argument 'events': files, folders or globs of events, or --paths with a table",
    )
  const asked = command.options.filter(option => command.getOptionValueSource(option.attributeName()) === 'cli')
  const wrong = asked.find(({ helpGroupHeading: group, long }) =>
    paths === undefined
      ? group === PATH_TABLE_OPTIONS
      : group === EVENT_OPTIONS || group === JOURNEY_OPTIONS || long === '--by' || long === '--shop-time-zone',
  )
  if (!wrong) return
  throw new UsageError(
    paths === undefined
      ? `${wrong.long} is for a table of paths: see --paths`
      : `${wrong.long} is for events: a table of paths has no journeys`,
  )
}

async function factsOfEvents(sources: readonly string[], options: ReportCommandOptions): Promise<ReportFacts> {
  const { by, currency, shopTimeZone, stageModel } = options
  const events = openEvents(sources, options)
  const facts = await gatherReportFacts(events, {
    ...journeyOptionsOf(options),
    ...runOf(options),
    stageModel,
    sources,
    timeZone: shopTimeZone,
    ...(by && { by }),
    ...(currency !== undefined && { currency }),
    reading: () => ({ doubles: events.summary.duplicates, badRows: events.summary.bad }),
  })
  events.report(facts.health?.bots ?? 0)
  return facts
}

async function factsOfPaths(file: string, options: ReportCommandOptions): Promise<ReportFacts> {
  const { currency, step } = options
  const paths = await readPaths(file, options)
  return await pathTableFacts(paths, {
    ...runOf(options),
    sources: [file],
    ...(step !== undefined && { stepDays: step }),
    ...(currency !== undefined && { currency }),
  })
}

function runOf({
  model = DEFAULT_MODELS.map(parseModel),
  interval = true,
  samples,
  seed,
  workers,
}: ReportCommandOptions) {
  const level = typeof interval === 'number' ? { level: interval } : {}
  return { models: model, interval: interval !== false && { ...level, samples, seed }, workers }
}

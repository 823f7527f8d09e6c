import { attribute, buildJourneys, modelByName, MODELS, TOUCH_DIMENSIONS } from '@jejak/attribution'
import type { ModelName, TouchDimension } from '@jejak/attribution'
import { Option } from 'commander'
import type { Command } from 'commander'
import { listOf, positiveNumber } from '../option-parsers.ts'
import { attributionCsv, attributionJson, attributionNotes, attributionTable } from '../output/attribution-output.ts'
import { channelRulesOf, eventCommand, openEvents, say } from './event-input.ts'
import type { EventInputOptions } from './event-input.ts'

interface AttributeOptions extends EventInputOptions {
  readonly model?: readonly ModelName[]
  readonly by: TouchDimension
  readonly conversion?: readonly string[]
  readonly lookback: number
  readonly afterConversion: 'continue' | 'reset'
  readonly halfLife: number
  readonly currency?: string
}

const MODEL_NAMES = Object.keys(MODELS) as ModelName[]

export function attributeCommand(): Command {
  return eventCommand('attribute', 'canonical')
    .summary('which channels brought the conversions')
    .description('Shares conversions out among the channels that led to them, by several models side by side.')
    .option('-m, --model <names>', 'only these models, apart by commas', listOf(MODEL_NAMES))
    .addOption(
      new Option('--by <dimension>', 'what credit is given to').choices([...TOUCH_DIMENSIONS]).default('channel'),
    )
    .option(
      '--conversion <names>',
      'events that count as one, or stage:NAME for reaching a stage (default: purchase)',
      listOf<string>(),
    )
    .option('--lookback <days>', 'how long before a conversion a contact still counts', positiveNumber('days'), 90)
    .addOption(
      new Option('--after-conversion <rule>', 'whether the next conversion looks back beyond this one')
        .choices(['continue', 'reset'])
        .default('continue'),
    )
    .option('--half-life <days>', 'of the model time-decay', positiveNumber('days'), 7)
    .option('--currency <code>', 'count value in this currency (default: the most frequent one)')
    .addHelpText('after', `\nModels:\n${modelHelp()}\n${EXAMPLES}`)
    .action(attributeFiles)
}

const EXAMPLES = `
Examples:
  jejak attribute events
  jejak attribute events --by campaign --model markov --json
  jejak attribute 'events/*.ndjson.gz' --conversion generate_lead,sign_up --lookback 30
  jejak attribute events --conversion stage:advocacy --csv > advocates.csv`

async function attributeFiles(sources: readonly string[], options: AttributeOptions): Promise<void> {
  const { model = MODEL_NAMES, conversion = ['purchase'], by, lookback, afterConversion, halfLife, currency } = options
  const events = openEvents(sources, options)
  const built = await buildJourneys(events, {
    channels: channelRulesOf(options),
    conversion,
    lookbackDays: lookback,
    afterConversion,
    stageModel: options.stageModel,
    includeBots: options.bots,
  })
  events.report(built.summary.bots)
  const result = await attribute(built.journeys, {
    models: model.map(name => modelByName(name, { halfLifeDays: halfLife })),
    by,
    ...(currency ? { currency } : {}),
  })

  if (!options.quiet) {
    for (const note of attributionNotes(result, conversion.join(' or '))) say(note)
    if (result.totals.conversions === 0) say(nothingFound(conversion))
    say('')
  }
  const write = options.json
    ? attributionJson(result, { ...events.summary, ...built.summary })
    : options.csv
      ? attributionCsv(result)
      : attributionTable(result)
  process.stdout.write(write)
}

function nothingFound(conversion: readonly string[]): string {
  return `No ${conversion.join(' or ')} was found. Other conversions can be asked for: --conversion add_to_cart, or --conversion stage:decision.`
}

function modelHelp(): string {
  return MODEL_NAMES.map(name => `  ${name.padEnd(16)} ${MODELS[name].meaning}`).join('\n')
}

import { evaluateModels, MODELS, parseModel, WORLDS } from '@jejak/attribution'
import type { Evaluation, Model, WorldName } from '@jejak/attribution'
import { Command, Option } from 'commander'
import { modelsOf, wholeNumber } from '../option-parsers.ts'
import { jsonText } from '../output/json.ts'
import { formatNumber, formatShare } from '../output/numbers.ts'
import { startProgress } from '../output/progress.ts'
import { formatTable } from '../output/table.ts'
import { modelTitle } from '../output/model-title.ts'
import { helpList } from '../output/help-list.ts'
import { say } from './event-input.ts'

interface EvaluateOptions {
  readonly world: WorldName
  readonly people: number
  readonly seed: number
  readonly model?: readonly Model[]
  readonly json?: boolean
  readonly quiet?: boolean
}

/** All but those that need stages, which the worlds have not, or an agreement of one's own. */
const EVALUATED = Object.keys(MODELS).filter(name => !['custom', 'u-shaped', 'w-shaped', 'full-path'].includes(name))

const WORLD_NAMES = Object.keys(WORLDS) as WorldName[]

export function evaluateCommand(): Command {
  return new Command('evaluate')
    .summary('how true the models are, in worlds whose truth is known')
    .description(
      'Lets people live in a simulated world, where it is known what each channel causes, and scores the models: how much of the credit they put in the wrong place, whether they order the channels rightly, and how well they foresee who will buy.',
    )
    .addOption(new Option('--world <name>', 'the world').choices(WORLD_NAMES).default('everything'))
    .option('--people <number>', 'how many live in it', wholeNumber(100, 1_000_000), 5_000)
    .option('--seed <number>', 'another number, another lot of luck', wholeNumber(0, 2 ** 31 - 1), 1)
    .option(
      '-m, --model <model>',
      'only these, apart by commas, as markov:order=2; repeatable (default: all that can)',
      modelsOf,
    )
    .option('--json', 'write JSON')
    .option('-q, --quiet', 'say nothing besides the result and errors')
    .addHelpText(
      'after',
      helpList(
        'Worlds:',
        WORLD_NAMES.map(name => [name, WORLDS[name].meaning]),
      ),
    )
    .action(evaluate)
}

async function evaluate(options: EvaluateOptions): Promise<void> {
  const { world, people, seed, quiet = false } = options
  const models = options.model ?? EVALUATED.map(parseModel)
  const progress = startProgress({ label: 'simulating', total: WORLDS[world].channels.length + 2, quiet })
  const result = await evaluateModels(WORLDS[world], models, {
    people,
    seed,
    onProgress: ({ label, done }) => label === 'simulating worlds' && progress.set(done),
  }).finally(() => progress.done())
  if (options.json) {
    process.stdout.write(jsonText({ world, seed, ...result }))
    return
  }
  if (!quiet) for (const note of notesOf(world, result)) say(note)
  process.stdout.write(`${truthTable(result)}\n${modelTable(result)}`)
}

function notesOf(world: WorldName, { people, truth }: Evaluation): string[] {
  return [
    `${WORLDS[world].meaning}`,
    `${formatNumber(people.all)} people had ${formatNumber(people.contacts)} contacts; ${formatNumber(people.converted)} bought, ${formatNumber(people.unseen)} of them without any contact.`,
    `${formatNumber(truth.anyway, 0)} of ${formatNumber(truth.conversions, 0)} purchases to be expected would have come about with no channel at all; no model below can know that, as each shares out all of them.`,
    '',
  ]
}

function truthTable({ truth, trueShares }: Evaluation): string {
  return formatTable(
    ['channel', 'purchases lost without it', 'true share'],
    truth.channels.map(({ key, conversions }, at) => [
      key,
      formatNumber(conversions, 1),
      formatShare(trueShares[at]!.share),
    ]),
  )
}

function modelTable({ models }: Evaluation): string {
  return formatTable(
    ['model', 'credit misplaced', 'rank correlation', 'prediction (AUC)'],
    models.map(({ model, options, misplaced, rankCorrelation, prediction }) => [
      modelTitle(model, options),
      formatShare(misplaced),
      formatNumber(rankCorrelation, 2),
      prediction === null ? '–' : formatNumber(prediction, 3),
    ]),
  )
}

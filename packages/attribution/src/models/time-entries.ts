import { backwardElimination } from './backward.ts'
import { hazard } from './hazard.ts'
import type { HazardOptions } from './hazard.ts'
import { fullPath, uShaped, wShaped } from './milestones.ts'
import { daysOption, numberOption, textOption, wholeNumberOption } from './model-entry.ts'
import type { ModelEntry, ModelOption } from './model-entry.ts'

export type TimeName = 'u-shaped' | 'w-shaped' | 'full-path' | 'hazard' | 'backward-elimination'

const HUBSPOT =
  'practice of B2B tools; the milestones as in HubSpot knowledge base, "Understand attribution reporting" (2023): each is the last interaction before it'

/** The options of every model that learns hazards. */
const LEARNING: Readonly<Record<string, ModelOption>> = {
  'half-life': wordOr(
    'per-channel',
    daysOption('after how long half of an effect is over: learned for each channel, or given (default per-channel)'),
  ),
  'max-iterations': wholeNumberOption('how often the journeys are looked through at most (default 1000)', 1, 1_000_000),
  tolerance: numberOption(
    'learning ends when a step moves no more than this part of all conversions to or from a channel (default 1e-11)',
    0,
    1,
  ),
}

/** Models that go by when things happened. */
export const TIME_ENTRIES: Readonly<Record<TimeName, ModelEntry>> = {
  'u-shaped': {
    meaning: 'The first touch and the touch that made the lead get 40 % each, the others share 20 %.',
    formula:
      'w = 0.4 for touch 1, + 0.4 for the last touch at or before the lead; every other w = 0.2 / m\n' +
      'm = the number of the others. A milestone that was not reached leaves its part to the rest, in proportion.',
    source: HUBSPOT,
    use: 'Where a sale begins with a lead that somebody has to win first.',
    avoid: 'On a path table, which knows no stages; or to learn which touch matters: the answer is put in by hand.',
    options: { stages: stagesOption('the stage that makes a lead (default consideration)') },
    create: ({ stages }) => uShaped(stages as string[] | undefined),
  },
  'w-shaped': {
    meaning:
      'The first touch, the touch that made the lead and the one that made the opportunity get 30 % each, the others share 10 %.',
    formula:
      'w = 0.3 for touch 1, + 0.3 for the last touch at or before the lead, + 0.3 for the last one at or before the opportunity\n' +
      'every other w = 0.1 / m, m = the number of the others. A milestone that was not reached leaves its part to the rest, in proportion.',
    source: HUBSPOT,
    use: 'For long B2B sales in which marketing hands over to sales at an agreed moment.',
    avoid: 'On a path table, which knows no stages; or to learn which touch matters: the answer is put in by hand.',
    options: {
      stages: stagesOption('the stages that make a lead and an opportunity (default consideration/decision)'),
    },
    create: ({ stages }) => wShaped(stages as string[] | undefined),
  },
  'full-path': {
    meaning:
      'The first touch, the touches that made the lead and the opportunity and the closing one get 22.5 % each, the others share 10 %.',
    formula:
      'w = 0.225 for each of: touch 1, the last touch at or before the lead, the last at or before the opportunity, touch n\n' +
      'They add up on one touch; every other w = 0.1 / m, m = the number of the others. A milestone that was not reached leaves its part to the rest, in proportion.',
    source: HUBSPOT,
    use: 'For long B2B sales where marketing goes on until the contract.',
    avoid: 'On a path table, which knows no stages; or to learn which touch matters: the answer is put in by hand.',
    options: {
      stages: stagesOption(
        'the stages that make a lead and an opportunity, and if there is a third, the one that closes (default consideration/decision, closed by the last touch)',
      ),
    },
    create: ({ stages }) => fullPath(stages as string[] | undefined),
  },
  hazard: {
    meaning:
      'Each touch adds to the rate of converting and fades at the pace of its channel; a conversion is shared out by what each adds at its moment.',
    formula:
      'w_i = beta_c w_c exp(-w_c (T - t_i)), T the conversion, t_i the touch, c its channel\n' +
      'beta_c = conversions that a touch brings about in the long run, ln 2 / w_c = half-life; both maximise\n' +
      'sum over conversions of log(sum w_i) - sum over all touches of beta_c (1 - exp(-w_c (T - t_i))), T the end where there is no conversion\n' +
      'T - t_i counts as a minute at least',
    source:
      'Y. Zhang, Y. Wei, J. Ren, "Multi-touch attribution in online advertising with survival theory", IEEE International Conference on Data Mining (ICDM), 2014; stretched steps: R. Varadhan, C. Roland, "Simple and globally convergent methods for accelerating the convergence of any EM algorithm", Scandinavian Journal of Statistics 35, 2008',
    use: 'Where the times of touches are known, and until when those were watched who did not convert.',
    avoid:
      'With few conversions, or where many people convert without any touch: there is no rate of its own for them, so touches get it all.',
    options: LEARNING,
    create: settings => hazard(learningOf(settings)),
  },
  'backward-elimination': {
    meaning:
      'The last touch is taken away first and gets what is lost with it, then the one before: each gets what it added to those before it.',
    formula:
      'w_i = kept_i - kept_(i-1), kept_i = 1 - (1 - r_1 - ... - r_i) exp(-R_i), kept_0 = 0, kept_n = 1\n' +
      'r_i = share of touch i in the hazard at the conversion, as in `hazard`\n' +
      'R_i = sum over j = 1..i of beta_c exp(-w_c (T - t_j)) (1 - exp(-w_c H)): conversions the first i touches would still bring about within the horizon H\n' +
      'kept_i = probability that the conversion would have come, at T or later, with the first i touches alone',
    source:
      'order of removal: D. Shender et al., "A time to event framework for multi-touch attribution", Journal of Data Science 22, 2024, arXiv:2009.08432; the formula is ours, for the additive hazard of Zhang, Wei and Ren, under which the loss of intensity alone would equal `hazard`',
    use: 'To ask of late touches, such as retargeting, what would have been lost without them.',
    avoid: 'To judge first contacts: they are compared with nothing and get what people would have done anyway.',
    options: {
      ...LEARNING,
      horizon: wordOr(
        'none',
        daysOption('within how long after the conversion it would not have been lost: a time, or none (default none)'),
      ),
    },
    create: ({ horizon, ...settings }) =>
      backwardElimination({
        ...learningOf(settings),
        ...(typeof horizon === 'number' && { horizonDays: horizon }),
      }),
  },
}

function learningOf(settings: Readonly<Record<string, unknown>>): HazardOptions {
  const { 'half-life': halfLifeDays, 'max-iterations': maxIterations, tolerance } = settings
  return { halfLifeDays, maxIterations, tolerance } as HazardOptions
}

/** Names of stages, apart by slashes. */
function stagesOption(meaning: string): ModelOption {
  const text = textOption(meaning)
  return { meaning, read: words => (text.read(words) as string).split('/') }
}

/** What `option` reads, or a word that stands for something else. */
function wordOr(word: string, option: ModelOption): ModelOption {
  return {
    meaning: option.meaning,
    read(text) {
      if (text === word) return word
      try {
        return option.read(text)
      } catch (error) {
        throw error instanceof RangeError ? new RangeError(`${word}, or ${error.message}`) : error
      }
    },
  }
}

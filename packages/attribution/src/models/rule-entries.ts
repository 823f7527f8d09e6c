import { customWeights } from './custom-rule.ts'
import type { CustomWeightsOptions } from './custom-rule.ts'
import { choiceOption, daysOption, numberOption, textOption, weightsOption } from './model-entry.ts'
import type { ModelEntry } from './model-entry.ts'
import { firstTouch, lastNonDirect, lastTouch, linear, linearPerChannel, positionBased, timeDecay } from './rules.ts'
import type { LastNonDirectOptions, PositionWeights, TimeDecayOptions } from './rules.ts'

export type RuleName =
  | 'first-touch'
  | 'last-touch'
  | 'last-non-direct'
  | 'linear'
  | 'position'
  | 'time-decay'
  | 'custom'

/** The rules, from the simplest on. */
export const RULE_ENTRIES: Readonly<Record<RuleName, ModelEntry>> = {
  'first-touch': {
    meaning: 'All credit goes to the first touch.',
    formula: 'w_1 = 1, every other w = 0',
    source: 'common practice; GA4 has it as "first click" in its data, no longer as a report model',
    use: 'To see what brings new people.',
    avoid: 'To see what makes people buy: it is blind to everything after the first contact.',
    options: {},
    create: () => firstTouch,
  },
  'last-touch': {
    meaning: 'All credit goes to the last touch.',
    formula: 'w_n = 1, every other w = 0',
    source: 'common practice',
    use: 'As the baseline most tools report.',
    avoid: 'To plan budgets: it rewards whatever stands next to the till.',
    options: {},
    create: () => lastTouch,
  },
  'last-non-direct': {
    meaning: 'All credit goes to the last touch that is not Direct, or to the last one if all are.',
    formula: 'w_i = 1 for the last i whose channel is not Direct; w_n = 1 where there is none; every other w = 0',
    source: 'Google Analytics help, "Attribution models": its "last click"',
    use: 'To compare with the last click of Google Analytics.',
    avoid: 'To plan budgets, as the last touch.',
    options: { direct: textOption('the channel that is passed over (default Direct)') },
    create: settings => lastNonDirect(settings as LastNonDirectOptions),
  },
  linear: {
    meaning:
      'Every touch gets the same credit, repeated ones each time, or every distinct channel where that is asked for.',
    formula:
      'per=touch: w_i = 1 / n, n the number of touches\n' +
      'per=channel: w_i = 1 / (d m_i), d the number of distinct channels, m_i how many touches the channel of i has',
    source:
      'common practice; per=touch equals the linear model of ChannelAttribution (D. Altomare, D. Loris), ' +
      'per=channel the Shapley value of the sum game (K. Zhao et al., arXiv:1804.05327, 2018)',
    use: 'As the neutral rule when nothing is known yet.',
    avoid: 'Per touch where much is repetition, as in retargeting: it collects credit.',
    options: { per: choiceOption('what gets equal parts: touch or channel (default touch)', ['touch', 'channel']) },
    create: ({ per }) => (per === 'channel' ? linearPerChannel : linear),
  },
  position: {
    meaning: 'The first and the last touch get 40 % each, those between share 20 %.',
    formula: 'w_1 = 0.4, w_n = 0.4, every other w = 0.2 / (n - 2); n = 2: in the proportion of first to last',
    source: 'Google Analytics, "position based" until 2023; also called U-shaped',
    use: 'Where first contact and closing are known to matter.',
    avoid: 'To learn which matters: the answer is put in by hand.',
    options: {
      weights: weightsOption('the parts of the first touch, those between and the last (default 0.4/0.2/0.4)'),
      first: numberOption('the part of the first touch, in place of weights (default 0.4)', 0, 1),
      last: numberOption('the part of the last touch, in place of weights (default 0.4)', 0, 1),
    },
    create: ({ weights, first, last }) => {
      if (first === undefined && last === undefined) return positionBased(weights as PositionWeights | undefined)
      if (weights !== undefined) throw new RangeError('The model "position" takes either weights, or first and last')
      return positionBased(weightsFrom((first ?? 0.4) as number, (last ?? 0.4) as number))
    },
  },
  'time-decay': {
    meaning: 'A touch gets half as much credit for every seven days it lies before the conversion.',
    formula: 'w_i ~ 2^(-(T - t_i) / h), T the conversion, t_i the touch, h the half-life',
    source: 'Google Analytics, "time decay" until 2023, with the same seven days',
    use: 'For short decisions such as a sale.',
    avoid: 'For long ones, where what began them would get next to nothing.',
    options: {
      'half-life': daysOption('after how long a touch is worth half as much (default 7d)'),
      step: daysOption(
        'in a path table, which has no times: how far apart touches are taken to lie (default: as for all models)',
      ),
    },
    create: settings =>
      timeDecay({ halfLifeDays: settings['half-life'], stepDays: settings['step'] } as TimeDecayOptions),
  },
  custom: {
    meaning: 'Touches get weights by their place, counted from the last touch backwards or from the first on.',
    formula:
      'w_i ~ weights[k], k the number of touches after i (from=start: before i); ' +
      'beyond the weights given, the last of them',
    source: "one's own agreement; the idea of fixed weights by position is common practice",
    use: 'Where a team has agreed on a split and wants to see it beside other models.',
    avoid: 'To learn a split: the answer is put in by hand.',
    options: {
      weights: weightsOption('the weights of the places, the last of them for all further touches (default 3/2/1)'),
      from: choiceOption('from where places are counted: end or start (default end)', ['end', 'start']),
    },
    create: settings => customWeights(settings as CustomWeightsOptions),
  },
}

function weightsFrom(first: number, last: number): PositionWeights {
  const middle = 1 - first - last
  if (middle < -1e-9) throw new RangeError('The model "position": first and last must not sum to more than 1')
  // What rounding leaves of nothing is nothing.
  return [first, Math.max(0, Number(middle.toPrecision(15))), last]
}

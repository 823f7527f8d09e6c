import { logistic } from './logistic.ts'
import { choiceOption, numberOption, wholeNumberOption } from './model-entry.ts'
import type { ModelEntry } from './model-entry.ts'
import { shaoLi } from './shao-li.ts'
import type { ShaoLiOptions } from './shao-li.ts'

export type SetName = 'shao-li' | 'logistic'

const SOURCE = 'X. Shao, L. Li, "Data-driven multi-touch attribution models", KDD 2011'

/** Models that see of a journey which channels took part, in no order. */
export const SET_ENTRIES: Readonly<Record<SetName, ModelEntry>> = {
  'shao-li': {
    meaning:
      'Each channel gets credit for the rate at which journeys with it convert, and for half of what each pair of channels does beyond its two.',
    formula: [
      'C(i) = p_i + 1 / (2 (N - 1)) * sum over j other than i of (p_ij - p_i - p_j); with one channel C(i) = p_i',
      'p_i = conversions / (conversions + nulls) of the journeys with channel i, p_ij of those with i and j, N the channels of the journey',
      'credit_i ~ sum over conversions on journeys with i of C(i), scaled to all conversions; for the value each conversion counts with its value',
    ].join('\n'),
    source: `${SOURCE}; summed and normalised as in eeghor/mta`,
    use: 'For a quick look at which channels go with conversion, where journeys without a conversion are recorded.',
    avoid: 'Where a channel reaches people who would buy anyway: it takes rates as they are, with nothing held fixed.',
    options: {
      pairs: choiceOption(
        'over which other channels interactions are averaged: those of the journey (journey), all that were seen together with the channel (seen), or all there are, an unseen pair counting as none (all) (default journey)',
        ['journey', 'seen', 'all'],
      ),
      share: choiceOption(
        'what is normalised: the contributions summed over all conversions, which can be negative (total), or those within each journey, negative ones counting as 0 (journey) (default total)',
        ['total', 'journey'],
      ),
    },
    create: settings => shaoLi(settings as ShaoLiOptions),
  },
  logistic: {
    meaning:
      'The channels of a journey share its conversion in proportion to their coefficients in logistic regressions on which channels a journey has, averaged over many random draws of journeys and channels.',
    formula: [
      'log(p / (1 - p)) = b_0 + sum over the channels c of the journey of b_c, fitted with the penalty ridge / 2 * sum of b_c^2',
      'share of c = max(0, mean b_c) / sum over the journey of max(0, mean b); evenly where all are 0',
    ].join('\n'),
    source: SOURCE,
    use: 'Where channels come in many combinations and journeys without a conversion are recorded: it compares journeys that are alike but for a channel.',
    avoid:
      'With few conversions to a channel; to see what works only together, as effects are taken to add up; or where those who do not buy go on collecting channels: coefficients then turn negative and the shares even, which the notes of the result tell.',
    options: {
      bags: wholeNumberOption('how many regressions are averaged (default 200)', 1, 100_000),
      'sample-rows': numberOption('which part of the journeys each is fitted to, above 0 (default 0.5)', 0, 1),
      'sample-channels': numberOption('with what probability each channel is in it, above 0 (default 0.5)', 0, 1),
      seed: wholeNumberOption('what the draws are made from (default 1)', 0, 2 ** 31 - 1),
      ridge: numberOption('how strongly coefficients are drawn to 0, above 0 (default 1)', 0, 1e12),
    },
    create: ({ bags, 'sample-rows': sampleRows, 'sample-channels': sampleChannels, seed, ridge }) =>
      logistic({ bags, sampleRows, sampleChannels, seed, ridge } as Parameters<typeof logistic>[0]),
  },
}

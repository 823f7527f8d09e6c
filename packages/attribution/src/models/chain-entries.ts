import { choiceOption, wholeNumberOption } from './model-entry.ts'
import type { ModelEntry } from './model-entry.ts'
import { markov, MAX_MARKOV_ORDER } from './markov.ts'
import type { MarkovOptions } from './markov.ts'

export type ChainName = 'markov'

const orderOption = wholeNumberOption('', 1, MAX_MARKOV_ORDER)

/** Models of a journey as a walk. */
export const CHAIN_ENTRIES: Readonly<Record<ChainName, ModelEntry>> = {
  markov: {
    meaning:
      'Each channel gets credit in proportion to the conversions that would be lost if journeys ended where they reach it.',
    formula: [
      'Journeys walk over states: windows of k channels in a row (k is the order; a shorter path is one state).',
      'u_j = 1 where the window of state j contains channel i, else sum over h of (w_hj / W_j) u_h',
      'RE_i = sum over j of c_j u_j / sum over j of c_j',
      'conversions_i = RE_i / sum(RE) * conversions',
      'w_hj: journeys that move from h to j; W_j: all that come to j; c_j: conversions in j, or their value.',
      'Of order 1, as usually written: RE_i = (s N)_i (N b)_i / (N_ii s N b), N = (I - Q)^-1.',
    ].join('\n'),
    source:
      'E. Anderl, I. Becker, F. von Wangenheim, J. H. Schumann, "Mapping the customer journey", International Journal of Research in Marketing 33, 2016; states and values as in ChannelAttribution by D. Altomare and D. Loris',
    use: 'Where journeys without a conversion are recorded too; of a higher order where it matters which channel came before which.',
    avoid:
      'With few journeys, on paths that all converted, or of an order so high that most windows were seen once: it then repeats chance.',
    options: {
      order: {
        meaning: `how many of the last channels the next step depends on, 1 to ${MAX_MARKOV_ORDER}, or auto: the order that best tells journeys it has not learned from (default 1)`,
        read(text) {
          if (text === 'auto') return text
          try {
            return orderOption.read(text)
          } catch {
            throw new RangeError(`a whole number from 1 to ${MAX_MARKOV_ORDER}, or auto`)
          }
        },
      },
      'max-order': wholeNumberOption('the highest order that auto tries (default 4)', 1, MAX_MARKOV_ORDER),
      'self-transitions': choiceOption(
        'whether steps from a state to itself are reported: collapsed (no) or kept (default collapsed)',
        ['collapsed', 'kept'],
      ),
    },
    create: ({ order, 'max-order': maxOrder, 'self-transitions': selfTransitions }) =>
      markov({
        ...(order !== undefined && { order }),
        ...(maxOrder !== undefined && { maxOrder }),
        ...(selfTransitions !== undefined && { selfTransitions }),
      } as MarkovOptions),
  },
}

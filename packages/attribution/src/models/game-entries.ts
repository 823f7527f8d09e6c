import { MAX_EXACT_PLAYERS } from './coalition-values.ts'
import { choiceOption, wholeNumberOption } from './model-entry.ts'
import type { ModelEntry } from './model-entry.ts'
import { shapley } from './shapley.ts'
import type { ShapleyOptions } from './shapley.ts'

export type GameName = 'shapley'

/** Models of a journey as a game that its channels win together. */
export const GAME_ENTRIES: Readonly<Record<GameName, ModelEntry>> = {
  shapley: {
    meaning:
      'Each channel gets what it adds on average to those that are there before it, over all orders in which channels can join; by default that is an even share for each distinct channel of a journey.',
    formula: [
      'phi_i = sum over coalitions T without i of |T|! (n - |T| - 1)! / n! * (v(T with i) - v(T))',
      'game=sum: v(T) = conversions (or value) of the journeys whose channels S all belong to T, so that phi_i = sum over journeys with i of w / |S|',
      'game=rate: v(T) = conversions (or value) / journeys, among the journeys whose channels all belong to T; credit_i = phi_i / v(all) * total',
      'ordered=yes: the same credit, split evenly among the positions at which the channel stands in a journey',
    ].join('\n'),
    source:
      'L. S. Shapley, "A value for n-person games", 1953; K. Zhao, S. H. Mahboobi, S. R. Bagheri, "Shapley value methods for attribution modeling in online advertising", arXiv:1804.05327, 2018',
    use: 'The sum game for a fair split that repetition cannot inflate; the rate game to see what channels add, where many journeys without a conversion are recorded.',
    avoid:
      'The sum game to see what a channel adds, as it never looks at journeys that failed; the rate game with few journeys to each combination of channels, where rates are noise and credits can be negative.',
    options: {
      game: choiceOption(
        'what channels play for: sum (what journeys brought) or rate (the rate at which they convert) (default sum)',
        ['sum', 'rate'],
      ),
      ordered: choiceOption(
        'whether the sum game also tells at which positions credit was earned: yes or no (default no)',
        ['yes', 'no'],
      ),
      'exact-limit': wholeNumberOption(
        'up to how many channels the rate game is solved exactly; beyond, random orders are played, with standard errors (default 20)',
        0,
        MAX_EXACT_PLAYERS,
      ),
      samples: wholeNumberOption('how many random orders are played at least (default 2048)', 1, 1e9),
      seed: wholeNumberOption('what the random orders are drawn from (default 1)', 0, 2 ** 31 - 1),
    },
    create: ({ game, ordered, 'exact-limit': exactLimit, samples, seed }) =>
      shapley({ game, ordered: ordered === 'yes', exactLimit, samples, seed } as ShapleyOptions),
  },
}

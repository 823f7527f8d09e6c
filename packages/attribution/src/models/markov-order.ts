import type { CountedPaths } from '../paths/counted-paths.ts'
import type { Steps } from './chain-steps.ts'
import { createPathContexts } from './markov-contexts.ts'

/** How well a chain of this order tells journeys that it has not learned from. */
export interface OrderScore {
  readonly order: number
  /** The mean over journeys of the natural logarithm of what the chain gave to the very journey, outcome included. */
  readonly logLikelihood: number
}

export interface ChosenOrder {
  readonly order: number
  readonly scores: readonly OrderScore[]
}

/**
 * Chooses the order of a chain by leave-one-out cross-validation: each journey is told, touch by touch and with its
 * outcome, by what all *other* journeys teach. So there is no split to draw, no seed, and no journey that helps to tell
 * itself. Orders are compared on the journeys as they are, with touches of the same channel in a row.
 *
 * Nothing may be impossible only because no other journey did it: the counts of a window are mixed with what shorter
 * windows say, down to all outcomes alike, each window with as much trust as it has had different continuations
 * (T. C. Bell and I. H. Witten's method C, "The zero-frequency problem", IEEE Transactions on Information Theory 37,
 * 1991): with c of the C steps from window w leading to x, and T different ones among them,
 *
 *     P(x | w) = (c + T P(x | w without its first channel)) / (C + T)
 *
 * and P(x | w) is that of the shorter window where w was seen just as often: it then tells nothing more. The first
 * touches, of which there are fewer than the order, go by the touches since the start, as the chain does.
 * Of all orders whose mean is no more than one standard error of the difference below the best, the smallest is chosen.
 */
export function* chooseOrder(paths: CountedPaths, highest: number): Steps<ChosenOrder> {
  const contexts = createPathContexts(paths, highest)
  const { size, counts } = paths
  const amountsOf = (path: number): [number, number] => [
    Math.max(0, counts.conversions[path]!),
    Math.max(0, counts.nulls[path]!),
  ]

  let seen = 0
  for (let path = 0; path < size; path++) {
    const length = contexts.lengthOf(path)
    if (length === 0) continue
    for (const [outcome, weight] of amountsOf(path).entries()) {
      if (weight > 0) contexts.learn(path, outcome, weight)
    }
    seen += length
    if (seen > 20_000) {
      seen = 0
      yield path / size / 2
    }
  }

  let journeys = 0
  const sums = new Float64Array(highest + 1)
  // Of the differences between each two orders, journey by journey.
  const squares = new Float64Array((highest + 1) ** 2)
  const likelihoods = new Float64Array(highest + 1)
  for (let path = 0; path < size; path++) {
    const length = contexts.lengthOf(path)
    if (length === 0) continue
    for (const [outcome, weight] of amountsOf(path).entries()) {
      if (weight === 0) continue
      contexts.tell(path, outcome, Math.min(1, weight), likelihoods)
      journeys += weight
      for (let order = 1; order <= highest; order++) {
        sums[order]! += weight * likelihoods[order]!
        for (let other = 1; other < order; other++) {
          squares[order * (highest + 1) + other]! += weight * (likelihoods[order]! - likelihoods[other]!) ** 2
        }
      }
    }
    seen += length
    if (seen > 20_000) {
      seen = 0
      yield (1 + path / size) / 2
    }
  }

  const scores = Array.from({ length: highest }, (_, at) => ({
    order: at + 1,
    logLikelihood: journeys === 0 ? 0 : sums[at + 1]! / journeys,
  }))
  const best = scores.reduce((best, score) => (score.logLikelihood > best.logLikelihood ? score : best))
  const chosen = scores.find(({ order, logLikelihood }) => {
    const difference = best.logLikelihood - logLikelihood
    const square = squares[Math.max(order, best.order) * (highest + 1) + Math.min(order, best.order)]! / journeys
    return order === best.order || difference <= Math.sqrt(Math.max(0, square - difference ** 2) / journeys)
  })
  return { order: (chosen ?? best).order, scores }
}

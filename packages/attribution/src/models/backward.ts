import { creditPaths } from './credit-paths.ts'
import { shareByHazard } from './hazard-shares.ts'
import type { TouchHazards } from './hazard-shares.ts'
import { hazardModel } from './hazard.ts'
import type { HazardOptions } from './hazard.ts'
import type { PathModel, TimedModel } from './model.ts'

export interface BackwardOptions extends HazardOptions {
  /**
   * Within how many days after the conversion it would still have counted as not lost. Default `Infinity`. The nearer
   * to 0, the nearer to the credits of `hazard`.
   */
  readonly horizonDays?: number
}

/** Backward elimination by another model, which has to tell how probable a conversion is (`score`). */
export interface BackwardBase {
  /** For example `markov()`. */
  readonly base: PathModel
}

/**
 * Backward elimination: the last touch is taken away first and gets what is lost with it, then the one before it, and
 * so on. So a touch gets what it added to those before it, and nothing for what they would have brought about anyway.
 *
 * Without a base it learns the additive hazards of `hazard`. Of a journey that converted at T, let r_i be the share of
 * touch i in the rate at T, and R_i what the first i touches have still to give: the sum of
 * beta_c exp(-w_c (T - t_j)) over j up to i (less what would come later than the horizon). Then
 *
 *     kept_i   = 1 - (1 - r_1 - ... - r_i) exp(-R_i)
 *     credit_i = kept_i - kept_(i-1),  kept_0 = 0,  kept_n = 1
 *
 * kept_i is the probability that this person would have converted, at T or later, with the first i touches alone: that
 * one of them brought it about, or else that one of them would have done so in time.
 *
 * With a base, on paths, it is the growth of the probability to convert along the path, where it grows:
 *
 *     weight_i = max(0, score(first i touches) - score(first i - 1 touches)),  score of none = 0
 *
 * in proportion to which each path's conversions are shared out. Where it never grows all goes to the last touch.
 *
 * Source: the order of removal is that of D. Shender, A. Nasiri Amini, X. Bao, M. Dikmen, A. Richardson, J. Wang, "A
 * time to event framework for multi-touch attribution", Journal of Data Science 22, 2024 (arXiv:2009.08432), who fit an
 * intensity of their own and do not have these formulas: under an additive hazard the loss of intensity at T is the
 * touch's own share, which is what `hazard` gives, so the loss is taken over the time after T as well.
 *
 * Use it to ask what would have been lost without the later touches. Not to judge first contacts: they are compared
 * with nothing, and get most of what people would have done anyway.
 *
 * @throws RangeError if an option is out of range; on attributing, if the base gives no `score`.
 */
export function backwardElimination(options: BackwardBase): PathModel
export function backwardElimination(options?: BackwardOptions): TimedModel
export function backwardElimination(options: BackwardOptions | BackwardBase = {}): TimedModel | PathModel {
  return 'base' in options ? overPaths(options.base) : overHazard(options)
}

function overHazard({ horizonDays = Infinity, ...options }: BackwardOptions): TimedModel {
  if (!(horizonDays > 0)) {
    throw new RangeError(
      `backward-elimination: \`horizonDays\` must be a number above 0, such as 30, got ${horizonDays}`,
    )
  }
  const settings = { horizon: horizonDays === Infinity ? 'none' : `${horizonDays}d` }
  return hazardModel('backward-elimination', options, settings, touches => shareByLoss(touches, horizonDays))
}

function shareByLoss(touches: TouchHazards, horizonDays: number): void {
  shareByHazard(touches)
  const { length, effects, rates, ages, shares } = touches
  // What the first touches would not have kept: 1 - kept_i. By this, as it is small where kept_i is near 1.
  let lost = 1
  let others = 1
  let ahead = 0
  for (let at = 0; at < length; at++) {
    others -= shares[at]!
    if (ages[at]! >= 0) {
      ahead -= effects[at]! * Math.exp(-rates[at]! * ages[at]!) * Math.expm1(-rates[at]! * horizonDays)
    }
    const lostWithout = lost
    lost = at === length - 1 ? 0 : Math.max(others, 0) * Math.exp(-ahead)
    shares[at] = Math.max(lostWithout - lost, 0)
  }
}

function overPaths(base: PathModel): PathModel {
  const name = 'backward-elimination'
  return {
    kind: 'path',
    name,
    options: { base: base.name, ...base.options },
    async attribute(paths, run) {
      const fitted = await base.attribute(paths, run)
      if (!fitted.score) {
        throw new RangeError(`${name}: the model "${base.name}" does not tell how probable a conversion is (\`score\`)`)
      }
      const score = (channels: readonly string[]): number => fitted.score!(channels)
      const weigh = (channels: readonly string[]): number[] => growthOf(score, channels)
      return {
        credits: creditPaths(paths, channels => {
          const weights = weigh(channels)
          const sum = weights.reduce((total, weight) => total + weight, 0)
          return weights.map(weight => weight / sum)
        }),
        weigh,
        score,
        ...(fitted.notes && { notes: fitted.notes }),
      }
    },
  }
}

function growthOf(score: (channels: readonly string[]) => number, channels: readonly string[]): number[] {
  let before = 0
  const weights: number[] = channels.map((_, at) => {
    const now = score(channels.slice(0, at + 1))
    const growth = Math.max(0, now - before)
    before = now
    return growth
  })
  if (!weights.some(growth => growth > 0)) weights[weights.length - 1] = 1
  return weights
}

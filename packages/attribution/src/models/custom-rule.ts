import { byLength } from './by-length.ts'
import type { OrderRule, TouchInOrder } from './model.ts'

export interface CustomRuleOptions {
  /** What results are headed with. Default `custom`. */
  readonly name?: string
  /** As `OrderRule.weigh`: a weight of 0 or more for each touch, of which only the proportions matter. */
  readonly weigh: (touches: readonly TouchInOrder[]) => readonly number[]
}

/** A rule of one's own: `customRule({ name: 'by length of name', weigh: touches => touches.map(t => t.channel.length) })`. */
export function customRule(options: CustomRuleOptions): OrderRule {
  const { name = 'custom', weigh } = options
  return { kind: 'rule', timed: false, name, weigh }
}

export interface CustomWeightsOptions {
  /**
   * The weight of each place, the last of them also for all further touches. Only their proportions matter. Default
   * [3, 2, 1]: the last touch gets three parts, the one before it two, every earlier one a part.
   */
  readonly weights?: readonly number[]
  /** From where places are counted: from the last touch backwards (`end`, the default) or from the first on (`start`). */
  readonly from?: 'start' | 'end'
}

/**
 * Weights of one's own by place: w_i ~ weights[k], where k is how many touches lie between touch i and the last one
 * (or the first, if counted from the start); beyond the weights given, the last of them. Where all the weights that
 * apply are 0, touches get the same.
 *
 * Use it where a team has agreed on a split. Not to learn one: the answer is put in by hand.
 *
 * @throws RangeError unless the weights are numbers of 0 or more, not all 0.
 */
export function customWeights(options: CustomWeightsOptions = {}): OrderRule {
  const { weights = [3, 2, 1], from = 'end' } = options
  const largest = Math.max(0, ...weights)
  if (!weights.every(weight => weight >= 0 && weight < Infinity) || largest === 0) {
    throw new RangeError(
      `customWeights: \`weights\` must be numbers of 0 or more, not all 0, such as [3, 2, 1], got [${weights.join(', ')}]`,
    )
  }
  if (from !== 'start' && from !== 'end') {
    throw new RangeError(`customWeights: \`from\` must be "start" or "end", got "${String(from)}"`)
  }
  // Scaled, so that a sum of the largest numbers there are is still one.
  const scaled = weights.map(weight => weight / largest)

  return {
    kind: 'rule',
    timed: false,
    name: 'custom',
    options: { weights: weights.join('/'), from },
    weigh: byLength(length => {
      const places = Array.from({ length }, (_, place) => scaled[Math.min(place, scaled.length - 1)]!)
      if (!places.some(weight => weight > 0)) return places.fill(1)
      return from === 'end' ? places.reverse() : places
    }),
  }
}

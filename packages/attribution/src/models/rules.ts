import { byLength } from './by-length.ts'
import type { JourneyInTime, OrderRule, RuleModel, TouchInTime } from './model.ts'
import type { SteppedRule } from './onto-steps.ts'

/**
 * All credit to the first touch: w = 1 for touch 1, else 0.
 *
 * Use it to see what brings new people. Not for what makes them buy: it is blind to everything after the first contact.
 */
export const firstTouch: OrderRule = {
  kind: 'rule',
  timed: false,
  name: 'first-touch',
  weigh: byLength(length => onlyAt(0, length)),
}

/**
 * All credit to the last touch: w = 1 for touch n, else 0.
 *
 * Use it as the baseline that most tools report. Not to plan budgets: it rewards who stands next to the till.
 */
export const lastTouch: OrderRule = {
  kind: 'rule',
  timed: false,
  name: 'last-touch',
  weigh: byLength(length => onlyAt(length - 1, length)),
}

export interface LastNonDirectOptions {
  /** The channel that is passed over. Default `Direct`, its name in the default channel grouping. */
  readonly direct?: string
}

/**
 * All credit to the last touch whose channel is not Direct; to the last touch where all are. It is what Google
 * Analytics calls "last click" (Google Analytics help, "Attribution models").
 *
 * Use it where people often come back by typing the address, to compare with Google Analytics. Not to plan budgets,
 * for the same reason as last touch.
 */
export function lastNonDirect(options: LastNonDirectOptions = {}): OrderRule {
  const { direct = 'Direct' } = options
  return {
    kind: 'rule',
    timed: false,
    name: 'last-non-direct',
    options: { direct },
    weigh(touches) {
      const at = touches.findLastIndex(touch => touch.channel !== direct)
      const chosen = at === -1 ? touches.length - 1 : at
      return touches.map((_, index) => (index === chosen ? 1 : 0))
    },
  }
}

/**
 * Equal credit to every touch: w = 1/n. A channel that was touched twice gets two parts, as in the "linear" of
 * ChannelAttribution (D. Altomare and D. Loris).
 *
 * Use it as the neutral rule when nothing is known yet. Not where many touches are mere repetition (retargeting).
 */
export const linear: OrderRule = {
  kind: 'rule',
  timed: false,
  name: 'linear',
  options: { per: 'touch' },
  weigh: byLength(length => Array.from({ length }, () => 1)),
}

/**
 * Equal credit to every distinct channel: w = 1/(d m), with d distinct channels and m touches of the channel in
 * question, among which its part is split evenly. Its credits are those of `shapley()`, of which it is the simple form.
 *
 * Use it as `linear` where a channel should not earn more by being there more often. Not to learn what a channel adds.
 */
export const linearPerChannel: OrderRule = {
  kind: 'rule',
  timed: false,
  name: 'linear',
  options: { per: 'channel' },
  weigh(touches) {
    const times = new Map<string, number>()
    for (const { channel } of touches) times.set(channel, (times.get(channel) ?? 0) + 1)
    return touches.map(({ channel }) => 1 / times.get(channel)!)
  },
}

/** The parts of the first touch, of all touches between, and of the last touch. They sum to 1. */
export type PositionWeights = readonly [first: number, middle: number, last: number]

/**
 * Fixed parts by position, also called U-shaped; 40-20-40 was Google Analytics' "position based" until 2023.
 * One touch gets all. Two share alone, in the proportion of first to last (evenly if both are 0). From three on, the
 * middle part is split evenly among the touches between.
 *
 * Use it where both the first contact and the closing one are known to matter. Not to learn which does: the answer is
 * put in by hand.
 *
 * @throws RangeError unless the weights are three numbers of 0 or more that sum to 1.
 */
export function positionBased(weights: PositionWeights = [0.4, 0.2, 0.4]): OrderRule {
  const [first, middle, last] = weights
  const inRange = weights.length === 3 && weights.every(weight => weight >= 0)
  if (!inRange || !(Math.abs(first + middle + last - 1) <= 1e-9)) {
    throw new RangeError(
      `positionBased: the weights must be three numbers of 0 or more that sum to 1, such as [0.4, 0.2, 0.4], ` +
        `got [${weights.join(', ')}]`,
    )
  }

  return {
    kind: 'rule',
    timed: false,
    name: 'position',
    options: { weights: weights.join('/') },
    weigh: byLength(length => {
      if (length === 1) return [1]
      if (length === 2) return first + last > 0 ? [first, last] : [1, 1]
      const weights = Array.from({ length }, () => middle / (length - 2))
      weights[0] = first
      weights[length - 1] = last
      return weights
    }),
  }
}

export interface TimeDecayOptions {
  /** After how many days a touch is worth half as much. Default 7. */
  readonly halfLifeDays?: number
  /** In a path table, which has no times: how many days touches are taken to lie apart. Default: as whoever runs it says. */
  readonly stepDays?: number
}

/**
 * The nearer to the conversion, the more credit: w = 2^(-age / half-life), where age is the real time between touch
 * and conversion. It was Google Analytics' "time decay" until 2023, with the same seven days.
 *
 * Use it for short decisions, such as a sale that lasts some days. Not for long ones, where the contacts that began
 * them would get next to nothing.
 *
 * On a path table, which has no times, touches are taken to lie `stepDays` apart and the conversion at the last one
 * (`ontoSteps`): an assumption, there for comparison.
 *
 * @throws RangeError unless `halfLifeDays` and `stepDays` are finite numbers above 0.
 */
export function timeDecay(options: TimeDecayOptions = {}): SteppedRule {
  const { halfLifeDays = 7, stepDays } = options
  if (!(halfLifeDays > 0 && halfLifeDays < Infinity)) {
    throw new RangeError(`timeDecay: \`halfLifeDays\` must be a finite number above 0, such as 7, got ${halfLifeDays}`)
  }
  if (stepDays !== undefined && !(stepDays > 0 && stepDays < Infinity)) {
    throw new RangeError(`timeDecay: \`stepDays\` must be a finite number above 0, such as 1, got ${stepDays}`)
  }
  const halfLifeMs = halfLifeDays * 86_400_000

  return {
    kind: 'rule',
    timed: true,
    name: 'time-decay',
    ...(stepDays !== undefined && { stepDays }),
    options: { 'half-life': `${halfLifeDays}d`, ...(stepDays !== undefined && { step: `${stepDays}d` }) },
    weigh(touches) {
      // Only proportions matter, so ages may as well be counted back from the latest touch. Counted from the
      // conversion, all weights could vanish when it came years later.
      const latest = touches.reduce((time, touch) => Math.max(time, touch.time), -Infinity)
      return touches.map(touch => 2 ** ((touch.time - latest) / halfLifeMs))
    },
  }
}

/**
 * The part of each touch in the credit of its journey. The parts sum to 1.
 * @throws RangeError if the weights of the rule cannot be shared by, which only a rule of one's own can do.
 */
export function sharesOf(rule: RuleModel, touches: readonly TouchInTime[], journey: JourneyInTime): readonly number[] {
  return normalised(rule.weigh(touches, journey), rule.name, touches.length)
}

/** As `sharesOf`, for paths, whose touches have no time. */
export function sharesOfPath(rule: OrderRule, channels: readonly string[]): readonly number[] {
  return normalised(rule.weigh(channels.map(channel => ({ channel }))), rule.name, channels.length)
}

function normalised(weights: readonly number[], name: string, touches: number): readonly number[] {
  const shares = [...weights]
  normalise(shares, shares.length, name, touches)
  return shares
}

/**
 * Makes shares, which sum to 1, of the first `given` weights; in place, as it is done for millions of paths.
 * @throws RangeError unless there are weights for all touches, all of 0 or more, not all 0.
 */
export function normalise(weights: number[] | Float64Array, given: number, name: string, touches: number): void {
  let sum = given === touches ? 0 : Number.NaN
  let smallest = 0
  for (let at = 0; at < given; at++) {
    const weight = weights[at]!
    sum += weight
    if (weight < smallest) smallest = weight
  }
  // NaN is not above 0, nor is a sum with NaN in it.
  if (smallest < 0 || !(sum > 0 && sum < Infinity)) {
    throw new RangeError(
      `The model "${name}" must give each of ${touches} touches a weight of 0 or more, and not 0 to all, ` +
        `got [${weights.slice(0, given).join(', ')}]`,
    )
  }
  for (let at = 0; at < touches; at++) weights[at]! /= sum
}

function onlyAt(at: number, length: number): number[] {
  return Array.from({ length }, (_, index) => (index === at ? 1 : 0))
}

import type { CountedPaths } from '../paths/counted-paths.ts'
import type { TimedPaths } from '../paths/timed-paths.ts'
import type { RunOptions } from '../run-options.ts'
import type { CreditAmount } from './credit.ts'
import type { OrderScore } from './markov-order.ts'

/**
 * A way to share conversions out among the touches that led to them. There are three kinds:
 * - a *rule* weighs the touches of one journey at a time and so gives credit to each touch;
 * - a *path model* learns from all counted paths together and gives credit to each channel;
 * - a *timed model* learns too, and needs the time of each touch.
 *
 * Models are plain objects without state: `{ ...timeDecay({ halfLifeDays: 30 }), name: 'slow decay' }` is one too.
 */
export type Model = RuleModel | PathModel | TimedModel

export type RuleModel = OrderRule | TimedRule

/** What every model says of itself. */
interface Named {
  readonly name: string
  /** The options it was made with, the defaults filled in, as they are written after its name: `{ order: 2 }`. */
  readonly options?: ModelSettings
}

export type ModelSettings = Readonly<Record<string, string | number | boolean>>

/** A rule that goes by the order and the channels of the touches; it can be used on a path table as well. */
export interface OrderRule extends Named {
  readonly kind: 'rule'
  readonly timed: false
  /**
   * A weight of 0 or more for each touch, in the same order. Only their proportions matter; not all may be 0.
   * @param touches in order of time, never empty. The array is used again after the call: keep nothing of it.
   */
  weigh(touches: readonly TouchInOrder[]): readonly number[]
}

/** A rule that needs the times of the touches too, which only journeys have. */
export interface TimedRule extends Named {
  readonly kind: 'rule'
  readonly timed: true
  /** As `OrderRule.weigh`. */
  weigh(touches: readonly TouchInTime[], journey: JourneyInTime): readonly number[]
}

/** What a rule sees of a touch: its channel, or in a path table whatever the paths are made of. */
export interface TouchInOrder {
  readonly channel: string
}

export interface TouchInTime extends TouchInOrder {
  /** Milliseconds since the epoch. */
  readonly time: number
}

/** What a rule sees of a journey besides its touches. Times are in milliseconds since the epoch. */
export interface JourneyInTime {
  /** When it converted. */
  readonly end: number
  /** When the person first reached which stage, by the stage's name; whatever is known of it. */
  readonly reached: Readonly<Partial<Record<string, number>>>
}

/** A model of how paths lead to conversions, learned from all of them. */
export interface PathModel extends Named {
  readonly kind: 'path'
  /**
   * Shares out the conversions and the value of all paths that have touches. Depends on nothing but the paths, not
   * even on their order, so that it can be asked again with other counts.
   */
  attribute(paths: CountedPaths, options?: RunOptions): PathAttribution | Promise<PathAttribution>
  /**
   * Does once what does not depend on the counts, for those who ask again and again with other counts (intervals).
   * What it gives back answers as `attribute` would for `withCounts(paths, counts)`; only `credits` and
   * `removalEffects` are needed of it.
   */
  prepare?(paths: CountedPaths, options?: RunOptions): Refit
}

export type Refit = (counts: CountedPaths['counts']) => PathAttribution | Promise<PathAttribution>

/** A model that learns from the times of touches and conversions. */
export interface TimedModel extends Named {
  readonly kind: 'timed'
  /** As `PathModel.attribute`, from journeys that were not merged. */
  attribute(paths: TimedPaths, options?: RunOptions): TimedAttribution | Promise<TimedAttribution>
}

export interface Attribution {
  /** The credit of each channel; a channel that is not listed has none. */
  readonly credits: Iterable<CreditAmount>
  /** What would be lost without each channel, by name. */
  readonly removalEffects?: readonly RemovalEffect[]
  /** What the model learned of each channel besides (a half-life in days, a coefficient), by name. */
  readonly learned?: readonly LearnedOfChannel[]
  /** Sentences on what one should know of this very result, such as that it did not converge. */
  readonly notes?: readonly string[]
}

export interface PathAttribution extends Attribution {
  /** The fitted chain: one row for the start of a journey, then one for each state, by name. Made when it is asked for, as
   * a long chain has hundreds of thousands of rows. */
  transitions?(): readonly TransitionRow[]
  /** Where the order of a chain was chosen: how well each order told journeys it had not learned from. */
  readonly orders?: readonly OrderScore[]
  /**
   * How one conversion at the end of this path is shared out among its touches, by what was learned: a weight of 0 or
   * more for each touch, of which only the proportions matter. A local reading: it need not sum to `credits`.
   */
  weigh?(channels: readonly string[]): readonly number[]
  /** The probability, 0 to 1, that a journey that has come this far converts in the end. */
  score?(channels: readonly string[]): number
}

export interface TimedAttribution extends Attribution {
  /** As in `PathAttribution`, for touches with times. */
  weigh?(touches: readonly TouchInTime[], journey: JourneyInTime): readonly number[]
  /** The probability, 0 to 1, that a journey with these touches converts between `from` and `until`. */
  score?(touches: readonly TouchInTime[], from: number, until: number): number
}

export interface LearnedOfChannel {
  readonly key: string
  /** By name: `{ half_life_days: 3.1, effect: 0.02 }`. */
  readonly values: Readonly<Record<string, number>>
}

/** What would be lost if journeys ended without success where they reach this channel. */
export interface RemovalEffect {
  readonly key: string
  /** The share of the conversions, 0 to 1. */
  readonly conversions: number
  /** The share of the value; where paths of negative value are involved it can lie outside 0 to 1. */
  readonly value: number
}

/** Where journeys go next from one state of the chain. The probabilities of a row sum to 1. */
export interface TransitionRow {
  /** The state: the last channels of the journey so far, as many as the order of the chain. Empty at its start. */
  readonly from: readonly string[]
  /** How many steps the row was counted from. */
  readonly weight: number
  /** The channels that came next, the most likely first; those that never did are left out. */
  readonly to: readonly { readonly key: string; readonly probability: number }[]
  /** The probability that the journey ends here in a conversion. */
  readonly conversion: number
  /** The probability that the journey ends here in none. */
  readonly none: number
}

import type { PathStore } from '../paths.ts'
import type { CreditAmount } from './credit.ts'

/**
 * A way to share conversions out among the touches that led to them. There are two kinds:
 * - a *rule* weighs the touches of one journey at a time and so gives credit to each touch;
 * - a *path model* learns from all counted paths together and gives credit to each channel.
 *
 * Models are plain objects without state: `{ ...timeDecay({ halfLifeDays: 30 }), name: 'slow decay' }` is one too.
 */
export type Model = RuleModel | PathModel

export type RuleModel = OrderRule | TimedRule

/** A rule that goes by the order and the channels of the touches; it can be used on a path table as well. */
export interface OrderRule {
  readonly kind: 'rule'
  readonly timed: false
  readonly name: string
  /**
   * A weight of 0 or more for each touch, in the same order. Only their proportions matter; not all may be 0.
   * @param touches in order of time, never empty.
   */
  weigh(touches: readonly TouchInOrder[]): readonly number[]
}

/** A rule that needs the times of the touches too, which only journeys have. */
export interface TimedRule {
  readonly kind: 'rule'
  readonly timed: true
  readonly name: string
  /** As `OrderRule.weigh`. */
  weigh(touches: readonly TouchInTime[]): readonly number[]
}

/** What a rule sees of a touch: its channel, or in a path table whatever the paths are made of. */
export interface TouchInOrder {
  readonly channel: string
}

export interface TouchInTime extends TouchInOrder {
  /** Milliseconds since the epoch. */
  readonly time: number
}

/** A model of how paths lead to conversions, learned from all of them. */
export interface PathModel {
  readonly kind: 'path'
  readonly name: string
  /**
   * Shares out the conversions and the value of all paths that have touches. Depends on nothing but the paths, not
   * even on their order, so that it can be asked again with other counts.
   */
  attribute(paths: PathStore): PathAttribution
}

export interface PathAttribution {
  /** The credit of each channel; a channel that is not listed has none. */
  readonly credits: Iterable<CreditAmount>
  /** What would be lost without each channel, by name. */
  readonly removalEffects?: readonly RemovalEffect[]
  /** The fitted chain: one row for the start of a journey, then one for each channel, by name. */
  readonly transitions?: readonly TransitionRow[]
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

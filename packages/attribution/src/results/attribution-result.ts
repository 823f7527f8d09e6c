import type { Touch } from '../journey.ts'
import type { Credit } from '../models/credit.ts'
import type {
  JourneyInTime,
  LearnedOfChannel,
  ModelSettings,
  RemovalEffect,
  TouchInTime,
  TransitionRow,
} from '../models/model.ts'
import type { PathStore } from '../paths/path-store.ts'
import type { IntervalSettings } from './intervals.ts'

/**
 * What `attribute` gives. Most ask for one dimension and have one kind of conversion: its table is the result itself.
 * `tables` has all of them, this one first.
 */
export interface AttributionResult extends AttributionTable {
  /** One for each conversion and dimension: by the order of conversions, then by that of the dimensions. Never empty. */
  readonly tables: readonly AttributionTable[]
}

/** One kind of conversion, shared out by one dimension. */
export interface AttributionTable {
  /** By what touches were grouped: `channel`, or the name of a grouping of one's own. */
  readonly by: string
  /** What is shared out: the conversion's name, or several with ` or ` between; empty where there was none at all. */
  readonly conversion: string
  /** Whether conversions of this name are in this table. */
  readonly has: (conversion: string) => boolean
  /** The group of a touch. */
  readonly keyOf: (touch: Touch) => string
  readonly totals: AttributionTotals
  /** One result for each model, in the order asked for. All list the same keys. */
  readonly models: readonly ModelResult[]
  /** Present if intervals were asked for. */
  readonly interval?: IntervalSettings
  /** The counted paths: for more models, for merging with those of other days, for keeping. */
  readonly paths: PathStore
  readonly diagnostics: AttributionDiagnostics
}

export interface AttributionTotals {
  /** Converting and non-converting ones. */
  readonly journeys: number
  readonly conversions: number
  readonly nonConverting: number
  /** In `currency`. */
  readonly value: number
  /** Absent if no currency was asked for and no conversion with a value names one. */
  readonly currency?: string
}

/** What a model gives: its credits, and what else it has learned. */
export type ModelResult = RuleResult | PathModelResult | TimedModelResult

interface AnyModelResult {
  /** The model's name. */
  readonly model: string
  /** The options it was made with, the defaults filled in. */
  readonly options: ModelSettings
  /** Most conversions first, then by name. They sum to the totals, less what no touch led to. */
  readonly credits: readonly CreditResult[]
  /** What would be lost without each channel, by name. */
  readonly removalEffects?: readonly RemovalEffectResult[]
  /** What the model learned of each channel besides (a half-life in days, a coefficient), by name. */
  readonly learned?: readonly LearnedOfChannel[]
  /** Sentences on what one should know of this very result, such as that it did not converge. */
  readonly notes?: readonly string[]
}

export interface RuleResult extends AnyModelResult {
  readonly kind: 'rule'
}

export interface PathModelResult extends AnyModelResult {
  readonly kind: 'path'
  /** The fitted chain: one row for the start of a journey, then one for each state, by name. */
  readonly transitions?: () => readonly TransitionRow[]
  /** As in `PathAttribution`. Of a path by the names it was fitted on: `table.keyOf` of each touch. */
  readonly weigh?: (channels: readonly string[]) => readonly number[]
  readonly score?: (channels: readonly string[]) => number
}

export interface TimedModelResult extends AnyModelResult {
  readonly kind: 'timed'
  /** As in `TimedAttribution`. `channel` of a touch is the name it was fitted on. */
  readonly weigh?: (touches: readonly TouchInTime[], journey: JourneyInTime) => readonly number[]
  readonly score?: (touches: readonly TouchInTime[], from: number, until: number) => number
}

export interface CreditResult extends Credit {
  /** Present if intervals were asked for. */
  readonly interval?: CreditInterval
}

export type Bounds = readonly [low: number, high: number]

/** Between which bounds the credit lies at the level asked for, as far as chance in who came is concerned. */
export interface CreditInterval {
  readonly conversions: Bounds
  readonly value: Bounds
  readonly share: Bounds
}

export interface RemovalEffectResult extends RemovalEffect {
  /** Present if intervals were asked for. */
  readonly interval?: { readonly conversions: Bounds; readonly value: Bounds }
}

/** What one should know before believing the numbers. */
export interface AttributionDiagnostics {
  /** The number of distinct paths that have touches. */
  readonly distinctPaths: number
  /** The number of touches on the longest path. */
  readonly longestPath: number
  /** Conversions after a single touch. Rules cannot differ on these. */
  readonly singleTouchConversions: number
  /** Conversions of value 0. */
  readonly conversionsWithoutValue: number
  /** Conversions without any touch before them, and their value: part of the totals, credited to nobody. */
  readonly uncredited: { readonly conversions: number; readonly value: number }
  /** Conversions that count while their value does not, since it is in another currency. Most conversions first. */
  readonly otherCurrencies: readonly OtherCurrency[]
}

export interface OtherCurrency {
  /** Null: the conversions have a value and name no currency. */
  readonly currency: string | null
  readonly conversions: number
  /** In `currency`. */
  readonly value: number
}

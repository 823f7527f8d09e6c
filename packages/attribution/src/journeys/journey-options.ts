import type { StageModel, StageModelName } from '@jejak/events'
import { chooseStageModel, unitOf } from '../chosen-stage-model.ts'
import type { ChosenStageModel } from '../chosen-stage-model.ts'
import { TOUCH_DIMENSIONS, TOUCH_KINDS } from '../journey.ts'
import type { ChannelRules, Conversion, TouchDimension, TouchKind } from '../journey.ts'
import type { RunOptions } from '../run-options.ts'
import type { TouchRules } from './chosen-touches.ts'
import { readDefinitions } from './conversion-definitions.ts'
import type { ConversionDefinitions, ConversionRule, Definition } from './conversion-definitions.ts'
import type { ViewEvents } from './evidence.ts'
import { JOURNEY_UNITS } from './identity.ts'
import type { JourneyUnit } from './identity.ts'
import { AFTER_CONVERSION } from './look-back.ts'
import type { AfterConversion, LookBack } from './look-back.ts'
import { NULL_RULES, OPEN_JOURNEY_RULES } from './null-journeys.ts'
import type { NullRule, NullRules, OpenJourneyRule } from './null-journeys.ts'
import { prioritiser } from './priority.ts'
import type { TouchPriority } from './priority.ts'
import { REFUND_RULES } from './refunds.ts'
import type { RefundRule } from './refunds.ts'
import { checkedTouchTransforms } from './transforms.ts'
import type { TouchTransform } from './transforms.ts'
import { wrongOption } from './wrong-option.ts'

export interface JourneyOptions extends Pick<RunOptions, 'signal' | 'onProgress'> {
  /** Decides the channel of each arrival. */
  readonly channels: ChannelRules
  /** What counts as a conversion, where there is one kind only. Default: `purchase`. */
  readonly conversion?: ConversionRule
  /**
   * Several kinds of conversions by name, such as `{ purchase: 'purchase', lead: { events: 'generate_lead', value: 50 } }`.
   * The journeys of each are the same as if it were asked for alone; those that led to no conversion led to none of any.
   */
  readonly conversions?: ConversionDefinitions
  /** What refunds do. Default: `net`, they take from the value of their order. */
  readonly refunds?: RefundRule
  /**
   * How many days before a conversion a touch may lie, for all or by kind; `Infinity` sets no limit. Default: 90 for
   * clicks, as in GA4 for every key event but the first opening and the first visit (30 there), and 1 for views.
   * https://support.google.com/analytics/answer/10597962
   */
  readonly lookbackDays?: number | Readonly<Partial<Record<TouchKind, number>>>
  /**
   * Events that are impressions of advertisements: touches that were only seen. Their channel is decided by their
   * touch, else by their properties `channel` (taken as it is), `source`, `medium` and `campaign`. Default: `ad_impression`.
   */
  readonly viewEvents?: ViewEvents
  /** What a conversion leaves for the next one of the same person and kind. Default: `continue`. */
  readonly afterConversion?: AfterConversion
  /** How touches that led to no conversion make journeys. Default: `idle`. */
  readonly nulls?: NullRule
  /** How many days the rule `nulls` speaks of. Default: the look-back of clicks. */
  readonly nullAfterDays?: number
  /** What becomes of journeys that may still convert when the data end. Default: `count`. */
  readonly openJourneys?: OpenJourneyRule
  /** Touches that go before others in every journey. Default: none do. */
  readonly priority?: TouchPriority
  /** Of a longer journey only the last so many touches count, once `priority` was applied. Default: no limit. */
  readonly maxTouches?: number
  /** What is made of the touches in the end, in this order. Default: nothing. */
  readonly transforms?: readonly TouchTransform[]
  /** What has to be the same for `transforms` to take touches as the same. Default: `channel`. */
  readonly transformBy?: TouchDimension
  /** The stage model whose stages are meant by `stage:NAME`, `reached` and `transitions`. Default: `canonical`. */
  readonly stageModel?: StageModelName | StageModel
  /** Whose journeys: persons', or accounts' with the touches of all their persons. Default: as the stage model has it. */
  readonly unit?: JourneyUnit
  /** Also count what programs did that read pages by themselves. Default: false. */
  readonly includeBots?: boolean
  /** Called for each conversion whose value is there but no number. It counts with the value 0. */
  readonly onBadValue?: (conversion: Conversion, value: unknown) => void
}

/** The options, checked, with their defaults. */
export interface JourneyRules extends TouchRules, Omit<NullRules, 'end'> {
  readonly channels: ChannelRules
  readonly definitions: readonly Definition[]
  readonly refunds: RefundRule
  readonly lookBack: LookBack
  readonly viewEvents: ViewEvents
  readonly model: ChosenStageModel
  readonly unit: JourneyUnit
  readonly includeBots: boolean
}

const DAY_MS = 86_400_000
const DEFAULT_LOOKBACK_DAYS: Readonly<Record<TouchKind, number>> = { click: 90, view: 1 }

/** @throws {TypeError} that names the option which is not what it should be. */
export function readJourneyOptions(options: JourneyOptions): JourneyRules {
  const { channels, conversion, conversions, refunds = 'net', lookbackDays, priority } = options
  const {
    viewEvents = ['ad_impression'],
    afterConversion = 'continue',
    nulls = 'idle',
    openJourneys = 'count',
  } = options
  const { maxTouches = Infinity, transforms = [], transformBy = 'channel' } = options
  const { stageModel = 'canonical', includeBots = false } = options
  if (typeof channels !== 'function') {
    throw new TypeError('buildJourneys: `channels` is missing, for example createChannelRules()')
  }
  const model = chooseStageModel(stageModel)
  const { unit = unitOf(model) } = options
  checkWord('unit', unit, JOURNEY_UNITS)
  checkWord('refunds', refunds, REFUND_RULES)
  checkWord('afterConversion', afterConversion, AFTER_CONVERSION)
  checkWord('nulls', nulls, NULL_RULES)
  checkWord('openJourneys', openJourneys, OPEN_JOURNEY_RULES)
  checkWord('transformBy', transformBy, TOUCH_DIMENSIONS)
  const isList = Array.isArray(viewEvents) && viewEvents.every(name => typeof name === 'string')
  if (!isList && typeof viewEvents !== 'function') {
    throw wrongOption('viewEvents', 'names of events, or a function', viewEvents)
  }
  if (maxTouches !== Infinity && !(Number.isSafeInteger(maxTouches) && maxTouches >= 1)) {
    throw wrongOption('maxTouches', 'a whole number of 1 or more', maxTouches)
  }
  const lookbackMs = lookbackMsOf(lookbackDays)
  const { nullAfterDays } = options
  if (nullAfterDays !== undefined && !isLength(nullAfterDays))
    throw wrongOption('nullAfterDays', 'a number above 0', nullAfterDays)

  return {
    channels,
    definitions: readDefinitions(conversion, conversions, model),
    refunds,
    lookBack: { lookbackMs, afterConversion },
    viewEvents,
    nulls,
    nullAfterMs: nullAfterDays === undefined ? lookbackMs.click : nullAfterDays * DAY_MS,
    openJourneys,
    prioritise: priority === undefined ? undefined : prioritiser(priority),
    maxTouches,
    transforms: checkedTouchTransforms(transforms),
    transformBy,
    model,
    unit,
    includeBots,
  }
}

function lookbackMsOf(lookbackDays: JourneyOptions['lookbackDays'] = {}): Record<TouchKind, number> {
  if (typeof lookbackDays !== 'object' || lookbackDays === null) {
    if (isLength(lookbackDays)) return { click: lookbackDays * DAY_MS, view: lookbackDays * DAY_MS }
    throw wrongOption('lookbackDays', 'a number above 0', lookbackDays)
  }
  for (const kind of Object.keys(lookbackDays)) checkWord('lookbackDays', kind, TOUCH_KINDS)
  const { click = DEFAULT_LOOKBACK_DAYS.click, view = DEFAULT_LOOKBACK_DAYS.view } = lookbackDays
  if (!isLength(click)) throw wrongOption('lookbackDays.click', 'a number above 0', click)
  if (!isLength(view)) throw wrongOption('lookbackDays.view', 'a number above 0', view)
  return { click: click * DAY_MS, view: view * DAY_MS }
}

function isLength(days: unknown): days is number {
  return typeof days === 'number' && days > 0
}

function checkWord(option: string, word: unknown, words: readonly string[]): void {
  if (!(words as readonly unknown[]).includes(word)) throw wrongOption(option, words.join(' or '), word)
}

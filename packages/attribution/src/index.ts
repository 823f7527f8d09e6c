// From stored events to journeys, and from journeys to what brought them about.
export { attribute, attributePaths, touchCredits } from './attribute.ts'
export type {
  AttributeOptions,
  AttributionDiagnostics,
  AttributionResult,
  AttributionTotals,
  ModelResult,
  OtherCurrency,
  TouchCredit,
} from './attribute.ts'
export { CHANNEL_RULES, CHANNELS } from './channels/channel-grouping.ts'
export type { Arrival, ArrivalWords, Channel, ChannelRule } from './channels/channel-grouping.ts'
export { createChannelRules } from './channels/channel-rules.ts'
export type { ChannelRulesOptions } from './channels/channel-rules.ts'
export { CLICK_ID_POLICIES } from './channels/click-id-policy.ts'
export type { ClickIdPolicy } from './channels/click-id-policy.ts'
export { DEPARTURES_FROM_GA4 } from './channels/departures.ts'
export type { Departure, DepartureName } from './channels/departures.ts'
export { PAYMENT_HOSTS, SIGN_IN_HOSTS } from './channels/internal-host.ts'
export type { SourceCategory } from './channels/known-sources.ts'
export type { ShopChannelRule } from './channels/shop-rule.ts'
export type { ConversionRule } from './conversions.ts'
export type { EngineJourneys, JourneyEngine } from './engines/engine.ts'
export { createMemoryEngine } from './engines/memory.ts'
export type { MemoryEngine } from './engines/memory.ts'
export { readEvents } from './event-source.ts'
export type { BadRow, DuplicateRow, EventSource, ReadOptions, ReadProgress, ReadSummary } from './event-source.ts'
export { TOUCH_DIMENSIONS } from './journey.ts'
export type {
  ChannelDecision,
  ChannelRules,
  Conversion,
  Journey,
  StagesReached,
  Touch,
  TouchDimension,
} from './journey.ts'
export { buildJourneys } from './journeys.ts'
export type { BuiltJourneys, JourneyOptions, JourneySummary } from './journeys.ts'
export { AFTER_CONVERSION } from './look-back.ts'
export type { AfterConversion } from './look-back.ts'
export type { Credit, CreditAmount } from './models/credit.ts'
export { markov, MAX_MARKOV_CHANNELS } from './models/markov.ts'
export type { MarkovOptions } from './models/markov.ts'
export type {
  Model,
  OrderRule,
  PathAttribution,
  PathModel,
  RemovalEffect,
  RuleModel,
  TimedRule,
  TouchInOrder,
  TouchInTime,
  TransitionRow,
} from './models/model.ts'
export { modelByName, MODELS } from './models/registry.ts'
export type { ModelDescription, ModelName, ModelOptions } from './models/registry.ts'
export { firstTouch, lastNonDirect, lastTouch, linear, positionBased, timeDecay } from './models/rules.ts'
export type { LastNonDirectOptions, PositionWeights, TimeDecayOptions } from './models/rules.ts'
export { shapley } from './models/shapley.ts'
export { createPathStore, pathStoreFromJSON } from './paths.ts'
export type { CountedPath, PathOutcome, PathStore, PathStoreJSON, PathTotals } from './paths.ts'
export { stageFunnel, stageFunnelOf } from './stage-funnel.ts'
export type {
  EventFunnel,
  FunnelStage,
  StageFunnel,
  StageFunnelEventOptions,
  StageFunnelOptions,
} from './stage-funnel.ts'

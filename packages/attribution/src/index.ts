// From stored events to journeys, and from journeys to what brought them about.
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
export { CONVERSION_COUNTS } from './journeys/conversion-definitions.ts'
export type {
  ConversionCount,
  ConversionDefinition,
  ConversionDefinitions,
  ConversionRule,
} from './journeys/conversion-definitions.ts'
export type { EngineJourneys, JourneyEngine } from './engines/engine.ts'
export { createMemoryEngine } from './engines/memory.ts'
export type { MemoryEngine } from './engines/memory.ts'
export { findEventFiles } from './reading/event-files.ts'
export { readEvents } from './reading/event-source.ts'
export type {
  BadRow,
  DuplicateRow,
  EventSource,
  ReadOptions,
  ReadProgress,
  ReadSummary,
} from './reading/event-source.ts'
export { isMiss, TOUCH_DIMENSIONS, TOUCH_KINDS } from './journey.ts'
export type {
  ChannelDecision,
  ChannelRules,
  Conversion,
  Journey,
  StagesReached,
  StageTransition,
  Touch,
  TouchDimension,
  TouchKind,
} from './journey.ts'
export { buildJourneys } from './journeys/journeys.ts'
export type { BuiltJourneys, JourneyOptions, JourneySummary } from './journeys/journeys.ts'
export { AFTER_CONVERSION } from './journeys/look-back.ts'
export type { AfterConversion } from './journeys/look-back.ts'
export type { Credit, CreditAmount } from './models/credit.ts'
export { markov, MAX_MARKOV_ORDER } from './models/markov.ts'
export type { MarkovOptions } from './models/markov.ts'
export type {
  Attribution,
  JourneyInTime,
  LearnedOfChannel,
  Model,
  ModelSettings,
  OrderRule,
  PathAttribution,
  PathModel,
  Refit,
  RemovalEffect,
  RuleModel,
  TimedAttribution,
  TimedModel,
  TimedRule,
  TouchInOrder,
  TouchInTime,
  TransitionRow,
} from './models/model.ts'
export { readDays } from './models/model-entry.ts'
export type { ModelEntry, ModelOption } from './models/model-entry.ts'
export { DEFAULT_MODELS, MODELS, parseModel } from './models/registry.ts'
export type { ModelName } from './models/registry.ts'
export { firstTouch, lastNonDirect, lastTouch, linear, positionBased, timeDecay } from './models/rules.ts'
export type { LastNonDirectOptions, PositionWeights, TimeDecayOptions } from './models/rules.ts'
export { shapley } from './models/shapley.ts'
export type { ShapleyOptions } from './models/shapley.ts'
export { backwardElimination } from './models/backward.ts'
export type { BackwardBase, BackwardOptions } from './models/backward.ts'
export { customRule, customWeights } from './models/custom-rule.ts'
export type { CustomRuleOptions, CustomWeightsOptions } from './models/custom-rule.ts'
export { hazard } from './models/hazard.ts'
export type { HazardOptions } from './models/hazard.ts'
export { logistic } from './models/logistic.ts'
export type { LogisticOptions } from './models/logistic.ts'
export { fullPath, milestones, uShaped, wShaped } from './models/milestones.ts'
export type { MilestoneOptions } from './models/milestones.ts'
export { ontoSteps } from './models/onto-steps.ts'
export { shaoLi } from './models/shao-li.ts'
export type { ShaoLiOptions } from './models/shao-li.ts'
export { createPathStore, pathStoreFromJSON } from './paths/path-store.ts'
export { withCounts } from './paths/counted-paths.ts'
export type { CountedPath, CountedPaths, PathCounts, PathTotals } from './paths/counted-paths.ts'
export type { PathOutcome, PathStore, PathStoreJSON } from './paths/path-store.ts'
export type { TimedPaths } from './paths/timed-paths.ts'
export type { RunOptions, WorkProgress } from './run-options.ts'
export { stageFunnel, stageFunnelOf } from './journeys/stage-funnel.ts'
export type {
  EventFunnel,
  FunnelStage,
  StageFunnel,
  StageFunnelEventOptions,
  StageFunnelOptions,
} from './journeys/stage-funnel.ts'
export { causalTruth } from './simulation/causal-truth.ts'
export type { CausalTruth } from './simulation/causal-truth.ts'
export { simulatePeople } from './simulation/simulate-people.ts'
export type { SimulatedPerson, SimulationOptions } from './simulation/simulate-people.ts'
export { WORLDS } from './simulation/world.ts'
export type { SimulatedChannel, World, WorldName } from './simulation/world.ts'
export { classifyChannel } from './channels/classify-channel.ts'
export type { ArrivalAddress, ChannelClassification } from './channels/classify-channel.ts'
export { JOURNEY_UNITS } from './journeys/identity.ts'
export type { JourneyUnit } from './journeys/identity.ts'
export type { ConversionTotal } from './journeys/journey-summary.ts'
export { NULL_RULES, OPEN_JOURNEY_RULES } from './journeys/null-journeys.ts'
export type { NullRule, OpenJourneyRule } from './journeys/null-journeys.ts'
export type { TouchPick, TouchPriority } from './journeys/priority.ts'
export { REFUND_RULES } from './journeys/refunds.ts'
export type { RefundRule, RefundSummary } from './journeys/refunds.ts'
export { transitionName } from './journeys/stage-transitions.ts'
export type { TransitionCount } from './journeys/stage-transitions.ts'
export type { ViewEvents } from './journeys/evidence.ts'
export type { OrderScore } from './models/markov-order.ts'
export {
  PATH_TRANSFORMS,
  transformJourneys,
  transformKeys,
  transformPaths,
  transformTouches,
} from './journeys/transforms.ts'
export type { DropTransform, PathTransform, TouchTransform } from './journeys/transforms.ts'
export { timedFromPaths } from './paths/timed-from-paths.ts'
export { createTimedPathStore, endOfJourney } from './paths/timed-path-store.ts'
export type { MomentOfTouch, TimedPathStore } from './paths/timed-path-store.ts'
export { TIME_UNITS } from './reading/foreign/event-mapping.ts'
export type {
  ColumnsField,
  EventMapping,
  Field,
  ForeignRow,
  MappingOptions,
  TimeUnit,
} from './reading/foreign/event-mapping.ts'
export { EVENT_MAPPINGS } from './reading/foreign/event-mappings.ts'
export type { EventMappingName } from './reading/foreign/event-mappings.ts'
export { EVENT_FORMATS } from './reading/foreign/foreign-rows.ts'
export type { EventFormat } from './reading/foreign/foreign-rows.ts'
export { CONTACT_FIELDS, CONTACT_KINDS, contactMapping } from './reading/foreign/contact-mapping.ts'
export type { ContactField, ContactMappingOptions } from './reading/foreign/contact-mapping.ts'
export { refuseRow } from './reading/foreign/refused-row.ts'
export { mapEvents } from './reading/foreign/map-events.ts'
export type { MapEventsOptions } from './reading/foreign/map-events.ts'
export { pathsFromRows, readPathTable } from './reading/path-table.ts'
export type { PathTable, PathTableOptions, PathTableSummary } from './reading/path-table.ts'
export type { PathRow } from './reading/path-table-objects.ts'
export { attribute } from './results/attribute.ts'
export type { AttributeOptions } from './results/attribute.ts'
export { attributePaths } from './results/attribute-paths.ts'
export type { AttributePathsOptions } from './results/attribute-paths.ts'
export type {
  AttributionDiagnostics,
  AttributionResult,
  AttributionTable,
  AttributionTotals,
  Bounds,
  CreditInterval,
  CreditResult,
  ModelResult,
  OtherCurrency,
  PathModelResult,
  RemovalEffectResult,
  RuleResult,
  TimedModelResult,
} from './results/attribution-result.ts'
export { channelRoles } from './results/channel-roles.ts'
export type { ChannelRole } from './results/channel-roles.ts'
export type { IntervalOptions, IntervalSettings } from './results/intervals.ts'
export { compareModels } from './results/model-comparison.ts'
export type { KeyComparison, ModelComparison, ModelPair } from './results/model-comparison.ts'
export { attributionCsv, attributionParquet } from './results/output/attribution-files.ts'
export { attributionJson } from './results/output/attribution-json.ts'
export type { AttributionJson, CreditJson, ModelJson } from './results/output/attribution-json.ts'
export { ATTRIBUTION_COLUMNS, attributionRows } from './results/output/attribution-rows.ts'
export type { AttributedModels, AttributionRow } from './results/output/attribution-rows.ts'
export { csvLine, csvOf, formatCsv } from './results/output/csv.ts'
export type { Cell } from './results/output/csv.ts'
export { formatParquet } from './results/output/parquet.ts'
export type { ParquetKind } from './results/output/parquet.ts'
export { LONGEST_SHOWN_NAME, printable, printableJson } from './results/output/printable.ts'
export { dailyCredits, joinDailySpend } from './results/daily-spend.ts'
export type { DailyCredit, DailyCreditOptions, DailySpendLine, DailySpendOptions } from './results/daily-spend.ts'
export { MARGINAL_CAVEAT, marginalSpend } from './results/marginal-spend.ts'
export type { MarginalSpend } from './results/marginal-spend.ts'
export { readSpend } from './results/read-spend.ts'
export type { ReadSpend } from './results/read-spend.ts'
export { joinSpend } from './results/spend.ts'
export type { SpendByModel, SpendLine, SpendReport } from './results/spend.ts'
export type { SpendOptions, SpendRow } from './results/spend-rows.ts'
export { scoreJourneys } from './results/score-journeys.ts'
export type { JourneyScore, ScoreOptions } from './results/score-journeys.ts'
export { attributeStages } from './results/stage-attribution.ts'
export type {
  StageAttribution,
  StageAttributionOptions,
  StageModelResult,
  StageRow,
  TransitionColumn,
} from './results/stage-attribution.ts'
export { timeToConvert } from './results/time-to-convert.ts'
export type { ConvertedByDay, Quantiles, TimeToConvert, TimeToConvertOptions } from './results/time-to-convert.ts'
export { topPaths } from './results/top-paths.ts'
export type { TopPath, TopPathsOptions } from './results/top-paths.ts'
export { touchCredits } from './results/touch-credits.ts'
export type { TouchCredit, TouchCreditOptions } from './results/touch-credits.ts'
export type { OwnGrouping, TouchGrouping } from './results/touch-grouping.ts'
export { evaluateModels, journeysOf } from './simulation/evaluate-models.ts'
export type { ChannelShare, Evaluation, EvaluationOptions, ModelEvaluation } from './simulation/evaluate-models.ts'
export { linearPerChannel } from './models/rules.ts'
export type { SteppedRule } from './models/onto-steps.ts'
export { creditByRule, prepareRule, sharesByPath } from './models/credit-paths.ts'
export type { PathShares } from './models/credit-paths.ts'
export type { PathColumn, PathColumnNames } from './reading/path-table-columns.ts'
export { GLANCES, hasGlances } from './glance.ts'
export type { Glance, GlancedEvents, IsWhole } from './glance.ts'

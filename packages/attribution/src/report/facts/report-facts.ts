import type { DropReason } from '@jejak/events'
import type { Bounds } from '../../results/attribution-result.ts'
import type { ChannelRole } from '../../results/channel-roles.ts'
import type { TimeToConvert } from '../../results/time-to-convert.ts'
import type { TopPath } from '../../results/top-paths.ts'
import type { SatisfactionKind } from './satisfaction-kind.ts'

/**
 * Everything a report says, as numbers and names: plain data that could be written as JSON. The pictures draw it and
 * look nothing up elsewhere. A part that is left out could not be told from what was read (a path table has no events,
 * for one), and its picture is left out too.
 */
export interface ReportFacts {
  /** Milliseconds since the epoch. Null where nothing was read, or a path table, which knows no time. */
  readonly from: number | null
  readonly to: number | null
  /** When the report was made. */
  readonly made: number
  /** IANA's name of the zone whose hours, days, weeks and months are told. */
  readonly timeZone: string
  /** What was read, as the reader would type it. */
  readonly sources: readonly string[]
  /** ISO 4217, if any conversion has a value. */
  readonly currency?: string
  /** The stages in their order, by the names of the stage model. */
  readonly stages: readonly string[]
  /** The stage model's name. */
  readonly stageModel: string
  /** What a conversion is here: `purchase`. */
  readonly conversion: string
  readonly totals: ReportTotals
  /** One for each dimension, `channel` first. */
  readonly credit: readonly CreditFacts[]
  readonly roles: readonly ChannelRole[]
  readonly paths: readonly TopPath[]
  /** Whole paths counted, the ways between touches drawn from them: to the conversion from its beginning, and from its end. */
  readonly flow?: { readonly forward: PathFlow; readonly backward: PathFlow }
  readonly chain?: ChainFacts
  readonly map?: JourneyMapFacts
  readonly funnel?: readonly FunnelStep[]
  readonly heat?: HeatFacts
  readonly stageCredit?: StageCreditFacts
  readonly time?: TimeToConvert
  readonly lags?: readonly ChannelLag[]
  readonly cohorts?: CohortFacts
  readonly satisfaction?: SatisfactionFacts
  readonly friction?: readonly FrictionFact[]
  readonly fulfilment?: FulfilmentFacts
  readonly trend?: TrendFacts
  readonly health?: HealthFacts
}

interface ReportTotals {
  readonly events: number
  readonly persons: number
  readonly sessions: number
  readonly journeys: number
  readonly conversions: number
  readonly value: number
  /** Of conversions beyond a person's first. */
  readonly repeatConversions?: number
}

/** What each model credits to each group of touches. */
export interface CreditFacts {
  /** `channel`, `source`, `campaign` … */
  readonly by: string
  readonly models: readonly {
    readonly name: string
    /** What it was made with, as written on the command line: `markov:order=2`. */
    readonly asWritten: string
    readonly notes: readonly string[]
  }[]
  /** The confidence level of the intervals, 0 to 1, if there are any. */
  readonly level?: number
  /** Most credit by the mean of the models first. */
  readonly rows: readonly {
    readonly key: string
    /** By model. */
    readonly credits: readonly {
      readonly conversions: number
      readonly value: number
      readonly share: number
      readonly interval?: { readonly conversions: Bounds; readonly value: Bounds; readonly share: Bounds }
    }[]
  }[]
  /** Conversions without any touch before them. */
  readonly uncredited: number
}

/** Journeys step by step, the small ones put together as `other` at each step. */
export interface PathFlow {
  /** How many journeys are in it. */
  readonly journeys: number
  readonly nodes: readonly FlowNode[]
  readonly links: readonly FlowLink[]
}

export interface FlowNode {
  /** From 0: the first touch; in a backward flow the conversion, then from 1 the last touch and those before it. */
  readonly step: number
  /** A channel; for the other kinds empty. */
  readonly key: string
  /** `more`: touches beyond the last step drawn. `lost`: the journey ended without a conversion. */
  readonly kind: 'channel' | 'other' | 'converted' | 'lost' | 'more'
  readonly journeys: number
}

export interface FlowLink {
  /** Places in `nodes`. */
  readonly from: number
  readonly to: number
  readonly journeys: number
  /** Those of them that converted in the end. */
  readonly converted: number
}

/** A Markov chain of first order over channels. */
export interface ChainFacts {
  /** The greatest first; the states are channels and `(start)`, `(conversion)`, `(null)`. */
  readonly transitions: readonly { readonly from: string; readonly to: string; readonly probability: number }[]
  readonly removalEffects: readonly {
    readonly key: string
    /** Of all conversions, the share that would be gone: 0 to 1. */
    readonly conversions: number
    readonly interval?: Bounds
  }[]
}

/** Of each stage: what is on the map. */
export interface JourneyMapFacts {
  readonly stages: readonly StageOnMap[]
  /** The day in the life: events of customers by weekday (0 is Monday) and hour of `timeZone`. */
  readonly hours: readonly { readonly stage: string; readonly counts: readonly (readonly number[])[] }[]
  /** What is likely next: of those who were in `from`, by the chain of stages as it was seen. `to` is null: nothing yet. */
  readonly next: readonly {
    readonly from: string
    readonly to: string | null
    readonly probability: number
    readonly people: number
    readonly medianMs: number | null
  }[]
}

export interface StageOnMap {
  readonly stage: string
  readonly people: number
  readonly events: number
  /** Of them, those who reached a later stage, and how long half of these took. */
  readonly movedOn: number
  readonly medianMs: number | null
  /** What customers did, most people first: event names with how many people and times. */
  readonly touchpoints: readonly Doing[]
  /** What pages they saw, by type. */
  readonly pages: readonly Doing[]
  /** Through which channels the sessions came in which they were in this stage. */
  readonly channels: readonly { readonly key: string; readonly people: number }[]
  /** Surveys about this stage and ratings made in it, put on one scale from -2 to +2. */
  readonly feeling?: { readonly mean: number; readonly interval: Bounds; readonly answers: number }
  /** What got in the way: `payment_failed`, `page_error` … */
  readonly friction: readonly Doing[]
  /** What the organisation did: `order_packed`, `email_sent` … */
  readonly organisation: readonly Doing[]
  /** Of those, what the customer could see (`front`: a mail, a parcel) and what they could not (`back`: packing). */
  readonly blueprint: { readonly front: readonly Doing[]; readonly back: readonly Doing[] }
}

export interface Doing {
  readonly name: string
  readonly people: number
  readonly times: number
}

export interface FunnelStep {
  readonly stage: string
  readonly reached: number
  readonly movedOn: number
  readonly medianMs: number | null
  /** What those who did not move on did last in this stage or after: event names; `(left)` where nothing followed. */
  readonly instead: readonly { readonly name: string; readonly people: number }[]
}

/** How many people were in a stage in sessions that came through a channel. */
export interface HeatFacts {
  readonly channels: readonly string[]
  /** By channel, then by stage in the order of `stages`. */
  readonly people: readonly (readonly number[])[]
}

/** Stage attribution: which channels moved people from stage to stage. */
export interface StageCreditFacts {
  readonly models: readonly string[]
  readonly transitions: readonly { readonly name: string; readonly transitions: number; readonly uncredited: number }[]
  /** By model, then a row for each channel with credit by transition. */
  readonly credits: readonly (readonly { readonly key: string; readonly conversions: readonly number[] }[])[]
}

/** How old touches of a channel were when people converted. */
export interface ChannelLag {
  readonly key: string
  readonly touches: number
  /** By whole days before the conversion; the last place has all older ones. */
  readonly byDay: readonly number[]
  readonly medianDays: number | null
}

export interface CohortFacts {
  /** One for each month of a first purchase, the oldest first. */
  readonly cohorts: readonly {
    /** `2026-03`. */
    readonly month: string
    readonly customers: number
    /** By months since: how many bought (again) in that month. Null where the month is not over. Place 0 is the first. */
    readonly bought: readonly (number | null)[]
  }[]
  /** People by how many purchases they made: at place `n` those with `n`; the last has all with more. */
  readonly byPurchases: readonly number[]
  /** Days between a first and a second purchase, half of them: null if there is none. */
  readonly medianDaysToSecond: number | null
}

export interface SatisfactionFacts {
  readonly surveys: readonly SurveyFacts[]
}

export interface SurveyFacts {
  readonly kind: SatisfactionKind
  readonly all: Score
  readonly byStage: readonly (Score & { readonly key: string })[]
  readonly byFirstChannel: readonly (Score & { readonly key: string })[]
}

/** NPS: −100 to 100. CSAT: share of the satisfied, 0 to 100. CES and ratings: the mean on the survey's scale. */
export interface Score {
  readonly score: number
  readonly interval: Bounds
  readonly answers: number
}

/** Conversion of those who met something that gets in the way, beside those who did not. No cause is claimed. */
export interface FrictionFact {
  /** `payment_failed`, `page_error`, `slow LCP` … */
  readonly name: string
  /** `(all)`, or the stage that all compared were in. */
  readonly among: string
  readonly with: { readonly people: number; readonly converted: number; readonly interval: Bounds }
  readonly without: { readonly people: number; readonly converted: number; readonly interval: Bounds }
}

export interface FulfilmentFacts {
  readonly orders: number
  readonly delivered: number
  readonly failed: number
  readonly returned: number
  readonly medianDays: number | null
  /** By days late (below 0: early; 0 is on the promised day), from the earliest to the latest that occurred, ends put together. */
  readonly byLateness: readonly {
    readonly days: number
    readonly orders: number
    readonly satisfaction?: Score
    /** Of the orders delivered 90 days before the end of the data or earlier, those whose customer bought again within 90 days. */
    readonly boughtAgain: { readonly among: number; readonly orders: number }
  }[]
  readonly withoutPromise: number
}

export interface TrendFacts {
  /** Mondays, as milliseconds since 1970 began on the clocks of `timeZone`. */
  readonly weeks: readonly number[]
  readonly conversions: readonly number[]
  readonly value: readonly number[]
  readonly model: string
  /** Credit by week, the greatest channel first; those beyond the seventh are put together as `other`. */
  readonly channels: readonly { readonly key: string; readonly isOther: boolean; readonly credit: readonly number[] }[]
  /** Whether the last week is not over. */
  readonly isLastOpen: boolean
}

export interface HealthFacts {
  readonly events: number
  /** Events by what the visitor had allowed: `granted`, `limited`, `pending`. */
  readonly consent: readonly { readonly state: string; readonly events: number }[]
  readonly touches: number
  readonly direct: number
  readonly unassigned: number
  readonly bots: number
  /** Events stored twice, by id, which were counted once. */
  readonly doubles: number
  readonly badRows: number
  readonly duplicateConversions: number
  readonly visitors: number
  /** Visitors whose first event is not of their first session: their earlier visits are not known. */
  readonly identityLost: number
  /** People known by a user id with more than one visitor id. */
  readonly joined: number
  /** Seconds between the sender's clock and the collector's, in absolute numbers: the median, and of one in a hundred more. */
  readonly skewSeconds: { readonly median: number; readonly p99: number } | null
  /** Seconds from the event to its arrival, likewise. */
  readonly delaySeconds: { readonly median: number; readonly p99: number } | null
  /** Events that trackers reported as given up, by reason. */
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>
}

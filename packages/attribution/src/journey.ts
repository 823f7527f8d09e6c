import type { JourneyStage, Touchpoint } from '@jejak/events'

/** What stands for a part that nothing tells, as in GA4's reports. */
export const NOT_SET = '(not set)'

/** Which channel an arrival came through, and what that was told from. */
export interface ChannelDecision {
  /** A name of the channel grouping, such as `Paid Search`. */
  readonly channel: string
  /** `google`, `instagram.com`, `(direct)`. */
  readonly source: string
  /** `cpc`, `organic`, `referral`, `(none)`. */
  readonly medium: string
  /** The campaign's name, or `(not set)`. */
  readonly campaign: string
  /** One sentence for people: which evidence decided, by which rule. */
  readonly why: string
  /** The visitor came back from the shop itself or from a payment page: this is no new contact. */
  readonly internal: boolean
}

/** Decides the channel of an arrival. Pure: the same evidence always gives the same answer. */
export type ChannelRules = (touch: Touchpoint) => ChannelDecision

/** One contact of a person with the shop: the start of a session, or an arrival from elsewhere within one. */
export interface Touch extends ChannelDecision {
  /** Milliseconds since the epoch, corrected for the sender's clock. */
  readonly time: number
  readonly session_id: string
  readonly term: string
  readonly content: string
  /** Path of the landing page. */
  readonly landing: string
}

/** By what touches can be grouped when credit is shared out. */
export const TOUCH_DIMENSIONS = ['channel', 'source', 'medium', 'campaign', 'term', 'content', 'landing'] as const

export type TouchDimension = (typeof TOUCH_DIMENSIONS)[number]

/** What a journey led to. */
export interface Conversion {
  /** The id of the event. */
  readonly id: string
  /** The event's name, or `stage:NAME` for the first time a stage was reached. */
  readonly name: string
  readonly time: number
  /** Money in `currency`; 0 where the event has none. */
  readonly value: number
  readonly currency?: string
  readonly transaction_id?: string
}

/** The contacts of one person before a conversion, or those that led to none. In order of time, never empty. */
export interface Journey {
  /** Whose: a user id where the person is known, else a visitor id; an account id where accounts are read. */
  readonly person: string
  readonly touches: readonly Touch[]
  readonly conversion?: Conversion
}

/** When a person first reached each canonical stage: milliseconds since the epoch. */
export type StagesReached = Partial<Record<JourneyStage, number>>

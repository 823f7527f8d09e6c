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
  /** How the contact was made: followed, or only seen (an impression of an advertisement). `click` where it is left out. */
  readonly kind?: TouchKind
  /** In the journey of an account: whose contact it was. */
  readonly person?: string
}

export const TOUCH_KINDS = ['click', 'view'] as const

export type TouchKind = (typeof TOUCH_KINDS)[number]

/** By what touches can be grouped when credit is shared out. */
export const TOUCH_DIMENSIONS = ['channel', 'source', 'medium', 'campaign', 'term', 'content', 'landing'] as const

export type TouchDimension = (typeof TOUCH_DIMENSIONS)[number]

/** What a journey led to. */
export interface Conversion {
  /** The id of the event. */
  readonly id: string
  /**
   * Under which definition it counts; where there is only one, the event's name, or `stage:NAME` for the first time a
   * stage was reached. Of a stage transition `awareness → consideration`.
   */
  readonly name: string
  readonly time: number
  /** Money in `currency`, less what was refunded; 0 where the event has none. */
  readonly value: number
  readonly currency?: string
  readonly transaction_id?: string
  /** How much of the value was given back; left out where nothing was. */
  readonly refunded?: number
  /** Of a stage transition: from where to where. */
  readonly transition?: StageTransition
}

/** A person's way from one stage to another, by the names of the stage model that was asked for. */
export interface StageTransition {
  readonly from: string
  readonly to: string
}

/** The contacts of one person before a conversion, or those that led to none. In order of time, never empty. */
export interface Journey {
  /** Whose: a user id where the person is known, else a visitor id; an account id where accounts are read. */
  readonly person: string
  readonly touches: readonly Touch[]
  readonly conversion?: Conversion
  /**
   * Of a journey without a conversion: until when the person was watched and had not converted, in milliseconds since
   * the epoch. Where it is left out, until the last touch.
   */
  readonly until?: number
  /**
   * Of a journey without a conversion, where several kinds of conversions are told apart and the person had one of them:
   * the kind it did not lead to; an empty text stands for any kind. Where it is left out, it led to none at all.
   */
  readonly missed?: string
  /** When the person first reached each stage, by the names of the stage model that was asked for. */
  readonly reached?: Readonly<Partial<Record<string, number>>>
  /** Where the journey is one of stage transitions: the one it led to or, without a conversion, did not lead to. */
  readonly transition?: StageTransition
}

/** Whether a journey stands for somebody who did not convert: in the way of that name, or in any if none is given. */
export function isMiss({ conversion, missed }: Journey, name: string = ''): boolean {
  return !conversion && (missed === undefined || missed === name)
}

/** When a person first reached each canonical stage: milliseconds since the epoch. */
export type StagesReached = Partial<Record<JourneyStage, number>>

import type { ConsentState, EventMap, JourneyStage, PropertyValue } from '@jejak/events'
import type { DropCounts } from './drop-counts.ts'
import type { Problem } from './problems.ts'
import type { Delivery } from './transport.ts'

/** What happens by itself. It is given the tracker when that starts, and gives back how to stop, if that is needed. */
export type Plugin = (tracker: Tracker) => void | (() => void)

/** `Own` holds events besides the standard ones: `createTracker<{ spin_wheel: { prize: string } }>(…)`. */
export interface Tracker<Own = unknown> {
  /**
   * Notes that something happened. The event is complete when this returns, which takes microseconds and never
   * throws; what becomes of `properties` later does not matter.
   */
  track<Name extends keyof (EventMap & Own) & string>(name: Name, ...details: Details<(EventMap & Own)[Name]>): void
  /** Tells who the visitor is, from this event on. `accountId`: in B2B, the company they buy for. */
  identify(userId: string, details?: IdentifyDetails): void
  /** Takes the visitor's own word. It is remembered, and counts more than any option or signal. */
  setConsent(state: ConsentState): void
  /** Resolves when what waits was tried, by this tab or another; unless the server has asked to be left alone for a while. */
  flush(): Promise<void>
  /** Stops listening, waiting and plugins. What was not sent is sent by the next page. */
  stop(): void
  /** Erases all that this browser holds of the visitor, who goes on as a stranger. What they allow is remembered. */
  forget(): Promise<void>
  /** Where things stand: for a console, a support page or a test. */
  debug(): Diagnosis
  readonly visitorId: string
  /** Undefined before the session's first event. */
  readonly sessionId: string | undefined
  readonly consent: ConsentState
  /** The last journey stage the visitor was in during this session. */
  readonly stage: JourneyStage | undefined
  /** The address of the page as events carry it. */
  readonly pageUrl: string
}

/** Where things stand, for whoever looks into it. */
export interface DeliveryState {
  /** Where events wait: `memory` once IndexedDB has failed. */
  readonly outbox: 'indexeddb' | 'memory'
  /** How many events of this page nobody has acknowledged, as far as it knows. */
  readonly waiting: number
  /** How many were given up, by reason, and not reported to the endpoint yet. */
  readonly dropped: DropCounts
  /** What became of the last batch. */
  readonly lastAnswer: Delivery | undefined
}

export interface Diagnosis extends DeliveryState {
  readonly consent: ConsentState
  /** What was found to keep events from arriving: the same that the console and `onError` were told. */
  readonly problems: readonly Problem[]
}

export interface TrackOptions {
  /** The journey stage, where the shop knows better. */
  readonly stage?: JourneyStage | undefined
  /** When it happened, in milliseconds since the epoch. Default: now. */
  readonly time?: number | undefined
  /**
   * A UUID, where the same event may be told twice. Default: a new one. What an order has only once, such as its
   * purchase, needs none: collectors know it by its order.
   */
  readonly id?: string | undefined
}

export interface IdentifyDetails {
  readonly accountId?: string | undefined
  /** What is known of the person, for personas; no names, addresses or numbers. */
  readonly traits?: PropertyValue<'traits'> | undefined
}

/** Properties may be left out only where none is required. */
type Details<Properties> =
  Record<never, never> extends Properties
    ? [properties?: Properties | undefined, options?: TrackOptions]
    : [properties: Properties, options?: TrackOptions]

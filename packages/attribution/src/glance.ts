import type { JourneyStage, StoredEvent, Touchpoint } from '@jejak/events'

/** What every event is asked for, and of most is all that anybody asks. */
export interface Glance {
  readonly corrected_time: number
  readonly sequence: number
  readonly visitor_id: string
  readonly user_id: string | undefined
  readonly account_id: string | undefined
  readonly session_id: string
  readonly stage: JourneyStage | null
  readonly bot: true | undefined
  /** Whether the event was seen on a page. */
  readonly onPage: boolean
  /** How the visitor came, where the event tells it. */
  readonly arrival: Arrival | undefined
}

/** What an event tells of how its visitor came. */
export interface Arrival {
  /** The event's id. */
  readonly id: string
  /** Of events that tell the same it may be the same object. */
  readonly touch: Touchpoint
}

/** Whether of events with this name in this stage more is asked than a glance tells. */
export type IsWhole = (name: string, stage: JourneyStage | null) => boolean

/** The method of a source of events that gives glances at them, as many at a time as there are. */
export const GLANCES: unique symbol = Symbol('glances')

/** Events that can be had with a glance where that is enough, which takes a third of the time. */
export interface GlancedEvents {
  /**
   * The same events in the same order as the loop over the source. Those that `isWhole` names are as they are, and the
   * others may be; all are if it is left out.
   */
  [GLANCES](isWhole?: IsWhole): AsyncIterable<readonly (StoredEvent | Glance)[]>
}

export function hasGlances<Events extends object>(events: Events): events is Events & GlancedEvents {
  return GLANCES in events
}

export function isGlance(event: StoredEvent | Glance): event is Glance {
  return 'onPage' in event
}

import type { ConsentState } from './consent.ts'
import type { JourneyStage } from './journey-stage.ts'
import type { Touchpoint } from './touchpoint.ts'

/** The page an event happened on. */
export interface Page {
  /** Without its fragment, with allowed parameters only. */
  url: string
  title?: string
  referrer?: string
  /** A `PageType`, or a word of the shop's own. */
  type?: string
}

/** One event, complete from the moment it happened: nothing later invents a fact about it. */
export interface Envelope {
  /**
   * A UUID, made once. It is the only "seen already" key from the page to the report. What an order has only once is
   * stored under an id made of the order (`orderEventId`), whatever it was sent with.
   */
  id: string
  /** A standard event name, or the shop's own. */
  name: string
  stage: JourneyStage | null
  /** Milliseconds since the epoch, on the clock of who saw it. */
  time: number
  /** Anonymous and first-party. */
  visitor_id: string
  /** After `identify()`. */
  user_id?: string
  /** After `identify()`, in B2B: the company. */
  account_id?: string
  session_id: string
  /** 1, 2, 3 … of this visitor. */
  session_number: number
  /** Order within the session, from 1. */
  sequence: number
  page?: Page
  /** How the visitor came, on the event that begins a session or follows an arrival from another site. */
  touch?: Touchpoint
  /** What the visitor had allowed at that moment. */
  consent: ConsentState
  properties: Record<string, unknown>
}

/**
 * Why an event was given up.
 * - `consent`: the visitor refused, or withdrew, before it was sent.
 * - `overflow`: more was waiting than the outbox may hold; the least valuable goes first.
 * - `too_large`: it alone is larger than what may be sent at once, or than the endpoint takes.
 * - `refused`: the endpoint said that it will never accept it.
 * - `unreadable`: its properties could not be written as JSON.
 * - `filtered`: the page's own `beforeSend` left it out.
 */
export const DROP_REASONS = ['consent', 'overflow', 'too_large', 'refused', 'unreadable', 'filtered'] as const

export type DropReason = (typeof DROP_REASONS)[number]

/** What is sent in one request. */
export interface Batch {
  schema: 1
  /** Milliseconds since the epoch on the same clock as `time`: with the collector's clock it tells the skew. */
  sent_at: number
  library: { name: string; version: string }
  write_key?: string
  /** What had to be given up since the last batch that arrived, counted. */
  dropped?: Partial<Record<DropReason, number>>
  events: Envelope[]
}

/** The most events that one batch may hold. */
export const MAX_BATCH_EVENTS = 500

/** An event as the collector stores it. */
export interface StoredEvent extends Envelope {
  /** When the collector got it: milliseconds since the epoch on the collector's clock. */
  received_at: number
  /** `time`, corrected by the difference between the sender's clock and the collector's. */
  corrected_time: number
  /** Set when it came from a page whose user agent is that of a program that reads pages by itself. */
  bot?: true
  /** The user agent, as sent. */
  user_agent?: string
  /** The sender's address, if the collector was told to keep it; shortened by default. */
  ip?: string
  /** The `visitor_id` that was sent, where the collector's cookie has another, which stands in its place. */
  device_visitor_id?: string
  /** What the sender had reported as given up with this batch: on the first event of it alone. */
  dropped?: Partial<Record<DropReason, number>>
}

/** Why one event of a batch was not stored. */
export interface Refusal {
  /** The event's id, when it had a readable one. */
  id?: string
  /** Its place in the batch, from 0. */
  index: number
  /** For a person to read: which field, what was expected, what came. */
  reason: string
}

/** How a collector answers a batch that it could read. Any other server may answer with an empty 2xx. */
export interface BatchAnswer {
  /** Events stored now. */
  accepted: number
  /** Events that had been stored before: nothing was doubled. */
  duplicates: number
  /** Events that will never be accepted. They are not sent again. */
  refused: Refusal[]
  /** Fields no collector of this version knows; they were left out and the events stored. */
  ignored_fields?: string[]
}

import type { DropReason } from '@jejak/events'
import type { Finding } from './finding.ts'

/** What became of an event: `not_stored` where the whole request was turned away, and it may be sent again. */
export type Outcome = 'stored' | 'duplicate' | 'refused' | 'not_stored'

/** One event that came, for people to look at. Every text in it is neutral: see `printable`. */
export interface InspectedEvent {
  readonly name: string
  readonly outcome: Outcome
  readonly stage: string | null
  readonly stageReason: string
  /** Milliseconds since the epoch, on the sender's clock; null where it is not readable. */
  readonly time: number | null
  readonly facts: string
  readonly channel: InspectedChannel | null
  readonly findings: readonly Finding[]
  /** Its user agent is that of a program: attribution leaves it out. */
  readonly bot: boolean
  /** The whole event as JSON, or '' where there was no room for it. */
  readonly envelope: string
}

export interface InspectedChannel {
  readonly name: string
  readonly why: string
  /** What the decision was made from, as JSON. */
  readonly evidence: string
}

/** One request to the collector and its answer. */
export interface Exchange {
  /** 1, 2, 3 … */
  readonly number: number
  /** Milliseconds since the epoch. */
  readonly at: number
  /** The origin of the page that sent it, or who else did. */
  readonly from: string
  readonly status: number
  /** What was sent by which version. */
  readonly library: string
  readonly accepted: number
  readonly duplicates: number
  readonly refused: number
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>
  readonly findings: readonly Finding[]
  readonly events: readonly InspectedEvent[]
  /** The collector's answer as it was given. */
  readonly answer: string
}

import type { StoredEvent } from '@jejak/events'
import { groupBy } from './group-by.ts'
import { compareText } from './compare-text.ts'
import { NOT_SET } from './journey.ts'
import type { ChannelRules, Touch } from './journey.ts'

/** What an event says of how its visitor came. */
export interface Evidence {
  /** The event's id. */
  readonly id: string
  /** What the evidence makes of it, if it does open a touch. */
  readonly touch: Touch
}

/** What of an event matters to sessions. */
export interface SessionEvent {
  /** Milliseconds since the epoch, corrected for the sender's clock. */
  readonly time: number
  readonly sequence: number
  readonly session_id: string
  readonly onPage: boolean
  readonly evidence: Evidence | undefined
}

export interface Session {
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly start: number
  /** In order of time. None where the session only continues an earlier contact. */
  readonly touches: readonly Touch[]
}

/** Reads the evidence of an event, if it has any. Where something is not known, it says `(not set)`, as GA4 does. */
export function readEvidence(event: StoredEvent, channels: ChannelRules): Evidence | undefined {
  const { id, touch: evidence, corrected_time: time, session_id } = event
  if (!evidence) return undefined
  const { channel, source, medium, campaign, why, internal } = channels(evidence)
  const { landing, utm_term: term = NOT_SET, utm_content: content = NOT_SET } = evidence
  return {
    id,
    touch: {
      channel,
      source,
      medium,
      campaign,
      term,
      content,
      landing: pathOf(landing),
      why,
      internal,
      time,
      session_id,
    },
  }
}

/** What `channels` call an arrival of which nothing is known, Direct, for a reason that the caller gives. */
export function directTouch(channels: ChannelRules, why: string, time: number, session_id: string): Touch {
  const decision = channels({ landing: '/' })
  const unknown = { term: NOT_SET, content: NOT_SET, landing: NOT_SET }
  return { ...decision, ...unknown, internal: false, why, time, session_id }
}

/**
 * One person's events as sessions, in order of their beginning; each session's events are ordered by time, then by
 * sequence.
 *
 * A session's first event says how it began. If that event came without evidence, the one with the session's lowest
 * sequence number says it: clocks are corrected batch by batch, so neighbours may change places. A later event with
 * evidence of an arrival from outside begins a new touch: the visitor left and came again.
 *
 * These open no touch but continue the person's last one, and are Direct only if there is none:
 * - a session that began with an arrival from the shop's own site or a payment page;
 * - a session of which nothing was seen on a page: a server or an import wrote it, and a parcel that is shipped is no
 *   contact.
 * Any other session without evidence is Direct: its first event is missing from the data. `why` says which it was.
 */
export function buildSessions(events: readonly SessionEvent[], channels: ChannelRules): Session[] {
  const bySession = groupBy(events.toSorted(inOrder), event => event.session_id)

  let firstContact = Infinity
  return Array.from(bySession, ([id, own]) => {
    const start = own[0]!.time
    const touches = touchesOf(own, firstContact <= start, channels)
    firstContact = Math.min(firstContact, touches[0]?.time ?? Infinity)
    return { id, start, touches }
  })
}

function touchesOf(events: readonly SessionEvent[], hasEarlierContact: boolean, channels: ChannelRules): Touch[] {
  const first = events[0]!
  const opening = (first.evidence ? first : lowestSequence(events))?.evidence
  const touches: Touch[] = []
  const direct = (why: string) => touches.push(directTouch(channels, why, first.time, first.session_id))

  if (opening && !opening.touch.internal) touches.push({ ...opening.touch, time: first.time })
  else if (opening && !hasEarlierContact) direct(INTERNAL_ONLY)
  else if (!opening && events.some(event => event.onPage)) direct(EVIDENCE_LOST)
  else if (!opening && !hasEarlierContact) direct(NO_PAGE)

  // The same event may be there twice.
  const seen = new Set([opening?.id])
  for (const { evidence } of events) {
    if (!evidence || seen.has(evidence.id)) continue
    seen.add(evidence.id)
    if (!evidence.touch.internal) touches.push(evidence.touch)
  }
  return touches
}

const EVIDENCE_LOST = 'The session has no evidence of how it began, as when its first event is missing.'
const INTERNAL_ONLY = 'The session began on the shop’s own site or a payment page, and no earlier contact is known.'
const NO_PAGE = 'Nothing of the session was seen on a page, and no earlier contact is known.'

/** Sequence numbers begin at 1; who does not count, such as a server, writes 0. */
function lowestSequence(events: readonly SessionEvent[]): SessionEvent | undefined {
  let lowest: SessionEvent | undefined
  for (const event of events) {
    if (event.sequence >= 1 && (!lowest || event.sequence < lowest.sequence)) lowest = event
  }
  return lowest
}

/** A total order as far as it can matter, so that the order of the input cannot. */
function inOrder(a: SessionEvent, b: SessionEvent): number {
  return (
    a.time - b.time ||
    a.sequence - b.sequence ||
    compareText(a.session_id, b.session_id) ||
    Number(!a.evidence) - Number(!b.evidence) ||
    compareText(a.evidence?.id ?? '', b.evidence?.id ?? '')
  )
}

function pathOf(landing: string): string {
  try {
    // A path alone is allowed, so there must be something it is relative to.
    return new URL(landing, 'https://shop.invalid').pathname
  } catch {
    return NOT_SET
  }
}

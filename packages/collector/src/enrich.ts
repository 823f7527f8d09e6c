import { orderEventId } from '@jejak/events'
import type { Batch, Envelope, StoredEvent } from '@jejak/events'
import { isbot } from 'isbot'
import { wellFormed } from './in-words.ts'
import { normalIp, truncatedIp } from './ip.ts'

/** What the collector sees of a batch besides its events. */
export interface Receipt {
  /** Milliseconds since the epoch on the collector's clock. */
  readonly receivedAt: number
  /** Milliseconds since the epoch on the sender's clock. */
  readonly sentAt: number
  /** Whether a page sent it: browsers name an origin with every POST, servers and apps name none. */
  readonly fromPage: boolean
  readonly userAgent: string | null
  readonly ip: string | undefined
  /** What the sender had to give up before. */
  readonly dropped: Batch['dropped']
}

/** Whether a sender's address is stored: not at all, without what tells one subscriber from another, or whole. */
export type IpPolicy = 'drop' | 'truncate' | 'keep'

/**
 * A difference between the clocks up to this is taken for the time the batch was under way: most devices set their
 * clocks over the network, to within a second, while a slow connection takes seconds to upload a batch.
 */
const MAX_TRANSIT_MS = 5_000

const LONGEST_USER_AGENT = 1_000

/**
 * Adds to events what only the collector knows. Nothing that was sent is changed, `time` least of all, but for the id of
 * what an order has only once: it is made of the order, so that whoever tells of it again tells of the same event.
 */
export function enrich(events: readonly Envelope[], receipt: Receipt, ipPolicy: IpPolicy): StoredEvent[] {
  const sender = describeSender(receipt, ipPolicy)
  const dropped = Object.entries(receipt.dropped ?? {}).filter(([, count]) => count > 0)

  return events.map((event, place) => ({
    ...event,
    // The same UUID may be written in either case (RFC 9562); ids are compared as text from here on.
    id: orderEventId(event.name, event.properties) ?? event.id.toLowerCase(),
    received_at: receipt.receivedAt,
    corrected_time: correctedTime(event.time, receipt),
    ...sender,
    // A batch that is sent again begins with an event that is stored already, and its counts are not stored twice.
    ...(place === 0 && dropped.length > 0 && { dropped: Object.fromEntries(dropped) }),
  }))
}

function correctedTime(time: number, { receivedAt, sentAt }: Receipt): number {
  const offset = Math.abs(receivedAt - sentAt) > MAX_TRANSIT_MS ? receivedAt - sentAt : 0
  const corrected = time + offset
  // Seen after it was sent, or before 1970: `sent_at` is of another clock than `time`, and tells nothing about it.
  const isOfOtherClock = time - sentAt > MAX_TRANSIT_MS || corrected < 0
  // Nobody can have seen what has not happened yet.
  return Math.min(isOfOtherClock ? time : corrected, receivedAt)
}

function describeSender(receipt: Receipt, ipPolicy: IpPolicy): Pick<StoredEvent, 'bot' | 'user_agent' | 'ip'> {
  const userAgent = wellFormed((receipt.userAgent ?? '').slice(0, LONGEST_USER_AGENT))
  const ip = ipPolicy === 'drop' || receipt.ip === undefined ? undefined : normalIp(receipt.ip)
  return {
    // The programs that servers and apps send with are on the lists of bots too.
    ...(receipt.fromPage && isbot(userAgent) && { bot: true }),
    ...(userAgent && { user_agent: userAgent }),
    ...(ip && { ip: ipPolicy === 'truncate' ? truncatedIp(ip) : ip }),
  }
}

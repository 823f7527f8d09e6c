import { sha1 } from './sha1.ts'

/**
 * Events of an order that happen once, and what besides `transaction_id` tells one from another: two parcels of an
 * order are shipped apart, and an order may be refunded in parts.
 */
const HAPPENS_ONCE_PER: Readonly<Record<string, readonly string[]>> = {
  purchase: [],
  order_confirmed: [],
  order_packed: ['tracking_id'],
  order_shipped: ['tracking_id'],
  order_out_for_delivery: ['tracking_id', 'attempt'],
  order_delivered: ['tracking_id'],
  delivery_failed: ['tracking_id', 'attempt'],
  order_returned: ['return_id', 'tracking_id'],
  refund: ['refund_id', 'value'],
  order_cancelled: [],
}

/** The namespace of the ids of order events (RFC 9562, section 5.5). */
export const ORDER_EVENT_NAMESPACE = '6c1d1f0e-5a53-5c0e-9d7b-6a656a616b00'

/**
 * The id of an event that an order can have only once, or undefined for any other event. The same order gives the
 * same id to everybody who saw it (a reloaded thank-you page, a second tab, the shop's server), so it is stored once:
 * the collector gives it to the event, whatever id that was sent with.
 *
 * It is UUIDv5 (RFC 9562) of the event's name, `transaction_id` and the properties named above, in that order, each
 * as text, a missing one empty, joined by line feeds: `"purchase\nT-1001"`. Any language's UUID library makes it.
 */
export function orderEventId(name: string, properties: Readonly<Record<string, unknown>>): string | undefined {
  const apart = Object.prototype.hasOwnProperty.call(HAPPENS_ONCE_PER, name) ? HAPPENS_ONCE_PER[name] : undefined
  const transaction = properties['transaction_id']
  if (!apart || transaction === undefined || transaction === null || transaction === '') return undefined

  const key = [name, transaction, ...apart.map(property => properties[property] ?? '')].map(String).join('\n')
  const namespace = ORDER_EVENT_NAMESPACE.replace(/-/g, '')
    .match(/../g)!
    .map(byte => parseInt(byte, 16))
  const hash = sha1([...namespace, ...new TextEncoder().encode(key)])
  return formatUuid(hash.slice(0, 16), 5)
}

export interface EventIdOptions {
  /** The event's time in milliseconds since the epoch. */
  readonly time: number
  /** Keeps events of the same millisecond in order: a number that grows, of which the last 12 bits count. */
  readonly counter?: number
  /** Fills an array with random bytes. Default: `crypto.getRandomValues`. */
  readonly fillRandom?: (bytes: Uint8Array<ArrayBuffer>) => void
}

/** A new UUIDv7 (RFC 9562): unique, and sorted by time. */
export function newEventId(options: EventIdOptions): string {
  const { time, counter, fillRandom = bytes => crypto.getRandomValues(bytes) } = options
  const bytes = new Uint8Array(16)
  fillRandom(bytes)
  if (counter !== undefined) {
    bytes[6] = counter >> 8
    bytes[7] = counter
  }
  for (let index = 5, rest = Math.max(0, Math.floor(time)); index >= 0; index--) {
    bytes[index] = rest % 256
    rest = Math.floor(rest / 256)
  }
  return formatUuid([...bytes], 7)
}

/**
 * Makes new ids, as `newEventId` does but several times faster: chance is asked once for many of them. They sort by
 * time, and within a millisecond in the order they were made.
 */
export function createEventIds(): (time: number) => string {
  let made = 0
  let chance = ''
  return time => {
    // A stretch of ids that share their chance is shorter than it takes the counter to come round.
    if (made % 256 === 0) chance = hexOf(crypto.getRandomValues(new Uint8Array(8)))
    const [counter, moment] = [made++ % 4096, time].map(number => number.toString(16).padStart(12, '0'))
    // The 8 marks the layout of RFC 9562.
    return `${moment!.slice(0, 8)}-${moment!.slice(8)}-7${counter!.slice(9)}-8${chance.slice(1, 4)}-${chance.slice(4)}`
  }
}

function formatUuid(bytes: number[], version: number): string {
  bytes[6] = (bytes[6]! & 15) | (version << 4)
  bytes[8] = (bytes[8]! & 63) | 128
  return hexOf(bytes).replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

function hexOf(bytes: Iterable<number>): string {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
}

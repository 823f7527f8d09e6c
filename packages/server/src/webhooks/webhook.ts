import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { ServerEventDetails } from '../server-event.ts'
import type { ServerTracker } from '../server-tracker.ts'

/** What a message of another system means here. */
export interface ToldEvent {
  readonly name: string
  readonly properties: Readonly<Record<string, unknown>>
  readonly details: ServerEventDetails
}

/** A message that was found to be genuine. */
export interface Message {
  /** Lower-case names. */
  readonly headers: Headers
  /** The body, read as JSON. */
  readonly body: unknown
}

/** How the messages of a system are checked and read. */
export interface WebhookKind {
  /** Why the message is not genuine; undefined if it is. `now` is in milliseconds since the epoch. */
  verify(headers: Headers, body: Uint8Array, now: number): string | undefined
  /** The events that it tells; none if it is about something else. */
  read(message: Message): readonly ToldEvent[] | Promise<readonly ToldEvent[]>
  /** What tells this message from others, where the system says so: a replay of it is the same event. */
  messageId(message: Message): string | undefined
}

export interface WebhookOptions {
  readonly tracker: Pick<ServerTracker, 'track'>
  /** Told why a message was refused, or of what it says could not be used. */
  readonly onRefused?: ((why: string) => void) | undefined
  readonly now?: (() => number) | undefined
}

/** Answers a webhook, on any server that speaks in `Request` and `Response`. */
export type Webhook = (request: Request) => Promise<Response>

const MOST_BYTES = 5_000_000

/**
 * Turns the messages of another system into events.
 *
 * - `200`: the events are safe, or the message tells none.
 * - `401`: it is not genuine. `400`: it is genuine and cannot be read. `413`: it is too large. `405`: it is no POST.
 * - `503`: the events could not be kept; systems send such a message again.
 *
 * A message that comes again makes events with the same ids, which a collector stores once.
 */
export function createWebhook(kind: WebhookKind, options: WebhookOptions): Webhook {
  const { tracker, onRefused, now = Date.now } = options
  return async request => {
    const refuse = (status: number, why: string): Response => {
      onRefused?.(why)
      return new Response(null, { status })
    }
    if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST' } })
    const bytes = await readBody(request)
    if (!bytes) return refuse(413, `a body of more than ${MOST_BYTES} bytes`)
    const fault = kind.verify(request.headers, bytes, now())
    if (fault !== undefined) return refuse(401, fault)

    let told: readonly ToldEvent[]
    let messageId: string | undefined
    try {
      const message = { headers: request.headers, body: JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown }
      told = await kind.read(message)
      messageId = kind.messageId(message)
    } catch (error) {
      return refuse(400, `a message that cannot be read: ${String(error)}`)
    }
    try {
      for (const [at, { name, properties, details }] of told.entries()) {
        const id = messageId === undefined ? undefined : uuidOf(`${messageId}\n${at}`)
        await tracker.track(name as 'login', properties, { ...(id && { id }), ...details })
      }
    } catch (error) {
      // What is wrong with the message will be wrong the next time too.
      return refuse(error instanceof TypeError ? 400 : 503, String(error))
    }
    return new Response(null, { status: 200 })
  }
}

async function readBody(request: Request): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += piece.length
    if (size > MOST_BYTES) return undefined
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

/** Whether `given` is the HMAC-SHA256 of the body. */
export function isSigned(
  body: string | Uint8Array,
  secret: string,
  given: string | null,
  encoding: 'hex' | 'base64',
): boolean {
  return isSameSecret(given, createHmac('sha256', secret).update(body).digest(encoding))
}

/** Whether two secrets are the same, compared in a time that does not tell where they differ. */
export function isSameSecret(given: string | null, secret: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  return given !== null && timingSafeEqual(hash(given), hash(secret))
}

/** @throws TypeError if there is no secret: without one anybody could tell us of orders. */
export function checkSecret(secret: unknown, from: string, where: string): string {
  if (typeof secret === 'string' && secret !== '') return secret
  throw new TypeError(`${from}: expected \`secret\` to be the text that ${where}, got ${JSON.stringify(secret)}`)
}

/** The namespace of the ids of events that were told by messages (RFC 9562, section 5.5). */
const MESSAGE_NAMESPACE = Buffer.from('a0c8f0b45d0f5b6c8a4d6a656a616b01', 'hex')

/** UUIDv5 (RFC 9562). */
function uuidOf(text: string): string {
  const bytes = createHash('sha1').update(MESSAGE_NAMESPACE).update(text).digest().subarray(0, 16)
  bytes[6] = (bytes[6]! & 15) | 80
  bytes[8] = (bytes[8]! & 63) | 128
  return bytes.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

import type { BatchAnswer } from '@jejak/events'
import type { BatchReading, UnreadableBatch } from './read-batch.ts'
import type { WriteResult } from './sinks/sink.ts'

// Long enough for a disk to be freed or a database to come back; senders spread their return by chance.
const RETRY_AFTER_SECONDS = '10'

/** The batch was read, and what was good of it is stored. What is refused would be refused again. */
export function stored({ refused, ignoredFields }: BatchReading, { stored, duplicates }: WriteResult): Response {
  const answer: BatchAnswer = {
    accepted: stored.length,
    duplicates,
    refused: [...refused],
    ...(ignoredFields.length > 0 && { ignored_fields: [...ignoredFields] }),
  }
  return reply(200, answer)
}

export function notStored(): Response {
  const error = 'The events could not be stored just now; the log of the collector says why. Send them again later.'
  return reply(503, { error }, { 'retry-after': RETRY_AFTER_SECONDS })
}

export function unreadable({ status, error }: UnreadableBatch): Response {
  return reply(status, { error }, status === 503 ? { 'retry-after': RETRY_AFTER_SECONDS } : {})
}

export function forbidden(error: string): Response {
  return reply(403, { error })
}

export function preflight(headers: Readonly<Record<string, string>>): Response {
  return reply(204, null, headers)
}

export function healthy(): Response {
  return reply(200, { status: 'ok' })
}

export function methodNotAllowed(method: string): Response {
  const error =
    'This is a Jejak collector, and it works. Pages send their events here by POST; there is nothing to look at.'
  return reply(405, method === 'HEAD' ? null : { error }, { allow: 'POST, OPTIONS' })
}

export function failed(): Response {
  return reply(500, { error: 'Something failed in the collector; its log says what. Send the events again later.' })
}

export function badRequest(): Response {
  return reply(400, { error: 'The method, the address or a header of this request cannot be read.' })
}

/** The sender did nothing wrong: it is told to send again later, so that nothing is lost until the server is mended. */
export function bodyIsGone(): Response {
  const error = 'The body was read before it came to the collector. Put the collector before what reads it.'
  return reply(500, { error })
}

export function notFound(path: string): Response {
  return reply(404, { error: `Nothing is here. Events are sent to ${path} by POST.` })
}

/** An answer in JSON. Its words are for whoever looks at the network panel of a browser. */
function reply(status: number, body: object | null, headers: Readonly<Record<string, string>> = {}): Response {
  // Answers show glimpses of what was sent: a browser must never take one for a page, nor keep it.
  const always = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...headers }
  if (body === null) return new Response(null, { status, headers: always })
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...always } })
}

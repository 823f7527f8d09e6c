import type { Batch, BatchAnswer, Refusal } from '@jejak/events'

/**
 * What became of a batch.
 * - `accepted`: stored, except for the events in `refused`, which never will be.
 * - `retry`: not now, and not before `retryAfterMs` if that is given.
 * - `refused`, `too_large`: it is divided until the event is found that cannot be taken.
 * - `misconfigured`: nothing will be accepted until a person mends something.
 */
export type Delivery =
  | { readonly status: 'accepted'; readonly refused?: readonly Refusal[] }
  | { readonly status: 'retry'; readonly retryAfterMs?: number; readonly reason: string }
  | { readonly status: 'refused' | 'too_large' | 'misconfigured'; readonly reason: string }

/** Sends one batch, given as JSON. Never rejects. */
export type Transport = (body: string, signal: AbortSignal) => Promise<Delivery>

export interface TransportOptions {
  readonly endpoint: string
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly timeoutMs: number
  readonly now: () => number
}

/** A batch around events that are JSON already. */
export function batchOf(events: readonly string[], about: Omit<Batch, 'schema' | 'events'>): string {
  return `${JSON.stringify({ schema: 1, ...about }).slice(0, -1)},"events":[${events.join(',')}]}`
}

export function createTransport({ endpoint, headers, timeoutMs, now }: TransportOptions): Transport {
  return async (body, signal) => {
    try {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
        // Followed, a POST may become a GET that is answered with 200 and stores nothing.
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      })
      return await readAnswer(response, endpoint, now)
    } catch (error) {
      const { cause } = error as { cause?: unknown }
      return { status: 'retry', reason: `${endpoint} cannot be reached: ${String(cause ?? error)}` }
    }
  }
}

async function readAnswer(response: Response, endpoint: string, now: () => number): Promise<Delivery> {
  const { ok, status, headers } = response
  const text = await response.text()
  const said = `${endpoint} answered ${status}`
  // What answers everything with its start page has stored nothing.
  if (ok && text.trim()[0] !== '<') return { status: 'accepted', refused: refusedIn(text) }
  if (status === 413) return { status: 'too_large', reason: said }
  if (status === 400 || status === 422) return { status: 'refused', reason: `${said}: ${text.slice(0, 300)}` }
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    const retryAfterMs = retryAfter(headers.get('retry-after'), now())
    return { status: 'retry', reason: said, ...(retryAfterMs !== undefined && { retryAfterMs }) }
  }
  const check = status === 401 || status === 403 ? '`writeKey` and `headers`' : '`endpoint`'
  return { status: 'misconfigured', reason: `${said}${ok ? ' with a page' : ''}: check ${check}` }
}

function refusedIn(text: string): readonly Refusal[] {
  try {
    const refused = (JSON.parse(text) as Partial<BatchAnswer> | null)?.refused
    return Array.isArray(refused) ? refused : []
  } catch {
    return [] // whoever takes events need not say more
  }
}

/** `Retry-After` in milliseconds; it comes in seconds or as a date (RFC 9110, section 10.2.3). */
function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined
  const seconds = Number(header)
  const ms = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1_000
  return ms > 0 ? ms : undefined
}

import type { Batch, BatchAnswer, Refusal } from '@jejak/events'
import { listen } from './listen.ts'
import type { Problems } from './problems.ts'
import { byteLength } from './row.ts'

/**
 * What became of a batch.
 * - `accepted`: stored, except for the events in `refused`, which never will be.
 * - `retry`: not now; the same batch may be accepted later, but not before `retryAfterMs` if that is given.
 * - `refused`: an event in it makes it unacceptable. It is divided until that event is found and given up.
 * - `too_large`: it is divided until it fits.
 * - `misconfigured`: nothing will be accepted until a person mends something.
 *
 * A `reason` is for that person: a sentence for the console.
 */
export type Delivery =
  | { readonly status: 'accepted'; readonly refused?: readonly Refusal[] | undefined }
  | { readonly status: 'retry'; readonly retryAfterMs?: number | undefined; readonly reason?: string | undefined }
  | { readonly status: 'refused' | 'too_large' | 'misconfigured'; readonly reason?: string | undefined }

/**
 * Sends one batch. Rejects when nobody can be reached. `signal` is aborted when the answer is no longer waited for.
 * `leaving` is true when the page may be gone before an answer comes: the request must not depend on it.
 */
export type Transport = (batch: Batch, signal: AbortSignal, leaving: boolean) => Promise<Delivery>

export interface TransportOptions {
  readonly endpoint: string
  readonly problems: Problems
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: ((batch: Batch) => string) | undefined
  readonly now: () => number
}

/** Requests that outlive their page may hold 64 KiB together; this leaves room for the headers. */
export const KEEPALIVE_BYTES = 60_000

/** By `fetch`, as plain text: with another content type the browser would ask for permission first (CORS preflight). */
export function createTransport(options: TransportOptions): Transport {
  const { endpoint, problems, headers, body = JSON.stringify, now } = options
  /** The size of the requests under way that outlive the page. */
  let kept = 0
  /** How often in a row nobody was reached. */
  let unreachable = 0

  return async (batch, signal, leaving) => {
    const text = body(batch)
    const bytes = byteLength(text)
    const keepalive = kept + bytes < KEEPALIVE_BYTES
    const request = {
      method: 'POST',
      headers: { 'content-type': 'text/plain;charset=UTF-8', ...headers },
      body: text,
      keepalive,
      credentials: 'same-origin',
      redirect: 'manual', // followed, a POST may become a GET that is answered with 200 and stores nothing
    } as const
    if (leaving && !(keepalive && 'keepalive' in Request.prototype)) {
      const { fetchLater } = window as FetchLater
      if (keepalive) navigator.sendBeacon(endpoint, text)
      else if (fetchLater) fetchLater(endpoint, { ...request, activateAfter: 0 })
      else return { status: 'retry' }
      // Of neither is an answer to be had: what was sent counts as unanswered.
      return new Promise(() => {})
    }
    if (keepalive) kept += bytes
    try {
      const response = await fetch(endpoint, { ...request, signal })
      unreachable = 0
      return await readAnswer(response, endpoint, now)
    } catch (error) {
      // Once may be chance, and being offline is nobody's mistake.
      if (!signal.aborted && ++unreachable === 3 && navigator.onLine) void explain(endpoint, problems)
      throw error
    } finally {
      if (keepalive) kept -= bytes
    }
  }
}

/** Requests that are sent when their page is gone, with room of their own. https://wicg.github.io/fetch-later/ */
type FetchLater = typeof globalThis & {
  readonly fetchLater?: (url: string, request: RequestInit & { activateAfter: number }) => unknown
}

/** A page is not told why a request fails. One that does not ask to read the answer tells a little. */
async function explain(endpoint: string, { tell, told }: Problems): Promise<void> {
  const isForeign = new URL(endpoint, location.href).origin !== origin
  const isThere = isForeign && (await fetch(endpoint, { mode: 'no-cors' }).catch(() => false))
  if (told.some(({ code }) => code === 'csp')) return
  if (isThere) tell('cors', `${endpoint} does not send Access-Control-Allow-Origin for this site (CORS).`)
  else tell('unreachable', `Cannot reach ${endpoint}. Is it up? If an extension blocks it, use a path of this site.`)
}

/** The browser tells of requests that the page's own policy has stopped. */
export function watchPolicy(endpoint: string, { tell }: Problems, signal: AbortSignal): void {
  const onViolation = ({ blockedURI }: SecurityPolicyViolationEvent) => {
    if (blockedURI && new URL(endpoint, location.href).href.startsWith(blockedURI)) {
      tell('csp', `Add ${endpoint} to connect-src of the page (Content-Security-Policy).`)
    }
  }
  listen(document, 'securitypolicyviolation', onViolation, signal)
}

async function readAnswer(response: Response, endpoint: string, now: () => number): Promise<Delivery> {
  const { ok, status } = response
  const text = ok ? await response.text().catch(() => '') : ''
  // A network that wants a login, or a site that answers everything with its start page, has stored nothing.
  const isPage = text.trim()[0] === '<'
  if (ok && !isPage) return { status: 'accepted', refused: refusedIn(text) }
  if (status === 413) return { status: 'too_large' }
  if ([400, 422].includes(status)) return { status: 'refused', reason: `status ${status}` }
  if ([408, 425, 429].includes(status) || status >= 500) {
    return { status: 'retry', retryAfterMs: retryAfter(response.headers.get('retry-after'), now()) }
  }
  const reason = [401, 403].includes(status)
    ? `${status}: check \`writeKey\` and the sites it is for.`
    : `${isPage ? 'with a page' : status || 'with a redirect'}: check \`endpoint\`.`
  return { status: 'misconfigured', reason: `${endpoint} answered ${reason}` }
}

function refusedIn(text: string): readonly Refusal[] | undefined {
  try {
    return (JSON.parse(text) as Partial<BatchAnswer> | null)?.refused
  } catch {
    return undefined // whoever takes events need not say more
  }
}

/** `Retry-After` in milliseconds; it comes in seconds or as a date (RFC 9110, section 10.2.3). */
function retryAfter(header: string | null, now: number): number | undefined {
  if (!header) return undefined
  const seconds = Number(header)
  return Math.max(0, isNaN(seconds) ? Date.parse(header) - now : seconds * 1_000) || undefined
}

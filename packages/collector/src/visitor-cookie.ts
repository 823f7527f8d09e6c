import type { Envelope } from '@jejak/events'

/** The name of the cookie, which the tracker erases with everything else of the visitor. */
const NAME = 'jejak_visitor'

/** As long as browsers keep any cookie: 400 days. */
const MAX_AGE_S = 34_560_000

const ID = /^[\w-]{8,100}$/

/** What a cookie makes of a batch. */
export interface Recognised {
  readonly events: readonly (Envelope & { readonly device_visitor_id?: string })[]
  /** What is to be set, if anything. */
  readonly setCookie: string | undefined
}

/**
 * Knows visitors again whose browser has erased what its scripts had stored, as Safari does after seven days without a
 * visit: by a cookie that a server has set. Its visitor takes the place of the one that was sent, which is kept beside
 * it. Only events with full consent are touched, and only they set it; with Global Privacy Control (`Sec-GPC`) nothing
 * is read or set.
 *
 * Scripts of the site can read it, so that the tracker can erase it when the visitor withdraws; it is no secret.
 */
export function recognise(request: Request, events: readonly Envelope[]): Recognised {
  const [first] = events.filter(({ consent }) => consent === 'granted')
  if (!first || request.headers.get('sec-gpc') === '1') return { events, setCookie: undefined }

  const known = cookieOf(request.headers.get('cookie') ?? '')
  const visitor = known ?? first.visitor_id
  if (!ID.test(visitor)) return { events, setCookie: undefined }
  const isSecure =
    request.url.startsWith('https:') || request.headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https'
  return {
    events: events.map(event =>
      event.consent === 'granted' && event.visitor_id !== visitor
        ? { ...event, visitor_id: visitor, device_visitor_id: event.visitor_id }
        : event,
    ),
    setCookie: `${NAME}=${visitor}; Path=/; Max-Age=${MAX_AGE_S}; SameSite=Lax${isSecure ? '; Secure' : ''}`,
  }
}

function cookieOf(header: string): string | undefined {
  const value = header
    .split(';')
    .map(part => part.trim())
    .find(part => part.startsWith(`${NAME}=`))
    ?.slice(NAME.length + 1)
  return value !== undefined && ID.test(value) ? value : undefined
}

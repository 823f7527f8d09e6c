import { newEventId } from '@jejak/events'
import type { StoredEvent, Touchpoint } from '@jejak/events'

const HOUR_MS = 3_600_000
const NOON = Date.UTC(2026, 10, 2, 12)

/** A page view of a visitor, `hours` after noon of 2 November 2026, who came as `touch` says. */
export function visit(visitor: string, hours: number, touch: Partial<Touchpoint> = {}): StoredEvent {
  return eventOf(visitor, hours, {
    name: 'page_view',
    stage: 'awareness',
    page: { url: 'https://toko.example/' },
    touch: { landing: 'https://toko.example/', ...touch },
  })
}

/** An order of that visitor, in the session that began at the same time. */
export function order(visitor: string, hours: number, transaction: string, value: number): StoredEvent {
  const properties = { transaction_id: transaction, currency: 'IDR', value }
  return { ...eventOf(visitor, hours, { name: 'purchase', stage: 'purchase', properties }), sequence: 2 }
}

/** Two people: one came by an ad, then by search, and bought; the other came by a mail and did not. */
export const SAMPLE: readonly StoredEvent[] = [
  visit('ani', 0, { utm_source: 'google', utm_medium: 'cpc', utm_campaign: 'hujan' }),
  visit('ani', 48, { referrer: 'https://www.google.com/' }),
  order('ani', 48, 'T-1', 150_000),
  visit('bayu', 5, { utm_source: 'newsletter', utm_medium: 'email', utm_campaign: 'weekly-47' }),
]

export function ndjson(events: readonly unknown[]): string {
  return events.map(event => `${JSON.stringify(event)}\n`).join('')
}

function eventOf(visitor: string, hours: number, own: Partial<StoredEvent> & Pick<StoredEvent, 'name'>): StoredEvent {
  const time = NOON + hours * HOUR_MS
  return {
    id: newEventId({ time }),
    stage: null,
    time,
    visitor_id: visitor,
    session_id: `${visitor}-${hours}`,
    session_number: hours === 0 ? 1 : 2,
    sequence: 1,
    consent: 'granted',
    properties: {},
    received_at: time + 100,
    corrected_time: time,
    ...own,
  }
}

import type { ChannelRules } from '@jejak/attribution'
import type { StoredEvent, Touchpoint } from '@jejak/events'

export const DAY = 86_400_000

/** Day 0 of every test. */
export const START: number = Date.UTC(2026, 0, 1)

const PAYMENT_PAGE = 'https://pay.example/'

/** Names each channel after its `utm_source`. Who comes from the payment page was here before. */
export const channels: ChannelRules = touch => ({
  channel: touch.utm_source ?? 'Direct',
  source: touch.utm_source ?? '(direct)',
  medium: touch.utm_medium ?? '(none)',
  campaign: touch.utm_campaign ?? '(not set)',
  why: touch.utm_source === undefined ? 'nothing is known' : 'utm_source says so',
  internal: touch.referrer === PAYMENT_PAGE,
})

/** Evidence of an arrival from `source`. */
export const from = (source: string): Touchpoint => ({ landing: 'https://shop.example/', utm_source: source })

export const fromPayment: Touchpoint = { landing: 'https://shop.example/thanks', referrer: PAYMENT_PAGE }

/** A UUID that says which it is. */
export const idOf = (number: number): string => `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`

let events = 0

/** An event `day` days after the start, seen on a page: a page view in a session of its own if nothing else is said. */
export function on(day: number, facts: Partial<StoredEvent> = {}): StoredEvent {
  events++
  const time = START + day * DAY
  return {
    id: idOf(events),
    name: 'page_view',
    stage: null,
    time,
    visitor_id: 'visitor',
    session_id: `session-${events}`,
    session_number: 1,
    sequence: 1,
    page: { url: 'https://shop.example/' },
    consent: 'granted',
    properties: {},
    received_at: time,
    corrected_time: time,
    ...facts,
  }
}

export const visit = (day: number, source: string, facts: Partial<StoredEvent> = {}): StoredEvent =>
  on(day, { touch: from(source), ...facts })

export const purchase = (day: number, facts: Partial<StoredEvent> = {}): StoredEvent =>
  on(day, { name: 'purchase', stage: 'purchase', ...facts })

/** The same as a server or an import writes it: nothing of it was seen on a page. */
export function offPage({ page: _, ...event }: StoredEvent): StoredEvent {
  return event
}

import type { Conversion, Journey, Touch } from '@jejak/attribution'

const DAY = 86_400_000
/** When journeys of these tests convert: 1 January 2026. */
export const CONVERTED_AT: number = Date.UTC(2026, 0, 1)

export function touchOf(channel: string, daysBefore = 0, rest: Partial<Touch> = {}): Touch {
  return {
    channel,
    source: 'source',
    medium: 'medium',
    campaign: '(not set)',
    why: 'a test says so',
    internal: false,
    time: CONVERTED_AT - daysBefore * DAY,
    session_id: 'session',
    term: '',
    content: '',
    landing: '/',
    ...rest,
  }
}

type Place = string | readonly [channel: string, daysBefore: number]

/** A journey over channels, each with its days before the conversion where that matters. */
export function journeyOf(places: readonly Place[], conversion?: Partial<Conversion>): Journey {
  return {
    person: 'visitor',
    touches: places.map(place => (typeof place === 'string' ? touchOf(place) : touchOf(...place))),
    ...(conversion && { conversion: { id: 'c1', name: 'purchase', time: CONVERTED_AT, value: 0, ...conversion } }),
  }
}

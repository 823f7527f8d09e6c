import type { Batch, BatchAnswer, Envelope, StoredEvent } from '@jejak/events'
import type { Collector } from '@jejak/collector'

/** When the tests take place: 21 November 2026, 09:30 in Jakarta. */
export const NOW = Date.UTC(2026, 10, 21, 2, 30)

/** The id of the n-th event. */
export const idOf = (n: number): string => `01923456-789a-7abc-8def-${n.toString(16).padStart(12, '0')}`

export function envelope(n = 1, more: Partial<Envelope> = {}): Envelope {
  return {
    id: idOf(n),
    name: 'view_item',
    stage: 'consideration',
    time: NOW - 1_000,
    visitor_id: 'v1',
    session_id: 's1',
    session_number: 1,
    sequence: n,
    page: { url: 'https://toko.example/p/1' },
    consent: 'granted',
    properties: { currency: 'IDR', value: 150_000, items: [{ item_id: 'BATIK-01' }] },
    ...more,
  }
}

export function storedEvent(n = 1, more: Partial<StoredEvent> = {}): StoredEvent {
  return { ...envelope(n), received_at: NOW, corrected_time: NOW - 1_000, ...more }
}

/** A batch as a sender makes it; its events may be anything. */
export function batchOf(events: readonly unknown[], more: Record<string, unknown> = {}): Record<string, unknown> {
  const batch: Omit<Batch, 'events'> = { schema: 1, sent_at: NOW, library: { name: 'test', version: '0' } }
  return { ...batch, events, ...more }
}

export const URL_OF_COLLECTOR = 'https://toko.example/e'

export function requestOf(body: BodyInit | null, headers: Record<string, string> = {}): Request {
  const type = { 'content-type': 'text/plain;charset=UTF-8' }
  // `duplex` is needed for a stream, and not known to the types of a page.
  const init = { method: 'POST', body, headers: { ...type, ...headers }, duplex: 'half' }
  return new Request(URL_OF_COLLECTOR, init)
}

/** Sends a batch of events and gives back what the collector says. */
export async function send(collector: Collector, events: readonly unknown[], more = {}): Promise<BatchAnswer> {
  const response = await collector(requestOf(JSON.stringify(batchOf(events, more))))
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
  return (await response.json()) as BatchAnswer
}

export async function errorOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: string }).error
}

/** A log that remembers. */
export function quietLog() {
  const warnings: string[] = []
  const errors: string[] = []
  return {
    warnings,
    errors,
    warn: (message: string) => void warnings.push(message),
    error: (message: string) => void errors.push(message),
  }
}

import { MAX_BATCH_EVENTS } from '@jejak/events'
import type { Batch, BatchAnswer, Envelope } from '@jejak/events'

export interface Sent {
  readonly accepted: number
  /** Events that had been stored before. */
  readonly duplicates: number
  readonly refused: number
}

/**
 * Sends envelopes to a collector, batch after batch, as a page or a backend would over HTTP.
 * @throws {Error} if the collector does not take a batch.
 */
export async function sendBatches(
  collect: (request: Request) => Promise<Response>,
  envelopes: readonly Envelope[],
): Promise<Sent> {
  const sent = { accepted: 0, duplicates: 0, refused: 0 }
  for (let start = 0; start < envelopes.length; start += MAX_BATCH_EVENTS) {
    const batch: Batch = {
      schema: 1,
      sent_at: Date.now(),
      library: { name: 'jejak-demo', version: '1' },
      events: envelopes.slice(start, start + MAX_BATCH_EVENTS),
    }
    const response = await collect(new Request('http://localhost/e', { method: 'POST', body: JSON.stringify(batch) }))
    if (!response.ok) throw new Error(`The collector answered ${response.status}: ${await response.text()}`)
    const { accepted, duplicates, refused } = (await response.json()) as BatchAnswer
    sent.accepted += accepted
    sent.duplicates += duplicates
    sent.refused += refused.length
  }
  return sent
}

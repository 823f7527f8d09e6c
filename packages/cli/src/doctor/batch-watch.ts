import { createMemorySink } from '@jejak/collector/sinks/memory'
import type { Batch } from '@jejak/events'
import type { Route } from 'playwright-core'
import type { Exchange } from '../inspector/exchange.ts'
import { createInspectedCollector } from '../inspector/inspected-collector.ts'
import type { SeenBatch } from './visit.ts'

export interface BatchWatch {
  /** Takes a request of the browser. */
  readonly onRoute: (route: Route) => Promise<void>
  readonly batches: () => readonly SeenBatch[]
  readonly count: () => number
  /** The addresses of the pages whose view was told. */
  readonly views: () => readonly string[]
  /** Where batches were sent, each with its write key. */
  readonly endpoints: () => ReadonlyMap<string, string | undefined>
}

const MOST_BATCHES = 200

/**
 * Sees the batches that leave a page. Each is read by a collector in memory, which says what is wrong with it; unless
 * `send`, that collector answers too and nothing leaves this machine.
 */
export function createBatchWatch(send: boolean): BatchWatch {
  const seen: SeenBatch[] = []
  let last: Exchange | undefined
  const log = { warn: () => {}, error: () => {} }
  const collector = createInspectedCollector({ sink: createMemorySink(), log }, exchange => (last = exchange))
  /** One after the other, so that each finds its own exchange. */
  let turn: Promise<unknown> = Promise.resolve()

  async function read(url: string, body: string): Promise<Response> {
    const response = await collector(
      new Request(url, { method: 'POST', body, headers: { origin: new URL(url).origin } }),
    )
    if (last && seen.length < MOST_BATCHES) seen.push(seenBatch(url, body, last))
    last = undefined
    return response
  }

  return {
    async onRoute(route) {
      const request = route.request()
      const body = request.method() === 'POST' ? request.postData() : null
      // An empty batch is our own trial of the endpoint.
      if (!body || !isFullBatch(body)) return await pass(route)

      const reading = turn.then(() => read(request.url(), body))
      turn = reading.catch(() => {})
      const response = await reading
      if (send) return await pass(route)
      const { origin = '*' } = await request.allHeaders().catch((): Record<string, string> => ({}))
      await route
        .fulfill({
          status: response.status,
          contentType: 'application/json',
          headers: { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' },
          body: await response.text(),
        })
        .catch(() => {})
    },
    batches: () => seen,
    count: () => seen.length,
    views: () => seen.flatMap(({ events }) => events.filter(({ name }) => name === 'page_view').map(({ url }) => url)),
    endpoints: () => new Map(seen.map(({ endpoint, writeKey }) => [endpoint, writeKey])),
  }
}

/** The page may be gone before its request goes on. */
async function pass(route: Route): Promise<void> {
  await route.continue().catch(() => {})
}

function isFullBatch(body: string): boolean {
  try {
    const { schema, library, events } = JSON.parse(body) as Partial<Batch>
    return schema === 1 && typeof library === 'object' && Array.isArray(events) && events.length > 0
  } catch {
    return false
  }
}

function seenBatch(endpoint: string, body: string, exchange: Exchange): SeenBatch {
  const { write_key: writeKey, events } = JSON.parse(body) as Batch
  return {
    endpoint,
    writeKey: typeof writeKey === 'string' ? writeKey : undefined,
    exchange,
    // Of whoever made the page: it may be anything.
    events: (events as readonly unknown[]).map(raw => {
      const { id, name, page, visitor_id: visitor, properties } = { ...(raw as Partial<Batch['events'][number]>) }
      return {
        id: String(id),
        name: String(name),
        url: String(page?.url),
        visitor: String(visitor),
        properties: JSON.stringify(properties ?? {}),
      }
    }),
  }
}

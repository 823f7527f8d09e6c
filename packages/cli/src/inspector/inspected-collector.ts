import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { gunzipSync, inflateSync } from 'node:zlib'
import { createCollector } from '@jejak/collector'
import type { Collector, CollectorOptions, EventSink } from '@jejak/collector'
import type { StoredEvent } from '@jejak/events'
import type { Exchange } from './exchange.ts'
import { readExchange } from './read-exchange.ts'

/** What the collector takes by default; of a longer body nothing is shown. */
const MOST_BYTES = 1_000_000
/** Bodies that are copied at the same time; what comes meanwhile is collected and not shown. */
const MOST_COPIES = 32
/** A request that is turned away before it was read is not waited for longer. */
const REST_MS = 100

interface Writing {
  written: readonly StoredEvent[]
  stored: readonly string[]
}

/**
 * A collector that tells of every request: what came, what was answered and why. It answers as it would without that,
 * and stores the same.
 */
export function createInspectedCollector(options: CollectorOptions, tell: (exchange: Exchange) => void): Collector {
  const writing = new AsyncLocalStorage<Writing>()
  const collector = createCollector({ ...options, sink: watched(options.sink, writing) })
  const now = options.now ?? Date.now
  let number = 0
  let copies = 0

  return async (request, info) => {
    const at = now()
    const origin = request.headers.get('origin')
    const isBatch = request.method === 'POST'
    const copy = isBatch && copies < MOST_COPIES ? copyBody(request) : undefined
    if (copy) copies++

    const wrote: Writing = { written: [], stored: [] }
    const response = await writing.run(wrote, () => collector(request, info))
    try {
      const isRefusedPreflight = request.method === 'OPTIONS' && response.status >= 400
      if (isBatch || isRefusedPreflight) {
        const answer = await response.clone().text()
        const body = await copy?.text(response.ok)
        tell(readExchange({ number: ++number, at, origin, body, status: response.status, answer, ...wrote }))
      }
    } catch {
      // Showing is for people; the answer is for the sender, who gets it whatever happens here.
    } finally {
      if (copy) copies--
    }
    return response
  }
}

/** Notes what was written for which request. */
function watched(sink: EventSink, writing: AsyncLocalStorage<Writing>): EventSink {
  return {
    async write(events) {
      const result = await sink.write(events)
      const note = writing.getStore()
      if (note) {
        note.written = events
        note.stored = result.stored.map(({ id }) => id)
      }
      return result
    },
    close: () => sink.close(),
  }
}

interface BodyCopy {
  /** What was sent, as far as it has come; undefined if it cannot be read. `isWhole`: its end has come already. */
  text(isWhole: boolean): Promise<string | undefined>
}

function copyBody(request: Request): BodyCopy {
  const reader = request.clone().body?.getReader()
  const pieces: Uint8Array[] = []
  let bytes = 0
  const reading = (async () => {
    for (;;) {
      const piece = await reader?.read()
      if (!piece || piece.done) return
      bytes += piece.value.byteLength
      if (bytes > MOST_BYTES) return
      pieces.push(piece.value)
    }
  })().catch(() => {})

  return {
    async text(isWhole) {
      await (isWhole ? reading : Promise.race([reading, wait(REST_MS)]))
      // Not waited for: it settles when the other reader is done too.
      reader?.cancel().catch(() => {})
      if (bytes > MOST_BYTES) return undefined
      return unpacked(Buffer.concat(pieces), request.headers.get('content-encoding'))
    },
  }
}

function unpacked(body: Buffer, encoding: string | null): string | undefined {
  const limit = { maxOutputLength: MOST_BYTES }
  try {
    if (encoding === 'gzip') return gunzipSync(body, limit).toString()
    return encoding === 'deflate' ? inflateSync(body, limit).toString() : body.toString()
  } catch {
    return undefined
  }
}

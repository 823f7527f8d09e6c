import type { DropReason, Envelope } from '@jejak/events'
import { createBackOff, LONGEST_WAIT_MS } from '../back-off.ts'
import { createUnreportedDrops, isEmpty } from '../drop-counts.ts'
import { createProblems } from '../problems.ts'
import { fitting } from '../row.ts'
import type { Row } from '../row.ts'
import { createTransport } from '../transport.ts'
import type { Delivery } from '../transport.ts'
import type { TopStorage } from './shopify-storage.ts'

/** Events on their way. Until the endpoint has taken them they stand in the shop's storage too, for the next page. */
export interface PixelOutbox {
  add(row: Row): void
  /** Counts what is not sent and why: it is told with the next batch. Stored with the next event. */
  giveUp(reason: DropReason, count: number): void
  /**
   * Takes over what an earlier page, or another that is open, could not send yet, as far as it has been looked at.
   * Sent by both, it is stored once.
   */
  resume(): void
  /** Tries to send what waits. */
  settle(): Promise<void>
  forget(): void
}

export interface PixelOutboxOptions {
  readonly endpoint: string
  readonly writeKey?: string | undefined
  readonly storage: TopStorage
  readonly mayRun: () => boolean
}

const MOST_ROWS = 200
const BATCH_BYTES = 32_000

export function createPixelOutbox({ endpoint, writeKey, storage, mayRun }: PixelOutboxOptions): PixelOutbox {
  const now = () => Date.now()
  const problems = createProblems()
  const transport = createTransport({ endpoint, problems, now })
  const backOff = createBackOff({ storage, now, random: Math.random })
  const { signal } = new AbortController()
  /** What is given up is counted, and told with the next batch. */
  const drops = createUnreportedDrops(storage)
  let waiting: Row[] = []
  /** What this page is done with; another may still have it in the storage. */
  const done = new Set<string>()
  let batchSize = 20
  let isSending = false

  const keep = (rows: Row[]) => {
    waiting = rows.slice(-MOST_ROWS)
    outbox.giveUp('overflow', rows.length - waiting.length)
    drops.save()
    storage.write('unsent', waiting.length ? waiting : undefined)
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const later = (ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => void outbox.settle(), ms)
  }

  const outbox: PixelOutbox = {
    giveUp(reason, count) {
      if (count > 0) drops.add(reason, count)
    },
    add(row) {
      keep([...waiting, row])
    },
    resume() {
      const stored = storage.read('unsent')
      if (!Array.isArray(stored)) return
      const own = new Set(waiting.map(({ key }) => key))
      const others = stored.filter(isRow).filter(({ key }) => !own.has(key) && !done.has(key))
      if (others.length > 0) keep([...others, ...waiting])
    },
    async settle() {
      if (isSending) return
      isSending = true
      try {
        while (waiting.length && mayRun() && (await sendFirst()));
      } finally {
        isSending = false
      }
    },
    forget() {
      drops.forget()
      keep([])
    },
  }
  return outbox

  /** Gives back whether to go on. */
  async function sendFirst(): Promise<boolean> {
    const held = backOff.held()
    if (held) {
      later(held)
      return false
    }
    const rows = waiting.slice(0, fitting(waiting, batchSize, BATCH_BYTES) || 1)
    const finish = () => {
      for (const { key } of rows) done.add(key)
      keep(waiting.filter(({ key }) => !done.has(key)))
      return true
    }
    const counts = drops.all()
    const delivery = await transport(
      {
        schema: 1,
        sent_at: now(),
        library: { name: 'jejak-shopify-pixel', version: '0.1.0' },
        ...(writeKey && { write_key: writeKey }),
        ...(!isEmpty(counts) && { dropped: counts }),
        events: rows.map(({ json }) => JSON.parse(json) as Envelope),
      },
      signal,
      false,
    ).catch((): Delivery => ({ status: 'retry' }))

    if (delivery.status === 'accepted') {
      backOff.reset()
      drops.reported(counts)
      const { refused = [] } = delivery
      for (const { reason } of refused) problems.tell('refused', reason)
      outbox.giveUp('refused', refused.length)
      return finish()
    }
    if (delivery.status === 'misconfigured') {
      problems.tell('endpoint', delivery.reason ?? endpoint)
      later(LONGEST_WAIT_MS)
      return false
    }
    if (delivery.status === 'retry') {
      if (delivery.retryAfterMs) backOff.hold(delivery.retryAfterMs)
      later(Math.max(backOff.next(), backOff.held()))
      return false
    }
    // Something in it is not acceptable: alone it is given up.
    if (rows.length === 1) {
      problems.tell('refused', delivery.reason ?? delivery.status)
      outbox.giveUp(delivery.status === 'too_large' ? 'too_large' : 'refused', 1)
      return finish()
    }
    batchSize = 1
    return true
  }
}

/** Anybody may write to the shop's storage. */
function isRow(value: unknown): value is Row {
  try {
    const { key, json } = value as Row
    return typeof key === 'string' && typeof JSON.parse(json) === 'object'
  } catch {
    return false
  }
}

import { MAX_BATCH_EVENTS } from '@jejak/events'
import type { Batch, DropReason, Envelope, Refusal } from '@jejak/events'
import { LONGEST_WAIT_MS, createBackOff } from './back-off.ts'
import type { BrowserStorage } from './browser-storage.ts'
import { fitting, keysOf, sizeOf, total } from './row.ts'
import type { Row } from './row.ts'
import { createUnreportedDrops, isEmpty } from './drop-counts.ts'
import { listen } from './listen.ts'
import { createOneTab } from './one-tab.ts'
import type { BatchSettings, OutboxSettings } from './options.ts'
import { createOutbox } from './outbox.ts'
import type { DeliveryState } from './plugin.ts'
import type { Problems } from './problems.ts'
import { watchPageHide } from './page-hide.ts'
import { KEEPALIVE_BYTES } from './transport.ts'
import type { Delivery, Transport } from './transport.ts'

const LIBRARY = { name: '@jejak/browser', version: '0.1.0' }

/** An answer that takes longer is not waited for. */
const TIMEOUT_MS = 30_000
/** What one request takes, at most, of what has piled up. */
const BACKLOG_EVENTS = 50
const KEPT = 'Events are kept and sent later.'

/** What a request that outlives its page has room for, besides the batch's own fields. */
const LEAVING_BYTES = KEEPALIVE_BYTES - 1_000

/** Brings events from the page to the endpoint: each at least once, for which its id makes it count once. */
export interface Outgoing {
  /** Keeps an event in memory until `settle`. */
  add(row: Row): void
  /** Writes what was added (all at once if it is `urgent`), and sees to it that it is sent: now if a batch is full, or soon. */
  settle(urgent: boolean): void
  /** Tries to send everything that waits. */
  flush(): Promise<void>
  /** Changes the events that were not settled yet. */
  rewrite(change: (json: string) => string): void
  /**
   * Erases what waits: this page's `own` events, or only those in `memory`, which is all that there are before consent;
   * or by a mark, unlike any other, all there is. Gives back how many events they were.
   */
  forget(what: 'own' | 'memory' | { readonly mark: string }): Promise<number>
  state(): DeliveryState
  /** Counts events that were given up. */
  drop(reason: DropReason, count: number, events?: readonly Envelope[]): void
}

export interface DeliveryOptions {
  readonly name: string
  readonly transport: Transport
  /** What the transport talks to, for messages. */
  readonly endpoint: string
  readonly writeKey?: string | undefined
  readonly batch?: BatchSettings | undefined
  readonly outbox?: OutboxSettings | undefined
  readonly storage: BrowserStorage
  readonly now: () => number
  readonly random: () => number
  /** Whether anything may be stored and sent. */
  readonly mayRun: () => boolean
  readonly onDrop?: ((reason: DropReason, count: number, events?: readonly Envelope[]) => void) | undefined
  readonly problems: Problems
  readonly log: (...details: unknown[]) => void
}

export function createDelivery(options: DeliveryOptions): Outgoing & { watch(signal: AbortSignal): void } {
  const { name, endpoint, transport, writeKey, storage, now, random, mayRun, onDrop, problems, log } = options
  const { events: batchEvents = 20, bytes: batchBytes = 32_000, waitMs = 1_000 } = options.batch ?? {}
  const { events: maxEvents = 10_000, bytes: maxBytes = 5_000_000 } = options.outbox ?? {}
  const oneTab = createOneTab({ name, storage, now, random })
  const outbox = createOutbox({
    name,
    storage,
    maxEvents,
    maxBytes,
    ownBytes: 2 * LEAVING_BYTES,
    mayRun,
    onOverflow: count => drop('overflow', count),
    onFailure: reason => problems.tell('storage', `IndexedDB fails (${reason}). Events wait in memory.`),
  })
  const drops = createUnreportedDrops(storage)
  const backOff = createBackOff({ storage, now, random })
  const inFlight = new Set<string>()

  /** How many events the next request takes: halved when one is refused, doubled when one is accepted. */
  const mostEvents = Math.min(MAX_BATCH_EVENTS, Math.max(BACKLOG_EVENTS, batchEvents))
  let limit = mostEvents
  let lastAnswer: Delivery | undefined
  /** Events that were refused alone: the fault may be the endpoint's. Those of them that are left out for now. */
  const doubted = new Set<string>()
  const suspects = new Set<string>()
  /** What the batch that is forming has. */
  let events = 0
  let bytes = 0

  let timer: ReturnType<typeof setTimeout> | undefined
  let doubtTimer: ReturnType<typeof setTimeout> | undefined
  /** Backing off: the timer, or a better moment, wakes; further events do not. */
  let isResting = false
  /** The last run, and how many are on or wait for their turn. */
  let run = Promise.resolve()
  let runs = 0
  /** Aborted by `forget`: what was read before is not sent after. */
  let era = new AbortController()

  function drop(reason: DropReason, count: number, given?: readonly Envelope[]): void {
    // Of what was not allowed nothing leaves, not even that it was.
    if (reason !== 'consent') drops.add(reason, count)
    log('gave up', count, reason, given)
    onDrop?.(reason, count, given)
  }

  function rest(ms = backOff.next()): void {
    isResting = true
    clearTimeout(timer)
    timer = setTimeout(wake, ms)
  }

  /** Soon, if anything waits: events that came during a run, or that another tab is just sending. */
  function wakeLater(isBusy = false): void {
    if (isResting || timer) return
    if (isBusy || outbox.own().some(({ key }) => !suspects.has(key))) timer = setTimeout(wake, waitMs)
  }

  function wake(): void {
    void send(false)
  }

  /** Sends what waits. If `patient`, after the run or the tab that is at it; otherwise that is trusted to do it. */
  function send(patient: boolean): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    isResting = false
    if (!mayRun() || (runs > 0 && !patient)) return run

    runs++
    run = run
      .then(async () => {
        while (!(await oneTab.run(drain))) {
          if (!patient || !mayRun()) return false
          await new Promise(resolve => setTimeout(resolve, waitMs))
        }
        return true
      })
      .catch(log)
      .then(isDone => {
        runs--
        // A tab that is at it may die before it is through.
        wakeLater(!isDone)
      })
    return run
  }

  async function drain(): Promise<void> {
    const held = backOff.held()
    if (held) return rest(held)
    const { signal } = era
    let asksAgain = suspects.size > 0
    for (let goesOn = true; goesOn;) {
      events = bytes = 0
      outbox.adopt()
      const { rows, more } = await outbox.oldest(limit, batchBytes, new Set([...inFlight, ...suspects]))
      if (signal.aborted || !mayRun() || !oneTab.renew()) return
      if (rows.length > 0) {
        const next = await post(rows, false)
        goesOn = next === 'again' || (next === 'on' && more)
      } else if (asksAgain) {
        suspects.clear() // there is nothing else to try
        asksAgain = false
      } else {
        // Maybe it was the endpoint's fault, and is mended by then.
        clearTimeout(doubtTimer)
        if (suspects.size > 0) doubtTimer = setTimeout(wake, backOff.next())
        return
      }
    }
    // What could not be written, for want of room, may be now.
    void outbox.write(false)
  }

  /** Never rejects: whatever goes wrong, and an answer that does not come, is a `retry`. */
  async function ask(batch: Batch, leaving: boolean): Promise<Delivery> {
    const request = new AbortController()
    const abort = () => request.abort()
    const timeout = setTimeout(abort, TIMEOUT_MS)
    const noAnswer = new Promise<undefined>(resolve => listen(request.signal, 'abort', () => resolve(undefined)))
    listen(era.signal, 'abort', abort, request.signal)
    try {
      return (await Promise.race([transport(batch, request.signal, leaving), noAnswer])) ?? { status: 'retry' }
    } catch (error) {
      log(error)
      return { status: 'retry' }
    } finally {
      clearTimeout(timeout)
      abort() // lets go of the listener
    }
  }

  /** Sends one batch. Says whether to go on, to try again with fewer events, or to stop. */
  async function post(rows: readonly Row[], leaving: boolean): Promise<'on' | 'again' | 'stop'> {
    const keys = keysOf(rows)
    const given: Envelope[] = []
    for (const { key, json } of rows) {
      try {
        const event = JSON.parse(json) as Envelope | null
        if (!event?.id) throw event
        given.push(event)
      } catch {
        await outbox.remove([key])
        drop('unreadable', 1)
        return 'again'
      }
    }
    const { signal } = era
    // Counts have no id, so they are not risked in a request whose answer may never come.
    const counts = leaving ? {} : drops.all()

    for (const key of keys) inFlight.add(key)
    const answer = await ask(
      {
        schema: 1,
        sent_at: now(),
        library: LIBRARY,
        ...(writeKey && { write_key: writeKey }),
        ...(!isEmpty(counts) && { dropped: counts }),
        events: given,
      },
      leaving,
    )
    for (const key of keys) inFlight.delete(key)
    log('sent', given, answer)
    if (signal.aborted) return 'stop'
    const wasAccepted = lastAnswer?.status === 'accepted'
    lastAnswer = answer

    if (answer.status === 'accepted') {
      // Whoever was refused before is to be refused once more, alone, now that others are accepted.
      const asksAgain = suspects.size > 0
      limit = asksAgain ? 1 : Math.min(mostEvents, limit * 2)
      suspects.clear()
      backOff.reset()
      drops.reported(counts)
      await outbox.remove(keys)
      noteRefusals(given, answer.refused)
      return asksAgain ? 'again' : 'on'
    }
    const { reason } = answer
    if (answer.status === 'refused' || answer.status === 'too_large') {
      // What is refused while the page is left is found out about by the next run.
      if (leaving) return 'stop'
      limit = Math.ceil(rows.length / 2)
      if (rows.length > 1) return 'again'
      if (wasAccepted && doubted.has(keys[0]!)) {
        await outbox.remove(keys)
        giveUp(answer.status, given, reason)
        return 'on'
      }
      doubted.add(keys[0]!)
      suspects.add(keys[0]!)
      if (suspects.size < 2) return 'again'
      problems.tell('refused', `${endpoint} refuses all events (${reason ?? answer.status}). ${KEPT}`)
      rest()
      return 'stop'
    }
    if (reason) problems.tell('endpoint', `${reason} ${KEPT}`)
    const { retryAfterMs } = answer as { retryAfterMs?: number }
    if (retryAfterMs) backOff.hold(retryAfterMs)
    // Who only looks at another tab for a while has not found out that the endpoint fails again and again.
    if (leaving) return 'stop'
    rest(answer.status === 'misconfigured' ? LONGEST_WAIT_MS : backOff.held() || undefined)
    return 'stop'
  }

  /** An accepted batch may still have had events that never will be. */
  function noteRefusals(given: readonly Envelope[], refusals: readonly Refusal[] | undefined): void {
    const refused = given.filter(({ id }, index) =>
      [refusals ?? []].flat().some(refusal => refusal?.id === id || refusal?.index === index),
    )
    if (refused.length > 0) giveUp('refused', refused, refusals?.[0]?.reason)
  }

  function giveUp(reason: DropReason, given: readonly Envelope[], why = ''): void {
    drop(reason, given.length, given)
    problems.tell(
      'refused',
      `${endpoint} will not take ${given.map(event => event.name).join(', ')}: ${reason}. ${why}`,
    )
  }

  return {
    drop,
    rewrite(change) {
      outbox.rewrite(change)
    },
    add(row) {
      outbox.add(row)
      events++
      bytes += sizeOf(row.key)
    },
    settle(urgent) {
      void outbox.write(urgent)
      drops.save()
      if (!isResting && (events >= batchEvents || bytes >= batchBytes)) wake()
      else wakeLater()
    },
    flush: () => send(true),
    async forget(what) {
      era.abort()
      era = new AbortController()
      if (typeof what === 'object') {
        backOff.reset()
        drops.forget()
        return outbox.erase(what.mark)
      }
      const own = keysOf(outbox.own())
      if (what === 'own') await outbox.remove(own)
      else outbox.release(own)
      return own.length
    },
    state: () => ({
      outbox: outbox.isMemory ? 'memory' : 'indexeddb',
      waiting: outbox.own().length,
      dropped: drops.all(),
      lastAnswer,
    }),
    watch(signal) {
      // Opens the database before there are events that would have to wait for it, or erases what another page could not.
      if (mayRun() || storage.read('erase')) void outbox.oldest(1, 0, inFlight)
      // Sends what earlier pages have left behind.
      timer = setTimeout(wake, waitMs)
      listen(signal, 'abort', () => clearTimeout(timer))
      listen(window, 'online', wake, signal)
      watchPageHide(leave, wake, signal)
    },
  }

  /** Maybe the last moment of the page: what nobody has acknowledged goes out in requests that outlive it. */
  function leave(): void {
    void outbox.write(true)
    if (!mayRun()) return
    drops.save()
    if (backOff.held()) return
    // The newest first: they are the least likely to be written.
    const rows = outbox
      .own()
      .filter(({ key }) => !inFlight.has(key) && !suspects.has(key))
      .reverse()
    // What has no room in the first request may have some in a second, of another kind.
    for (const taken of [total([...inFlight], sizeOf), 0]) {
      const count = fitting(rows, MAX_BATCH_EVENTS, LEAVING_BYTES - taken)
      if (count > 0) void post(rows.splice(0, count).reverse(), true).then(() => wakeLater())
    }
  }
}

import { MAX_BATCH_EVENTS } from '@jejak/events'
import type { DropReason, Envelope, Refusal } from '@jejak/events'
import type { BrowserStorage } from './browser-storage.ts'
import { sizeOf } from './row.ts'
import type { Row } from './row.ts'
import { notice } from './notice.ts'
import { createOneTab } from './one-tab.ts'
import type { BatchSettings, OutboxSettings } from './options.ts'
import { createOutbox } from './outbox.ts'
import { watchPageHide } from './page-hide.ts'
import { KEEPALIVE_BYTES, createRequests } from './transport.ts'
import type { Transport } from './transport.ts'

const LIBRARY = { name: '@jejak/browser', version: '0.1.0' }

/** Backing off: up to a second, two, four … and never more than five minutes. */
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 5 * 60_000
/** A server that asks for more patience is taken to be mistaken. */
const LONGEST_RETRY_AFTER_MS = 24 * 60 * 60_000
/** What one request takes, at most, of what has piled up. */
const BACKLOG_EVENTS = 50
/** What a request that outlives its page has room for, besides the batch's own fields. */
const LEAVING_BYTES = KEEPALIVE_BYTES - 1_000

/** Brings events from the page to the endpoint: each at least once, for which its id makes it count once. */
export interface Outgoing {
  /** Keeps an event in memory until `settle`. */
  add(row: Row): void
  /** Writes what was added, and sees to it that it is sent: now if a batch is full, soon otherwise. */
  settle(): void
  /** Tries to send everything that waits. */
  flush(): Promise<void>
  /** Changes the events that were not settled yet. */
  rewrite(change: (json: string) => string): void
  /** Erases everything that waits; if not `stored`, only memory has any. Gives back how many events there were. */
  forget(stored: boolean): Promise<number>
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
  readonly log: (...details: unknown[]) => void
}

export function createDelivery(options: DeliveryOptions): Outgoing & { watch(signal: AbortSignal): void } {
  const { name, endpoint, writeKey, storage, now, random, mayRun, onDrop, log } = options
  const { events: batchEvents = 20, bytes: batchBytes = 32_000, waitMs = 1_000 } = options.batch ?? {}
  const { events: maxEvents = 10_000, bytes: maxBytes = 5_000_000 } = options.outbox ?? {}
  const inOneTab = createOneTab({ name, storage, now })
  const outbox = createOutbox({
    name,
    maxEvents,
    maxBytes,
    ownBytes: LEAVING_BYTES,
    onOverflow: count => drop('overflow', count),
    onFailure: log,
  })
  const dropped: Partial<Record<DropReason, number>> = {}
  const inFlight = new Set<string>()
  const requests = createRequests(options)

  /** How many events the next request takes: halved when one is refused, doubled when one is accepted. */
  const mostEvents = Math.min(MAX_BATCH_EVENTS, Math.max(BACKLOG_EVENTS, batchEvents))
  let limit = mostEvents
  /** In a row: attempts that failed, and events that were given up for the answer. */
  let failed = 0
  let givenUp = 0
  /** What the batch that is forming has. */
  let events = 0
  let bytes = 0

  let timer: ReturnType<typeof setTimeout> | undefined
  /** Backing off: the timer, or a better moment, wakes; further events do not. */
  let isResting = false
  /** Until when the server wants to be left alone. It holds for the pages that follow too. */
  let holdUntil = storage.read('hold')
  /** The last run, and how many are on or wait for their turn. */
  let run = Promise.resolve()
  let runs = 0
  /** Counts `forget`: what was read before is not sent after. */
  let era = 0
  let complaint = ''

  function drop(reason: DropReason, count: number, given?: readonly Envelope[]): void {
    dropped[reason] = (dropped[reason] ?? 0) + count
    log('gave up', count, reason, given)
    onDrop?.(reason, count, given)
  }

  function complain(reason: string | undefined): void {
    if (reason && reason !== complaint) notice(`${reason} Events are kept and sent later.`)
    complaint = reason || complaint
  }

  /** How long the server still wants to be left alone. A clock that was set makes it any number. */
  function hold(): number {
    const left = Number(holdUntil) - now()
    return left > 0 && left <= LONGEST_RETRY_AFTER_MS ? left : 0
  }

  function holdOn(until: number | undefined): void {
    holdUntil = until
    storage.write('hold', until)
  }

  function rest(ms: number = random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failed)): void {
    failed++
    isResting = true
    clearTimeout(timer)
    timer = setTimeout(wake, ms)
  }

  /** Soon, if anything waits: events that came during a run, or that another tab is just sending. */
  function wakeLater(): void {
    if (!isResting && outbox.own().length > 0) timer ??= setTimeout(wake, waitMs)
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

    const left = hold()
    if (left) {
      rest(left)
      return run
    }
    runs++
    run = run
      .then(() => inOneTab(drain, patient))
      .catch(log)
      .then(() => {
        runs--
        wakeLater()
      })
    return run
  }

  async function drain(): Promise<void> {
    const began = era
    for (let goesOn = true; goesOn;) {
      events = bytes = 0
      const { rows, more } = await outbox.oldest(limit, batchBytes, inFlight)
      if (rows.length === 0 || era !== began || !mayRun()) return
      const next = await post(rows, false)
      goesOn = next === 'again' || (next === 'on' && more)
    }
  }

  /** Sends one batch. Says whether to go on, to try again with fewer events, or to stop. */
  async function post(rows: readonly Row[], leaving: boolean): Promise<'on' | 'again' | 'stop'> {
    const keys = rows.map(({ key }) => key)
    const given: Envelope[] = []
    for (const { key, json } of rows) {
      try {
        given.push(JSON.parse(json) as Envelope)
      } catch {
        await outbox.remove([key])
        drop('unreadable', 1)
        return 'again'
      }
    }
    // Counts have no id, so they are not risked in a request whose answer may never come.
    const counts = leaving ? {} : { ...dropped }

    for (const key of keys) inFlight.add(key)
    const answer = await requests.send(
      {
        schema: 1,
        sent_at: now(),
        library: LIBRARY,
        ...(writeKey && { write_key: writeKey }),
        ...(Object.keys(counts).length > 0 && { dropped: counts }),
        events: given,
      },
      leaving,
    )
    for (const key of keys) inFlight.delete(key)
    log('sent', given, answer)

    switch (answer.status) {
      case 'accepted':
        limit = Math.min(mostEvents, limit * 2)
        failed = givenUp = 0
        if (holdUntil) holdOn(undefined)
        for (const reason of Object.keys(counts) as DropReason[]) {
          if (!(dropped[reason]! -= counts[reason]!)) delete dropped[reason]
        }
        await outbox.remove(keys)
        noteRefusals(given, answer.refused)
        return 'on'
      case 'too_large':
      case 'refused':
        limit = Math.ceil(rows.length / 2)
        if (rows.length > 1) return 'again'
        await outbox.remove(keys)
        giveUp(answer.status, given, answer.reason)
        // Where everything is refused the fault is not the event's, and the others had better wait.
        if (++givenUp < 2) return 'on'
        rest()
        return 'stop'
      case 'misconfigured':
        complain(answer.reason)
        rest(LONGEST_WAIT_MS)
        return 'stop'
      case 'retry':
      default:
        complain(answer.reason)
        if (answer.retryAfterMs) holdOn(now() + answer.retryAfterMs)
        rest(hold() || undefined)
        return 'stop'
    }
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
    notice(`${endpoint} will not take ${given.map(event => event.name).join(', ')}: ${reason}. ${why}`)
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
    settle() {
      void outbox.write()
      if (!isResting && (events >= batchEvents || bytes >= batchBytes)) wake()
      else wakeLater()
    },
    flush: () => send(true),
    forget(stored) {
      era++
      requests.abort()
      holdOn(undefined)
      return outbox.clear(stored)
    },
    watch(signal) {
      // Opens the database before there are events that would have to wait for it.
      if (mayRun()) void outbox.oldest(1, 0, inFlight)
      // Sends what earlier pages have left behind.
      timer = setTimeout(wake, waitMs)
      signal.addEventListener('abort', () => clearTimeout(timer))
      addEventListener('online', wake, { signal })
      watchPageHide(leave, wake, signal)
    },
  }

  /** Maybe the last moment of the page: what nobody has acknowledged goes out in a request that outlives it. */
  function leave(): void {
    if (!mayRun()) return
    void outbox.write()
    let room = LEAVING_BYTES
    for (const key of inFlight) room -= sizeOf(key)
    const rows = outbox.own().filter(({ key }) => !inFlight.has(key) && (room -= sizeOf(key)) >= 0)
    if (rows.length > 0 && !hold()) void post(rows.slice(0, MAX_BATCH_EVENTS), true).then(wakeLater)
  }
}

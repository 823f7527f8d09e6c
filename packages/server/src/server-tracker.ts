import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MAX_BATCH_EVENTS } from '@jejak/events'
import type { DropReason, EventMap, StageRules } from '@jejak/events'
import { LONGEST_WAIT_MS, waitAfter } from './back-off.ts'
import { sendAll } from './sender.ts'
import { createSeal } from './server-event.ts'
import type { SealedEvent, ServerEventDetails } from './server-event.ts'
import { createFolderSpool, createMemorySpool } from './spool.ts'
import type { Claim, Spool } from './spool.ts'
import { createTransport } from './transport.ts'
import type { Delivery } from './transport.ts'

const LIBRARY = { name: '@jejak/server', version: '0.1.0' }
const MOST_BATCH_BYTES = 500_000
const TIMEOUT_MS = 30_000
/** Longer than a request may take, by far: who has not touched a file for so long does not live any more. */
const ABANDONED_MS = 3 * 60_000
/** What other processes leave behind is looked for so often. */
const LOOK_AGAIN_MS = 60_000

export interface ServerTrackerOptions {
  /** Where events go: the URL of a collector, such as `https://shop.example/e`. */
  readonly endpoint: string
  /** Where events are kept until they were accepted, so that they outlive the process. Default: in memory. */
  readonly spool?: SpoolSettings | undefined
  readonly writeKey?: string | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly stageRules?: StageRules | undefined
  /** Told when something keeps events from arriving: a sentence for a log. Default: standard error. Each fault is told once. */
  readonly onError?: ((message: string) => void) | undefined
  /** Told of every event that was given up. */
  readonly onDrop?: ((reason: DropReason, event: SealedEvent, why: string) => void) | undefined
  /** Milliseconds since the epoch. Default: `Date.now`. */
  readonly now?: (() => number) | undefined
  /** A number from 0 to 1. Default: `Math.random`. */
  readonly random?: (() => number) | undefined
}

export interface SpoolSettings {
  /** Of one service or of several: processes on one machine may share it. It is made if it is not there. */
  readonly folder: string
  /** More than this are not taken. Default: 1 000 000. */
  readonly maxEvents?: number
}

/** `Own` holds events besides the standard ones. */
export interface ServerTracker<Own = unknown> {
  /**
   * Notes that something happened. Resolves once the event is safe: written to the spool folder and flushed to the
   * disk; without one, once it is in memory. Sending goes on by itself.
   *
   * @throws TypeError (as a rejection) if no collector would take the event: the message names what is wrong.
   * @throws Error (as a rejection) if the spool is full or cannot be written: then the event was not kept.
   */
  readonly track: <Name extends keyof (EventMap & Own) & string>(
    name: Name,
    properties: (EventMap & Own)[Name],
    details: ServerEventDetails,
  ) => Promise<void>
  /** Tries to send what waits. Resolves when that was tried. */
  readonly flush: () => Promise<void>
  /** Where things stand. */
  readonly state: () => ServerTrackerState
  /**
   * Takes no more events, writes and sends what there is, for so long at most, and lets go of everything. What could
   * not be sent is in the spool for the next process; without a spool it is given up, and counted.
   */
  readonly close: (options?: { readonly timeoutMs?: number }) => Promise<ServerTrackerState>
}

export interface ServerTrackerState {
  /** Events that wait to be sent, as far as this process knows. */
  readonly waiting: number
  readonly sent: number
  /** Given up, by reason. */
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>
  /** What became of the last request that was not accepted, if none was since. */
  readonly problem: string | undefined
}

interface Job {
  readonly event: SealedEvent
  readonly resolve: () => void
  readonly reject: (reason: unknown) => void
}

/**
 * Sends journey events from a shop's backend to a collector: each at least once, and stored once by its id.
 *
 * @throws TypeError for an option that cannot be used.
 */
export function createServerTracker<Own = unknown>(options: ServerTrackerOptions): ServerTracker<Own> {
  const { spool: settings, onDrop, now = Date.now, random = Math.random } = options
  const endpoint = checkEndpoint(options.endpoint)
  const spool = createSpool(settings, now)
  const seal = createSeal(now, options.stageRules)
  const transport = createTransport({ endpoint, headers: options.headers, timeoutMs: TIMEOUT_MS, now })
  const told = new Set<string>()
  const tell = (message: string): void => {
    if (told.has(message)) return
    told.add(message)
    if (options.onError) options.onError(message)
    else process.stderr.write(`Jejak: ${message}\n`)
  }

  const dropped: Partial<Record<DropReason, number>> = {}
  let sent = 0
  let problem: string | undefined
  let failures = 0
  let closed = false
  const waiting: Job[] = []
  let writing: Promise<void> | undefined
  let sending: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  const aborter = new AbortController()

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const jobs = waiting.splice(0, MAX_BATCH_EVENTS)
      try {
        await spool.add(jobs.map(({ event }) => event))
        for (const { resolve } of jobs) resolve()
      } catch (error) {
        for (const { reject } of jobs) reject(error)
      }
    }
    writing = undefined
    if (failures === 0) void wake()
  }

  function wake(): Promise<void> {
    clearTimeout(timer)
    isAsked = true
    return (sending ??= drain().finally(() => {
      sending = undefined
      if (closed) return
      timer = setTimeout(() => void wake(), nextWait)
      // A process that only waits to send may end: what is in the spool is sent by the next one.
      if (settings !== undefined || spool.waiting() === 0) timer.unref()
    }))
  }

  /** Whether there may be events that the run under way has not looked for. */
  let isAsked = false

  let nextWait = LOOK_AGAIN_MS

  async function drain(): Promise<void> {
    nextWait = LOOK_AGAIN_MS
    try {
      while (isAsked) {
        isAsked = false
        const claim = await spool.claim(MAX_BATCH_EVENTS)
        if (!claim) continue
        if (!(await send(claim))) return
        isAsked = true
      }
    } catch (error) {
      rest(`the spool fails: ${String(error)}`)
    }
  }

  async function send(claim: Claim): Promise<boolean> {
    const { rejected, failure } = await sendAll(claim.events, {
      transport,
      writeKey: options.writeKey,
      library: LIBRARY,
      now,
      mostEvents: MAX_BATCH_EVENTS,
      mostBytes: MOST_BATCH_BYTES,
      signal: aborter.signal,
      onStep: () => claim.renew(),
    })
    if (failure) {
      await claim.putBack()
      rest(failure.reason, failure)
      return false
    }
    for (const { event, reason } of rejected) await giveUp('refused', event, reason)
    await claim.done()
    sent += claim.events.length - rejected.length
    failures = 0
    problem = undefined
    return true
  }

  function rest(reason: string, failure?: Exclude<Delivery, { status: 'accepted' }>): void {
    if (aborter.signal.aborted) return
    problem = reason
    failures++
    const isForPeople = failure?.status !== 'retry'
    if (isForPeople || failures >= 3) tell(`${reason}. Events are kept and sent later.`)
    const asked = failure?.status === 'retry' ? failure.retryAfterMs : undefined
    nextWait = failure?.status === 'misconfigured' ? LONGEST_WAIT_MS : waitAfter(failures, random, asked)
  }

  /** An event that no collector will take is kept beside the spool, for a person to look at. */
  async function giveUp(reason: DropReason, event: SealedEvent, why: string): Promise<void> {
    dropped[reason] = (dropped[reason] ?? 0) + 1
    if (settings) await appendFile(join(settings.folder, 'rejected.ndjson'), `${event.json}\n`, { mode: 0o600 })
    tell(`${endpoint} will not take ${event.name}: ${why}${settings ? '. It is in rejected.ndjson of the spool' : ''}`)
    onDrop?.(reason, event, why)
  }

  const state = (): ServerTrackerState => ({
    waiting: spool.waiting() + waiting.length,
    sent,
    dropped: { ...dropped },
    problem,
  })

  // What an earlier process left behind.
  if (settings !== undefined) void wake()

  return {
    state,
    async track(name, properties, details) {
      if (closed) throw new Error(`track("${name}"): the tracker is closed`)
      if ((details as ServerEventDetails | undefined)?.consent === 'denied') {
        dropped.consent = (dropped.consent ?? 0) + 1
        return
      }
      const event = seal(name, properties as object, details ?? {})
      await new Promise<void>((resolve, reject) => {
        waiting.push({ event, resolve, reject })
        writing ??= write()
      })
    },
    async flush() {
      await writing
      await sending
      await wake()
    },
    async close({ timeoutMs = 5_000 } = {}) {
      closed = true
      clearTimeout(timer)
      await writing
      const timeout = setTimeout(() => aborter.abort(), timeoutMs)
      await sending
      if (!aborter.signal.aborted) await wake()
      clearTimeout(timeout)
      clearTimeout(timer)
      const unsent = settings ? 0 : spool.waiting()
      if (unsent > 0) {
        dropped.overflow = (dropped.overflow ?? 0) + unsent
        tell(`${unsent} events could not be sent before the process ends; a \`spool\` folder would keep them`)
      }
      return state()
    },
  }
}

function createSpool(settings: SpoolSettings | undefined, now: () => number): Spool {
  const maxEvents = settings?.maxEvents ?? (settings ? 1_000_000 : 10_000)
  if (!Number.isInteger(maxEvents) || maxEvents < 1)
    throw new TypeError(
      `createServerTracker: expected \`spool.maxEvents\` to be a whole number from 1, got ${String(maxEvents)}`,
    )
  if (!settings) return createMemorySpool(maxEvents)
  if (typeof settings.folder !== 'string' || settings.folder === '')
    throw new TypeError(`createServerTracker: expected \`spool.folder\` to be a path, got ${String(settings.folder)}`)
  return createFolderSpool({ folder: settings.folder, maxEvents, now, abandonedMs: ABANDONED_MS })
}

function checkEndpoint(endpoint: unknown): string {
  const url = typeof endpoint === 'string' && URL.canParse(endpoint) ? new URL(endpoint) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(
      `createServerTracker: expected \`endpoint\` to be a URL such as https://shop.example/e, got ${JSON.stringify(endpoint)}`,
    )
  }
  return url.href
}

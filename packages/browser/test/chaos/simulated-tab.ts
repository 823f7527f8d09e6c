import { createContext, Script } from 'node:vm'
import { IDBKeyRange } from 'fake-indexeddb'
import type * as browser from '@jejak/browser'
import type { Tracker } from '@jejak/browser'
import { createLuck } from './luck.ts'
import type { StorageChange } from './simulated-browser.ts'
import { createSimulatedEvents } from './simulated-events.ts'
import type { SimulatedTime, Work, Worker } from './simulated-time.ts'

/** A page with the tracker in it, in a realm of its own. */
export interface SimulatedTab extends Worker {
  /** Counted from 0 in the order they were opened. */
  readonly number: number
  readonly tracker: Tracker
  readonly isDead: boolean
  readonly isFrozen: boolean
  /** Whether it is just being closed, or was, and had its time for it. */
  readonly isClosing: boolean
  /** Whether its work is done in the name of that worker. */
  is(worker: Worker): boolean
  /** The page is in the background, or in view again, whatever it was before. */
  hide(): void
  show(): void
  /** In the background, it does nothing more until it is in view again, and then all that came. */
  freeze(): void
  /** The user goes to another page; this one waits in the back/forward cache, where storage events pass it by. */
  leave(): void
  /** It may still do what takes a moment. */
  close(): void
  /** Its process ends. */
  kill(): void
  /** Something of the browser's, such as `online` or `storage`. */
  tell(event: { readonly type: string }): void
}

export interface TabOptions {
  readonly number: number
  readonly seed: number
  readonly url: string
  /** The bundle: it makes a global `jejak` of what `@jejak/browser` exports. */
  readonly script: Script
  readonly options: browser.TrackerOptions
  readonly time: SimulatedTime
  /** What else the page has; it is handed the tab, so that it can tell whose it is. */
  readonly globals: (tab: Worker) => { window: object; navigator: object }
  /** Whether it is closed without a word, as in WebKit. */
  readonly endsAtOnce: boolean
  readonly onError: (error: unknown) => void
  /** The page is not there any more. `isGentle`: it was closed. */
  readonly onEnd: (worker: Worker, isGentle: boolean) => void
  /** The page looks again at what it shares with others: by itself, or because it is told of a change. */
  readonly onLook: (change?: StorageChange) => void
}

/** What works in Node as in a browser. */
const OF_NODE = {
  AbortController,
  AbortSignal,
  Blob,
  DOMException,
  Event,
  Headers,
  Request,
  TextDecoder,
  TextEncoder,
  URL,
  URLSearchParams,
  structuredClone,
}

/** What a realm brings along by itself, and would tell the real time or toss real dice. */
const prelude = new Script(`
  globalThis.window = globalThis.self = globalThis
  const { now, random } = simulated
  const date = { construct: (Date, details) => (details.length ? new Date(...details) : new Date(now())) }
  globalThis.Date = new Proxy(Date, { ...date, get: (Date, key) => (key === 'now' ? now : Date[key]) })
  Math.random = random
`)

/** What a page that is closed may still take to write what it has. */
const LAST_MOMENT_MS = 20

export function openSimulatedTab(given: TabOptions): SimulatedTab {
  const { number, seed, url, script, time, onError, onEnd, onLook } = given
  const luck = createLuck(seed)
  const inner = createSimulatedEvents(onError)
  const outer = createSimulatedEvents(onError)
  let parked: Work[] = []
  let isCached = false
  let isOnline = true
  const state = { isDead: false, isFrozen: false, isClosing: false }

  const worker: Worker = {
    get isDead() {
      return state.isDead
    },
    get isFrozen() {
      return state.isFrozen
    },
    park: work => parked.push(work),
  }
  const { window, navigator } = given.globals(worker)
  const page = createPage()
  script.runInContext(page)
  const { createTracker } = (page as unknown as { jejak: typeof browser }).jejak
  const tracker = createTracker(given.options)

  function createPage(): ReturnType<typeof createContext> {
    const timers = new Map<number, () => void>()
    let lastTimer = 0
    const document = {
      visibilityState: 'visible',
      hidden: false,
      readyState: 'complete',
      title: 'A shop',
      referrer: 'https://search.example/',
      currentScript: null,
      querySelector: () => null,
      querySelectorAll: () => [],
      addEventListener: inner.addEventListener,
      removeEventListener: inner.removeEventListener,
    }
    const context = createContext({
      ...window,
      document,
      location: new URL(url),
      origin: new URL(url).origin,
      navigator: {
        ...navigator,
        vendor: given.endsAtOnce ? 'Apple Computer, Inc.' : 'Google Inc.',
        userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/141.0.0.0',
        get onLine() {
          return isOnline
        },
      },
      addEventListener: outer.addEventListener,
      removeEventListener: outer.removeEventListener,
      performance: { now: () => time.now, timeOrigin: 0, getEntriesByType: () => [{ type: 'navigate' }] },
      console: { debug() {}, log() {}, info() {}, warn() {}, error() {} },
      crypto: {
        getRandomValues(bytes: Uint8Array) {
          for (let index = 0; index < bytes.length; index++) bytes[index] = luck.below(256)
          return bytes
        },
      },
      setTimeout(work: (...details: unknown[]) => void, ms = 0, ...details: unknown[]) {
        const timer = ++lastTimer
        timers.set(
          timer,
          time.later(ms, () => work(...details), worker),
        )
        return timer
      },
      clearTimeout: (timer: number) => timers.get(timer)?.(),
      queueMicrotask: (work: () => void) => queueMicrotask(() => doInPage(work)),
      simulated: { now: () => time.wallClock(), random: () => luck.next() },
      IDBKeyRange,
      ...OF_NODE,
    })
    prelude.runInContext(context)
    return context
  }

  function doInPage(work: () => void): void {
    try {
      if (!state.isDead) work()
    } catch (error) {
      onError(error)
    }
  }

  function see(visibility: 'visible' | 'hidden'): void {
    const document = (page as unknown as { document: { visibilityState: string; hidden: boolean } }).document
    if (document.visibilityState === visibility) return
    document.visibilityState = visibility
    document.hidden = visibility === 'hidden'
    inner.tell({ type: 'visibilitychange' })
    outer.tell({ type: 'visibilitychange' })
  }

  function end(isGentle: boolean): void {
    if (state.isDead) return
    state.isDead = true
    onEnd(worker, isGentle)
  }

  return {
    number,
    tracker,
    get isDead() {
      return state.isDead
    },
    get isFrozen() {
      return state.isFrozen
    },
    get isClosing() {
      return state.isClosing
    },
    park: work => worker.park(work),
    is: other => other === worker,
    hide: () => see('hidden'),
    show() {
      const work = parked
      parked = []
      if (state.isFrozen) {
        state.isFrozen = false
        inner.tell({ type: 'resume' })
        if (isCached) {
          onLook()
          outer.tell({ type: 'pageshow', persisted: true } as { type: string })
        }
        isCached = false
        for (const one of work) time.later(0, one, worker)
      }
      see('visible')
    },
    freeze() {
      see('hidden')
      inner.tell({ type: 'freeze' })
      state.isFrozen = true
    },
    leave() {
      outer.tell({ type: 'pagehide', persisted: true } as { type: string })
      see('hidden')
      isCached = state.isFrozen = true
    },
    close() {
      state.isClosing = true
      if (!given.endsAtOnce) {
        see('hidden')
        outer.tell({ type: 'pagehide', persisted: false } as { type: string })
      }
      time.later(given.endsAtOnce ? 0 : luck.below(LAST_MOMENT_MS), () => end(true))
    },
    kill() {
      // What it was about to do when it was being closed, it does no more.
      state.isClosing = false
      end(false)
    },
    tell(event) {
      if (event.type === 'online' || event.type === 'offline') isOnline = event.type === 'online'
      if (isCached && event.type === 'storage') return
      time.later(
        0,
        () => {
          if (event.type === 'storage') onLook(event as StorageChange)
          outer.tell(event)
        },
        worker,
      )
    },
  }
}

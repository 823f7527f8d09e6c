import type { TrackerSettings, createTracker } from '@jejak/browser'
import type { Browser, Tab } from './engine.ts'
import type { Outcome, Stage } from './fault.ts'
import { createTally } from './tally.ts'

/** A visitor of the shop, whose tracked events are numbered, so that they can be counted whatever becomes of them. */
export interface Shopping {
  readonly browser: Browser
  readonly tab: Tab
  /** Goes to a page of the shop and starts the tracker there: the same one, as to its name. */
  visit(page?: Visit): Promise<void>
  /** Tracks so many events in one task; some of them have properties besides the number, by their place from 0. */
  track(count: number, properties?: Readonly<Record<number, object>>): Promise<void>
  /** Has the tracker try to send, so many times at once, and waits until it has tried. Default: 1. */
  flush(times?: number): Promise<void>
  /** What the tracker has said in the console of this page. */
  notices(): Promise<string[]>
  /** How many events the trackers of all pages have told `onDrop` that they gave up. */
  givenUp(): Promise<number>
  /** Waits until all events but `without` are stored. What does not come for too long is counted, as lost. */
  arrive(without?: number): Promise<void>
  /** Leaves the shop and counts. */
  leave(): Promise<Outcome>
}

export interface Visit {
  /** Where the page is. Default: `/shop`. */
  readonly path?: string
  /** Where the tracker sends its events. Default: to the shop's own endpoint. */
  readonly endpoint?: string
  /** By how many milliseconds the page's clock is ahead. Default: 0. */
  readonly later?: number
  /** Whether the waits of ten seconds and more pass a hundred times as quickly. Default: false. */
  readonly hurries?: boolean
}

interface ShopPage {
  createTracker: typeof createTracker<{ spin_wheel: object }>
  tracker: ReturnType<ShopPage['createTracker']>
  notices: string[]
  givenUp: number
}

const ARRIVE_MS = 10_000
/** An attempt that takes longer than this never ends, or is one of too many. Pages that hurry do not shorten it. */
const FLUSH_MS = 9_000

/** Opens a browser with a tab for the shop. */
export async function goShopping(stage: Stage): Promise<Shopping> {
  const { engine, openBrowser, endpoint } = stage
  const tally = createTally(stage, ARRIVE_MS)
  const browser = await openBrowser(engine)
  const tab = await browser.open(`${endpoint.origin}/plain`)
  let givenUpBefore = 0
  let hasTracker = false

  const givenUpHere = () => (hasTracker ? tab.run(() => (window as unknown as ShopPage).givenUp, undefined) : 0)
  const givenUp = async () => givenUpBefore + (await givenUpHere())

  return {
    browser,
    tab,
    givenUp,
    async visit({ path = '/shop', endpoint: url = endpoint.url, later = 0, hurries = false } = {}) {
      givenUpBefore = await givenUp()
      await tab.goto(endpoint.origin + path)
      await tab.run(startTracker, { url, later, hurries })
      hasTracker = true
    },
    async track(count, properties = {}) {
      await tab.run(trackEvents, { from: tally.next(count), count, properties })
    },
    flush: (times = 1) => tab.run(flushAtOnce, { times, ms: FLUSH_MS }),
    notices: () => tab.run(() => (window as unknown as ShopPage).notices, undefined),
    arrive: (without = 0) => tally.settled(async () => without),
    async leave() {
      const reported = await givenUp()
      await tab.close()
      return tally.outcome(reported)
    },
  }
}

/** The number of an event. */
export function numberOf({ properties }: { readonly properties: Readonly<Record<string, unknown>> }): number {
  return Number(properties['number'])
}

interface Start {
  readonly url: string
  readonly later: number
  readonly hurries: boolean
}

function startTracker({ url, later, hurries }: Start): Promise<void> {
  const page = window as unknown as ShopPage & { isReady?: boolean }
  const wait = window.setTimeout.bind(window) as (work: TimerHandler, ms?: number, ...more: unknown[]) => number
  if (hurries) {
    const sooner = (work: TimerHandler, ms = 0, ...more: unknown[]) => wait(work, ms < 10_000 ? ms : ms / 100, ...more)
    window.setTimeout = sooner as typeof window.setTimeout
  }
  page.notices = []
  page.givenUp = 0
  const { warn } = console
  console.warn = (...words: unknown[]) => {
    page.notices.push(words.join(' '))
    warn(...words)
  }
  const settings: TrackerSettings = {
    batch: { waitMs: 100 },
    now: () => Date.now() + later,
    // After the first failure it waits for 0.1 s, then 0.2, 0.4 …
    random: () => 0.05,
    onDrop: (_reason, count) => (page.givenUp += count),
  }
  return new Promise(resolve => {
    const start = () => {
      if (!page.isReady) return wait(start, 5)
      page.tracker = page.createTracker({ ...settings, endpoint: url })
      return resolve()
    }
    start()
  })
}

interface Events {
  readonly from: number
  readonly count: number
  readonly properties: Readonly<Record<number, object>>
}

function trackEvents({ from, count, properties }: Events): void {
  const { tracker } = window as unknown as ShopPage
  for (let place = 0; place < count; place++) {
    tracker.track('spin_wheel', { ...properties[place], number: from + place })
  }
}

async function flushAtOnce({ times, ms }: { readonly times: number; readonly ms: number }): Promise<void> {
  const { tracker } = window as unknown as ShopPage
  const tooLate = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`flush() has not resolved after ${ms} ms`)), ms)
  })
  await Promise.race([tooLate, Promise.all(Array.from({ length: times }, () => tracker.flush()))])
}

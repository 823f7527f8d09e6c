import { setTimeout as wait } from 'node:timers/promises'
import type { TrackerSettings, createTracker } from '@jejak/browser'
import type { Browser, Tab } from './engine.ts'
import type { FaultyEndpoint } from './faulty-endpoint.ts'

/** What a page of the shop has, for scripts that run in it. */
export interface VisitedPage {
  isReady?: boolean
  createTracker: typeof createTracker<{ step: object }>
  tracker: ReturnType<VisitedPage['createTracker']>
  /** Tracks so many events at once, with numbers from `first` on. */
  step(steps: Steps): void
}

export interface Steps {
  readonly first: number
  readonly count: number
}

export interface VisitOptions {
  /** Default: as trackers have it. */
  readonly batch?: TrackerSettings['batch']
  /** By how many milliseconds the page's clock is ahead. Default: 0. */
  readonly later?: number
}

const REACHED_MS = 20_000

/** Opens a page of the shop in a tab of its own, and starts a tracker there, which sends what earlier ones have left. */
export async function visit(
  browser: Browser,
  { origin, url }: FaultyEndpoint,
  options: VisitOptions = {},
): Promise<Tab> {
  const tab = await browser.open(`${origin}/shop`)
  await startIn(tab, url, options)
  return tab
}

/** Starts a tracker on a page of the shop that has none. */
export async function startIn(tab: Tab, endpoint: string, options: VisitOptions = {}): Promise<void> {
  await untilIn(tab, () => !!(window as unknown as VisitedPage).isReady)
  await tab.run(startTracker, { endpoint, later: options.later ?? 0, ...(options.batch && { batch: options.batch }) })
}

/** Waits until the tracker of the page has its database, which takes a moment: it has asked for it before we do. */
export function untilItKeeps(tab: Tab): Promise<void> {
  return untilIn(
    tab,
    () =>
      new Promise<boolean>(resolve => {
        const opening = indexedDB.open('jejak')
        // To look is not to make one.
        opening.onupgradeneeded = () => opening.transaction!.abort()
        opening.onerror = () => resolve(false)
        opening.onsuccess = () => {
          opening.result.close()
          resolve(true)
        }
      }),
  )
}

/** Tracks so many events in one task of the page. */
export function step(tab: Tab, steps: Steps): Promise<void> {
  return tab.run(given => (window as unknown as VisitedPage).step(given), steps)
}

/** Waits until a condition holds in the page, which may be another one by then. */
export async function untilIn(tab: Tab, condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const until = Date.now() + REACHED_MS; Date.now() < until; await wait(20)) {
    // Between two pages there is none to ask.
    if (await tab.run(condition, undefined).catch(() => false)) return
  }
  throw new Error(`This did not come true: ${condition.toString()}`)
}

/** Runs in the page. */
function startTracker(given: { endpoint: string; later: number; batch?: TrackerSettings['batch'] }): void {
  const page = window as unknown as VisitedPage
  const { endpoint, later, batch } = given
  page.tracker = page.createTracker({
    endpoint,
    now: () => Date.now() + later,
    // The waits after failures are as chance has it, but not for long.
    random: () => Math.random() / 5,
    ...(batch && { batch }),
  })
  page.step = ({ first, count }) => {
    for (let number = first; number < first + count; number++) page.tracker.track('step', { number })
  }
}

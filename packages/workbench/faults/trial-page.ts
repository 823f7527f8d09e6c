import type { Tracker, TrackerSettings, createTracker } from '@jejak/browser'
import type { Browser, Tab } from './engine.ts'
import type { Stage } from './fault.ts'

/** What a page has as `window.trial`, to be tracked on in single steps. */
interface Trial {
  readonly trackers: Tracker[]
  /** What the trackers said to `onDrop`: how many, by reason. */
  readonly dropped: Record<string, number>
  /** Loads the tracker's code. */
  load(): Promise<void>
  /** Makes a tracker. */
  start(settings?: TrialSettings): void
  /** Tracks `count` events in one task, which carry the numbers from `first` on. */
  track(first: number, count: number, tracker?: number): void
  /** How many events wait in IndexedDB. */
  countRows(): Promise<number>
}

/** Of a tracker's options, those that are plain data. */
type TrialSettings = Omit<
  Extract<TrackerSettings, object>,
  'plugins' | 'pageType' | 'transport' | 'onDrop' | 'now' | 'random' | 'body'
> & { readonly endpoint?: string }

declare global {
  // oxlint-disable-next-line no-var -- only so does a name become one of `globalThis`
  var trial: Trial
}

/** Without the types that keep pages from tracking what is no event. */
export interface AnyTracker {
  readonly track: (...details: readonly unknown[]) => void
}

export interface TrialPage {
  readonly browser: Browser
  readonly tab: Tab
  /** Tracks events of these numbers in one task, by the first tracker or another one. */
  readonly track: (first: number, count: number, tracker?: number) => Promise<void>
  readonly flush: () => Promise<void>
  /** How many events the trackers of this page have said they gave up. */
  readonly dropped: () => Promise<number>
}

export interface TrialPageOptions {
  /** Default: a new one. */
  readonly browser?: Browser | undefined
  readonly profile?: string | undefined
  /** Where the page is. Default: the shop's own site. */
  readonly origin?: string | undefined
  /** What is wrong with the page, before the tracker's code comes. */
  readonly before?: (() => unknown) | undefined
  /** What goes wrong once the code is there, before a tracker is made. */
  readonly between?: (() => unknown) | undefined
  /** Of the trackers to make. Default: one, without any. */
  readonly trackers?: readonly TrialSettings[] | undefined
}

/** Opens a page with a tracker in a tab of its own. */
export async function openTrialPage(stage: Stage, options: TrialPageOptions = {}): Promise<TrialPage> {
  const { engine, endpoint, openBrowser } = stage
  const { profile, before, between, trackers = [{}] } = options
  const browser = options.browser ?? (await openBrowser(engine, profile ? { profile } : {}))
  const tab = await browser.open(`${options.origin ?? endpoint.origin}/plain`)
  await tab.run(installTrial, { endpoint: endpoint.url, code: `${endpoint.origin}/jejak-module.js` })
  if (before) await tab.run(before, undefined)
  await tab.run(() => trial.load(), undefined)
  if (between) await tab.run(between, undefined)
  for (const settings of trackers) await tab.run(given => trial.start(given), settings)

  return {
    browser,
    tab,
    track: (first, count, tracker = 0) =>
      tab.run(([from, many, which]) => trial.track(from!, many!, which), [first, count, tracker]),
    flush: () => tab.run(async () => void (await Promise.all(trial.trackers.map(each => each.flush()))), undefined),
    dropped: () => tab.run(() => Object.values(trial.dropped).reduce((sum, count) => sum + count, 0), undefined),
  }
}

/** Runs in the page. It takes hold of what it needs before anybody spoils it. */
export function installTrial({ endpoint, code }: { readonly endpoint: string; readonly code: string }): void {
  const page = window as unknown as { createTracker: typeof createTracker; isReady?: boolean }
  const trackers: Tracker[] = []
  const dropped: Record<string, number> = {}
  const { Promise } = window
  const script = document.createElement('script')

  window.trial = {
    trackers,
    dropped,
    load: () =>
      new Promise<void>((resolve, reject) => {
        script.onload = () => resolve()
        script.onerror = () => reject(new Error(`${code} did not load`))
        script.type = 'module'
        script.src = code
        document.head.append(script)
      }),
    start(settings) {
      const tracker = page.createTracker({
        endpoint,
        batch: { waitMs: 50 },
        random: () => Math.random() / 5,
        onDrop(reason, count) {
          dropped[reason] = (dropped[reason] ?? 0) + count
        },
        ...settings,
      })
      trackers.push(tracker as Tracker)
    },
    track(first, count, tracker = 0) {
      const { track } = trackers[tracker]! as unknown as AnyTracker
      for (let number = first; number < first + count; number++) track('trial', { number })
    },
    countRows: () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('jejak')
        // To look is not to make one.
        opening.onupgradeneeded = () => opening.transaction!.abort()
        opening.onerror = () => resolve(0)
        opening.onsuccess = () => {
          const counting = opening.result.transaction('outbox').objectStore('outbox').getAll()
          counting.onerror = () => reject(counting.error ?? new Error('not counted'))
          counting.onsuccess = () => {
            opening.result.close()
            // Those of a burst are kept together, each behind its key.
            const events = counting.result.map(value => (Array.isArray(value) ? value.length / 2 : 1))
            resolve(events.reduce((sum, some) => sum + some, 0))
          }
        }
      }),
  }
}

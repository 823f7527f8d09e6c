import { setTimeout as wait } from 'node:timers/promises'
import type { Browser, Tab } from '../engine.ts'
import { ENGINES } from '../engine.ts'
import type { Fault, Outcome, Stage } from '../fault.ts'
import { untilIn, untilItKeeps, visit } from '../visit.ts'

/** A page with the script tag, which counts by itself how often it is shown. */
const PAGE = '/script'
interface ScriptPage {
  jejak: { track(name: string, properties: object): void }
  isFirst?: boolean
}

const SETTLE_MS = 20_000

/** How often the page is told to have been shown, against how often it was. */
async function views(stage: Stage, path: string, expected: number): Promise<Outcome> {
  const { endpoint } = stage
  const told = () =>
    endpoint.stored.filter(
      ({ name, page }) => name === 'page_view' && page?.url !== undefined && new URL(page.url).pathname === path,
    ).length
  await endpoint.until(() => told() >= expected, SETTLE_MS).catch(() => {})
  // One too many may come with the next batch.
  await wait(1_500)
  return {
    tracked: Math.max(expected, 1),
    lost: Math.max(expected - told(), 0),
    doubled: Math.max(told() - expected, 0),
  }
}

/** Goes on to another page, and says which of the two is there: the page before may come back as it was, or anew. */
async function leaveFor(tab: Tab, url: string): Promise<void> {
  await tab.run(() => {
    ;(window as unknown as ScriptPage).isFirst = true
  }, undefined)
  await tab.goto(url)
}

async function comeBack(tab: Tab): Promise<void> {
  await tab.back()
  const isRestored = await tab.run(() => (window as unknown as ScriptPage).isFirst === true, undefined)
  if (!isRestored) throw new Error('The page was loaded again, and did not come from the back/forward cache.')
}

function returning(name: string, times: number, other: (stage: Stage) => string, fast: Fault['fast']): Fault {
  return {
    row: 3,
    name,
    engines: ENGINES,
    ...(fast && { fast }),
    async run(stage) {
      const { endpoint, engine, openBrowser } = stage
      const browser = await openBrowser(engine)
      const tab = await browser.open(endpoint.origin + PAGE)
      for (let time = 0; time < times; time++) {
        await leaveFor(tab, other(stage))
        await comeBack(tab)
      }
      // The first time, and each return.
      return views(stage, PAGE, 1 + times)
    },
  }
}

const neverReturning: Fault = {
  row: 3,
  name: 'bfcache: leave, never return, and the browser ends the page',
  engines: ENGINES,
  fast: ['chromium'],
  async run(stage) {
    const { endpoint, engine, openBrowser } = stage
    const browser = await openBrowser(engine)
    endpoint.always({ status: 503 })
    const tab = await browser.open(endpoint.origin + PAGE)
    await untilItKeeps(tab)
    await leaveFor(tab, `${endpoint.otherSite}/plain`)
    await browser.killPages()
    endpoint.always()
    await visit(browser, endpoint)
    return views(stage, PAGE, 1)
  },
}

/** Opens a page, and has another one prerendered by it. */
async function openBefore(stage: Stage, browser: Browser): Promise<Tab> {
  const { endpoint } = stage
  const tab = await browser.open(`${endpoint.origin}/plain`)
  await tab.prerender!(PAGE)
  return tab
}

const prerendered = {
  row: 18,
  engines: ['chromium'],
  cannot: { firefox: 'it prerenders nothing', webkit: 'it prerenders nothing' },
  fast: ['chromium'],
} as const

const neverShown: Fault = {
  ...prerendered,
  name: 'prerendered and never shown: no page view',
  async run(stage) {
    const browser = await stage.openBrowser(stage.engine)
    const tab = await openBefore(stage, browser)
    await tab.goto(`${stage.endpoint.origin}/plain?page=another`)
    await visit(browser, stage.endpoint)
    return views(stage, PAGE, 0)
  },
}

const shownLater: Fault = {
  ...prerendered,
  name: 'prerendered, then shown: one page view',
  async run(stage) {
    const browser = await stage.openBrowser(stage.engine)
    const tab = await openBefore(stage, browser)
    await tab.start(url => {
      location.href = url
    }, PAGE)
    await untilIn(tab, () => {
      const [load] = performance.getEntriesByType('navigation') as (PerformanceEntry & { activationStart: number })[]
      return location.pathname === '/script' && load!.activationStart > 0
    })
    return views(stage, PAGE, 1)
  },
}

/** A page is shown again, later, or never: rows 3 and 18. */
export const faults: readonly Fault[] = [
  returning('bfcache: leave for the same site and return', 1, ({ endpoint }) => `${endpoint.origin}/plain`, ENGINES),
  returning(
    'bfcache: leave for another site and return, three times',
    3,
    ({ endpoint }) => `${endpoint.otherSite}/plain`,
    ['chromium'],
  ),
  neverReturning,
  neverShown,
  shownLater,
]

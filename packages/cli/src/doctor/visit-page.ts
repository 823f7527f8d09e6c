import { existsSync } from 'node:fs'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { UsageError } from '../errors.ts'
import { createBatchWatch } from './batch-watch.ts'
import { tryEndpoint } from './endpoint-trial.ts'
import { findBrowser } from './find-browser.ts'
import { ASK, askPage, HOLD_BACK, WATCH } from './page-watch.ts'
import type { PageFacts } from './page-watch.ts'
import { watchScripts } from './script-watch.ts'
import type { ConsentTrial, EndpointTrial, NavigationTrial, Visit } from './visit.ts'

export interface VisitOptions {
  readonly url: string
  /** The program; by default one that is found. */
  readonly browser?: string
  readonly sandbox: boolean
  /** Whether events really go to the endpoint. By default they are answered here, and nothing of the visit is stored. */
  readonly send: boolean
  /** What to click so that events may go: the button of a consent banner, as a CSS selector. */
  readonly click?: string
  /** How long to wait for what should come, at most. */
  readonly waitMs: number
}

const LOAD_MS = 30_000
/** A path that no shop has: the page stays as it is, only its address changes. */
const ELSEWHERE = 'jejak-doctor'

/** Visits a page as a stranger with an empty browser, and notes what its tracker does. */
export async function visitPage(options: VisitOptions): Promise<Visit> {
  const { url, send, waitMs } = options
  const browser = await launch(options)
  try {
    const context = await browser.newContext({ serviceWorkers: 'block' })
    await context.addInitScript(WATCH)
    if (!send) await context.addInitScript(HOLD_BACK)
    const page = await context.newPage()
    const watch = createBatchWatch(send)
    await context.route(() => true, watch.onRoute)
    const scripts = watchScripts(page)
    const notices: string[] = []
    page.on('console', message => {
      const text = message.text()
      if (/^jejak: /i.test(text) && notices.length < 50) notices.push(text.slice(0, 500))
    })
    page.on('dialog', dialog => void dialog.dismiss().catch(() => {}))

    const version = `${browser.browserType().name()} ${browser.version()}`
    let status: number | undefined
    page.on('response', response => {
      if (response.frame() === page.mainFrame() && response.request().isNavigationRequest()) status = response.status()
    })
    try {
      await page.goto(url, { waitUntil: 'load', timeout: LOAD_MS })
    } catch (error) {
      // A page that is there, but waits for something of somebody else for ever, can be looked at all the same.
      const isThere = status !== undefined && error instanceof Error && error.name === 'TimeoutError'
      if (!isThere) return { ...NOTHING, url, browser: version, failure: firstLine(error) }
    }
    const ask = async () => (await askPage(page, ASK)) as PageFacts

    const isWaiting = async () =>
      notices.some(notice => /consent is pending/i.test(notice)) || isShut((await ask()).consent)
    await until(async () => watch.count() > 0 || (await isWaiting()), waitMs)
    const consent =
      watch.count() === 0 && (await isWaiting()) ? await tryConsent(page, options, watch.count, ask) : undefined
    const navigation = watch.count() > 0 ? await tryNavigation(page, waitMs, watch.views) : undefined
    // What a page tracks a little later belongs to the same visit.
    await until(async () => false, Math.min(waitMs, 1_000))

    const facts = await ask()
    const endpoints = await tryEndpoints(page, facts, watch.endpoints())
    // Asked again: the trial may have been stopped by the policy too.
    const { violations } = await ask()
    return {
      url: page.url(),
      status,
      failure: undefined,
      browser: version,
      scripts: await scripts.seen(facts.tags),
      global: facts.global,
      violations,
      notices,
      batches: watch.batches(),
      consent,
      navigation,
      endpoints,
      isProduct: facts.isProduct,
      hasPanel: facts.hasPanel,
      longTasks: facts.longTasks.filter(({ script }) => scripts.isTracker(script)).map(({ ms }) => ms),
    }
  } finally {
    // What still waits in the page must not leave with its end.
    for (const context of browser.contexts()) await leaveNothing(context)
    await browser.close()
  }
}

const NOTHING = {
  status: undefined,
  scripts: [],
  global: 'none',
  violations: [],
  notices: [],
  batches: [],
  consent: undefined,
  navigation: undefined,
  endpoints: [],
  isProduct: false,
  hasPanel: false,
  longTasks: [],
} as const

async function launch({ browser: named, sandbox }: VisitOptions): Promise<Browser> {
  const executablePath = named ?? findBrowser()
  if (executablePath === undefined)
    throw new Error('No Chrome, Chromium or Edge was found. Install one, or say where it is: --browser /path/to/chrome')
  if (!existsSync(executablePath)) throw new UsageError(`There is no browser at ${executablePath}`)
  const { chromium } = await import('playwright-core')
  // Administrators cannot use the browser's own sandbox on Linux.
  const chromiumSandbox = sandbox && process.getuid?.() !== 0
  try {
    return await chromium.launch({ executablePath, chromiumSandbox, args: ['--disable-background-networking'] })
  } catch (cause) {
    const advice = 'It must be a Chrome, Chromium or Edge; in a container it may need --no-sandbox.'
    throw new Error(`The browser at ${executablePath} could not be started. ${advice}`, { cause })
  }
}

async function tryConsent(
  page: Page,
  { click, waitMs }: VisitOptions,
  count: () => number,
  ask: () => Promise<PageFacts>,
): Promise<ConsentTrial> {
  const { consent = 'pending', global } = await ask()
  const by = click ? 'click' : global === 'tracker' ? 'setConsent' : undefined
  if (click) {
    await page.click(click, { timeout: waitMs }).catch(() => {
      throw new UsageError(`There is nothing on the page to click by --click ${click}`)
    })
  } else if (by) {
    await askPage(page, "window.jejak.setConsent('granted')")
  }
  const cameAfter = by !== undefined && (await until(async () => count() > 0, waitMs))
  return { before: consent, by, cameAfter }
}

async function tryNavigation(page: Page, waitMs: number, views: () => readonly string[]): Promise<NavigationTrial> {
  // A page that is still telling of its load would be taken for one that tells of its move.
  await until(async () => views().length > 0, Math.min(waitMs, 2_000))
  const before = views().length
  const elsewhere = await askPage(
    page,
    `history.pushState(null, '', location.pathname.replace(/\\/?$/, '/${ELSEWHERE}')); location.href`,
  )
  const path = new URL(String(elsewhere)).pathname
  const forth = await until(
    async () =>
      views()
        .slice(before)
        .some(view => view.includes(path)),
    waitMs,
  )
  const between = views().length
  await askPage(page, 'history.back()')
  const back = forth && (await until(async () => views().length > between, waitMs))
  return { forth, back }
}

async function tryEndpoints(
  page: Page,
  { endpoint, violations }: PageFacts,
  seen: ReadonlyMap<string, string | undefined>,
): Promise<readonly EndpointTrial[]> {
  const endpoints = new Map(seen)
  const blocked = violations.find(
    ({ directive, blocked: address }) => directive === 'connect-src' && URL.canParse(address),
  )
  if (endpoints.size === 0 && endpoint) endpoints.set(endpoint, undefined)
  if (endpoints.size === 0 && blocked) endpoints.set(blocked.blocked, undefined)
  return Promise.all([...endpoints].slice(0, 5).map(([address, writeKey]) => tryEndpoint(page, address, writeKey)))
}

async function leaveNothing(context: BrowserContext): Promise<void> {
  await context.setOffline(true).catch(() => {})
}

function isShut(consent: string | undefined): boolean {
  return consent === 'pending' || consent === 'denied'
}

const LOOK_EVERY_MS = 50

/** Whether something came to be true within a time. */
async function until(isTrue: () => Promise<boolean>, waitMs: number): Promise<boolean> {
  const end = Date.now() + waitMs
  for (;;) {
    // A page that loads itself again cannot be asked just then.
    if (await isTrue().catch(() => false)) return true
    if (Date.now() >= end) return false
    await new Promise(resolve => setTimeout(resolve, LOOK_EVERY_MS))
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]!.replace(/^page\.goto: /, '')
}

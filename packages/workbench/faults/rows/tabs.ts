import { setTimeout as wait } from 'node:timers/promises'
import type { Engine } from '../engine.ts'
import { ENGINES } from '../engine.ts'
import type { Fault } from '../fault.ts'
import type { Treatment } from '../faulty-endpoint.ts'
import { createTally } from '../tally.ts'
import { step, untilIn, visit } from '../visit.ts'

const SOON = { batch: { waitMs: 50 } }

/** Tabs track in turn while nobody is reached; then somebody is, and nothing more is tracked. */
function together(tabs: number, fast: readonly Engine[]): Fault {
  return {
    row: 16,
    name: `${tabs} tabs track with the server down, then up`,
    engines: ENGINES,
    fast,
    async run(stage) {
      const { endpoint, engine, openBrowser } = stage
      const tally = createTally(stage)
      const browser = await openBrowser(engine)
      const all = []
      for (let made = 0; made < tabs; made++) all.push(await visit(browser, endpoint, SOON))
      await endpoint.goDown()
      for (let round = 0; round < 3; round++) {
        await Promise.all(all.map(tab => step(tab, { first: tally.next(10), count: 10 })))
      }
      await endpoint.comeBack()
      await tally.settled()
      return tally.outcome()
    },
  }
}

/** One tab is sending, and so holds the lock, when something becomes of it; another has to go on. */
function holder(
  fault: Omit<Fault, 'run'>,
  treatment: Treatment,
  loseHolder: (tabs: Parameters<Fault['run']>[0] & Held) => Promise<void>,
): Fault {
  return {
    ...fault,
    async run(stage) {
      const { endpoint, engine, openBrowser } = stage
      const tally = createTally(stage)
      const browser = await openBrowser(engine)
      const first = await visit(browser, endpoint, SOON)
      endpoint.always(treatment)
      await step(first, { first: tally.next(20), count: 20 })
      await endpoint.until(() => endpoint.batches.length > 0)
      endpoint.always()
      // By its clock the claim of the first tab has run out, should that not have ended with it.
      const second = await visit(browser, endpoint, { ...SOON, later: 120_000 })
      await loseHolder({ ...stage, browser, first })
      await step(second, { first: tally.next(20), count: 20 })
      await tally.settled()
      return tally.outcome()
    },
  }
}

interface Held {
  readonly browser: Awaited<ReturnType<Parameters<Fault['run']>[0]['openBrowser']>>
  readonly first: Awaited<ReturnType<Held['browser']['open']>>
}

const inChromium = {
  engines: ['chromium'],
  cannot: { firefox: 'it freezes no page', webkit: 'it freezes no page that a driver could name' },
} as const

const frozenThenKilled: Fault = {
  row: 17,
  name: 'page frozen in the background, then discarded',
  ...inChromium,
  fast: ['chromium'],
  async run(stage) {
    const { endpoint, engine, openBrowser } = stage
    const tally = createTally(stage)
    const browser = await openBrowser(engine)
    endpoint.always({ status: 503 })
    const tab = await visit(browser, endpoint)
    await browser.open(`${endpoint.origin}/plain`)
    await step(tab, { first: tally.next(20), count: 20 })
    await tab.freeze!()
    await browser.killPages()
    endpoint.always()
    await visit(browser, endpoint)
    await tally.settled()
    return tally.outcome()
  },
}

/** Events are tracked by a tab that nobody sees, and sent by it too. */
const hidden: Fault = {
  row: 18,
  name: 'hidden tab tracks with the server down, then up',
  engines: ['chromium', 'firefox'],
  cannot: { webkit: 'its tabs are windows here, and none of them is ever hidden' },
  fast: ['chromium', 'firefox'],
  async run(stage) {
    const { endpoint, engine, openBrowser } = stage
    const tally = createTally(stage)
    const browser = await openBrowser(engine)
    const tab = await visit(browser, endpoint)
    await step(tab, { first: tally.next(10), count: 10 })
    await browser.open(`${endpoint.origin}/plain`)
    await untilIn(tab, () => document.visibilityState === 'hidden')
    await endpoint.goDown()
    await step(tab, { first: tally.next(20), count: 20 })
    await wait(1_500)
    await endpoint.comeBack()
    await tally.settled()
    return tally.outcome()
  },
}

/** Tabs that know of each other by their storage alone: rows 16 to 18. */
export const faults: readonly Fault[] = [
  together(2, ENGINES),
  together(3, []),
  together(10, []),
  holder(
    { row: 16, name: 'lock holder killed while it sends', engines: ENGINES, fast: ['chromium', 'webkit'] },
    { fault: 'stall' },
    ({ browser, first }) => browser.killPages(first),
  ),
  holder(
    { row: 16, name: 'lock holder killed while it sends what is already stored', engines: ENGINES, fast: ['chromium'] },
    { fault: 'stall', store: true },
    ({ browser, first }) => browser.killPages(first),
  ),
  holder({ row: 16, name: 'lock holder closed while it sends', engines: ENGINES }, { fault: 'stall' }, ({ first }) =>
    first.close(),
  ),
  holder(
    { row: 17, name: 'lock holder frozen while it sends', ...inChromium, fast: ['chromium'] },
    { fault: 'stall' },
    ({ first }) => first.freeze!(),
  ),
  frozenThenKilled,
  hidden,
]

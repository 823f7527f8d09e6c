import type { Engine } from '../engine.ts'
import { ENGINES } from '../engine.ts'
import type { Fault } from '../fault.ts'
import { createTally } from '../tally.ts'
import { startIn, step, untilIn, untilItKeeps, visit } from '../visit.ts'
import type { VisitedPage } from '../visit.ts'

const DAY = 24 * 60 * 60_000

const atStart: Fault = {
  row: 7,
  name: 'offline at start',
  engines: ENGINES,
  fast: ['chromium'],
  async run(stage) {
    const { endpoint, engine, openBrowser } = stage
    const tally = createTally(stage)
    const browser = await openBrowser(engine)
    const tab = await browser.open(`${endpoint.origin}/shop`)
    // What a page needs may be in the cache; here it has just come.
    await untilIn(tab, () => !!(window as unknown as VisitedPage).isReady)
    await endpoint.goDown()
    await startIn(tab, endpoint.url)
    await step(tab, { first: tally.next(20), count: 20 })
    await tab.run(() => (window as unknown as VisitedPage).tracker.flush(), undefined)
    await endpoint.comeBack()
    await tally.settled()
    return tally.outcome()
  },
}

const inABurst: Fault = {
  row: 7,
  name: 'going offline in a burst',
  engines: ENGINES,
  fast: ENGINES,
  async run(stage) {
    const { endpoint, engine, openBrowser } = stage
    const tally = createTally(stage)
    const browser = await openBrowser(engine)
    const tab = await visit(browser, endpoint, { batch: { waitMs: 20 } })
    const first = tally.next(300)
    const tracking = tab.run(trackForAWhile, { first, count: 300 })
    await endpoint.until(() => endpoint.batches.length > 0)
    await endpoint.goDown()
    await tracking
    await endpoint.comeBack()
    await tally.settled()
    return tally.outcome()
  },
}

/** Runs in the page: ten events every 20 ms. */
async function trackForAWhile({ first, count }: { readonly first: number; readonly count: number }): Promise<void> {
  const page = window as unknown as VisitedPage
  for (let done = 0; done < count; done += 10) {
    page.step({ first: first + done, count: 10 })
    await new Promise(resolve => {
      setTimeout(resolve, 20)
    })
  }
}

const byItsOwnWord: Fault = {
  row: 7,
  name: 'offline in the words of the browser too, and online again',
  engines: ['chromium'],
  cannot: { firefox: 'its driver cannot take a page off the net', webkit: 'it cannot be taken off the net' },
  fast: ['chromium'],
  async run(stage) {
    const { endpoint, engine, openBrowser } = stage
    const tally = createTally(stage)
    const browser = await openBrowser(engine)
    const tab = await visit(browser, endpoint)
    await tab.goOffline!(true)
    await step(tab, { first: tally.next(20), count: 20 })
    await tab.run(() => (window as unknown as VisitedPage).tracker.flush(), undefined)
    await tab.goOffline!(false)
    await tally.settled()
    return tally.outcome()
  },
}

/** What was tracked offline is told days later, by a page that knows nothing of it, and of the day when it happened. */
function daysLater(name: string, later: number, fast: readonly Engine[]): Fault {
  return {
    row: 7,
    name,
    engines: ENGINES,
    fast,
    async run(stage) {
      const { endpoint, engine, openBrowser } = stage
      const tally = createTally(stage)
      const browser = await openBrowser(engine)
      const tab = await visit(browser, endpoint)
      await untilItKeeps(tab)
      await endpoint.goDown()
      await step(tab, { first: tally.next(20), count: 20 })
      await tab.run(() => (window as unknown as VisitedPage).tracker.flush(), undefined)
      await tab.close()
      await endpoint.comeBack()
      await visit(browser, endpoint, { later })
      await tally.settled()
      const now = Date.now()
      const wrong = endpoint.stored.filter(({ time }) => Math.abs(now - time) > DAY / 2)
      if (wrong.length > 0) throw new Error(`${wrong.length} events were told with a time that is not theirs.`)
      return tally.outcome()
    },
  }
}

/** The net is gone: row 7. */
export const faults: readonly Fault[] = [
  atStart,
  inABurst,
  byItsOwnWord,
  daysLater('offline, left, and back three days later', 3 * DAY, ['chromium']),
  daysLater('offline, left, and back when the clock was set back by a day', -DAY, []),
]

import { setTimeout as wait } from 'node:timers/promises'
import type { Tab } from '../engine.ts'
import { ENGINES } from '../engine.ts'
import type { Fault } from '../fault.ts'
import type { Treatment } from '../faulty-endpoint.ts'
import { createTally } from '../tally.ts'
import { untilIn, untilItKeeps, visit } from '../visit.ts'
import type { Steps, VisitedPage } from '../visit.ts'

const REFUSE: Treatment = { status: 503 }

/** In one task, events are tracked and the page is left; the next visit sends what is left of them. */
function left(fault: Omit<Fault, 'engines' | 'run'>, how: Leaving): Fault {
  return {
    engines: ENGINES,
    ...fault,
    async run(stage) {
      const { endpoint, engine, openBrowser } = stage
      const { count = 20, leave, isLeft, treatment = {}, isNew = false } = how
      const tally = createTally(stage)
      const browser = await openBrowser(engine)
      endpoint.always(treatment)
      const tab = await visit(browser, endpoint)
      if (!isNew) await untilItKeeps(tab)
      await tab.start(leave, { first: tally.next(count), count })
      await isLeft(tab)
      endpoint.always()
      await visit(browser, endpoint)
      await tally.settled()
      return tally.outcome()
    },
  }
}

interface Way {
  /** Runs in the page. */
  readonly leave: (steps: Steps) => void
  /** Does what is still to be done, and waits until the page has been left. */
  readonly isLeft: (tab: Tab) => Promise<void>
}

interface Leaving extends Way {
  /** Default: 20. */
  readonly count?: number
  /** What becomes of requests until the next visit. */
  readonly treatment?: Treatment
  /** Whether the tracker was made just before. Default: false. */
  readonly isNew?: boolean
}

const GONE_MS = 2_000

/** Waits until nothing is there any more that could answer. */
async function gone(tab: Tab): Promise<void> {
  for (let isThere = true; isThere;) {
    isThere = await Promise.race([
      tab.run(() => true, undefined).catch(() => false),
      new Promise<boolean>(resolve => {
        setTimeout(resolve, GONE_MS, false)
      }),
    ])
  }
}

const closedByUser: Way = {
  leave: steps => {
    ;(window as unknown as VisitedPage).step(steps)
    // The user closes it meanwhile, so that nothing of the page comes between.
    for (const until = Date.now() + 200; Date.now() < until;);
  },
  async isLeft(tab) {
    await wait(100)
    await tab.close()
  },
}

const closedByItself: Way = {
  leave: steps => {
    ;(window as unknown as VisitedPage).step(steps)
    window.close()
  },
  isLeft: gone,
}

const toSameSite = {
  leave: (steps: Steps) => {
    ;(window as unknown as VisitedPage).step(steps)
    location.href = '/shop?page=next'
  },
  isLeft: (tab: Tab) => untilIn(tab, () => location.search === '?page=next'),
}

const toOtherSite = {
  leave: (steps: Steps) => {
    ;(window as unknown as VisitedPage).step(steps)
    document.querySelector<HTMLAnchorElement>('#away')!.click()
  },
  isLeft: (tab: Tab) => untilIn(tab, () => location.hostname === '127.0.0.1' && location.search === '?page=away'),
}

const byLink = {
  leave: (steps: Steps) => {
    ;(window as unknown as VisitedPage).step(steps)
    document.querySelector<HTMLAnchorElement>('#next')!.click()
  },
  isLeft: (tab: Tab) => untilIn(tab, () => location.search === '?page=next'),
}

const byForm = {
  leave: (steps: Steps) => {
    ;(window as unknown as VisitedPage).step(steps)
    document.querySelector<HTMLFormElement>('#order')!.requestSubmit()
  },
  isLeft: (tab: Tab) => untilIn(tab, () => location.search === '?page=ordered'),
}

const byFormToOtherSite = {
  leave: (steps: Steps) => {
    ;(window as unknown as VisitedPage).step(steps)
    document.querySelector<HTMLFormElement>('#away-order')!.requestSubmit()
  },
  isLeft: (tab: Tab) => untilIn(tab, () => location.hostname === '127.0.0.1' && location.search === '?page=paid'),
}

const byReplacing = {
  leave: (steps: Steps) => {
    ;(window as unknown as VisitedPage).step(steps)
    location.replace('/shop?page=replaced')
  },
  isLeft: (tab: Tab) => untilIn(tab, () => location.search === '?page=replaced'),
}

/** The last moment there is: nothing runs after it. */
const inPagehide = {
  leave: (steps: Steps) => {
    addEventListener('pagehide', () => (window as unknown as VisitedPage).step(steps))
    document.querySelector<HTMLAnchorElement>('#away')!.click()
  },
  isLeft: (tab: Tab) => untilIn(tab, () => location.hostname === '127.0.0.1'),
}

/** The page is left, or its tab: rows 1 and 2. */
export const faults: readonly Fault[] = [
  left({ row: 1, name: 'tab closed in the task after 1 event', fast: ['chromium'] }, { ...closedByUser, count: 1 }),
  left({ row: 1, name: 'tab closed in the task after 20 events', fast: ENGINES }, closedByUser),
  left(
    { row: 1, name: 'tab closed in the task after 300 events', fast: ['chromium'] },
    { ...closedByUser, count: 300 },
  ),
  left(
    { row: 1, name: 'tab closed in the task after 20 events, while the server fails', fast: ['chromium', 'webkit'] },
    { ...closedByUser, treatment: REFUSE },
  ),
  left(
    { row: 1, name: 'tab closed in the task after 300 events, while the server fails' },
    { ...closedByUser, count: 300, treatment: REFUSE },
  ),
  left(
    { row: 1, name: 'tab closed in the task after 20 events, just when the tracker was made' },
    { ...closedByUser, isNew: true },
  ),
  left({ row: 1, name: 'tab that closes itself in the task after 20 events' }, closedByItself),
  left({ row: 1, name: 'tab that closes itself in the task after 300 events' }, { ...closedByItself, count: 300 }),
  left({ row: 2, name: 'navigation in the same task, to the same site', fast: ['chromium'] }, toSameSite),
  left({ row: 2, name: 'navigation in the same task, to another site', fast: ENGINES }, toOtherSite),
  left({ row: 2, name: 'navigation in the same task, by a link' }, byLink),
  left({ row: 2, name: 'navigation in the same task, by a form post', fast: ['chromium'] }, byForm),
  left({ row: 2, name: 'navigation in the same task, by a form post to another site' }, byFormToOtherSite),
  left({ row: 2, name: 'navigation in the same task, by location.replace' }, byReplacing),
  left(
    {
      row: 2,
      name: 'navigation in the same task, to the same site, while the server fails',
    },
    { ...toSameSite, treatment: REFUSE },
  ),
  left(
    {
      row: 2,
      name: 'navigation in the same task, to another site, while the server fails',
      fast: ['chromium'],
    },
    { ...toOtherSite, treatment: REFUSE },
  ),
  left(
    {
      row: 2,
      name: 'navigation in the same task after 300 events, to another site',
    },
    { ...toOtherSite, count: 300 },
  ),
  left(
    {
      row: 2,
      name: 'navigation in the same task after 300 events, to another site, while the server fails',
    },
    { ...toOtherSite, count: 300, treatment: REFUSE },
  ),
  left({ row: 2, name: 'events tracked in pagehide, on the way to another site', fast: ENGINES }, inPagehide),
]

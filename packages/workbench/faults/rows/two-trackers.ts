import { ENGINES } from '../engine.ts'
import type { Tab } from '../engine.ts'
import type { Fault, Stage } from '../fault.ts'
import { createFaultyEndpoint } from '../faulty-endpoint.ts'
import { createTally } from '../tally.ts'
import { openTrialPage } from '../trial-page.ts'

const everywhere = { row: 22, engines: ENGINES } as const
const DOWN = { status: 503 }

/** What a page that uses the script tag calls. */
type Call = (method: string, ...details: unknown[]) => unknown

/** Runs in the page: the line that keeps calls until the script has loaded. */
function installStub(): void {
  const page = window as unknown as { jejak?: { (...call: unknown[]): void; q?: unknown[] }; kept?: unknown }
  page.jejak ||= function (...call: unknown[]) {
    ;(page.jejak!.q ||= []).push(call)
  }
  page.kept = page.jejak
}

/** Runs in the page: puts the script tag into it, and waits for it or not. */
async function addScript({ waits }: { readonly waits: boolean }): Promise<void> {
  const script = document.createElement('script')
  script.src = '/jejak.js'
  script.dataset['endpoint'] = '/e'
  script.dataset['auto'] = 'false'
  const loaded = new Promise<void>((resolve, reject) => {
    script.onload = () => resolve()
    script.onerror = () => reject(new Error('the script did not load'))
  })
  document.head.append(script)
  Object.assign(window, { loaded })
  if (waits) await loaded
}

/** Runs in the page: five calls of `jejak`, or of what the page kept of it before it was loaded. */
function callScript({ first, by }: { readonly first: number; readonly by: 'jejak' | 'kept' }): void {
  const call = (window as unknown as Record<'jejak' | 'kept', Call>)[by]
  for (let number = first; number < first + 5; number++) call('track', 'trial', { number })
}

async function openScriptPage({ engine, endpoint, openBrowser }: Stage): Promise<Tab> {
  const browser = await openBrowser(engine)
  return browser.open(`${endpoint.origin}/plain`)
}

function flushScript(tab: Tab): Promise<unknown> {
  return tab.run(() => (window as unknown as { jejak: Call }).jejak('flush'), undefined)
}

export const faults: readonly Fault[] = [
  {
    ...everywhere,
    name: 'the same tracker is made twice in one page',
    fast: ['chromium'],
    async run(stage) {
      const tally = createTally(stage)
      stage.endpoint.next(DOWN, DOWN)
      const { track, flush, dropped } = await openTrialPage(stage, { trackers: [{}, {}] })
      for (let turn = 0; turn < 4; turn++) await track(tally.next(20), 20, turn % 2)
      await tally.settled()
      await flush()
      return tally.outcome(await dropped())
    },
  },
  {
    ...everywhere,
    name: 'the same tracker is made twice, and the page is left at once',
    async run(stage) {
      const tally = createTally(stage)
      const page = await openTrialPage(stage, { trackers: [{}, {}] })
      await page.tab.start(first => {
        trial.track(first, 20, 0)
        trial.track(first + 20, 20, 1)
        location.assign('/plain?page=next')
      }, tally.next(40))
      // What did not leave with the page is sent by the next one.
      const { flush } = await openTrialPage(stage, { browser: page.browser })
      await tally.settled()
      await flush()
      return tally.outcome()
    },
  },
  {
    ...everywhere,
    name: 'a tracker is stopped and made again, as by a framework that mounts everything twice',
    fast: ['chromium'],
    async run(stage) {
      const tally = createTally(stage)
      stage.endpoint.next(DOWN)
      const { tab, track, flush, dropped } = await openTrialPage(stage)
      await tab.run(first => {
        trial.track(first, 20, 0)
        trial.trackers[0]!.stop()
        trial.start()
        trial.track(first + 20, 20, 1)
      }, tally.next(40))
      await track(tally.next(20), 20, 1)
      await tally.settled()
      await flush()
      return tally.outcome(await dropped())
    },
  },
  {
    ...everywhere,
    name: 'two trackers have names and endpoints of their own, and one of these is down',
    fast: ['chromium'],
    async run(stage) {
      const other = await createFaultyEndpoint()
      try {
        const tally = createTally(stage)
        const otherTally = createTally({ endpoint: other })
        stage.endpoint.next(DOWN, DOWN)
        const { track, flush, dropped } = await openTrialPage(stage, {
          trackers: [{}, { name: 'other', endpoint: other.url }],
        })
        await track(tally.next(20), 20, 0)
        await track(otherTally.next(30), 30, 1)
        await tally.settled()
        await otherTally.settled()
        await flush()
        // All numbers of the first are among those of the second: what strayed would make up for nothing.
        if (other.stored.length !== 30 || stage.endpoint.stored.length !== 20) {
          throw new Error(
            `${other.stored.length} of 30 and ${stage.endpoint.stored.length} of 20 events are where they belong`,
          )
        }
        return tally.outcome(await dropped())
      } finally {
        await other.close()
      }
    },
  },
  {
    ...everywhere,
    name: 'the script is loaded twice',
    async run(stage) {
      const tally = createTally(stage)
      const tab = await openScriptPage(stage)
      await tab.run(addScript, { waits: true })
      await tab.run(callScript, { first: tally.next(5), by: 'jejak' })
      await tab.run(addScript, { waits: true })
      await tab.run(callScript, { first: tally.next(5), by: 'jejak' })
      await tally.settled()
      await flushScript(tab)
      return tally.outcome()
    },
  },
  {
    ...everywhere,
    name: 'the script is called before, while and after it loads, and by what the page kept of before',
    fast: ['chromium'],
    async run(stage) {
      const tally = createTally(stage)
      const tab = await openScriptPage(stage)
      await tab.run(installStub, undefined)
      await tab.run(callScript, { first: tally.next(5), by: 'jejak' })
      await tab.run(addScript, { waits: false })
      await tab.run(callScript, { first: tally.next(5), by: 'jejak' })
      await tab.run(() => (window as unknown as { loaded: Promise<void> }).loaded, undefined)
      await tab.run(callScript, { first: tally.next(5), by: 'jejak' })
      await tab.run(callScript, { first: tally.next(5), by: 'kept' })
      await tally.settled()
      await flushScript(tab)
      return tally.outcome()
    },
  },
]

import { setTimeout as wait } from 'node:timers/promises'
import fc from 'fast-check'
import { schedules } from '../../../browser/test/chaos/schedule.ts'
import type { Step } from '../../../browser/test/chaos/schedule.ts'
import { ENGINES } from '../engine.ts'
import type { Tab } from '../engine.ts'
import type { Fault, Outcome, Stage } from '../fault.ts'
import type { Treatment } from '../faulty-endpoint.ts'
import { createTally } from '../tally.ts'
import { startIn, step as track, untilItKeeps, visit } from '../visit.ts'
import type { VisitedPage } from '../visit.ts'

/**
 * What a simulated network does, done by a real server. What only shows after minutes is left to the simulation: there
 * they take no time.
 */
const TREATMENTS: Readonly<Record<string, Treatment>> = {
  down: { fault: 'reset' },
  offline: { fault: 'close' },
  unavailable: { status: 503 },
  busy: { status: 429, headers: { 'retry-after': '1' } },
  deaf: { store: true, fault: 'reset' },
  garbled: { store: true, status: 200, body: '<html>' },
  echoing: { times: 2 },
  silent: { fault: 'stall' },
  slow: { store: true, fault: 'truncate' },
}

const MOST_TABS = 3
const LONGEST_WAIT_MS = 300
/** Until the browser has noticed that its pages are dead, it may put a new one into a process that is. */
const NOTICED_MS = 500
/** They take about ten seconds. */
const STEPS = 30

/** Does in a real browser what it can of a schedule; then all tabs are closed, everything is well, and there is a last visit. */
async function follow(stage: Stage, steps: readonly Step[]): Promise<Outcome> {
  const { engine, endpoint, openBrowser } = stage
  const tally = createTally(stage)
  let browser = await openBrowser(engine)
  let tabs = [await open()]

  /** In a page's first moments, before it has a database, a kill is beyond remedy. */
  async function open(): Promise<Tab> {
    const tab = await visit(browser, endpoint)
    await untilItKeeps(tab)
    return tab
  }

  async function actOn(tab: Tab, action: Step['do']): Promise<void> {
    if (action === 'flush') await tab.run(() => void (window as unknown as VisitedPage).tracker.flush(), undefined)
    if (action === 'leave') {
      await tab.goto(`${endpoint.origin}/shop`)
      await startIn(tab, endpoint.url)
      await untilItKeeps(tab)
    }
    if (action === 'close') {
      tabs = tabs.filter(one => one !== tab)
      await tab.close()
    }
    if (action === 'kill') {
      // Pages of one site may share a process.
      tabs = []
      await browser.killPages()
      await wait(NOTICED_MS)
    }
  }

  async function act(step: Step): Promise<void> {
    if (step.do === 'open') {
      if (tabs.length < MOST_TABS) tabs.push(await open())
    } else if (step.do === 'wait') await wait(Math.min(step.ms, LONGEST_WAIT_MS))
    else if (step.do === 'run') await wait(step.tasks)
    else if (step.do === 'network') endpoint.always(TREATMENTS[step.is])
    else if (step.do === 'crash') {
      tabs = []
      await browser.kill()
      browser = await openBrowser(engine, { profile: browser.profile })
    } else if ('tab' in step) {
      if (tabs.length === 0) tabs.push(await open())
      const tab = tabs[step.tab % tabs.length]!
      if (step.do === 'track') await track(tab, { first: tally.next(step.count), count: step.count })
      else await actOn(tab, step.do)
    }
  }

  for (const step of steps) await act(step)
  await track(await visit(browser, endpoint), { first: tally.next(1), count: 1 })
  for (const tab of tabs) await tab.close()
  endpoint.always()
  await visit(browser, endpoint)
  await tally.settled()
  return tally.outcome()
}

function chaos(seed: number, fast?: Fault['fast']): Fault {
  return {
    row: 30,
    name: `a random schedule of tabs, kills and network faults, from the seed ${seed}`,
    engines: ENGINES,
    ...(fast && { fast }),
    run(stage) {
      const [schedule] = fc.sample(schedules({ steps: STEPS, atLeast: STEPS }), { seed, numRuns: 1 })
      return follow(stage, schedule!.steps)
    },
  }
}

/** Random schedules, in real browsers: row 30. The same ones each time; the simulation has others by the thousand. */
export const faults: readonly Fault[] = [chaos(11, ['chromium']), chaos(13), chaos(17), chaos(48), chaos(53), chaos(58)]

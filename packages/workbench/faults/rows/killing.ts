import { cpSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { newProfile } from '../browsers/profile.ts'
import type { Browser } from '../engine.ts'
import { ENGINES } from '../engine.ts'
import type { Fault } from '../fault.ts'
import type { Treatment } from '../faulty-endpoint.ts'
import { createKillSwitch } from '../kill-switch.ts'
import { createTally } from '../tally.ts'
import { step, untilItKeeps, visit } from '../visit.ts'
import type { Steps, VisitedPage } from '../visit.ts'

const REFUSE: Treatment = { status: 503 }
const COUNT = 20
const LOST_MS = 3_000
const IN_THE_TASK = {
  atMost: COUNT,
  because: 'the task itself is killed: its events are nowhere but in the memory of the page',
}

const AT_ONCE_IN_WEBKIT: Fault['mayLose'] = {
  atMost: COUNT,
  because: 'WebKit passes a write on to the process that keeps it a moment after the task',
  engines: ['webkit'],
}

interface Killing {
  /** How long after the events; undefined: in their task, which does not end. */
  readonly after: number | undefined
  readonly what: 'pages' | 'browser'
  readonly treatment?: Treatment
}

/** Events are tracked, then the page asks to be killed and stands still; the next visit sends what was kept. */
function killed(fault: Omit<Fault, 'engines' | 'run'>, { after, what, treatment = {} }: Killing): Fault {
  return {
    engines: ENGINES,
    ...fault,
    async run(stage) {
      const { endpoint, engine, openBrowser } = stage
      // What is nowhere need not be waited for.
      const tally = after === undefined ? createTally(stage, LOST_MS) : createTally(stage)
      let browser = await openBrowser(engine)
      const killSwitch = await createKillSwitch(() => (what === 'pages' ? browser.killPages() : browser.kill()))
      endpoint.always(treatment)
      const tab = await visit(browser, endpoint)
      await untilItKeeps(tab)
      const first = tally.next(COUNT)
      // There may be no answer any more.
      tab.start(stepAndDie, { first, count: COUNT, url: killSwitch.url, after }).catch(() => {})
      await killSwitch.done
      killSwitch.close()

      endpoint.always()
      if (what === 'browser') browser = await openBrowser(engine, { profile: browser.profile })
      await visit(browser, endpoint)
      await tally.settled()
      return tally.outcome()
    },
  }
}

/** Runs in the page. */
function stepAndDie({
  after,
  url,
  ...steps
}: Steps & { readonly url: string; readonly after?: number | undefined }): void {
  const die = () => {
    const request = new XMLHttpRequest()
    request.open('GET', url, false)
    request.send()
  }
  ;(window as unknown as VisitedPage).step(steps)
  if (after === undefined) die()
  else setTimeout(die, after)
}

/** Events are tracked, and the browser ends or its machine does; the next visit is in another browser. */
function ended(
  fault: Omit<Fault, 'engines' | 'run'>,
  treatment: Treatment,
  end: (browser: Browser) => Promise<string>,
): Fault {
  return {
    engines: ENGINES,
    ...fault,
    async run(stage) {
      const { endpoint, engine, openBrowser } = stage
      const tally = createTally(stage)
      const browser = await openBrowser(engine)
      endpoint.always(treatment)
      const tab = await visit(browser, endpoint)
      await untilItKeeps(tab)
      await step(tab, { first: tally.next(COUNT), count: COUNT })
      const profile = await end(browser)
      endpoint.always()
      await visit(await openBrowser(engine, { profile }), endpoint)
      await tally.settled()
      return tally.outcome()
    },
  }
}

async function quit(browser: Browser): Promise<string> {
  await browser.quit()
  return browser.profile
}

/** How long a write takes at most to be in the hands of the system, by which time a copy has it. */
const WRITTEN_MS = 500

/** What is on the disk at this moment goes on; nothing else does. */
async function restartMachine(browser: Browser): Promise<string> {
  await wait(WRITTEN_MS)
  const copy = newProfile()
  cpSync(browser.profile, copy, {
    recursive: true,
    // Sockets and the like are no part of what is kept.
    filter: path => !/\/(Singleton\w+|lock|\.parentlock|run)$/.test(path),
  })
  await browser.kill()
  return copy
}

/** Something ends that nobody asked: rows 4, 5 and 6. */
export const faults: readonly Fault[] = [
  killed(
    { row: 4, name: 'renderer killed in the task of the events', mayLose: IN_THE_TASK },
    { what: 'pages', after: undefined },
  ),
  killed({ row: 4, name: 'renderer killed after 0 ms', fast: ['chromium', 'firefox'] }, { what: 'pages', after: 0 }),
  killed({ row: 4, name: 'renderer killed after 20 ms', fast: ['webkit'] }, { what: 'pages', after: 20 }),
  killed({ row: 4, name: 'renderer killed after 100 ms' }, { what: 'pages', after: 100 }),
  killed(
    {
      row: 4,
      name: 'renderer killed after 0 ms, while the server fails',
      fast: ['chromium'],
    },
    { what: 'pages', after: 0, treatment: REFUSE },
  ),
  killed(
    { row: 4, name: 'renderer killed after 20 ms, while the server fails', fast: ['chromium'] },
    { what: 'pages', after: 20, treatment: REFUSE },
  ),
  killed(
    { row: 4, name: 'renderer killed after 100 ms, while the server fails' },
    { what: 'pages', after: 100, treatment: REFUSE },
  ),
  killed(
    { row: 5, name: 'browser killed in the task of the events, same profile opened again', mayLose: IN_THE_TASK },
    { what: 'browser', after: undefined, treatment: REFUSE },
  ),
  killed(
    {
      row: 5,
      name: 'browser killed after 0 ms, same profile opened again',
      fast: ['chromium'],
      mayLose: AT_ONCE_IN_WEBKIT,
    },
    { what: 'browser', after: 0, treatment: REFUSE },
  ),
  killed(
    { row: 5, name: 'browser killed after 10 ms, same profile opened again', fast: ['chromium'] },
    { what: 'browser', after: 10, treatment: REFUSE },
  ),
  killed(
    { row: 5, name: 'browser killed after 1 s, same profile opened again', fast: ['webkit'] },
    { what: 'browser', after: 1_000, treatment: REFUSE },
  ),
  ended({ row: 6, name: 'browser quit by its user right after the events', fast: ['chromium'] }, {}, quit),
  ended({ row: 6, name: 'browser quit by its user right after the events, while the server fails' }, REFUSE, quit),
  ended(
    { row: 6, name: 'machine restarted: the profile goes on as it was on the disk', fast: ['chromium'] },
    REFUSE,
    restartMachine,
  ),
]

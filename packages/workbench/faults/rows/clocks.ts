import { ENGINES } from '../engine.ts'
import type { Fault, Outcome, Stage } from '../fault.ts'
import { createTally } from '../tally.ts'
import { openTrialPage } from '../trial-page.ts'

const HOUR = 60 * 60_000
const DAY = 24 * HOUR
const everywhere = { row: 17, engines: ENGINES } as const

// Times are milliseconds since the epoch, so that summer time is no fault here: no clock of a page jumps by it.

/** Runs in the page: its clock becomes one that can be set. Timers go on as they were, as they do on a real machine. */
function makeClockSettable(): void {
  const { now } = Date
  const clock = { ahead: 0, frozen: 0 }
  Date.now = () => clock.frozen || now() + clock.ahead
  Object.assign(window, { clock })
}

/** Runs in the page. */
function setClock(settings: { readonly ahead?: number; readonly frozen?: number }): void {
  Object.assign((window as unknown as { clock: object }).clock, settings)
}

/** Tracks 10 events before each setting of the clock, and after the last. */
async function trackThroughout(
  stage: Stage,
  settings: readonly Parameters<typeof setClock>[0][],
  answer: { readonly status: number; readonly headers?: Readonly<Record<string, string>> } = { status: 503 },
): Promise<Outcome> {
  const { endpoint } = stage
  const tally = createTally(stage)
  endpoint.next(answer)
  const { tab, track, flush, dropped } = await openTrialPage(stage, { before: makeClockSettable })
  await track(tally.next(10), 10)
  await endpoint.until(() => endpoint.batches.length > 0)
  for (const setting of settings) {
    await tab.run(setClock, setting)
    await track(tally.next(10), 10)
  }
  await tally.settled()
  await flush()
  return tally.outcome(await dropped())
}

export const faults: readonly Fault[] = [
  {
    ...everywhere,
    name: 'the clock is set a day ahead, and back, and a day back',
    fast: ['chromium'],
    run: stage => trackThroughout(stage, [{ ahead: DAY }, { ahead: 0 }, { ahead: -DAY }, { ahead: 0 }]),
  },
  {
    ...everywhere,
    name: 'the clock is set back by a day while the tracker waits for a server that failed',
    run: stage => trackThroughout(stage, [{ ahead: -DAY }]),
  },
  {
    ...everywhere,
    name: 'the clock is set back by half a day while the server has asked for one second of patience',
    fast: ['chromium'],
    run: stage => trackThroughout(stage, [{ ahead: -12 * HOUR }], { status: 429, headers: { 'retry-after': '1' } }),
  },
  {
    ...everywhere,
    name: '`Date.now` stands still',
    run: stage => trackThroughout(stage, [{ frozen: Date.now() }, { frozen: Date.now() - HOUR }]),
  },
  {
    ...everywhere,
    name: '`Date.now` stands at zero, or is no number',
    // No event has such a time; the collector corrects what it can.
    run: stage => trackThroughout(stage, [{ ahead: -Date.now() }, { ahead: NaN }, { ahead: 0 }]),
  },
]

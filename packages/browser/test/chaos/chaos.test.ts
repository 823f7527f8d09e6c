import type { Script } from 'node:vm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runSchedule } from './run-schedule.ts'
import { schedules } from './schedule.ts'
import type { Schedule } from './schedule.ts'
import { trackerScript } from './tracker-bundle.ts'

/** `JEJAK_FAULTS=all` takes some minutes, and other schedules each time; `JEJAK_SEED` has those of a number. */
const isLong = process.env['JEJAK_FAULTS'] === 'all'
const seed = Number(process.env['JEJAK_SEED'] ?? (isLong ? Date.now() % 2 ** 31 : 30))
const LONG_MS = 30 * 60_000
const SHORT_MS = 60_000

test(
  'whatever happens, what was safe is stored exactly once, and what was not allowed never leaves',
  async () => {
    let tracked = 0
    let stored = 0
    const property = fc.asyncProperty(schedules({ steps: 40 }), async schedule => {
      const run = await runSchedule(schedule)
      expect(run.faults).toEqual([])
      tracked += run.tracked
      stored += run.stored
    })
    await fc.assert(property, { seed, numRuns: isLong ? 10_000 : 200, interruptAfterTimeLimit: LONG_MS / 2 })
    // Had most of them erased everything, they would show little.
    expect(stored).toBeGreaterThan(tracked / 4)
  },
  LONG_MS,
)

test(
  'the same schedule goes the same way each time',
  async () => {
    for (const schedule of fc.sample(schedules({ steps: 60 }), { seed, numRuns: 10 })) {
      const { trace } = await runSchedule(schedule)
      expect((await runSchedule(schedule)).trace).toEqual(trace)
    }
  },
  SHORT_MS,
)

/** What a tracker with a mistake in it is caught at, by the first schedule that finds one. */
async function expectFault(script: Script, fault: RegExp): Promise<void> {
  const isCaught = async (schedule: Schedule) =>
    (await runSchedule(schedule, script)).faults.some(one => fault.test(one))
  const search = await fc.check(
    fc.asyncProperty(schedules({ steps: 40 }), async schedule => !(await isCaught(schedule))),
    { seed: 30, numRuns: 400, endOnFailure: true },
  )
  expect(search.failed, 'no schedule has found the mistake').toBe(true)
}

test(
  'the chaos finds a tracker that takes silence for consent',
  async () => {
    const script = await trackerScript({
      line: /state === "granted" \|\|/,
      instead: 'state === "pending" || state === "granted" ||',
    })
    await expectFault(script, /left tab \d before there was consent/)
  },
  SHORT_MS,
)

test(
  'the chaos finds a tracker that keeps events in memory alone',
  async () => {
    const script = await trackerScript({ line: /\brows\.put\(/, instead: '((...nothing) => {})(' })
    await expectFault(script, /^Lost: #\d+# of tab/)
  },
  SHORT_MS,
)

import { ENGINES } from '../engine.ts'
import type { Fault, Outcome, Stage } from '../fault.ts'
import { createTally } from '../tally.ts'
import { openTrialPage } from '../trial-page.ts'

const everywhere = { row: 21, engines: ENGINES } as const

/** A hundred thousand events in one task take seconds, and what is kept of them takes 200 requests. */
const PATIENCE_MS = 60_000

async function burst(stage: Stage, count: number): Promise<Outcome> {
  const tally = createTally(stage, PATIENCE_MS)
  const { track, flush, dropped } = await openTrialPage(stage)
  await track(tally.next(count), count)
  await tally.settled(dropped)
  await flush()
  return tally.outcomeOfCounted(await dropped())
}

async function burstAfterBurst(stage: Stage, bursts: number, count: number): Promise<Outcome> {
  const { endpoint } = stage
  const tally = createTally(stage, PATIENCE_MS)
  endpoint.always({ status: 503 })
  const { track, flush, dropped } = await openTrialPage(stage)
  for (let made = 0; made < bursts; made++) await track(tally.next(count), count)
  await endpoint.until(() => endpoint.batches.length > 0)
  endpoint.always()
  await tally.settled(dropped)
  await flush()
  return tally.outcomeOfCounted(await dropped())
}

export const faults: readonly Fault[] = [
  {
    ...everywhere,
    name: '1,000 events are tracked at once',
    fast: ['chromium'],
    run: stage => burst(stage, 1_000),
  },
  {
    ...everywhere,
    name: '100,000 events are tracked at once',
    mayLose: { atMost: 91_000, because: 'no more than 10,000 events, or 5 MB, may wait; the others are counted' },
    run: stage => burst(stage, 100_000),
  },
  {
    ...everywhere,
    name: '30 times 1,000 events are tracked while the server is down',
    mayLose: { atMost: 21_000, because: 'no more than 10,000 events, or 5 MB, may wait; the others are counted' },
    run: stage => burstAfterBurst(stage, 30, 1_000),
  },
]

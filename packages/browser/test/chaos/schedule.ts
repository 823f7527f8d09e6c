import type { ConsentState } from '@jejak/events'
import { CONSENT_STATES } from '@jejak/events'
import fc from 'fast-check'
import { DATABASE_FAULTS } from './simulated-database.ts'
import type { DatabaseFault } from './simulated-database.ts'
import { NETWORK_FAULTS } from './simulated-network.ts'
import type { NetworkFault } from './simulated-network.ts'

/** What is tracked: `poison` and `big` are what some networks refuse, and an order's event may be told twice. */
export const SUBJECTS = ['search', 'click', 'order', 'poison', 'big'] as const

export type Subject = (typeof SUBJECTS)[number]

/**
 * One thing that happens. `tab` counts the tabs there are at that moment, round and round. Between two steps no time
 * passes, not even for a microtask, unless one of them is `run` (so many tasks of the event loop) or `wait`.
 */
export type Step =
  | { readonly do: 'open' }
  | { readonly do: 'track'; readonly tab: number; readonly count: number; readonly what: Subject }
  | { readonly do: TabAction; readonly tab: number }
  | { readonly do: 'consent'; readonly tab: number; readonly word: ConsentState }
  | { readonly do: 'crash' }
  | { readonly do: 'disconnect' }
  | { readonly do: 'clock'; readonly ms: number }
  | { readonly do: 'network'; readonly is: NetworkFault }
  | { readonly do: 'database'; readonly is: DatabaseFault }
  | { readonly do: 'restart'; readonly forgetsIds: boolean }
  | { readonly do: 'run'; readonly tasks: number }
  | { readonly do: 'wait'; readonly ms: number }

const TAB_ACTIONS = ['identify', 'flush', 'forget', 'hide', 'show', 'freeze', 'leave', 'close', 'kill', 'stop'] as const

export type TabAction = (typeof TAB_ACTIONS)[number]

/** How the shop has set up its tracker, and the browser it runs in. */
export interface Setting {
  readonly consent: ConsentState
  /** Events that fill a batch. */
  readonly batch: number
  /** Events that fill the outbox. */
  readonly outbox: number
  readonly hasLocks: boolean
  /** Pages are closed without a word, and what they are still writing comes to nothing, as in WebKit. */
  readonly endsAtOnce: boolean
}

export interface Schedule {
  /** The seed of what the schedule leaves open: latencies, ids, and what a kill leaves behind. */
  readonly luck: number
  readonly setting?: Partial<Setting>
  readonly steps: readonly Step[]
}

/** An outbox that no schedule fills. */
export const ROOMY = 10_000

const tab = fc.nat({ max: 3 })
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const run = fc.record({ do: fc.constant('run' as const), tasks: fc.nat({ max: 25 }) })
const wait = fc.record({
  do: fc.constant('wait' as const),
  ms: fc.constantFrom(0, 1, 20, 300, 1_000, 2_500, 31_000, 5 * MINUTE, 61 * MINUTE),
})
const track = fc.record({
  do: fc.constant('track' as const),
  tab,
  count: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 6 }) }, { weight: 1, arbitrary: fc.nat(70) }),
  what: fc.constantFrom<Subject>('search', 'poison', ...SUBJECTS),
})
const open = fc.constant<Step>({ do: 'open' })
const network = fc.record({
  do: fc.constant('network' as const),
  is: fc.constantFrom<NetworkFault>('none', 'none', 'none', 'picky', 'narrow', 'moody', ...NETWORK_FAULTS),
})
const restart = fc.record({ do: fc.constant('restart' as const), forgetsIds: fc.boolean() })
const consent = fc.record({
  do: fc.constant('consent' as const),
  tab,
  word: fc.constantFrom<ConsentState>('granted', 'granted', ...CONSENT_STATES),
})
const clock = fc.record({
  do: fc.constant('clock' as const),
  ms: fc.constantFrom(-DAY, -61 * MINUTE, -5_000, 5_000, 61 * MINUTE, DAY),
})
const database = fc.record({
  do: fc.constant('database' as const),
  is: fc.constantFrom<DatabaseFault>('none', 'none', ...DATABASE_FAULTS),
})
const tabAction = (...actions: TabAction[]) => fc.record({ do: fc.constantFrom(...actions), tab })

/** The network fails, and otherwise nothing much: events stay for long, so that the answers to them matter. */
const badNetwork: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: run },
  { weight: 8, arbitrary: wait },
  { weight: 10, arbitrary: track },
  { weight: 6, arbitrary: network },
  { weight: 1, arbitrary: open },
  { weight: 1, arbitrary: restart },
  { weight: 2, arbitrary: tabAction('hide', 'show', 'flush', 'close', 'kill') },
)

/** Anything goes. */
const anything: fc.Arbitrary<Step> = fc.oneof(
  { weight: 14, arbitrary: run },
  { weight: 14, arbitrary: wait },
  { weight: 24, arbitrary: track },
  { weight: 7, arbitrary: open },
  { weight: 14, arbitrary: tabAction('kill', 'close', 'flush', 'show', ...TAB_ACTIONS) },
  { weight: 5, arbitrary: consent },
  { weight: 2, arbitrary: fc.constantFrom<Step>({ do: 'crash' }, { do: 'disconnect' }) },
  { weight: 2, arbitrary: clock },
  { weight: 9, arbitrary: network },
  { weight: 3, arbitrary: database },
  { weight: 2, arbitrary: restart },
)

export interface ScheduleOptions {
  /** The most there are. */
  readonly steps: number
  /** The fewest. Default: none. */
  readonly atLeast?: number
}

export function schedules({ steps, atLeast = 0 }: ScheduleOptions): fc.Arbitrary<Schedule> {
  const stepsOf = (step: fc.Arbitrary<Step>) => fc.array(step, { minLength: atLeast, maxLength: steps, size: 'max' })
  return fc.record({
    luck: fc.nat({ max: 2 ** 31 - 1 }),
    setting: fc.record({
      consent: fc.constantFrom<ConsentState>('granted', 'granted', 'granted', 'pending', 'limited'),
      batch: fc.constantFrom(20, 3, 1),
      outbox: fc.constantFrom(ROOMY, ROOMY, ROOMY, 12),
      hasLocks: fc.constantFrom(true, true, true, false),
      endsAtOnce: fc.boolean(),
    }),
    steps: fc.oneof(stepsOf(anything), stepsOf(badNetwork)),
  })
}

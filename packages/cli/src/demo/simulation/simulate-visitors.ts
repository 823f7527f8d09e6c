import type { Envelope } from '@jejak/events'
import { createChance } from './chance.ts'
import { simulateVisitor } from './simulate-visitor.ts'

export interface SimulationOptions {
  /** How many visitors. */
  readonly count: number
  /** The same seed gives the same visitors, with the same ids. */
  readonly seed: number
  /** Milliseconds since the epoch. The visitors came in the days up to the last midnight in Jakarta before it. */
  readonly now: number
}

const SIMULATED_DAYS = 30

const DAY = 86_400_000
const JAKARTA = 7 * 3_600_000

/**
 * Some hundred visitors of the shop, as the tracker would have told of them, in order of time. Whatever happens is
 * decided relative to the end of the period, so a later `now` moves the visitors' times and leaves their ids alone.
 */
export function simulateVisitors({ count, seed, now }: SimulationOptions): Envelope[] {
  const midnight = Math.floor((now + JAKARTA) / DAY) * DAY - JAKARTA
  const visitors = Array.from({ length: count }, (_, index) =>
    // Far apart, so that two seeds have no visitor in common.
    simulateVisitor({
      chance: createChance(seed * 1_000_003 + index),
      days: SIMULATED_DAYS,
      end: midnight,
      name: `S${seed}-${index}`,
    }),
  )
  return visitors.flat().toSorted((a, b) => a.time - b.time)
}

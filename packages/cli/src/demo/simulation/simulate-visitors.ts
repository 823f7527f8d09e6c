import { simulatePeople, WORLDS } from '@jejak/attribution'
import type { World } from '@jejak/attribution'
import type { Envelope } from '@jejak/events'
import { createChance } from './chance.ts'
import { diaryVisitorId } from './diary.ts'
import { simulateVisitor } from './simulate-visitor.ts'

/** The world the visitors live in: the one that is most like the real one, and hardest for every model. */
export const DEMO_WORLD: World = WORLDS.everything

export interface SimulationOptions {
  /** How many visitors. */
  readonly count: number
  /** The same seed gives the same visitors, with the same ids. */
  readonly seed: number
  /** Milliseconds since the epoch. The visitors came in the days up to the last midnight in Jakarta before it. */
  readonly now: number
}

const DAY = 86_400_000
const JAKARTA = 7 * 3_600_000

/**
 * Some hundred people of the simulated world as visitors of the shop: each of their contacts is a visit with the
 * evidence of its channel, and who bought there buys here. What the tracker would have told of it, in order of time.
 * Whatever happens is decided relative to the end of the period, so a later `now` moves the visitors' times and leaves
 * their ids alone.
 */
export function simulateVisitors({ count, seed, now }: SimulationOptions): Envelope[] {
  const end = Math.floor((now + JAKARTA) / DAY) * DAY - JAKARTA
  const visitors: Envelope[][] = []
  for (const person of simulatePeople(DEMO_WORLD, { people: count, seed })) {
    const chance = createChance(seedOf(seed, person.number))
    visitors.push(simulateVisitor({ person, chance, days: DEMO_WORLD.days, end, name: `S${seed}-${person.number}` }))
  }
  return visitors.flat().toSorted((a, b) => a.time - b.time)
}

/** The ids of these visitors, without letting them live. */
export function simulatedVisitorIds({ count, seed }: Omit<SimulationOptions, 'now'>): Set<string> {
  return new Set(Array.from({ length: count }, (_, number) => diaryVisitorId(seedOf(seed, number))))
}

/** Far apart, so that two seeds have no visitor in common. */
function seedOf(seed: number, number: number): number {
  return seed * 1_000_003 + number
}

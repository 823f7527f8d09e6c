import type { Envelope } from '@jejak/events'
import type { Outcome, Stage } from './fault.ts'

/** Keeps count of the events of one fault, by the property `number` that each of them carries. */
export interface Tally {
  /** The first of `count` new numbers, for events that are to be stored. */
  next(count: number): number
  /** How many of them are stored. */
  stored(): number
  /** Waits until all are stored, all but `less`; gives up waiting in the end, for `outcome` to say how many are not. */
  settled(less?: () => Promise<number>): Promise<void>
  /** `reported`: how many were given up, in the tracker's own words. */
  outcome(reported?: number): Outcome
  /** The same, where some cannot be kept: throws unless just these were reported. */
  outcomeOfCounted(reported: number): Outcome
}

/** A tracker waits up to five seconds for a database, and twice for a server that failed. */
const SETTLE_MS = 20_000

export function createTally({ endpoint }: Pick<Stage, 'endpoint'>, settleMs = SETTLE_MS): Tally {
  let tracked = 0
  const counts = () => countNumbers(endpoint.stored, tracked)
  const stored = () => counts().size

  function outcome(reported?: number): Outcome {
    const found = counts()
    const doubled = [...found.values()].filter(count => count > 1).length
    return { tracked, lost: tracked - found.size, doubled, ...(reported !== undefined && { reported }) }
  }

  return {
    stored,
    outcome,
    outcomeOfCounted(reported) {
      const came = outcome(reported)
      if (came.lost !== reported) throw new Error(`${came.lost} events are not stored, but ${reported} were reported`)
      return came
    },
    next(count) {
      tracked += count
      return tracked - count
    },
    async settled(less = async () => 0) {
      const until = Date.now() + settleMs
      while (Date.now() < until && stored() < tracked - (await less())) {
        await endpoint.until(() => stored() === tracked, 250).catch(() => {})
      }
    },
  }
}

/** How often each number below `end` is there. */
function countNumbers(events: readonly Envelope[], end: number): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { properties } of events) {
    const number = properties['number']
    if (typeof number === 'number' && number < end) counts.set(number, (counts.get(number) ?? 0) + 1)
  }
  return counts
}

import { medianOf } from './estimates.ts'
import type { TimeZone } from '../../time-zone.ts'
import type { CohortFacts } from './report-facts.ts'

const DAY_MS = 86_400_000
const MOST_PURCHASES = 10

/**
 * Who bought again, by the month of the first purchase.
 * @param purchases of each customer, in order of time, in milliseconds since the epoch.
 * @param end until when customers were watched.
 * @param zone whose months they are.
 */
export function cohortFacts(
  purchases: Iterable<readonly number[]>,
  end: number,
  zone: TimeZone,
): CohortFacts | undefined {
  const monthOf = (time: number): number => monthOfWall(zone.wallTime(time))
  const cohorts = new Map<number, { customers: number; bought: number[] }>()
  const byPurchases = Array.from({ length: MOST_PURCHASES + 1 }, () => 0)
  const waits: number[] = []
  const last = monthOf(end)

  for (const times of purchases) {
    if (times.length === 0) continue
    byPurchases[Math.min(times.length, MOST_PURCHASES)]!++
    if (times.length > 1) waits.push((times[1]! - times[0]!) / DAY_MS)
    const first = monthOf(times[0]!)
    let cohort = cohorts.get(first)
    if (!cohort) {
      cohort = { customers: 0, bought: Array.from({ length: last - first + 1 }, () => 0) }
      cohorts.set(first, cohort)
    }
    cohort.customers++
    for (const month of new Set(times.map(time => monthOf(time) - first))) cohort.bought[month]!++
  }
  if (cohorts.size === 0) return undefined
  return {
    cohorts: Array.from(cohorts)
      .sort(([a], [b]) => a - b)
      .map(([month, { customers, bought }]) => ({
        month: textOf(month),
        customers,
        // The month in which the data end may have more to come.
        bought: bought.map((count, after) => (after > 0 && month + after === last ? null : count)),
      })),
    byPurchases,
    medianDaysToSecond: medianOf(waits),
  }
}

/** Months since the year 0. */
function monthOfWall(wallTime: number): number {
  const date = new Date(wallTime)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

function textOf(month: number): string {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`
}

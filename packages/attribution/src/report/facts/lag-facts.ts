import type { Journey } from '../../journey.ts'
import { medianOf } from './estimates.ts'
import type { ChannelLag } from './report-facts.ts'

const DAY_MS = 86_400_000
const MOST_DAYS = 30

/** How old the touches of each channel were when people converted. */
export function lagFacts(journeys: Iterable<Journey>, conversion: (name: string) => boolean): ChannelLag[] {
  const ages = new Map<string, number[]>()
  for (const { touches, conversion: reached } of journeys) {
    if (!reached || !conversion(reached.name)) continue
    for (const { channel, time } of touches) {
      const own = ages.get(channel)
      const days = Math.max(0, reached.time - time) / DAY_MS
      if (own) own.push(days)
      else ages.set(channel, [days])
    }
  }
  return Array.from(ages, ([key, days]) => {
    const byDay = Array.from({ length: MOST_DAYS + 1 }, () => 0)
    for (const age of days) byDay[Math.min(MOST_DAYS, Math.floor(age))]!++
    return { key, touches: days.length, byDay, medianDays: medianOf(days) }
  }).sort((a, b) => b.touches - a.touches || (a.key < b.key ? -1 : 1))
}

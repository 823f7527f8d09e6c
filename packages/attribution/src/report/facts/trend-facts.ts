import type { Conversion, Journey } from '../../journey.ts'
import { touchCredits } from '../../results/touch-credits.ts'
import { linear } from '../../models/rules.ts'
import type { TimeZone } from '../../time-zone.ts'
import type { TrendFacts } from './report-facts.ts'

const DAY_MS = 86_400_000
const WEEK_MS = 7 * DAY_MS
/** 1970 began on a Thursday. */
const FIRST_MONDAY_MS = 4 * DAY_MS
const MOST_CHANNELS = 7

/** Conversions by week, and how many of them each channel is credited with, by the rule that every touch counts the same. */
export async function trendFacts(
  journeys: Iterable<Journey>,
  has: (name: string) => boolean,
  end: number,
  zone: TimeZone,
): Promise<TrendFacts | undefined> {
  const kept: Journey[] = []
  const weekOf = (time: number): number => Math.floor((zone.wallTime(time) - FIRST_MONDAY_MS) / WEEK_MS)
  const found = new Map<number, { conversions: number; value: number }>()
  for (const journey of journeys) {
    const { conversion } = journey
    if (!conversion || !has(conversion.name)) continue
    kept.push(journey)
    const week = found.get(weekOf(conversion.time)) ?? { conversions: 0, value: 0 }
    found.set(weekOf(conversion.time), week)
    week.conversions++
    week.value += conversion.value
  }
  if (found.size === 0) return undefined
  const first = Math.min(...found.keys())
  const last = Math.max(...found.keys())
  const weeks = Array.from({ length: last - first + 1 }, (_, at) => first + at)

  const credit = new Map<string, Float64Array>()
  const weekOfConversion = (conversion: Conversion): number => weekOf(conversion.time) - first
  for await (const { key, conversion, conversions } of touchCredits(kept, [linear])) {
    const own = credit.get(key) ?? new Float64Array(weeks.length)
    credit.set(key, own)
    own[weekOfConversion(conversion)]! += conversions
  }
  const sum = (numbers: Float64Array): number => numbers.reduce((all, one) => all + one, 0)
  const sorted = [...credit].sort(([a, one], [b, other]) => sum(other) - sum(one) || (a < b ? -1 : 1))
  const own = sorted.slice(0, MOST_CHANNELS)
  const others = sorted.slice(MOST_CHANNELS)
  const other = others.reduce(
    (all, [, numbers]) => all.map((one, at) => one + numbers[at]!),
    new Float64Array(weeks.length),
  )
  return {
    weeks: weeks.map(week => FIRST_MONDAY_MS + week * WEEK_MS),
    conversions: weeks.map(week => found.get(week)?.conversions ?? 0),
    value: weeks.map(week => found.get(week)?.value ?? 0),
    model: 'linear',
    channels: [
      ...own.map(([key, numbers]) => ({ key, isOther: false, credit: [...numbers] })),
      ...(others.length > 0 ? [{ key: '', isOther: true, credit: [...other] }] : []),
    ],
    isLastOpen: zone.wallTime(end) < FIRST_MONDAY_MS + (last + 1) * WEEK_MS,
  }
}

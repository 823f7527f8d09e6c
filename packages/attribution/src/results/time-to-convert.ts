import { isMiss } from '../journey.ts'
import type { Journey } from '../journey.ts'
import { createGrowingNumbers } from './growing-numbers.ts'

export interface TimeToConvertOptions {
  /** Only conversions of this name count as such; journeys to others are passed over. Default: all. */
  readonly conversion?: string
  /** Up to which age in days the curve is given, and where the histogram of days ends. Default 90. */
  readonly days?: number
}

/** How long it takes from the first touch to the conversion, and how many touches. */
export interface TimeToConvert {
  readonly conversions: number
  /** Of those who converted, from the first touch on. Biased to short times where many have not converted yet. */
  readonly days: Quantiles
  readonly touches: Quantiles
  /** Conversions by whole days from the first touch; the last bin has all from `days` on. */
  readonly byDay: readonly number[]
  /** Conversions by number of touches: at place `n` those after `n`; the last one has all longer ones. */
  readonly byTouches: readonly number[]
  /**
   * The Kaplan-Meier estimate, which counts those who have not converted (yet) for as long as they were watched: who
   * has converted so many days after the first touch. A step for each day on which somebody did.
   */
  readonly curve: readonly ConvertedByDay[]
  /** After how many days half have converted, by the curve; null if it does not come to that. */
  readonly medianDays: number | null
}

export interface ConvertedByDay {
  /** Days since the first touch: at the end of this day. */
  readonly day: number
  /** The part that has converted by then, 0 to 1. */
  readonly converted: number
  /** Its standard error, by Greenwood's formula. */
  readonly error: number
  /** How many were still watched, and had not converted, when the day began. */
  readonly atRisk: number
}

/** Null where there is nothing to tell them from. */
export interface Quantiles {
  readonly p10: number | null
  readonly p25: number | null
  readonly median: number | null
  readonly p75: number | null
  readonly p90: number | null
  readonly mean: number | null
}

const DAY_MS = 86_400_000
const MOST_TOUCHES = 50

/**
 * How long journeys take. Reads them once and keeps 8 bytes of each, and 8 more of those that converted.
 *
 * Source of the curve: E. L. Kaplan, P. Meier, "Nonparametric estimation from incomplete observations", Journal of the
 * American Statistical Association 53, 1958. Within a day conversions come before the ends of watching.
 *
 * @throws RangeError (as a rejection) unless `days` is a whole number from 1 to 100,000.
 */
export async function timeToConvert(
  journeys: Iterable<Journey> | AsyncIterable<Journey>,
  options: TimeToConvertOptions = {},
): Promise<TimeToConvert> {
  const { conversion: asked, days = 90 } = options
  if (!(Number.isInteger(days) && days >= 1 && days <= 100_000)) {
    throw new RangeError(`timeToConvert: \`days\` must be a whole number from 1 to 100000, such as 90, got ${days}`)
  }
  const ages = createGrowingNumbers()
  const lengths = createGrowingNumbers()
  const converted = new Float64Array(days)
  const ended = new Float64Array(days)
  const byDay = Array.from({ length: days + 1 }, () => 0)
  const byTouches = Array.from({ length: MOST_TOUCHES + 1 }, () => 0)
  let watched = 0

  for await (const journey of journeys) {
    const { touches, conversion, until } = journey
    const [first] = touches
    const counts = conversion ? asked === undefined || conversion.name === asked : isMiss(journey, asked)
    if (!first || !counts) continue
    watched++
    const end = conversion?.time ?? until ?? touches.at(-1)!.time
    const age = Math.max(0, end - first.time) / DAY_MS
    const day = Math.min(Math.floor(age), days)
    if (!conversion) {
      if (day < days) ended[day]!++
      continue
    }
    ages.add([age])
    lengths.add([touches.length])
    if (day < days) converted[day]!++
    byDay[day]!++
    byTouches[Math.min(touches.length, MOST_TOUCHES)]!++
  }

  const curve = kaplanMeier(watched, converted, ended)
  return {
    conversions: ages.all().length,
    days: quantilesOf(ages.all()),
    touches: quantilesOf(lengths.all()),
    byDay,
    byTouches,
    curve,
    medianDays: curve.find(step => step.converted >= 0.5)?.day ?? null,
  }
}

function kaplanMeier(watched: number, converted: Float64Array, ended: Float64Array): ConvertedByDay[] {
  const curve: ConvertedByDay[] = []
  let atRisk = watched
  let left = 1
  let greenwood = 0
  for (let day = 0; day < converted.length; day++) {
    const now = converted[day]!
    if (now > 0) {
      left *= 1 - now / atRisk
      if (atRisk > now) greenwood += now / (atRisk * (atRisk - now))
      curve.push({ day: day + 1, converted: 1 - left, error: left * Math.sqrt(greenwood), atRisk })
    }
    atRisk -= now + ended[day]!
  }
  return curve
}

/** Quantiles between neighbours, at place p (n - 1): what spreadsheets and R give by default. */
export function quantilesOf(numbers: Float64Array): Quantiles {
  const sorted = numbers.toSorted()
  const at = (p: number): number | null => {
    if (sorted.length === 0) return null
    const place = p * (sorted.length - 1)
    const low = sorted[Math.floor(place)]!
    return low + (sorted[Math.ceil(place)]! - low) * (place - Math.floor(place))
  }
  const mean = sorted.length === 0 ? null : sorted.reduce((sum, number) => sum + number, 0) / sorted.length
  return { p10: at(0.1), p25: at(0.25), median: at(0.5), p75: at(0.75), p90: at(0.9), mean }
}

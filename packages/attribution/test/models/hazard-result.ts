import type { TimedAttribution, TimedModel } from '@jejak/attribution'
import { hazard } from '@jejak/attribution'
import { timedStore } from './timed-journeys.ts'
import type { TimedRow, TrueHazard } from './timed-journeys.ts'

type Amount = 'conversions' | 'value'

/** By `channel NAME`, as not every name can be a key of an object. */
export function creditsOf({ credits }: TimedAttribution, amount: Amount = 'conversions'): Record<string, number> {
  return Object.fromEntries(Array.from(credits, credit => [`channel ${credit.key}`, credit[amount]]))
}

export function learnedOf({ learned = [] }: TimedAttribution): Record<string, TrueHazard> {
  const hazards = learned.map(({ key, values }): [string, TrueHazard] => [
    key,
    { effect: values.effect!, halfLifeDays: values.half_life_days ?? 1 },
  ])
  return Object.fromEntries(hazards)
}

export async function attributed(rows: readonly TimedRow[], model: TimedModel = hazard()): Promise<TimedAttribution> {
  return model.attribute(timedStore(rows))
}

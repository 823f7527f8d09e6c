import { attribute, MODELS, touchCredits } from '@jejak/attribution'
import type { Journey } from '@jejak/attribution'
import { describe, expect, test } from 'vitest'
import { journeyOf } from '../models/journey-of.ts'

const NAMES = ['Email', 'Search', 'Direct', '__proto__']

/** Forty journeys, every third of them without a conversion. */
const journeys: readonly Journey[] = Array.from({ length: 40 }, (_, at) =>
  journeyOf(
    [
      [NAMES[at % 4]!, 9 + (at % 7)],
      [NAMES[(at * 3 + 1) % 4]!, 4],
      [NAMES[(at * at) % 4]!, 1],
    ].slice(at % 3) as [string, number][],
    at % 3 === 1 ? undefined : { id: `c${at}`, value: 10 + at },
  ),
)

describe.each(Object.entries(MODELS))('%s', (_, entry) => {
  const model = entry.create({})

  test('has an interval around every credit', async () => {
    const { models, totals } = await attribute(journeys, { models: [model], interval: { samples: 20 } })
    const [{ credits }] = models as [(typeof models)[0]]
    expect(credits).toHaveLength(4)
    expect(credits.reduce((sum, { conversions }) => sum + conversions, 0)).toBeCloseTo(totals.conversions, 9)
    for (const { interval } of credits) {
      expect(interval!.conversions[0]).toBeLessThanOrEqual(interval!.conversions[1])
      expect(interval!.value.every(Number.isFinite)).toBe(true)
    }
    expect(credits.some(({ interval }) => interval!.conversions[0] < interval!.conversions[1])).toBe(true)
  })

  test('gives each conversion away among its own touches', async () => {
    const sums = new Map<string, number>()
    for await (const { conversion, conversions } of touchCredits(journeys, [model])) {
      sums.set(conversion.id, (sums.get(conversion.id) ?? 0) + conversions)
    }
    expect(sums.size).toBe(27)
    for (const sum of sums.values()) expect(sum).toBeCloseTo(1, 12)
  })
})

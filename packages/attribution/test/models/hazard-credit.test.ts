import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hazard } from '@jejak/attribution'
import { expectClose } from './close-to.ts'
import { attributed, creditsOf, learnedOf } from './hazard-result.ts'
import { anyRows, DAY, simulated } from './timed-journeys.ts'
import type { TimedRow, TrueHazard } from './timed-journeys.ts'

describe('credit', () => {
  test('is the share of each touch in the rate of converting, worked out by hand', async () => {
    // Same half-life, and each channel alone as often: both have the effect 2, so only the fading differs.
    const rows: TimedRow[] = [
      { touches: [['a', 0]], end: 1, conversions: 1, value: 10 },
      { touches: [['b', 0]], end: 1, conversions: 1, value: 20 },
    ]
    const result = await attributed(rows, hazard({ halfLifeDays: 1 }))
    expect(learnedOf(result)).toEqual({
      a: { effect: expect.closeTo(2, 9), halfLifeDays: expect.closeTo(1, 9) },
      b: { effect: expect.closeTo(2, 9), halfLifeDays: expect.closeTo(1, 9) },
    })
    const weights = result.weigh!(
      [
        { channel: 'a', time: 0 },
        { channel: 'b', time: 2 * DAY },
      ],
      { end: 3 * DAY, reached: {} },
    )
    expect(weights).toEqual([expect.closeTo(0.2, 9), expect.closeTo(0.8, 9)])
  })

  test('of a channel is what its touches get in all journeys together', async () => {
    await fc.assert(
      fc.asyncProperty(anyRows, async rows => {
        const result = await attributed(rows)
        const learned = learnedOf(result)
        for (const amount of ['conversions', 'value'] as const) {
          const expected: Record<string, number> = {}
          for (const row of rows) {
            const rates = row.touches.map(([channel, day]) => {
              const { effect, halfLifeDays } = learned[channel]!
              const halved = effect / halfLifeDays
              return halved * 2 ** (-Math.max(row.end - day, 1 / 1_440) / halfLifeDays)
            })
            const sum = rates.reduce((total, rate) => total + rate, 0)
            if (!(sum > 1e-250)) return
            for (const [at, [channel]] of row.touches.entries()) {
              const key = `channel ${channel}`
              expected[key] = (expected[key] ?? 0) + ((row[amount] ?? 0) * rates[at]!) / sum
            }
          }
          expectClose(creditsOf(result, amount), expected)
        }
      }),
    )
  })

  test('is shared by touches so long ago that their rates are too small for a number', async () => {
    const result = await attributed(
      [
        {
          touches: [
            ['a', 99_999],
            ['a', 100_000],
          ],
          end: 100_001,
          conversions: 1,
        },
        {
          touches: [
            ['a', 1],
            ['b', 2],
          ],
          end: 90_000,
          conversions: 1,
        },
      ],
      hazard({ halfLifeDays: 1 }),
    )
    const weights = result.weigh!(
      [
        { channel: 'a', time: 1 * DAY },
        { channel: 'a', time: 2 * DAY },
      ],
      { end: 90_000 * DAY, reached: {} },
    )
    expect(weights).toEqual([expect.closeTo(1 / 3, 9), expect.closeTo(2 / 3, 9)])
    expect(result.notes).toEqual([])
  })

  test('goes to the last touch before the end where no touch has an effect', async () => {
    const result = await attributed([{ touches: [['a', 0]], end: 1, conversions: 1 }])
    const touches = [0, 1, 9].map(day => ({ channel: 'new', time: day * DAY }))
    expect(result.weigh!(touches, { end: 2 * DAY, reached: {} })).toEqual([0, 1, 0])
  })

  test('of a refund is taken from those who got the sale', async () => {
    const rows: TimedRow[] = [
      {
        touches: [
          ['a', 0],
          ['b', 1],
        ],
        end: 2,
        conversions: 1,
        value: 30,
      },
      { touches: [['a', 0]], end: 3, nulls: 1 },
    ]
    const sale = await attributed(rows)
    const refunded = await attributed([...rows, { ...rows[0]!, conversions: -1, value: -30 }])
    expect(learnedOf(refunded)).toEqual(learnedOf(sale))
    expectClose(creditsOf(refunded), { 'channel a': 0, 'channel b': 0 })
    expectClose(creditsOf(refunded, 'value'), { 'channel a': 0, 'channel b': 0 })
  })
})

describe('score', () => {
  const rows = simulated({ a: { effect: 0.5, halfLifeDays: 1 }, b: { effect: 0.2, halfLifeDays: 5 } }, 400, 3)
  const touches = [
    { channel: 'a', time: 0 },
    { channel: 'unknown', time: DAY },
    { channel: 'b', time: 2 * DAY },
  ]

  test('is 1 - exp(-hazards added up over the time asked for)', async () => {
    const result = await attributed(rows)
    const { a, b } = learnedOf(result)
    const rateAt = (day: number) => {
      const of = ({ effect, halfLifeDays }: TrueHazard, age: number) =>
        age < 0 ? 0 : effect * (Math.LN2 / halfLifeDays) * 2 ** (-age / halfLifeDays)
      return of(a!, day) + of(b!, day - 2)
    }
    const steps = 100_000
    let sum = 0
    for (let step = 0; step < steps; step++) sum += rateAt(1 + (6 * (step + 0.5)) / steps) * (6 / steps)
    expect(result.score!(touches, DAY, 7 * DAY)).toBeCloseTo(1 - Math.exp(-sum), 5)
  })

  test('grows with the time and is 0 for none', async () => {
    const result = await attributed(rows)
    const day = [2, 3, 10, Infinity].map(until => result.score!(touches, 2 * DAY, until * DAY))
    expect(day[0]).toBe(0)
    expect(day).toEqual(day.toSorted((x, y) => x - y))
    expect(day[3]).toBeLessThan(1)
  })
})

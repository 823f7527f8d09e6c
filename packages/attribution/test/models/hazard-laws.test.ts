import { withCounts } from '@jejak/attribution'
import type { TimedPaths } from '@jejak/attribution'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hazard } from '@jejak/attribution'
import { expectClose } from './close-to.ts'
import { attributed, creditsOf } from './hazard-result.ts'
import { anyRows, simulated, timedStore } from './timed-journeys.ts'
import type { TimedRow } from './timed-journeys.ts'

describe('laws', () => {
  const holds = (law: (rows: TimedRow[]) => Promise<void>) => fc.assert(fc.asyncProperty(anyRows, law))
  const expectSameCredits = async (
    left: readonly TimedRow[],
    right: readonly TimedRow[],
    rename = (name: string) => name,
  ) => {
    const renamed = Array.from((await attributed(right)).credits, ({ key, conversions }): [string, number] => [
      `channel ${rename(key)}`,
      conversions,
    ])
    expectClose(creditsOf(await attributed(left)), Object.fromEntries(renamed))
  }
  const enough = simulated(
    { a: { effect: 0.5, halfLifeDays: 1 }, b: { effect: 0.2, halfLifeDays: 5 }, c: { effect: 0.1, halfLifeDays: 2 } },
    1_000,
    4,
  )
  const holdsForAll = async (law: (rows: TimedRow[]) => Promise<void>) => {
    await holds(law)
    await law(enough)
  }

  test('credits sum to what there was to share', () =>
    holds(async rows => {
      const store = timedStore(rows)
      const result = await hazard().attribute(store)
      for (const amount of ['conversions', 'value'] as const) {
        const sum = Object.values(creditsOf(result, amount)).reduce((total, credit) => total + credit, 0)
        expectClose({ sum }, { sum: store.totals[amount] })
      }
    }))

  test('the order of journeys changes nothing', () => holdsForAll(rows => expectSameCredits(rows.toReversed(), rows)))

  test('a journey counted three times is three journeys', () =>
    holdsForAll(async rows => {
      const tripled = rows.map(({ touches, end, conversions = 0, nulls = 0, value = 0 }) => ({
        touches,
        end,
        conversions: 3 * conversions,
        nulls: 3 * nulls,
        value: 3 * value,
      }))
      await expectSameCredits([...rows, ...rows, ...rows], tripled)
    }))

  test('other names change nothing but the names', () =>
    holdsForAll(async rows => {
      const renamed = (name: string) => `${-name.length}${name.split('').toReversed().join('')}!`
      const others = rows.map(row => ({
        ...row,
        touches: row.touches.map(([channel, day]) => [renamed(channel), day] as const),
      }))
      await expectSameCredits(others, rows, renamed)
    }))

  test('value has no say in what is learned and scales by itself', () =>
    holds(async rows => {
      const richer = await attributed(rows.map(row => ({ ...row, value: 7 * (row.value ?? 0) })))
      const result = await attributed(rows)
      expect(creditsOf(richer)).toEqual(creditsOf(result))
      const scaled = Object.entries(creditsOf(result, 'value')).map(([key, value]) => [key, 7 * value])
      expectClose(creditsOf(richer, 'value'), Object.fromEntries(scaled))
    }))

  test('fractional and negative amounts neither break it nor get lost', () =>
    fc.assert(
      fc.asyncProperty(
        anyRows,
        fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 12 }),
        async (rows, by) => {
          const store = timedStore(
            rows.map((row, at) => ({ ...row, conversions: by[at % by.length]!, nulls: by[(at + 5) % by.length]! })),
          )
          const credits = creditsOf(await hazard().attribute(store))
          const sum = Object.values(credits).reduce((total, credit) => total + credit, 0)
          expectClose({ sum }, { sum: store.totals.conversions })
        },
      ),
    ))

  test('it works on the same journeys with other counts', async () => {
    const rows = simulated({ a: { effect: 0.5, halfLifeDays: 1 }, b: { effect: 0.2, halfLifeDays: 5 } }, 200, 9)
    const store = timedStore(rows)
    const drawn = rows.map((_, at) => at % 3)
    const times = (column: Float64Array) => column.map((amount, at) => amount * drawn[at]!)
    const { conversions, value, squares, nulls } = store.counts
    const counted: TimedPaths = withCounts(store, {
      conversions: times(conversions),
      value: times(value),
      squares: times(squares),
      nulls: times(nulls),
    })
    const repeated = rows.flatMap((row, at) => Array.from({ length: drawn[at]! }, () => row))
    expectClose(creditsOf(await hazard().attribute(counted)), creditsOf(await attributed(repeated)))
  })
})

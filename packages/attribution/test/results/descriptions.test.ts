import {
  attributePaths,
  channelRoles,
  compareModels,
  createPathStore,
  firstTouch,
  lastTouch,
  linear,
  timeToConvert,
  topPaths,
} from '@jejak/attribution'
import { describe, expect, test } from 'vitest'
import { CONVERTED_AT, journeyOf } from '../models/journey-of.ts'

describe('channelRoles', () => {
  test('counts openers, assists and closers, each once a conversion', () => {
    const paths = createPathStore()
    paths.add(['A', 'B', 'A', 'C'], { conversions: 2, value: 20, nulls: 3 })
    paths.add(['A'], { conversions: 1, value: 5 })
    paths.add([], { conversions: 9 })
    const [a, b, c] = channelRoles(paths)
    expect(a).toEqual({
      key: 'A',
      involved: 3,
      value: 25,
      opened: 3,
      assisted: 2,
      closed: 1,
      alone: 1,
      assistRatio: 2,
      openRatio: 3,
      withoutConversion: 3,
      conversionRate: 0.5,
    })
    expect(b).toMatchObject({ key: 'B', opened: 0, assisted: 2, closed: 0, assistRatio: Infinity, openRatio: 0 })
    expect(c).toMatchObject({ key: 'C', assisted: 0, closed: 2, assistRatio: 0, alone: 0 })
  })
})

describe('timeToConvert', () => {
  const DAY = 86_400_000

  test('estimates who has converted by when from those who have not yet as well', async () => {
    // Freireich et al. 1963, remission under 6-MP, the textbook case of Kaplan and Meier (Klein and Moeschberger,
    // "Survival analysis", example 4.1): weeks, `+` still in remission. Survival 0.857 at 6 to 0.448 at 23.
    const weeks = '6,6,6,6+,7,9+,10,10+,11+,13,16,17+,19+,20+,22,23,25+,32+,32+,34+,35+'.split(',')
    const journeys = weeks.map((week, at) => {
      const days = Number(week.replace('+', '')) - 0.5
      const start = CONVERTED_AT - days * DAY
      const journey = journeyOf([['A', days]], week.endsWith('+') ? undefined : { id: `${at}` })
      return week.endsWith('+') ? { ...journey, until: start + days * DAY } : journey
    })
    const { curve, medianDays } = await timeToConvert(journeys)
    expect(curve.map(({ day, converted }) => [day, (1 - converted).toFixed(3)])).toEqual([
      [6, '0.857'],
      [7, '0.807'],
      [10, '0.753'],
      [13, '0.690'],
      [16, '0.627'],
      [22, '0.538'],
      [23, '0.448'],
    ])
    expect(curve.map(({ error }) => error.toFixed(4))).toEqual([
      '0.0764',
      '0.0869',
      '0.0963',
      '0.1068',
      '0.1141',
      '0.1282',
      '0.1346',
    ])
    expect(medianDays).toBe(23)
  })

  test('tells quantiles and histograms of days and touches', async () => {
    const { days, touches, byDay, byTouches, conversions } = await timeToConvert(
      [
        journeyOf([['A', 0.5]], { id: '1' }),
        journeyOf(
          [
            ['A', 1.5],
            ['B', 1],
          ],
          { id: '2' },
        ),
        journeyOf([['A', 40]], { id: '3' }),
        journeyOf([['A', 3]], { id: '4', name: 'lead' }),
      ],
      { conversion: 'purchase', days: 3 },
    )
    expect(conversions).toBe(3)
    expect(days).toMatchObject({ p10: 0.7, p25: 1, median: 1.5, mean: 14 })
    expect(touches).toMatchObject({ median: 1, p90: 1.8 })
    expect(byDay).toEqual([1, 1, 0, 1])
    expect(byTouches.slice(0, 3)).toEqual([0, 2, 1])
  })

  test('has nothing to tell of nothing', async () => {
    const result = await timeToConvert([])
    expect(result).toMatchObject({ conversions: 0, curve: [], medianDays: null, days: { median: null, mean: null } })
  })
})

describe('topPaths', () => {
  const journeys = [
    journeyOf(
      [
        ['A', 4],
        ['A', 2],
        ['B', 1],
      ],
      { value: 10, currency: 'IDR' },
    ),
    journeyOf(
      [
        ['A', 2],
        ['B', 1],
      ],
      { value: 30, currency: 'IDR' },
    ),
    journeyOf([['B', 1]], { value: 1, currency: 'idr' }),
    journeyOf(['B']),
  ]

  test('have most conversions first, with value and median time', async () => {
    expect(await topPaths(journeys, { collapse: true, limit: 2 })).toEqual([
      { path: ['A', 'B'], conversions: 2, value: 40, nulls: 0, conversionRate: 1, medianDays: 3 },
      { path: ['B'], conversions: 1, value: 1, nulls: 1, conversionRate: 0.5, medianDays: 1 },
    ])
    expect(await topPaths(journeys)).toHaveLength(3)
  })

  test('do not add money of different currencies up', async () => {
    const mixed = [...journeys, journeyOf(['B'], { value: 1, currency: 'USD' })]
    await expect(topPaths(mixed)).rejects.toThrow('value in IDR and USD cannot be added up')
    const [, b] = await topPaths(mixed, { collapse: true, currency: 'usd' })
    expect(b).toMatchObject({ path: ['B'], value: 1, conversions: 2 })
  })
})

describe('compareModels', () => {
  test('tells how far models are apart, by key and by pair', async () => {
    const paths = createPathStore()
    paths.add(['A', 'B'], { conversions: 3 })
    paths.add(['C'], { conversions: 1 })
    const { keys, pairs } = compareModels(await attributePaths(paths, [firstTouch, lastTouch, linear]))
    expect(keys).toEqual([
      { key: 'A', shares: [0.75, 0, 0.375], lowest: 0, highest: 0.75, spread: 0.75 },
      { key: 'B', shares: [0, 0.75, 0.375], lowest: 0, highest: 0.75, spread: 0.75 },
      { key: 'C', shares: [0.25, 0.25, 0.25], lowest: 0.25, highest: 0.25, spread: 0 },
    ])
    expect(pairs.map(({ first, second, distance }) => [first, second, distance])).toEqual([
      [0, 1, 0.75],
      [0, 2, 0.375],
      [1, 2, 0.375],
    ])
    // Ranks 3 1 2 against 1 3 2, and against 2.5 2.5 1.
    expect(pairs[0]!.rankCorrelation).toBeCloseTo(-1, 12)
    expect(pairs[1]!.rankCorrelation).toBeCloseTo(0, 12)
  })
})

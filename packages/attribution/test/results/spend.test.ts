import type { DailySpendLine, SpendRow } from '@jejak/attribution'
import {
  attribute,
  dailyCredits,
  firstTouch,
  joinDailySpend,
  joinSpend,
  linear,
  marginalSpend,
  readSpend,
  touchCredits,
} from '@jejak/attribution'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { journeyOf } from '../models/journey-of.ts'

const journeys = [
  journeyOf(
    [
      ['Search', 3],
      ['Email', 1],
    ],
    { id: 'c1', value: 100, currency: 'IDR' },
  ),
  journeyOf([['Search', 2]], { id: 'c2', value: 60, currency: 'IDR' }),
]
const table = () => attribute(journeys, { models: [linear] })

describe('joinSpend', () => {
  test('gives the cost of a conversion and what came back, and names what stands alone', async () => {
    const report = joinSpend(await table(), [
      { channel: 'Search', cost: 20, currency: 'idr', clicks: 3 },
      { channel: 'Search', cost: 10, currency: 'IDR', clicks: 1 },
      { channel: 'Display', cost: 7 },
      { campaign: 'spring', cost: 4 },
    ])
    expect(report).toMatchObject({ by: 'channel', currency: 'IDR', unassigned: { rows: 1, cost: 4 } })
    const [{ lines, spendWithoutCredit, creditWithoutSpend }] = report.models as [(typeof report.models)[0]]
    expect(lines).toEqual([
      { key: 'Search', conversions: 1.5, value: 110, cost: 30, clicks: 4, impressions: 0, cpa: 20, roas: 110 / 30 },
      { key: 'Display', conversions: 0, value: 0, cost: 7, clicks: 0, impressions: 0, cpa: null, roas: 0 },
      { key: 'Email', conversions: 0.5, value: 50, cost: 0, clicks: 0, impressions: 0, cpa: 0, roas: null },
    ])
    expect([spendWithoutCredit, creditWithoutSpend]).toEqual([['Display'], ['Email']])
  })

  test('counts a row that is there twice once, and says so', async () => {
    const row: SpendRow = { channel: 'Search', cost: 5, date: '2025-12-29' }
    const spend = [row, { date: '2025-12-29', cost: 5, channel: 'Search' }, { ...row, campaign: 'x' }]
    const dropped = joinSpend(await table(), spend)
    expect(dropped.duplicates).toEqual({ rows: 1, cost: 5 })
    expect(dropped.models[0]!.lines[0]!.cost).toBe(10)
    expect(joinSpend(await table(), spend, { duplicates: 'keep' }).models[0]!.lines[0]!.cost).toBe(15)
  })

  test('never multiplies cost, however many keys a row was for', async () => {
    const fitted = await table()
    const key = fc.constantFrom('Search', 'Email', 'Display', '__proto__')
    const spent = fc.record({ cost: fc.double({ min: 0, max: 1e6, noNaN: true }), campaign: fc.uuid() })
    fc.assert(
      fc.property(fc.array(fc.tuple(spent, fc.array(key, { maxLength: 4 })), { maxLength: 20 }), rows => {
        const keys = new Map(rows.map(([row, own]) => [row.campaign, own]))
        const spend = rows.map(([row]) => row)
        const { models, unassigned, duplicates } = joinSpend(fitted, spend, { keysOf: row => keys.get(row.campaign!) })
        const cost = models[0]!.lines.reduce((sum, line) => sum + line.cost, 0) + unassigned.cost + duplicates.cost
        const paid = spend.reduce((sum, row) => sum + row.cost, 0)
        expect(Math.abs(cost - paid)).toBeLessThanOrEqual(1e-9 * Math.max(1, paid))
        expect(models[0]!.lines.reduce((sum, line) => sum + line.conversions, 0)).toBeCloseTo(2, 9)
      }),
    )
  })

  test('splits a row for several keys by their conversions', async () => {
    const { models } = joinSpend(await table(), [{ cost: 8 }], { keysOf: () => ['Search', 'Email', 'Search'] })
    expect(models[0]!.lines.map(({ key, cost }) => [key, cost])).toEqual([
      ['Search', 6],
      ['Email', 2],
    ])
  })

  test('takes the days that are asked for', async () => {
    const spend = ['2025-12-30', '2025-12-31', '2026-01-01'].map(date => ({ date, channel: 'Search', cost: 1 }))
    const { models } = joinSpend(await table(), spend, { window: { from: '2025-12-31', to: '2025-12-31' } })
    expect(models[0]!.lines[0]!.cost).toBe(1)
  })

  test('refuses money of another currency', async () => {
    const fitted = await table()
    expect(() => joinSpend(fitted, [{ channel: 'Search', cost: 5, currency: 'USD' }])).toThrow(
      'the cost is in USD, the value of conversions in IDR',
    )
    expect(() => joinSpend(fitted, [{ channel: 'Search', cost: NaN }])).toThrow('must be a finite number, got NaN')
  })
})

describe('spend by day', () => {
  const spend = [
    { date: '2025-12-29', channel: 'Search', cost: 10 },
    { date: '2025-12-30', channel: 'Search', cost: 20 },
    { channel: 'Search', cost: 99 },
  ]

  test('stands beside credit on the day of the touch, or of the conversion', async () => {
    const touched = joinDailySpend(await dailyCredits(touchCredits(journeys, [linear])), spend)
    expect(touched.map(({ date, key, conversions, cost, cpa }) => [date, key, conversions, cost, cpa])).toEqual([
      ['2025-12-29', 'Search', 0.5, 10, 20],
      ['2025-12-30', 'Search', 1, 20, 20],
      ['2025-12-31', 'Email', 0.5, 0, 0],
    ])
    const converted = await dailyCredits(touchCredits(journeys, [firstTouch]), { date: 'conversion' })
    expect(converted.map(({ date, key, conversions, value }) => [date, key, conversions, value])).toEqual([
      ['2026-01-01', 'Search', 2, 160],
    ])
    const jakarta = await dailyCredits(touchCredits(journeys, [firstTouch]), { timeZone: 'America/New_York' })
    expect(jakarta.map(({ date }) => date)).toEqual(['2025-12-28', '2025-12-29'])
  })

  test('tells what the last conversions cost, by a concave curve', () => {
    const line = (day: number, cost: number): DailySpendLine => ({
      model: 'linear',
      options: {},
      date: new Date(Date.UTC(2026, 0, day)).toISOString().slice(0, 10),
      key: 'Search',
      conversions: 2 + 6 * Math.log1p(cost / 100),
      value: 0,
      cost,
      clicks: 0,
      impressions: 0,
      cpa: null,
      roas: null,
    })
    const costs = [40, 160, 70, 130, 100, 100, 20, 180, 50, 150, 90, 110, 60, 140]
    const [result] = marginalSpend(costs.map((cost, at) => line(at + 1, cost)))
    expect(result!.curve!.base).toBeCloseTo(2, 9)
    expect(result!.curve!.gain).toBeCloseTo(6, 9)
    expect(result).toMatchObject({ days: 14, meanCost: 100, isClear: true })
    // The slope at the mean is 6 / 200, so one more conversion costs 33, far more than the average one.
    expect(result!.incrementalCpa).toBeCloseTo(200 / 6, 9)
    expect(result!.averageCpa!).toBeLessThan(20)
  })

  test('tells nothing where cost never changed', () => {
    expect(marginalSpend([])).toEqual([])
  })
})

describe('readSpend', () => {
  test('finds columns by their usual names and reports lines it cannot read', () => {
    const csv =
      '\ufeffDay,Campaign Name,Spend,Currency,Clicks\n2026-01-31,"a, b",12.5,IDR,3\n20260201,__proto__,1e2,,\n\n2026-02-30,x,1,,\n2026-02-01,x,"1,000",,\n'
    expect(readSpend(csv)).toEqual({
      rows: [
        { date: '2026-01-31', campaign: 'a, b', cost: 12.5, currency: 'IDR', clicks: 3 },
        { date: '2026-02-01', campaign: '__proto__', cost: 100 },
      ],
      bad: [
        { line: 5, reason: 'the date is none: "2026-02-30"' },
        { line: 6, reason: 'the cost is no number: "1,000"' },
      ],
    })
    expect(() => readSpend('a,b\n1,2')).toThrow('there is no column "cost"')
  })
})

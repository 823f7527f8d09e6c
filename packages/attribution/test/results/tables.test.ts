import { attribute, attributeStages, linear, timeDecay } from '@jejak/attribution'
import type { Journey } from '@jejak/attribution'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { journeyOf, touchOf } from '../models/journey-of.ts'

const journeys: readonly Journey[] = [
  journeyOf(['Email', 'Direct'], { id: 'c1', value: 100, currency: 'IDR' }),
  journeyOf(['Direct'], { id: 'c2', value: 5, currency: 'USD', name: 'lead' }),
  journeyOf(['Search'], { id: 'c3', value: 0, name: 'lead' }),
  journeyOf(['Email']),
]

const summary = async (...args: Parameters<typeof attribute>): Promise<unknown> =>
  (await attribute(...args)).tables.map(({ by, conversion, totals, models }) => [
    by,
    conversion,
    totals,
    models[0]!.credits.map(({ key, conversions }) => `${key} ${conversions}`),
  ])

describe('tables', () => {
  test('are apart for each kind of conversion, the most frequent first; who converted to nothing is in each', async () => {
    expect(await summary(journeys, { models: [linear] })).toEqual([
      [
        'channel',
        'lead',
        { journeys: 3, conversions: 2, nonConverting: 1, value: 5, currency: 'USD' },
        ['Direct 1', 'Search 1', 'Email 0'],
      ],
      [
        'channel',
        'purchase',
        { journeys: 2, conversions: 1, nonConverting: 1, value: 100, currency: 'IDR' },
        ['Direct 0.5', 'Email 0.5'],
      ],
    ])
  })

  test('are those that are asked for, in this order, and there even without conversions', async () => {
    const { tables } = await attribute(journeys, { models: [linear], conversions: ['purchase', 'visit'] })
    expect(tables.map(({ conversion, totals }) => [conversion, totals.conversions])).toEqual([
      ['purchase', 1],
      ['visit', 0],
    ])
  })

  test('can be one for all kinds of conversions', async () => {
    expect(await summary(journeys, { models: [linear], conversions: 'together', currency: 'IDR' })).toEqual([
      [
        'channel',
        'lead or purchase',
        { journeys: 4, conversions: 3, nonConverting: 1, value: 100, currency: 'IDR' },
        ['Direct 1.5', 'Search 1', 'Email 0.5'],
      ],
    ])
  })

  test('are apart for each dimension, from one reading; the first one is the result itself', async () => {
    function* once(): Generator<Journey> {
      yield journeyOf(['Email', 'Direct'], { id: 'c1' })
    }
    const by = [
      'channel',
      'source',
      { name: 'initial', keyOf: ({ channel }: { channel: string }) => channel[0]! },
    ] as const
    const result = await attribute(once(), { models: [linear, timeDecay()], by })
    expect(result.tables.map(table => [table.by, ...table.models[1]!.credits.map(({ key }) => key)])).toEqual([
      ['channel', 'Direct', 'Email'],
      ['source', 'source'],
      ['initial', 'D', 'E'],
    ])
    expect(result.models).toBe(result.tables[0]!.models)
  })

  test('let a rule go by the channel, whatever touches are grouped by', async () => {
    const touches = [touchOf('Email', 2, { campaign: 'spring' }), touchOf('Direct', 1, { campaign: 'none' })]
    const { models } = await attribute([{ ...journeyOf([], { value: 1 }), touches }], { by: 'campaign' })
    const rule = models.find(({ model }) => model === 'last-non-direct')!
    expect(rule.credits.map(({ key, conversions }) => [key, conversions])).toEqual([
      ['spring', 1],
      ['none', 0],
    ])
  })

  test('are not begun when the signal says stop', async () => {
    await expect(attribute(journeys, { signal: AbortSignal.abort(new Error('stop')) })).rejects.toThrow('stop')
  })
})

const moved = (from: string, to: string, ...channels: string[]): Journey => ({
  ...journeyOf(channels, { name: `${from} → ${to}`, transition: { from, to } }),
  transition: { from, to },
})

describe('attributeStages', () => {
  test('shares each transition out, in the order of the way through the stages', async () => {
    const stayed: Journey = { ...journeyOf(['Display']), transition: { from: 'consideration', to: 'decision' } }
    const { by, transitions, models, tables } = await attributeStages(
      [
        moved('consideration', 'decision', 'Email'),
        moved('awareness', 'consideration', 'Search', 'Email'),
        moved('awareness', 'consideration', 'Search'),
        stayed,
      ],
      { models: [linear] },
    )
    expect(by).toBe('channel')
    expect(transitions).toEqual([
      { name: 'awareness → consideration', transitions: 2, value: 0, uncredited: 0 },
      { name: 'consideration → decision', transitions: 1, value: 0, uncredited: 0 },
    ])
    expect(models[0]!.rows.map(({ key, conversions }) => [key, ...conversions])).toEqual([
      ['Email', 0.5, 1],
      ['Search', 1.5, 0],
      ['Display', 0, 0],
    ])
    // Who stayed stayed at one stage.
    expect(tables.map(({ totals }) => totals.nonConverting)).toEqual([0, 1])
  })

  test('gives every transition away, no more and no less, by every model', async () => {
    const stages = ['awareness', 'consideration', 'decision', '__proto__']
    const journey = fc
      .tuple(fc.nat(2), fc.array(fc.constantFrom('Email', 'Search', '__proto__', ''), { maxLength: 5 }), fc.boolean())
      .map(([at, channels, stayed]): Journey => {
        const transition = { from: stages[at]!, to: stages[at + 1]! }
        return stayed ? { ...journeyOf(channels), transition } : moved(transition.from, transition.to, ...channels)
      })
    await fc.assert(
      fc.asyncProperty(fc.array(journey, { maxLength: 20 }), async all => {
        const { transitions, models } = await attributeStages(all)
        for (const { rows } of models) {
          for (const [column, { name, transitions: seen, uncredited }] of transitions.entries()) {
            const made = all.filter(({ conversion }) => conversion?.name === name)
            expect(seen).toBe(made.length)
            const sum = rows.reduce((total, { conversions }) => total + conversions[column]!, 0)
            expect(Math.abs(sum + uncredited - seen)).toBeLessThan(1e-9)
          }
        }
      }),
      { numRuns: 60 },
    )
  })
})

import {
  attribute,
  attributePaths,
  firstTouch,
  linear,
  markov,
  pathStoreFromJSON,
  shapley,
  timeDecay,
} from '@jejak/attribution'
import type { Journey, ModelResult, PathModelResult, TouchDimension } from '@jejak/attribution'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { journeyOf, touchOf } from '../models/journey-of.ts'

const journeys: readonly Journey[] = [
  journeyOf(['Email', 'Direct'], { id: 'c1', value: 100, currency: 'IDR' }),
  journeyOf(['Direct'], { id: 'c2', value: 50, currency: 'IDR' }),
  journeyOf(['Email']),
]

const USUAL = ['first-touch', 'last-touch', 'last-non-direct', 'linear', 'position', 'time-decay', 'markov', 'shapley']

function creditsOf(models: readonly ModelResult[]): unknown {
  return models.map(({ model, credits }) => ({ model, credits }))
}

describe('attribute', () => {
  test('counts journeys and shares them out by each model, side by side', async () => {
    const { by, totals, models } = await attribute(journeys, { models: [firstTouch, linear] })
    expect(by).toBe('channel')
    expect(totals).toEqual({ journeys: 3, conversions: 2, nonConverting: 1, value: 150, currency: 'IDR' })
    expect(models).toEqual([
      {
        kind: 'rule',
        model: 'first-touch',
        options: {},
        credits: [
          { key: 'Direct', conversions: 1, value: 50, share: 0.5 },
          { key: 'Email', conversions: 1, value: 100, share: 0.5 },
        ],
      },
      {
        kind: 'rule',
        model: 'linear',
        options: { per: 'touch' },
        credits: [
          { key: 'Direct', conversions: 1.5, value: 100, share: 0.75 },
          { key: 'Email', conversions: 0.5, value: 50, share: 0.25 },
        ],
      },
    ])
  })

  test('runs the usual models unless told which', async () => {
    const { models } = await attribute(journeys)
    expect(models.map(({ model }) => model)).toEqual(USUAL)
  })

  test('shows the removal effects and transitions of the chain', async () => {
    const [result] = (await attribute(journeys, { models: [markov()] })).models as [PathModelResult]
    expect(result?.removalEffects?.map(({ key }) => key)).toEqual(['Direct', 'Email'])
    expect(result?.transitions?.()[0]).toEqual({
      from: [],
      weight: 3,
      to: [
        { key: 'Email', probability: 2 / 3 },
        { key: 'Direct', probability: 1 / 3 },
      ],
      conversion: 0,
      none: 0,
    })
  })

  test('reads a stream', async () => {
    async function* stream(): AsyncGenerator<Journey> {
      yield* journeys
    }
    const [streamed, listed] = await Promise.all([attribute(stream()), attribute(journeys)])
    expect(creditsOf(streamed.models)).toEqual(creditsOf(listed.models))
  })

  test('gives the counted paths, from which the path models can be run again', async () => {
    const { paths, models } = await attribute(journeys, { models: [markov(), shapley()] })
    const kept = pathStoreFromJSON(JSON.parse(JSON.stringify(paths)))
    expect(creditsOf(await attributePaths(kept, [markov(), shapley()]))).toEqual(creditsOf(models))
  })

  test.each<[TouchDimension, string]>([
    ['source', 'instagram.com'],
    ['campaign', '__proto__'],
    ['landing', '/sale'],
  ])('groups touches by %s', async (by, key) => {
    const touch = touchOf('Paid Social', 1, { [by]: key })
    const { models } = await attribute([{ ...journeyOf([], { value: 7 }), touches: [touch] }], { by })
    for (const { credits } of models) expect(credits).toEqual([{ key, conversions: 1, value: 7, share: 1 }])
  })

  test('refuses to group by what touches do not have', async () => {
    await expect(attribute([], { by: 'colour' as TouchDimension })).rejects.toThrow(
      '`by` must be one of channel, source, medium, campaign, term, content, landing, or { name, keyOf }, got "colour"',
    )
  })

  test('names the conversion whose value is no number', async () => {
    await expect(attribute([journeyOf(['Email'], { id: 'order 7', value: NaN })])).rejects.toThrow(
      'the value of conversion "order 7" must be a finite number, got NaN',
    )
  })

  test('shares out nothing, without NaN, where there is nothing', async () => {
    const { totals, models, diagnostics } = await attribute([])
    expect(totals).toEqual({ journeys: 0, conversions: 0, nonConverting: 0, value: 0 })
    for (const { credits } of models) expect(credits).toEqual([])
    expect(diagnostics).toEqual({
      distinctPaths: 0,
      longestPath: 0,
      singleTouchConversions: 0,
      conversionsWithoutValue: 0,
      uncredited: { conversions: 0, value: 0 },
      otherCurrencies: [],
    })
  })

  test('lists a channel that never led to a conversion, with nothing', async () => {
    const { models } = await attribute([...journeys, journeyOf(['Display'])])
    for (const { credits } of models) {
      expect(credits.find(({ key }) => key === 'Display')).toEqual({
        key: 'Display',
        conversions: 0,
        value: 0,
        share: 0,
      })
    }
  })

  test('tells what stands behind the numbers', async () => {
    const { diagnostics, models } = await attribute(
      [...journeys, journeyOf(['Email', 'Email', 'Email'], { value: 0 }), journeyOf([], { value: 9, currency: 'IDR' })],
      { models: [linear, markov()] },
    )
    expect(diagnostics).toEqual({
      distinctPaths: 4,
      longestPath: 3,
      singleTouchConversions: 1,
      conversionsWithoutValue: 1,
      uncredited: { conversions: 1, value: 9 },
      otherCurrencies: [],
    })
    for (const { credits } of models) {
      expect(credits.reduce((sum, { conversions }) => sum + conversions, 0)).toBeCloseTo(3, 12)
      expect(credits.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(150, 9)
    }
  })
})

describe('money of several currencies', () => {
  const mixed = [
    journeyOf(['Email'], { value: 20, currency: 'USD' }),
    journeyOf(['Email'], { value: 150_000, currency: 'IDR' }),
    journeyOf(['Direct'], { value: 250_000, currency: 'IDR' }),
    journeyOf(['Direct'], { value: 3 }),
    journeyOf(['Email'], { value: 0, currency: 'USD' }),
    journeyOf(['Email'], { value: 0, currency: 'USD' }),
  ]

  test('is counted in the currency most conversions with a value have; the rest is told, not added', async () => {
    const { totals, models, diagnostics } = await attribute(mixed)
    expect(totals).toMatchObject({ conversions: 6, value: 400_000, currency: 'IDR' })
    expect(diagnostics.otherCurrencies).toEqual([
      { currency: null, conversions: 1, value: 3 },
      { currency: 'USD', conversions: 1, value: 20 },
    ])
    for (const { credits } of models) {
      expect(credits.map(({ key, conversions, value }) => [key, conversions, value])).toEqual([
        ['Email', 4, 150_000],
        ['Direct', 2, 250_000],
      ])
    }
  })

  test('is counted in the currency that is asked for', async () => {
    const { totals, diagnostics } = await attribute(mixed, { currency: 'USD' })
    expect(totals).toMatchObject({ conversions: 6, value: 20, currency: 'USD' })
    expect(diagnostics.otherCurrencies.map(({ currency }) => currency)).toEqual(['IDR', null])
  })

  test('is one currency in whatever case its code is written', async () => {
    const journeys = [
      journeyOf(['Email'], { value: 2, currency: 'IDR' }),
      journeyOf(['Email'], { value: 3, currency: 'idr' }),
    ]
    const expected = { totals: { value: 5, currency: 'IDR' }, diagnostics: { otherCurrencies: [] } }
    expect(await attribute(journeys)).toMatchObject(expected)
    expect(await attribute(journeys, { currency: 'idr' })).toMatchObject(expected)
  })

  test('is counted without a currency where no conversion names one', async () => {
    const { totals, diagnostics } = await attribute([journeyOf(['Email'], { value: 3 })])
    expect(totals).toEqual({ journeys: 1, conversions: 1, nonConverting: 0, value: 3 })
    expect(diagnostics.otherCurrencies).toEqual([])
  })
})

const anyJourney = fc
  .record({
    places: fc.array(
      fc.tuple(fc.constantFrom('Email', 'Direct', '__proto__', ''), fc.double({ min: 0, max: 4_000, noNaN: true })),
      {
        minLength: 1,
        maxLength: 8,
      },
    ),
    value: fc.option(fc.double({ min: -1e4, max: 1e6, noNaN: true })),
    currency: fc.constantFrom('IDR', 'USD'),
  })
  .map(({ places, value, currency }) =>
    journeyOf(
      places.toSorted(([, a], [, b]) => b - a),
      value === null ? undefined : { value, currency },
    ),
  )

test('every model shares out the whole of conversions and value, in any order of journeys', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyJourney, { maxLength: 15 }), async all => {
      const one = await attribute(all, { currency: 'IDR' })
      const two = await attribute(all.toReversed(), { currency: 'IDR' })
      for (const [at, { credits }] of one.models.entries()) {
        for (const measure of ['conversions', 'value'] as const) {
          const size = credits.reduce((total, credit) => total + Math.abs(credit[measure]), 0)
          const tolerance = 1e-9 * Math.max(1, size)
          const sum = credits.reduce((total, credit) => total + credit[measure], 0)
          expect(Math.abs(sum - one.totals[measure])).toBeLessThanOrEqual(tolerance)
          for (const credit of credits) {
            const other = two.models[at]?.credits.find(({ key }) => key === credit.key)
            expect(Math.abs(credit[measure] - (other?.[measure] ?? NaN))).toBeLessThanOrEqual(tolerance)
          }
        }
      }
      const names = (result: typeof one): unknown => result.models.map(({ credits }) => credits.map(({ key }) => key))
      expect(names(two)).toEqual(names(one))
    }),
  )
})

describe('attributePaths', () => {
  test('runs all models that paths are enough for unless told which', async () => {
    const { paths } = await attribute(journeys)
    const models = await attributePaths(paths)
    expect(models.map(({ model }) => model)).toEqual(USUAL.filter(name => name !== 'time-decay'))
  })

  test('refuses a rule that needs times', async () => {
    const { paths } = await attribute(journeys)
    await expect(attributePaths(paths, [timeDecay()])).rejects.toThrow(
      'the model "time-decay" needs the times of touches; give it journeys, or say with `stepDays`',
    )
    const [result] = await attributePaths(paths, [timeDecay({ halfLifeDays: 1 })], { stepDays: 1 })
    // Of Email, Direct the last touch gets twice as much.
    expect(result?.credits.map(({ key, conversions }) => [key, conversions])).toEqual([
      ['Direct', 1 + 2 / 3],
      ['Email', 1 / 3],
    ])
  })
})

import {
  attribute,
  attributePaths,
  createPathStore,
  firstTouch,
  lastTouch,
  linear,
  timeDecay,
} from '@jejak/attribution'
import type { Journey, ModelResult, PathModel, PathStore, TimedModel } from '@jejak/attribution'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createChanceDraws } from '../../src/results/chance-draws.ts'
import { journeyOf } from '../models/journey-of.ts'

type Row = readonly [path: string, conversions: number, value: number, nulls: number]

function pathsOf(rows: readonly Row[]): PathStore {
  const store = createPathStore()
  for (const [path, conversions, value, nulls] of rows) {
    store.add(path === '' ? [] : path.split('>'), { conversions, value, nulls })
  }
  return store
}

const TABLE: readonly Row[] = [
  ['A>B', 30, 300, 100],
  ['B', 20, 100, 200],
  ['C>A', 5, 500, 50],
  ['C', 0, 0, 40],
]

/** The share of each touch it did not know before: a model that learns from paths, as simple as can be. */
const participation: PathModel = {
  kind: 'path',
  name: 'participation',
  attribute(paths) {
    const sums = new Map<string, { key: string; conversions: number; value: number }>()
    for (const { touches, conversions, value } of paths) {
      const distinct = [...new Set(touches)]
      for (const id of distinct) {
        const key = paths.channels[id]!
        const sum = sums.get(key) ?? { key, conversions: 0, value: 0 }
        sum.conversions += conversions / distinct.length
        sum.value += value / distinct.length
        sums.set(key, sum)
      }
    }
    return { credits: [...sums.values()], removalEffects: [...sums.values()] }
  },
}

/** The same from journeys with times. */
const timedParticipation: TimedModel = {
  kind: 'timed',
  name: 'timed participation',
  attribute: async paths => ({ credits: (await participation.attribute(paths)).credits }),
}

const boundsOf = ([result]: readonly ModelResult[]): unknown =>
  result!.credits.map(({ key, interval }) => [key, interval])

describe('intervals', () => {
  test('come with conversions, value and share of every credit and with removal effects', async () => {
    const [result] = await attributePaths(pathsOf(TABLE), [participation], { interval: true })
    for (const { interval, conversions, value, share } of result!.credits) {
      for (const [amount, [low, high]] of [
        [conversions, interval!.conversions],
        [value, interval!.value],
        [share, interval!.share],
      ] as const) {
        expect(low).toBeLessThanOrEqual(amount)
        expect(high).toBeGreaterThanOrEqual(amount)
      }
    }
    expect(result!.removalEffects?.[0]?.interval?.conversions).toHaveLength(2)
  })

  test('are the same for the same seed, and others for another one', async () => {
    const ask = async (seed: number): Promise<unknown> =>
      boundsOf(await attributePaths(pathsOf(TABLE), [linear], { interval: { samples: 50, seed } }))
    expect(await ask(5)).toEqual(await ask(5))
    expect(await ask(5)).not.toEqual(await ask(6))
  })

  test('depend neither on the order of rows nor on how their counts are split', async () => {
    const split: Row[] = TABLE.flatMap(([path, c, v, n]): Row[] => [
      [path, c / 2, v / 2, n / 4],
      [path, c / 2, v / 2, (3 * n) / 4],
    ])
    const ask = async (rows: readonly Row[]): Promise<unknown> =>
      boundsOf(await attributePaths(pathsOf(rows), [participation], { interval: { samples: 40 } }))
    expect(await ask(split.toReversed())).toEqual(await ask(TABLE))
  })

  test('lie within each other as the level falls', async () => {
    const ask = async (level: number) => (await attributePaths(pathsOf(TABLE), [linear], { interval: { level } }))[0]!
    const [narrow, wide] = [await ask(0.5), await ask(0.99)]
    for (const [at, { interval }] of narrow.credits.entries()) {
      expect(interval!.conversions[0]).toBeGreaterThan(wide.credits[at]!.interval!.conversions[0] - 1e-12)
      expect(interval!.conversions[1]).toBeLessThan(wide.credits[at]!.interval!.conversions[1] + 1e-12)
    }
  })

  test.each<[string, readonly Row[]]>([
    ['nothing', []],
    ['no conversions', [['A>B', 0, 0, 10]]],
    ['one path', [['A', 3, 30, 0]]],
    ['conversions that nothing led to', [['', 3, 30, 0]]],
    [
      'fractions and what was taken back',
      [
        ['A', 0.5, 3, 0.25],
        ['B', -2, -20, 0],
        ['C', 0, -7, 1],
      ],
    ],
  ])('are numbers where there is %s', async (_, rows) => {
    const results = await attributePaths(pathsOf(rows), [linear, participation], { interval: { samples: 20 } })
    for (const { credits } of results) {
      for (const { interval } of credits) {
        for (const [low, high] of Object.values(interval!)) {
          expect(Number.isFinite(low) && Number.isFinite(high)).toBe(true)
          expect(low).toBeLessThanOrEqual(high)
        }
      }
    }
  })

  test.each([
    [{ level: 1 }, '`level` must be a number between 0 and 1'],
    [{ samples: 1 }, '`samples` must be a whole number from 2'],
    [{ seed: 0.5 }, '`seed` must be a whole number'],
  ])('refuse %j', async (interval, message) => {
    await expect(attributePaths(pathsOf(TABLE), [linear], { interval })).rejects.toThrow(message)
  })

  test('hold the truth as often as they say, of paths that came by a known chance', async () => {
    const chances: readonly [string, number, number][] = [
      ['A', 0.2, 0.1],
      ['A>B', 0.15, 0.3],
      ['B>C>A', 0.05, 0.5],
      ['C', 0.5, 0.04],
      ['C>B', 0.1, 0.15],
    ]
    const people = 3_000
    const paths = (of: (chance: number, path: number) => number): PathStore =>
      pathsOf(
        chances.map(([path, chance, rate], at): Row => {
          const converted = of(people * chance * rate, 2 * at)
          return [path, converted, 10 * converted, of(people * chance * (1 - rate), 2 * at + 1)]
        }),
      )
    const models = [firstTouch, linear, participation]
    const truth = await attributePaths(
      paths(mean => mean),
      models,
    )
    const draws = createChanceDraws(2026)
    let held = 0
    let all = 0
    for (let world = 0; world < 150; world++) {
      const seen = paths((mean, cell) => {
        draws.begin(cell, 99, world)
        return draws.poisson(mean)
      })
      const results = await attributePaths(seen, models, { interval: { samples: 200, seed: world } })
      for (const [at, { credits }] of results.entries()) {
        for (const { key, interval } of credits) {
          const { conversions, share } = truth[at]!.credits.find(credit => credit.key === key)!
          for (const [amount, [low, high]] of [
            [conversions, interval!.conversions],
            [share, interval!.share],
          ] as const) {
            all++
            if (low <= amount && amount <= high) held++
          }
        }
      }
    }
    expect(held / all).toBeGreaterThan(0.92)
    expect(held / all).toBeLessThan(0.98)
  })

  const journeys: readonly Journey[] = Array.from({ length: 40 }, (_, at) =>
    journeyOf(
      [
        ['A', 5 + at],
        [at % 3 === 0 ? 'B' : 'C', 1],
      ],
      at % 2 === 0 ? { id: `c${at}`, value: 10 + at } : undefined,
    ),
  )

  test('of models that go by time come from journeys, in any order, and are those of the same paths', async () => {
    const models = [timeDecay(), timedParticipation, participation, lastTouch]
    const ask = async (all: readonly Journey[]) => (await attribute(all, { models, interval: { samples: 30 } })).models
    const [decay, timed, path, last] = await ask(journeys)
    expect(decay!.credits[0]!.interval!.conversions[0]).toBeLessThan(decay!.credits[0]!.interval!.conversions[1])
    // Both learn the same, from the same journeys drawn.
    for (const [at, { interval }] of timed!.credits.entries()) {
      expect(interval!.conversions[0]).toBeCloseTo(path!.credits[at]!.interval!.conversions[0], 9)
      expect(interval!.value[1]).toBeCloseTo(path!.credits[at]!.interval!.value[1], 9)
    }
    expect(last!.credits).toHaveLength(3)
    const turned = await ask(journeys.toReversed())
    for (const [at, { credits }] of turned.entries()) {
      for (const [place, { interval }] of credits.entries()) {
        const other = [decay, timed, path, last][at]!.credits[place]!.interval!
        expect(interval!.conversions[0]).toBeCloseTo(other.conversions[0], 9)
        expect(interval!.value[1]).toBeCloseTo(other.value[1], 6)
      }
    }
  })

  test('of a rule in another dimension than the channel are there too', async () => {
    const { models } = await attribute(journeys, { models: [firstTouch], by: 'source', interval: { samples: 20 } })
    expect(models[0]!.credits[0]!.interval!.conversions[1]).toBeGreaterThan(20)
  })

  test('end when they are told to', async () => {
    const stop = new AbortController()
    const asked = attributePaths(pathsOf(TABLE), [linear], {
      interval: { samples: 100_000 },
      signal: stop.signal,
      onProgress: ({ label, done }) => {
        if (label === 'intervals' && done === 10) stop.abort(new Error('enough'))
      },
    })
    await expect(asked).rejects.toThrow('enough')
  })

  test('change no credit', async () => {
    const row = fc.tuple(
      fc.array(fc.constantFrom('A', 'B', '__proto__', ''), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 0, max: 30 }),
      fc.double({ min: -100, max: 1000, noNaN: true }),
      fc.integer({ min: 0, max: 30 }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 8 }), async rows => {
        const store = createPathStore()
        for (const [path, conversions, value, nulls] of rows) store.add(path, { conversions, value, nulls })
        const plain = await attributePaths(store, [linear, participation])
        const bounded = await attributePaths(store, [linear, participation], { interval: { samples: 5 } })
        for (const [at, { credits }] of bounded.entries()) {
          expect(credits.map(({ interval: _, ...credit }) => credit)).toEqual(plain[at]!.credits)
        }
      }),
      { numRuns: 50 },
    )
  })
})

import { createPathStore, linear, shapley } from '@jejak/attribution'
import type { CountedPaths, PathAttribution, PathModel, PathOutcome, PathStore } from '@jejak/attribution'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expectClose } from './close-to.ts'
import { conversionsOf, pathTable, run, valueOf } from './path-table.ts'

type ShapleyOptions = NonNullable<Parameters<typeof shapley>[0]>

const ALL = ['a', 'b', 'c', 'd', '__proto__'] as const

interface Row extends Required<Pick<PathOutcome, 'conversions' | 'value' | 'nulls'>> {
  readonly touches: readonly string[]
}

type Worth = (coalition: ReadonlySet<string>) => number

/** Shapley's definition itself: the mean of what each channel adds, over all orders in which channels can join. */
function byDefinition(worth: Worth): Record<string, number> {
  const values = new Map<string, number>(ALL.map(channel => [channel, 0]))
  const orders = permutations(ALL)
  for (const order of orders) {
    const coalition = new Set<string>()
    for (const channel of order) {
      const before = worth(coalition)
      values.set(channel, values.get(channel)! + (worth(coalition.add(channel)) - before) / orders.length)
    }
  }
  return Object.fromEntries(values)
}

function permutations(items: readonly string[]): string[][] {
  if (items.length === 0) return [[]]
  return items.flatMap(first => permutations(items.filter(item => item !== first)).map(rest => [first, ...rest]))
}

const within = (rows: readonly Row[], coalition: ReadonlySet<string>) =>
  rows.filter(({ touches }) => touches.every(channel => coalition.has(channel)))
const total = (rows: readonly Row[], of: (row: Row) => number) => rows.reduce((sum, row) => sum + of(row), 0)
const rateOf = (rows: readonly Row[], of: (row: Row) => number): Worth => {
  return coalition => {
    const own = within(rows, coalition)
    const journeys = total(own, row => row.conversions + row.nulls)
    return journeys === 0 ? 0 : total(own, of) / journeys
  }
}

function storeOf(rows: readonly Row[]): PathStore {
  const paths = createPathStore()
  for (const { touches, ...outcome } of rows) paths.add(touches, outcome)
  return paths
}

const row: fc.Arbitrary<Row> = fc.record({
  touches: fc.array(fc.constantFrom(...ALL), { minLength: 1, maxLength: 6 }),
  conversions: fc.nat(20),
  value: fc.double({ min: 0, max: 1e4, noNaN: true }),
  nulls: fc.nat(20),
})
const rows = fc.array(row, { minLength: 1, maxLength: 12 })

const none: Record<string, number> = Object.fromEntries(ALL.map(channel => [channel, 0]))
const learnedOf = ({ learned }: Pick<PathAttribution, 'learned'>, name: string): Record<string, number> =>
  Object.fromEntries((learned ?? []).map(({ key, values }) => [key, values[name] ?? 0]))
const allOf = (of: Record<string, number>) => ({ ...none, ...of })

describe('the sum game', () => {
  test('is Shapley’s definition, in conversions and in value', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async rows => {
        const result = await run(shapley(), storeOf(rows))
        const worth =
          (of: (row: Row) => number): Worth =>
          coalition =>
            total(within(rows, coalition), of)
        expectClose(allOf(conversionsOf(result)), byDefinition(worth(row => row.conversions)))
        expectClose(allOf(valueOf(result)), byDefinition(worth(row => row.value)))
      }),
      { numRuns: 50 },
    )
  })

  test('is additive: what two lots of journeys give apart, they give together', async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, async (some, others) => {
        const [one, two, both] = await Promise.all(
          [some, others, [...some, ...others]].map(async rows =>
            allOf(conversionsOf(await run(shapley(), storeOf(rows)))),
          ),
        )
        expectClose(both!, Object.fromEntries(ALL.map(channel => [channel, one![channel]! + two![channel]!])))
      }),
    )
  })

  test('is not moved by repetition, where linear is', async () => {
    const paths = pathTable({ 'a > b > b > b': { conversions: 4 } })
    expect(conversionsOf(await run(shapley(), paths))).toEqual({ a: 2, b: 2 })
    expect(conversionsOf(await run(linear, paths))).toEqual({ a: 1, b: 3 })
  })

  test('does not look at journeys that did not convert', async () => {
    const paths = pathTable({ 'a > b': { conversions: 2, nulls: 90 }, c: { nulls: 8 } })
    expect(conversionsOf(await run(shapley(), paths))).toEqual({ a: 1, b: 1, c: 0 })
  })

  // eeghor/mta, tests/test_shapley.py: a 7, b 3.
  test('gives what mta’s test has', async () => {
    const paths = pathTable({ a: { conversions: 4 }, 'a > b': { conversions: 6 } })
    expect(conversionsOf(await run(shapley(), paths))).toEqual({ a: 7, b: 3 })
  })

  test('ordered, splits a channel’s credit among where it stands', async () => {
    const paths = pathTable({ 'a > b > a': { conversions: 6, value: 60 }, b: { conversions: 1 } })
    const result = await run(shapley({ ordered: true }), paths)
    expect(conversionsOf(result)).toEqual({ a: 3, b: 4 })
    expect(result.learned).toEqual([
      { key: 'a', values: { position_1: 1.5, position_3: 1.5, value_position_1: 15, value_position_3: 15 } },
      { key: 'b', values: { position_1: 1, position_2: 3, value_position_2: 30 } },
    ])
  })

  test('ordered, sums over positions to the credit of the channel', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async rows => {
        const result = await run(shapley({ ordered: true }), storeOf(rows))
        const sums = (result.learned ?? []).map(({ key, values }) => [
          key,
          Object.entries(values).reduce((sum, [name, credit]) => sum + (name.startsWith('position') ? credit : 0), 0),
        ])
        expectClose(Object.fromEntries(sums), conversionsOf(result))
      }),
    )
  })
})

describe('the rate game', () => {
  test('is Shapley’s definition, exact and from its table alike', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async rows => {
        const result = await run(shapley({ game: 'rate' }), storeOf(rows))
        expectClose(allOf(learnedOf(result, 'effect')), byDefinition(rateOf(rows, row => row.conversions)))
        expectClose(allOf(learnedOf(result, 'value_effect')), byDefinition(rateOf(rows, row => row.value)))
      }),
      { numRuns: 50 },
    )
  })

  test('gives credits in proportion to the effects, negative ones too, and says so', async () => {
    // Alone a converts at 0.5; with b at 0.25, all journeys together at 3/8: b adds -1/8 after a and 0 alone.
    const paths = pathTable({ a: { conversions: 4, nulls: 4 }, 'a > b': { conversions: 2, nulls: 6 } })
    const result = await run(shapley({ game: 'rate' }), paths)
    expectClose(learnedOf(result, 'effect'), { a: 7 / 16, b: -1 / 16 })
    expectClose(conversionsOf(result), { a: 7, b: -1 })
    expect(result.notes).toEqual([
      'The effects sum to the rate at which all journeys convert, 0.375; credits are the effects scaled to the totals.',
      'What these add is less than nothing, and so is their credit: "b".',
    ])
  })

  test('gives channels that are alike the same, and one that changes nothing nothing', async () => {
    const outcome = { conversions: 3, nulls: 5, value: 30 }
    const paths = pathTable({
      a: outcome,
      b: outcome,
      'a > c': { ...outcome, nulls: 1 },
      'b > c': { ...outcome, nulls: 1 },
    })
    const { a, b } = learnedOf(await run(shapley({ game: 'rate' }), paths), 'effect')
    expect(a).toBeCloseTo(b!, 14)
    const idle = await run(shapley({ game: 'rate' }), pathTable({ a: outcome, 'd > a': {} }))
    expectClose(conversionsOf(idle), { a: 3, d: 0 })
  })

  test('by random orders comes within its standard errors, which are told', async () => {
    const paths = manyChannels(12)
    const exact = learnedOf(await run(shapley({ game: 'rate' }), paths), 'effect')
    const model = shapley({ game: 'rate', exactLimit: 0, samples: 2_000, seed: 7 })
    const result = await run(model, paths)
    const scale = paths.totals.conversions / Object.values(exact).reduce((sum, effect) => sum + effect)
    const errors = learnedOf(result, 'standard_error')
    const credits = conversionsOf(result)
    const off = Object.entries(credits).map(([key, credit]) => (credit - exact[key]! * scale) / errors[key]!)
    expect(Math.max(...off.map(Math.abs))).toBeLessThan(4)
    expect(Math.sqrt(off.reduce((sum, distance) => sum + distance ** 2, 0) / off.length)).toBeLessThan(2)
    expect(Math.max(...Object.values(errors)) / paths.totals.conversions).toBeLessThan(0.02)
    expect(Object.values(credits).reduce((sum, credit) => sum + credit)).toBeCloseTo(paths.totals.conversions, 9)
    expect(result.notes?.at(-1)).toMatch(
      /^Estimated from 2016 random orders with seed 7; the largest standard error is /,
    )
    expect((await run(model, paths)).credits).toEqual(result.credits)
  })

  test('by random orders does not depend on names or the order of rows', async () => {
    const model = shapley({ game: 'rate', exactLimit: 0, samples: 200 })
    const paths = manyChannels(6)
    const renamed = createPathStore()
    const newName = (name: string) => `${9 - Number(name.slice(1))} was ${name}`
    for (const { touches, ...outcome } of [...paths].reverse()) {
      renamed.add(
        touches.map(id => newName(paths.channels[id]!)),
        outcome,
      )
    }
    const credits = Object.entries(conversionsOf(await run(model, paths))).map(([key, credit]) => [
      newName(key),
      credit,
    ])
    expectClose(conversionsOf(await run(model, renamed)), Object.fromEntries(credits))
  })

  test('stops where it is told to', async () => {
    const signal = AbortSignal.abort(new Error('enough'))
    const asked = async () => shapley({ game: 'rate', exactLimit: 0 }).attribute(manyChannels(5), { signal })
    await expect(asked()).rejects.toThrow('enough')
  })
})

describe('a game of one’s own', () => {
  const odd = (coalition: readonly string[]) => coalition.reduce((sum, name) => sum * 1.5 + name.length + 1, 3)
  const paths = pathTable({ 'a > b > c > d > __proto__': { conversions: 3, value: 10 } })

  test('is Shapley’s definition, by all coalitions and by random orders', async () => {
    const expected = byDefinition(coalition => odd([...coalition].toSorted()))
    expectClose(learnedOf(await run(shapley({ game: odd }), paths), 'effect'), expected)
    const sampled = await run(shapley({ game: odd, exactLimit: 4, samples: 400 }), paths)
    for (const [key, effect] of Object.entries(learnedOf(sampled, 'effect'))) {
      expect(Math.abs(effect - expected[key]!)).toBeLessThan(0.25 * Math.abs(expected[key]!))
    }
  })

  test('must give finite numbers', async () => {
    await expect(run(shapley({ game: () => Number.NaN }), paths)).rejects.toThrow(
      'must give a finite number, got NaN for []',
    )
  })

  test('of nothing to gain lets the channels of a journey share evenly', async () => {
    expectClose(
      conversionsOf(await run(shapley({ game: () => 1 }), paths)),
      Object.fromEntries(ALL.map(key => [key, 0.6])),
    )
  })
})

test.each<[ShapleyOptions]>([[{}], [{ ordered: true }], [{ game: 'rate' }]])(
  '%j answers other counts as if asked anew',
  async options => {
    const model: PathModel = shapley(options)
    const paths: CountedPaths = manyChannels(6)
    const counts = { ...paths.counts, conversions: paths.counts.conversions.map((count, path) => count * (path % 3)) }
    const anew = createPathStore()
    for (let path = 0; path < paths.size; path++) {
      anew.add(
        Array.from(paths.touches.subarray(paths.starts[path], paths.starts[path + 1]), id => paths.channels[id]!),
        { conversions: counts.conversions[path]!, value: counts.value[path]!, nulls: counts.nulls[path]! },
      )
    }
    const refitted = await model.prepare!(paths)(counts)
    const credits = Object.fromEntries(Array.from(refitted.credits, ({ key, conversions }) => [key, conversions]))
    expectClose(credits, conversionsOf(await run(model, anew)))
  },
)

test('a journey’s touches weigh by channel, and those of one channel share', async () => {
  const paths = pathTable({ a: { conversions: 4, nulls: 4 }, 'a > b': { conversions: 2, nulls: 6 } })
  const sum = await shapley().attribute(paths)
  expect(sum.weigh!(['a', 'b', 'a', 'new'])).toEqual([0.5, 1, 0.5, 1])
  const rate = await shapley({ game: 'rate' }).attribute(paths)
  expect(rate.weigh!(['a', 'b', 'a'])).toEqual([7 / 32, 0, 7 / 32])
  expect(rate.weigh!(['b', 'b', 'new'])).toEqual([0.5, 0.5, 1])
})

test.each<[ShapleyOptions, string]>([
  [{ game: 'cost' as 'sum' }, '`game` must be "sum", "rate" or a function, got "cost"'],
  [{ game: 'rate', ordered: true }, '`ordered` is of the game "sum" only'],
  [{ exactLimit: 25 }, '`exactLimit` must be a whole number from 0 to 24, got 25'],
  [{ samples: 0 }, '`samples` must be a whole number from 1 to 1000000000, got 0'],
  [{ seed: 0.5 }, '`seed` must be a whole number from 0 to 2147483647, got 0.5'],
])('refuses %j', (options, message) => {
  expect(() => shapley(options)).toThrow(message)
})

/** Journeys over channels c0, c1 … that differ in their rates, the same every time. */
function manyChannels(channels: number): PathStore {
  const paths = createPathStore()
  for (let journey = 1; journey <= 400; journey++) {
    const touches = Array.from(
      { length: 1 + (journey % 4) },
      (_, at) => (journey * (at + 3) + ((journey * at) >> 2)) % channels,
    )
    const conversions = (journey * 7 + touches[0]! * 5) % 11 > 6 ? 1 + (touches[0]! % 3) : 0
    paths.add(
      touches.map(channel => `c${channel}`),
      { conversions, value: conversions * 10, nulls: 3 + (journey % 5) },
    )
  }
  return paths
}

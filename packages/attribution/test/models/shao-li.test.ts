import { createPathStore, parseModel } from '@jejak/attribution'
import type { PathModel, PathOutcome, PathStore } from '@jejak/attribution'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expectClose } from './close-to.ts'
import { conversionsOf, pathTable, run, valueOf } from './path-table.ts'

const shaoLi = (options = ''): PathModel => parseModel(options ? `shao-li:${options}` : 'shao-li') as PathModel
const learnedOf = (result: Awaited<ReturnType<typeof run>>, name: string) =>
  Object.fromEntries((result.learned ?? []).map(({ key, values }) => [key, values[name] as number]))

describe('eeghor/mta, tests/test_probabilistic_models.py: a converts 3 of 4 times, b 1 of 4', () => {
  const paths = pathTable({ a: { conversions: 3, nulls: 1 }, b: { conversions: 1, nulls: 3 } })

  test('contributions are those of its test', async () => {
    expect(learnedOf(await run(shaoLi(), paths), 'contribution')).toEqual({ a: 2.25, b: 0.25 })
  })

  test('credits are these, normalised to the conversions there were', async () => {
    expectClose(conversionsOf(await run(shaoLi(), paths)), { a: 3.6, b: 0.4 })
  })

  test('by journey, each conversion stays with its own channels', async () => {
    expect(conversionsOf(await run(shaoLi('share=journey'), paths))).toEqual({ a: 3, b: 1 })
  })
})

interface Row extends Required<Pick<PathOutcome, 'conversions' | 'value' | 'nulls'>> {
  readonly touches: readonly string[]
}

function storeOf(rows: readonly Row[]): PathStore {
  const paths = createPathStore()
  for (const { touches, ...outcome } of rows) paths.add(touches, outcome)
  return paths
}

const NAMES = ['a', 'b', 'c', '__proto__'] as const

/** The formula as it stands in the paper, channel by channel from the rows, for each journey on its own. */
function contributions(rows: readonly Row[]): Record<string, number> {
  const rate = (...channels: string[]) => {
    const with_ = rows.filter(({ touches }) => channels.every(channel => touches.includes(channel)))
    const converted = with_.reduce((sum, row) => sum + row.conversions, 0)
    const all = with_.reduce((sum, row) => sum + row.conversions + row.nulls, 0)
    return all === 0 ? 0 : converted / all
  }
  const sums = new Map<string, number>()
  for (const { touches, conversions } of rows) {
    const channels = [...new Set(touches)]
    for (const i of channels) {
      const others = channels.filter(j => j !== i)
      const interactions = others.reduce((sum, j) => sum + rate(i, j) - rate(i) - rate(j), 0)
      const score = rate(i) + (others.length === 0 ? 0 : interactions / (2 * others.length))
      sums.set(i, (sums.get(i) ?? 0) + conversions * score)
    }
  }
  return Object.fromEntries(sums)
}

const row: fc.Arbitrary<Row> = fc.record({
  touches: fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 6 }),
  conversions: fc.nat(20),
  value: fc.double({ min: 0, max: 1e4, noNaN: true }),
  nulls: fc.nat(20),
})
const rows = fc.array(row, { minLength: 1, maxLength: 12 })

test('contributions are the paper’s formula at each conversion, and credits are in proportion to them', async () => {
  await fc.assert(
    fc.asyncProperty(rows, async rows => {
      const result = await run(shaoLi(), storeOf(rows))
      const expected = contributions(rows)
      expectClose(learnedOf(result, 'contribution'), expected)
      const sum = Object.values(expected).reduce((total, part) => total + part, 0)
      const total = rows.reduce((all, { conversions }) => all + conversions, 0)
      if (total === 0) return
      const shares = Object.entries(expected).map(([key, part]) => [key, (part / sum) * total])
      expectClose(conversionsOf(result), Object.fromEntries(shares))
    }),
  )
})

test('does not depend on names, the order of rows or how counts are split, and scales with value', async () => {
  const newName = (name: string) => `z${NAMES.length - NAMES.indexOf(name as 'a')}`
  await fc.assert(
    fc.asyncProperty(rows, async rows => {
      const split = rows.toReversed().flatMap(({ touches, conversions, value, nulls }) => {
        const half = {
          touches: touches.map(newName),
          conversions: conversions / 2,
          value: value * 1.5,
          nulls: nulls / 2,
        }
        return [half, half]
      })
      for (const options of ['', 'share=journey', 'pairs=seen', 'pairs=all']) {
        const before = await run(shaoLi(options), storeOf(rows))
        const after = await run(shaoLi(options), storeOf(split))
        const rename = (of: Record<string, number>, by: number) =>
          Object.fromEntries(Object.entries(of).map(([key, amount]) => [newName(key), by * amount]))
        expectClose(conversionsOf(after), rename(conversionsOf(before), 1))
        expectClose(valueOf(after), rename(valueOf(before), 3))
      }
    }),
    { numRuns: 50 },
  )
})

describe('over which other channels a channel is looked at', () => {
  // p_a = 3/4, p_b = 1/2, p_ab = 2/4, c alone 1/2 and never with another.
  const paths = pathTable({
    a: { conversions: 4, nulls: 0 },
    'a > b': { conversions: 2, nulls: 2 },
    c: { conversions: 1, nulls: 1 },
  })

  test.each([
    ['pairs=seen', { a: 0.75 - 0.75 / 2, b: 0.5 - 0.75 / 2, c: 0.5 }],
    ['pairs=all', { a: 0.75 - 0.75 / 4, b: 0.5 - 0.75 / 4, c: 0.5 }],
    // Four times alone (0.75) and twice with b (0.375).
    ['pairs=journey', { a: (4 * 0.75 + 2 * 0.375) / 6, b: 0.125, c: 0.5 }],
  ])('%s', async (options, expected) => {
    expectClose(learnedOf(await run(shaoLi(options), paths), 'score'), expected)
  })
})

test('a channel with which journeys convert less often has negative credit, and a note says so', async () => {
  const paths = pathTable({ a: { conversions: 20 }, 'a > b': { conversions: 1, nulls: 40 } })
  const result = await run(shaoLi(), paths)
  expect(conversionsOf(result).b).toBeLessThan(0)
  expect(result.notes).toEqual([
    'Journeys convert less often with these than without, and their credit is negative: "b".',
  ])
  // p_a = 21/61, p_b = p_ab = 1/41: C(a) = p_a - p_a / 2.
  const attribution = await shaoLi().attribute(paths)
  expect(attribution.weigh!(['b', 'a', 'b'])).toEqual([0, expect.closeTo(21 / 122, 12), 0])
})

test('without journeys that failed it says that nothing can be learned, and shares all the same', async () => {
  const result = await run(shaoLi(), pathTable({ 'a > b': { conversions: 2, value: 9 } }))
  expectClose(conversionsOf(result), { a: 1, b: 1 })
  expectClose(valueOf(result), { a: 4.5, b: 4.5 })
  expect(result.notes).toEqual([
    'There are no journeys without a conversion: all rates are 1, and nothing is learned from them.',
  ])
})

test('a single channel gets all, and nothing at all is shared as nothing', async () => {
  expect(conversionsOf(await run(shaoLi(), pathTable({ a: { conversions: 2, nulls: 6 } })))).toEqual({ a: 2 })
  expect(conversionsOf(await run(shaoLi(), pathTable({ a: { nulls: 6 } })))).toEqual({ a: 0 })
  expect((await run(shaoLi(), createPathStore())).credits).toEqual([])
})

test('refunds that outweigh sales are shared evenly', async () => {
  const result = await run(shaoLi(), pathTable({ 'a > b': { conversions: -2, value: -40 } }))
  expectClose(valueOf(result), { a: -20, b: -20 })
})

test('answers other counts as if asked anew', async () => {
  const rows = { 'a > b': { conversions: 3, nulls: 2, value: 5 }, b: { conversions: 1, nulls: 4, value: 7 } }
  const others = { 'a > b': { conversions: 1, nulls: 5, value: 1 }, b: { conversions: 6, nulls: 1, value: 2 } }
  const { credits } = await shaoLi().prepare!(pathTable(rows))(pathTable(others).counts)
  const found = Object.fromEntries(Array.from(credits, ({ key, conversions }) => [key, conversions]))
  expectClose(found, conversionsOf(await run(shaoLi(), pathTable(others))))
})

import { createPathStore, markov } from '@jejak/attribution'
import type { PathStore } from '@jejak/attribution'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expectClose } from './close-to.ts'
import { conversionsOf, pathTable, removalEffectsOf, rowsOf, run, transitionsOf, valueOf } from './path-table.ts'

interface Row {
  readonly touches: readonly string[]
  readonly conversions: number
  readonly nulls: number
  readonly value: number
}

function storeOf(rows: readonly Row[]): PathStore {
  const paths = createPathStore()
  for (const { touches, ...outcome } of rows) paths.add(touches, outcome)
  return paths
}

/**
 * The same chain walked step by step, with a channel taken out: walkers who reach it are lost. Shares nothing with the
 * implementation: no matrix, no solve; probabilities are pushed along until hardly anything is left on the way.
 */
function walk(rows: readonly Row[], removed?: string): { conversions: number; value: number } {
  const steps = new Map<string, Map<string, number>>()
  const endings = new Map<string, { conversions: number; value: number; all: number }>()
  const START = '\0start'
  for (const { touches, conversions, nulls, value } of rows) {
    const collapsed = touches.filter((channel, at) => channel !== touches[at - 1])
    const states = [START, ...collapsed.map(channel => `channel ${channel}`)]
    for (const [at, from] of states.entries()) {
      const to = states[at + 1]
      if (to !== undefined) {
        const row = steps.get(from) ?? new Map<string, number>()
        steps.set(from, row.set(to, (row.get(to) ?? 0) + conversions + nulls))
      } else {
        const end = endings.get(from) ?? { conversions: 0, value: 0, all: 0 }
        end.conversions += conversions
        end.value += value
        end.all += conversions + nulls
        endings.set(from, end)
      }
    }
  }

  const earned = { conversions: 0, value: 0 }
  let walkers = new Map([[START, 1]])
  for (let step = 0; step < 100_000 && Math.max(...walkers.values()) > 1e-17; step++) {
    const next = new Map<string, number>()
    for (const [from, probability] of walkers) {
      const end = endings.get(from) ?? { conversions: 0, value: 0, all: 0 }
      const row = steps.get(from) ?? new Map<string, number>()
      const all = [...row.values()].reduce((sum, weight) => sum + weight, end.all)
      if (all === 0) continue
      if (end.conversions > 0) {
        const converting = (probability * end.conversions) / all
        earned.conversions += converting
        earned.value += converting * (end.value / end.conversions)
      }
      for (const [to, weight] of row) {
        if (to === `channel ${removed}`) continue
        next.set(to, (next.get(to) ?? 0) + (probability * weight) / all)
      }
    }
    walkers = next
    if (walkers.size === 0) break
  }
  return earned
}

const channels = ['a', 'b', 'c', '(start)', '(conversion)', '__proto__', '']
const row: fc.Arbitrary<Row> = fc
  .record({
    touches: fc.array(fc.constantFrom(...channels), { minLength: 1, maxLength: 7 }),
    conversions: fc.integer({ min: 0, max: 4 }),
    nulls: fc.integer({ min: 0, max: 4 }),
    value: fc.integer({ min: 1, max: 1_000 }),
  })
  .map(path => (path.conversions === 0 ? { ...path, value: 0 } : path))
const rows = fc.array(row, { minLength: 1, maxLength: 12 })

describe('markov', () => {
  test('gives the removal effects, conversions and value that walking the chain without each channel gives', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async rows => {
        const result = await run(markov(), storeOf(rows))
        const whole = walk(rows)
        const totals = rows.reduce(
          (sum, path) => ({ conversions: sum.conversions + path.conversions, value: sum.value + path.value }),
          { conversions: 0, value: 0 },
        )
        for (const measure of ['conversions', 'value'] as const) {
          const effects = new Map<string, number>()
          for (const { key } of result.credits) {
            const without = walk(rows, key)
            effects.set(key, whole[measure] === 0 ? 0 : 1 - without[measure] / whole[measure])
          }
          const sum = [...effects.values()].reduce((all, effect) => all + effect, 0)
          for (const effect of result.removalEffects ?? []) {
            expect(effect[measure]).toBeCloseTo(effects.get(effect.key) as number, 9)
          }
          for (const credit of result.credits) {
            const expected = sum === 0 ? 0 : ((effects.get(credit.key) as number) / sum) * totals[measure]
            expect(Math.abs(credit[measure] - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, totals[measure]))
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  test('does not depend on the order of the paths', async () => {
    const shuffled = rows.chain(all => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })))
    await fc.assert(
      fc.asyncProperty(shuffled, async ([all, other]) => {
        const one = await run(markov(), storeOf(all))
        const two = await run(markov(), storeOf(other))
        expect(rowsOf(two)).toEqual(rowsOf(one))
        expect(two.credits).toEqual(one.credits)
        expect(two.removalEffects).toEqual(one.removalEffects)
      }),
    )
  })

  test('gives rows of transitions that sum to one', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom('collapsed', 'kept'), async (rows, selfTransitions) => {
        for (const { weight, to, conversion, none } of rowsOf(await run(markov({ selfTransitions }), storeOf(rows)))) {
          const sum = to.reduce((all, { probability }) => all + probability, conversion + none)
          expect(sum).toBeCloseTo(weight === 0 ? 0 : 1, 12)
        }
      }),
    )
  })

  test('gives the same credit whether self-transitions are kept or collapsed', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async rows => {
        const kept = await run(markov({ selfTransitions: 'kept' }), storeOf(rows))
        const collapsed = await run(markov(), storeOf(rows))
        expectClose(conversionsOf(kept), conversionsOf(collapsed))
        expectClose(valueOf(kept), valueOf(collapsed))
      }),
    )
  })

  test('reports self-transitions only where they are kept', async () => {
    const paths = pathTable({ 'a > a > b': { conversions: 1 } })
    expect(transitionsOf(await run(markov(), paths))).toEqual({ '(start)>a': 1, 'a>b': 1, 'b>(conversion)': 1 })
    expect(transitionsOf(await run(markov({ selfTransitions: 'kept' }), paths))).toEqual({
      '(start)>a': 1,
      'a>a': 0.5,
      'a>b': 0.5,
      'b>(conversion)': 1,
    })
  })

  test('keeps every digit where walks hardly ever end', async () => {
    const paths = createPathStore()
    paths.add(
      Array.from({ length: 200_000 }, (_, at) => (at % 2 === 0 ? 'a' : 'b')),
      { conversions: 1, value: 9 },
    )
    paths.add(['c'], { conversions: 1, value: 1 })
    const result = await run(markov(), paths)
    expect(removalEffectsOf(result)).toEqual({ a: 0.5, b: 0.5, c: 0.5 })
    expectClose(valueOf(result), { a: 90 / 19, b: 90 / 19, c: 10 / 19 })
  })

  test('credits nobody where nothing has converted', async () => {
    const result = await run(markov(), pathTable({ 'a > b': { nulls: 5 }, c: { nulls: 1 } }))
    expect(conversionsOf(result)).toEqual({ a: 0, b: 0, c: 0 })
    expect(valueOf(result)).toEqual({ a: 0, b: 0, c: 0 })
    expect(removalEffectsOf(result)).toEqual({ a: 0, b: 0, c: 0 })
  })

  test('has nothing to say about no paths at all', async () => {
    const result = await run(markov(), createPathStore())
    const { credits, removalEffects } = result
    expect(credits).toEqual([])
    expect(removalEffects).toEqual([])
    expect(rowsOf(result)).toEqual([{ from: [], weight: 0, to: [], conversion: 0, none: 0 }])
  })

  test('gives the only channel everything', async () => {
    const result = await run(markov(), pathTable({ a: { conversions: 2, nulls: 7, value: 50 } }))
    expect(result.credits).toEqual([{ key: 'a', conversions: 2, value: 50, share: 1 }])
    expect(removalEffectsOf(result)).toEqual({ a: 1 })
  })

  test('leaves out what happened without any touch', async () => {
    const paths = pathTable({ a: { conversions: 2, value: 50 } })
    paths.add([], { conversions: 3, value: 7 })
    expect((await run(markov(), paths)).credits).toEqual([{ key: 'a', conversions: 2, value: 50, share: 1 }])
  })

  test('shares out a value that refunds have made negative', async () => {
    const result = await run(
      markov(),
      pathTable({ a: { conversions: 1, value: 100 }, b: { conversions: 1, value: -30 }, 'a > b': { nulls: 1 } }),
    )
    expect(valueOf(result).b).toBeLessThan(0)
    expect((valueOf(result).a as number) + (valueOf(result).b as number)).toBeCloseTo(70, 12)
  })

  test('walks no path that was taken back more often than taken, and still shares out the balance', async () => {
    const result = await run(markov(), pathTable({ a: { conversions: 4 }, b: { conversions: -1, nulls: -3 } }))
    expect(conversionsOf(result)).toEqual({ a: 3, b: 0 })
  })

  test('shares by touch where nothing but refunds is left to share', async () => {
    const result = await run(markov(), pathTable({ 'a > b > b': { conversions: -3, value: -60 } }))
    expectClose(conversionsOf(result), { a: -1, b: -2 })
    expectClose(valueOf(result), { a: -20, b: -40 })
  })

  test('shares value as conversions where the values lost without each channel cancel out', async () => {
    // Without a or b 10 would be lost, without c 20 be gained: in proportion to that, -10 cannot be shared.
    const paths = pathTable({ 'a > b': { conversions: 1, value: 10 }, c: { conversions: 1, value: -20 } })
    expectClose(valueOf(await run(markov(), paths)), { a: -10 / 3, b: -10 / 3, c: -10 / 3 })
  })

  test.each([0, 9, 1.5, NaN])('refuses order %s and says which there are', order => {
    expect(() => markov({ order })).toThrow(`\`order\` must be a whole number from 1 to 8, or "auto", got ${order}`)
  })

  test('solves more channels than fit into a matrix', async () => {
    const paths = createPathStore()
    const name = (id: number): string => `campaign ${id}`
    for (let id = 0; id < 3_500; id++) {
      paths.add([name(id), name((id + 1) % 3_500)], { conversions: 1 })
      paths.add([name(id)], { nulls: 1 })
    }
    const { removalEffects = [] } = await run(markov(), paths)
    // Of every three walks in a channel two began there and one came from the one before it; all channels are alike.
    // u_m = (1/3)^m m moves after the channel; conversions are spread evenly over all of them.
    let sum = 0
    for (let moves = 0; moves < 3_500; moves++) sum += 3 ** -moves
    for (const { conversions } of removalEffects) expect(Math.abs(conversions / (sum / 3_500) - 1)).toBeLessThan(1e-12)
    expect(removalEffects).toHaveLength(3_500)
  })
})

import { createPathStore, markov } from '@jejak/attribution'
import type { PathStore } from '@jejak/attribution'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expectClose } from './close-to.ts'
import { conversionsOf, pathTable, removalEffectsOf, run, transitionsOf, valueOf } from './path-table.ts'

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
  test('gives the removal effects, conversions and value that walking the chain without each channel gives', () => {
    fc.assert(
      fc.property(rows, rows => {
        const result = run(markov(), storeOf(rows))
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

  test('does not depend on the order of the paths', () => {
    const shuffled = rows.chain(all => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })))
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        const one = run(markov(), storeOf(all))
        const two = run(markov(), storeOf(other))
        expect(two.transitions).toEqual(one.transitions)
        expect(two).toEqual(one)
      }),
    )
  })

  test('gives rows of transitions that sum to one', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom('collapsed', 'kept'), (rows, selfTransitions) => {
        for (const { weight, to, conversion, none } of run(markov({ selfTransitions }), storeOf(rows)).transitions ??
          []) {
          const sum = to.reduce((all, { probability }) => all + probability, conversion + none)
          expect(sum).toBeCloseTo(weight === 0 ? 0 : 1, 12)
        }
      }),
    )
  })

  test('gives the same credit whether self-transitions are kept or collapsed', () => {
    fc.assert(
      fc.property(rows, rows => {
        const kept = run(markov({ selfTransitions: 'kept' }), storeOf(rows))
        const collapsed = run(markov(), storeOf(rows))
        expectClose(conversionsOf(kept), conversionsOf(collapsed))
        expectClose(valueOf(kept), valueOf(collapsed))
      }),
    )
  })

  test('reports self-transitions only where they are kept', () => {
    const paths = pathTable({ 'a > a > b': { conversions: 1 } })
    expect(transitionsOf(run(markov(), paths))).toEqual({ '(start)>a': 1, 'a>b': 1, 'b>(conversion)': 1 })
    expect(transitionsOf(run(markov({ selfTransitions: 'kept' }), paths))).toEqual({
      '(start)>a': 1,
      'a>a': 0.5,
      'a>b': 0.5,
      'b>(conversion)': 1,
    })
  })

  test('keeps every digit where walks hardly ever end', () => {
    const paths = createPathStore()
    paths.add(
      Array.from({ length: 200_000 }, (_, at) => (at % 2 === 0 ? 'a' : 'b')),
      { conversions: 1, value: 9 },
    )
    paths.add(['c'], { conversions: 1, value: 1 })
    const result = run(markov(), paths)
    expect(removalEffectsOf(result)).toEqual({ a: 0.5, b: 0.5, c: 0.5 })
    expectClose(valueOf(result), { a: 90 / 19, b: 90 / 19, c: 10 / 19 })
  })

  test('credits nobody where nothing has converted', () => {
    const result = run(markov(), pathTable({ 'a > b': { nulls: 5 }, c: { nulls: 1 } }))
    expect(conversionsOf(result)).toEqual({ a: 0, b: 0, c: 0 })
    expect(valueOf(result)).toEqual({ a: 0, b: 0, c: 0 })
    expect(removalEffectsOf(result)).toEqual({ a: 0, b: 0, c: 0 })
  })

  test('has nothing to say about no paths at all', () => {
    const { credits, removalEffects, transitions } = run(markov(), createPathStore())
    expect(credits).toEqual([])
    expect(removalEffects).toEqual([])
    expect(transitions).toEqual([{ from: [], weight: 0, to: [], conversion: 0, none: 0 }])
  })

  test('gives the only channel everything', () => {
    const result = run(markov(), pathTable({ a: { conversions: 2, nulls: 7, value: 50 } }))
    expect(result.credits).toEqual([{ key: 'a', conversions: 2, value: 50, share: 1 }])
    expect(removalEffectsOf(result)).toEqual({ a: 1 })
  })

  test('leaves out what happened without any touch', () => {
    const paths = pathTable({ a: { conversions: 2, value: 50 } })
    paths.add([], { conversions: 3, value: 7 })
    expect(run(markov(), paths).credits).toEqual([{ key: 'a', conversions: 2, value: 50, share: 1 }])
  })

  test('shares out a value that refunds have made negative', () => {
    const result = run(
      markov(),
      pathTable({ a: { conversions: 1, value: 100 }, b: { conversions: 1, value: -30 }, 'a > b': { nulls: 1 } }),
    )
    expect(valueOf(result).b).toBeLessThan(0)
    expect((valueOf(result).a as number) + (valueOf(result).b as number)).toBeCloseTo(70, 12)
  })

  test('walks no path that was taken back more often than taken, and still shares out the balance', () => {
    const result = run(markov(), pathTable({ a: { conversions: 4 }, b: { conversions: -1, nulls: -3 } }))
    expect(conversionsOf(result)).toEqual({ a: 3, b: 0 })
  })

  test('shares by touch where nothing but refunds is left to share', () => {
    const result = run(markov(), pathTable({ 'a > b > b': { conversions: -3, value: -60 } }))
    expectClose(conversionsOf(result), { a: -1, b: -2 })
    expectClose(valueOf(result), { a: -20, b: -40 })
  })

  test('shares value as conversions where the values lost without each channel cancel out', () => {
    // Without a or b 10 would be lost, without c 20 be gained: in proportion to that, -10 cannot be shared.
    const paths = pathTable({ 'a > b': { conversions: 1, value: 10 }, c: { conversions: 1, value: -20 } })
    expectClose(valueOf(run(markov(), paths)), { a: -10 / 3, b: -10 / 3, c: -10 / 3 })
  })

  test.each([0, 2, 1.5, NaN])('refuses order %s and says which is supported', order => {
    expect(() => markov({ order })).toThrow(`\`order\` must be 1, the only order supported so far, got ${order}`)
  })

  test('refuses more channels than it can solve, and says what to do', () => {
    const paths = createPathStore()
    paths.add(
      Array.from({ length: 3_001 }, (_, id) => `campaign ${id}`),
      { conversions: 1 },
    )
    expect(() => markov().attribute(paths)).toThrow(
      '3001 channels are more than the 3000 it can solve; group the rare ones',
    )
  })
})

import { attributePaths, createPathStore, MODELS, modelByName } from '@jejak/attribution'
import type { OrderRule, PathModel } from '@jejak/attribution'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pathTable, run, valueOf } from './path-table.ts'

test.each(Object.keys(MODELS))('the model made as "%s" bears that name, and its meaning is one sentence', name => {
  expect(modelByName(name).name).toBe(name)
  expect(MODELS[name as keyof typeof MODELS].meaning).toMatch(/^[A-Z][^.]*\.$/)
})

test.each(['last-click', '', '__proto__', 'constructor'])('the name "%s" is refused with the names there are', name => {
  expect(() => modelByName(name)).toThrow(
    `There is no attribution model "${name}". ` +
      'There are: first, last, last-non-direct, linear, position-based, time-decay, markov, shapley',
  )
})

test('a model takes its own options and leaves those of others alone', () => {
  const options = { weights: [1, 0, 0], halfLifeDays: 30, direct: 'b' } as const
  const paths = pathTable({ 'a > b': { value: 10 } })
  expect(valueOf(run(modelByName('position-based', options) as OrderRule, paths))).toEqual({ a: 10, b: 0 })
  expect(valueOf(run(modelByName('last-non-direct', options) as OrderRule, paths))).toEqual({ a: 10, b: 0 })
  expect(valueOf(run(modelByName('linear', options) as OrderRule, paths))).toEqual({ a: 5, b: 5 })
})

describe.each(Object.keys(MODELS).filter(name => name !== 'time-decay'))('%s on counted paths', name => {
  const model = modelByName(name) as OrderRule | PathModel
  const outcome = fc.record({
    conversions: fc.double({ min: -5, max: 20, noNaN: true }),
    value: fc.double({ min: -1e3, max: 1e5, noNaN: true }),
    nulls: fc.nat(20),
  })
  const rows = fc.array(fc.tuple(fc.array(fc.constantFrom('a', 'b', 'c', 'd', ''), { minLength: 1 }), outcome))

  test('shares out the whole of conversions and value, no more and no less', () => {
    fc.assert(
      fc.property(rows, rows => {
        const paths = createPathStore()
        for (const [touches, outcome] of rows) paths.add(touches, outcome)
        const { credits } = attributePaths(paths, [model])[0] as ReturnType<typeof run>
        for (const measure of ['conversions', 'value'] as const) {
          const sum = credits.reduce((total, credit) => total + credit[measure], 0)
          const size = credits.reduce((total, credit) => total + Math.abs(credit[measure]), 0)
          expect(Math.abs(sum - paths.totals[measure])).toBeLessThanOrEqual(1e-9 * Math.max(1, size))
        }
      }),
      { numRuns: 300 },
    )
  })
})

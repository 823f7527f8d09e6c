import { attributePaths, createPathStore, MODELS, parseModel } from '@jejak/attribution'
import type { Model, OrderRule, PathModel } from '@jejak/attribution'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { conversionsOf, pathTable, run } from './path-table.ts'

test.each(Object.keys(MODELS))('the model made as "%s" bears that name, and its meaning is one sentence', name => {
  expect(parseModel(name).name).toBe(name)
  expect(MODELS[name as keyof typeof MODELS].meaning).toMatch(/^[A-Z](?!.*\. ).*\.$/)
})

test.each(['last-click', '', '__proto__', 'constructor'])('the name "%s" is refused with the names there are', name => {
  expect(() => parseModel(name)).toThrow(
    `There is no attribution model "${name}". There are: ${Object.keys(MODELS).join(', ')}`,
  )
})

test('options follow a colon, apart by commas', () => {
  expect(parseModel('time-decay:half-life=12h').options).toEqual({ 'half-life': '0.5d' })
  expect(parseModel('position: first=0.5, last=0.25').options).toEqual({ weights: '0.5/0.25/0.25' })
})

test.each([
  ['last-touch:n=1', 'The model "last-touch" has no option "n": it takes none'],
  ['linear:by=touch', 'The model "linear" has no option "by": it takes per=…'],
  [
    'time-decay:half-life=soon',
    'The option "half-life" of the model "time-decay": expected a length of time such as 7d, 12h, 30m or 2w, got "soon"',
  ],
])('%s is refused', (text, message) => {
  expect(() => parseModel(text)).toThrow(message)
})

const onPaths = Object.keys(MODELS)
  .map(name => parseModel(name))
  .filter(
    (model: Model): model is OrderRule | PathModel => model.kind === 'path' || (model.kind === 'rule' && !model.timed),
  )

describe.each(onPaths)('$name on counted paths', model => {
  const outcome = fc.record({
    conversions: fc.double({ min: -5, max: 20, noNaN: true }),
    value: fc.double({ min: -1e3, max: 1e5, noNaN: true }),
    nulls: fc.nat(20),
  })
  const rows = fc.array(fc.tuple(fc.array(fc.constantFrom('a', 'b', 'c', 'd', ''), { minLength: 1 }), outcome))

  test('shares out the whole of conversions and value, no more and no less', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async rows => {
        const paths = createPathStore()
        for (const [touches, outcome] of rows) paths.add(touches, outcome)
        const { credits } = await run(model, paths)
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

test('a path table is attributed by each model that needs no times', async () => {
  const results = await attributePaths(pathTable({ 'a > b': { conversions: 2 }, a: { nulls: 1 } }))
  expect(results.map(({ model }) => model)).toEqual(expect.arrayContaining(['first-touch', 'linear', 'markov']))
  for (const result of results) expect(Object.keys(conversionsOf(result)).toSorted()).toEqual(['a', 'b'])
})

import { createPathStore, parseModel } from '@jejak/attribution'
import type { PathAttribution, PathModel, PathOutcome, PathStore } from '@jejak/attribution'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitLogistic } from '../../src/models/logistic-fit.ts'
import { expectClose } from './close-to.ts'
import { conversionsOf, pathTable, run, valueOf } from './path-table.ts'

const logistic = (options: string): PathModel => parseModel(`logistic:${options}`) as PathModel
const coefficientsOf = ({ learned }: Pick<PathAttribution, 'learned'>) =>
  Object.fromEntries((learned ?? []).map(({ key, values }) => [key, values.coefficient as number]))

/** Journeys over `a`, `b` and `c` of which 1 / (1 + e^-x) convert, x = -2 + the effects of their channels. */
const EFFECTS = { a: 1.5, b: 0.5, c: -1 } as const
function knownEffects(): PathStore {
  const paths = createPathStore()
  for (const touches of [['a'], ['b'], ['c'], ['a', 'b'], ['a', 'c'], ['b', 'c'], ['a', 'b', 'c']] as const) {
    const rate = 1 / (1 + Math.exp(2 - touches.reduce((sum, channel) => sum + EFFECTS[channel], 0)))
    paths.add(touches, { conversions: 1e5 * rate, nulls: 1e5 * (1 - rate), value: 1e6 * rate })
  }
  return paths
}

test('one regression without sampling of channels finds the effects that made the journeys', async () => {
  const result = await logistic('bags=20,sample-rows=1,sample-channels=1,ridge=0.001').attribute(knownEffects())
  for (const [channel, effect] of Object.entries(EFFECTS)) {
    expect(Math.abs(coefficientsOf(result)[channel]! - effect)).toBeLessThan(0.02)
  }
  expect(Math.abs(result.score!(['a', 'b', 'a']) - 0.5)).toBeLessThan(0.005)
})

test('a fit is where the penalised likelihood is flat', () => {
  const rowsOf = fc.array(fc.tuple(fc.uniqueArray(fc.nat(4), { maxLength: 4 }), fc.nat(30), fc.nat(30)), {
    minLength: 2,
    maxLength: 15,
  })
  fc.assert(
    fc.property(rowsOf, fc.double({ min: 0.01, max: 10, noNaN: true }), (drawn, ridge) => {
      const sets = drawn.map(([set]) => set.toSorted((a, b) => a - b))
      const ends = [0]
      for (const set of sets) ends.push(ends.at(-1)! + set.length)
      const conversions = Float64Array.from(drawn, ([, count]) => count)
      const nulls = Float64Array.from(drawn, ([, , count]) => count)
      const found = fitLogistic(
        { starts: Uint32Array.from(ends), members: Int32Array.from(sets.flat()), conversions, nulls },
        5,
        ridge,
      )
      fc.pre(conversions.some(count => count > 0) && nulls.some(count => count > 0))
      const slopes = Array.from(found!, (coefficient, at) => (at === 0 ? 0 : -ridge * coefficient))
      for (const [row, set] of sets.entries()) {
        const predictor = set.reduce((sum, channel) => sum + found![channel + 1]!, found![0]!)
        const surprise = conversions[row]! - (conversions[row]! + nulls[row]!) / (1 + Math.exp(-predictor))
        slopes[0]! += surprise
        for (const channel of set) slopes[channel + 1]! += surprise
      }
      for (const slope of slopes) expect(Math.abs(slope)).toBeLessThan(1e-6)
    }),
  )
})

test('a conversion is shared by the coefficients above 0 of its own channels', async () => {
  const result = await logistic('bags=50').attribute(knownEffects())
  const { a, b, c } = coefficientsOf(result) as Record<'a' | 'b' | 'c', number>
  expect(a).toBeGreaterThan(b)
  expect(c).toBeLessThan(0)
  expect(result.notes).toEqual(['The coefficients of these are negative and count as 0: "c".'])
  expect(result.weigh!(['a', 'c', 'a', 'b'])).toEqual([a / 2, 0, a / 2, b])
  expect(result.weigh!(['c', 'new', 'c'])).toEqual([0.5, 1, 0.5])

  let expected = 0
  for (const { touches, conversions } of knownEffects()) {
    const names = touches.map(id => ['a', 'b', 'c'][id]!)
    if (names.includes('a')) expected += (conversions * a) / (names.includes('b') ? a + b : a)
  }
  const credits = Object.fromEntries(Array.from(result.credits, credit => [credit.key, credit]))
  expectClose({ a: credits.a!.conversions }, { a: expected })
})

test('a channel that always converts keeps a finite coefficient', async () => {
  const paths = pathTable({ a: { conversions: 50 }, b: { nulls: 50 }, 'a > b': { conversions: 10, nulls: 10 } })
  const result = await run(logistic('bags=20'), paths)
  expect(coefficientsOf(result).a).toBeGreaterThan(0.5)
  expect(coefficientsOf(result).a).toBeLessThan(20)
  expectClose(conversionsOf(result), { a: 60, b: 0 })
})

test('where all journeys convert, channels share evenly and a note says why', async () => {
  const result = await logistic('bags=5').attribute(pathTable({ 'a > b > a': { conversions: 4, value: 8 } }))
  expect(result.credits).toEqual([
    { key: 'a', conversions: 2, value: 4 },
    { key: 'b', conversions: 2, value: 4 },
  ])
  expect(result.notes).toEqual([
    'All journeys convert, or none: nothing can be learned, and the channels of a journey share it evenly.',
  ])
  expect(result.score!(['a'])).toBe(1)
})

const row = fc.record({
  touches: fc.array(fc.constantFrom('a', 'b', 'c', '__proto__', ''), { minLength: 1, maxLength: 5 }),
  conversions: fc.nat(20),
  value: fc.double({ min: -100, max: 1e4, noNaN: true }),
  nulls: fc.nat(20),
})
const storeOf = (rows: readonly (PathOutcome & { touches: readonly string[] })[]) => {
  const paths = createPathStore()
  for (const { touches, ...outcome } of rows) paths.add(touches, outcome)
  return paths
}

test('does not depend on the order of rows or how counts are split, and scales with value', async () => {
  const model = logistic('bags=10')
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 10 }), async rows => {
      const split = rows.toReversed().flatMap(({ touches, conversions, value, nulls }) => {
        const half = { touches: touches.toReversed(), conversions: conversions / 2, value, nulls: nulls / 2 }
        return [half, half]
      })
      const before = await run(model, storeOf(rows))
      const after = await run(model, storeOf(split))
      expectClose(conversionsOf(after), conversionsOf(before))
      expectClose(
        valueOf(after),
        Object.fromEntries(Object.entries(valueOf(before)).map(([key, value]) => [key, 2 * value])),
      )
    }),
    { numRuns: 50 },
  )
})

test('does not depend on names where channels differ in what came of them', async () => {
  const rename = (name: string) => ({ a: 'z', b: 'm', c: 'a' })[name] as string
  const paths = pathTable({
    a: { conversions: 9, nulls: 3 },
    'a > b': { conversions: 5, nulls: 8 },
    'c > b': { nulls: 7, conversions: 1 },
  })
  const renamed = createPathStore()
  for (const { touches, ...outcome } of paths)
    renamed.add(
      touches.map(id => rename(paths.channels[id]!)),
      outcome,
    )
  const before = coefficientsOf(await run(logistic('bags=30'), paths))
  const after = coefficientsOf(await run(logistic('bags=30'), renamed))
  expectClose(after, Object.fromEntries(Object.entries(before).map(([key, coefficient]) => [rename(key), coefficient])))
})

test('the same seed gives the same result, another seed another', async () => {
  const coefficients = async (seed: number) =>
    coefficientsOf(await run(logistic(`bags=10,seed=${seed}`), knownEffects()))
  expect(await coefficients(3)).toEqual(await coefficients(3))
  expect(await coefficients(4)).not.toEqual(await coefficients(3))
})

test('more than sixteen channels are fitted as well', async () => {
  const paths = createPathStore()
  for (let at = 0; at < 40; at++) paths.add([`c${at}`, `c${(at * 7) % 40}`], { conversions: at, nulls: 40 })
  const result = await logistic('bags=20,sample-channels=1').attribute(paths)
  expect(coefficientsOf(result).c39).toBeGreaterThan(coefficientsOf(result).c1!)
})

test('stops where it is told to', async () => {
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(async () => logistic('bags=5').attribute(knownEffects(), { signal })).rejects.toThrow('enough')
})

test.each([
  ['sample-rows=0', '`sampleRows` must be above 0 and at most 1, got 0'],
  ['sample-channels=0', '`sampleChannels` must be above 0 and at most 1, got 0'],
  ['ridge=0', '`ridge` must be a finite number above 0, got 0'],
])('refuses %s', (options, message) => {
  expect(() => logistic(options)).toThrow(message)
})

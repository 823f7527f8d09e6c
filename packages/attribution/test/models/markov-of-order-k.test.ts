import { createPathStore, markov, withCounts } from '@jejak/attribution'
import type { ModelResult, PathStore } from '@jejak/attribution'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expectClose } from './close-to.ts'
import { conversionsOf, pathTable, removalEffectsOf, rowsOf, run, valueOf } from './path-table.ts'

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
 * Removal effects by their definition: the probability to convert from the start, with and without the states that
 * contain a channel, each from one dense linear system solved by Gaussian elimination with pivoting.
 */
function removalEffects(rows: readonly Row[], order: number, measure: 'conversions' | 'value'): Map<string, number> {
  const stateOf = new Map<string, number>()
  const windows: string[][] = [[]]
  const moves: [from: number, to: number, weight: number][] = []
  const ends: [state: number, row: Row][] = []
  for (const row of rows) {
    const states = [0]
    for (let end = Math.min(order, row.touches.length); end <= row.touches.length; end++) {
      const window = row.touches.slice(Math.max(0, end - order), end)
      const key = JSON.stringify(window)
      if (!stateOf.has(key)) stateOf.set(key, windows.push(window) - 1)
      if (states.at(-1) !== stateOf.get(key)) states.push(stateOf.get(key) as number)
    }
    for (let at = 1; at < states.length; at++) {
      moves.push([states[at - 1] as number, states[at] as number, row.conversions + row.nulls])
    }
    ends.push([states.at(-1) as number, row])
  }
  const n = windows.length
  const leaving = Array.from({ length: n }, () => 0)
  for (const [from, , weight] of moves) leaving[from]! += weight
  for (const [state, row] of ends) leaving[state]! += row.conversions + row.nulls

  const earned = (without?: string): number => {
    const gone = (state: number) => without !== undefined && windows[state]!.includes(without)
    const a = Array.from({ length: n }, (_, i) => Array.from({ length: n + 1 }, (_, j) => (i === j ? 1 : 0)))
    for (const [from, to, weight] of moves) {
      if (leaving[from]! > 0 && !gone(from) && !gone(to)) a[from]![to]! -= weight / leaving[from]!
    }
    for (const [state, row] of ends)
      if (leaving[state]! > 0 && !gone(state)) a[state]![n]! += row[measure] / leaving[state]!
    for (let k = 0; k < n; k++) {
      let pivot = k
      for (let i = k + 1; i < n; i++) if (Math.abs(a[i]![k]!) > Math.abs(a[pivot]![k]!)) pivot = i
      ;[a[k], a[pivot]] = [a[pivot]!, a[k]!]
      for (let i = 0; i < n; i++) {
        if (i === k || a[i]![k] === 0) continue
        const factor = a[i]![k]! / a[k]![k]!
        for (let j = k; j <= n; j++) a[i]![j]! -= factor * a[k]![j]!
      }
    }
    return a[0]![n]! / a[0]![0]!
  }
  const all = earned()
  const channels = [...new Set(rows.flatMap(row => row.touches))]
  return new Map(channels.map(channel => [channel, all === 0 ? 0 : 1 - earned(channel) / all]))
}

const channels = ['a', 'b', 'c', 'd', '__proto__', '']
const row: fc.Arbitrary<Row> = fc
  .record({
    touches: fc.array(fc.constantFrom(...channels), { minLength: 1, maxLength: 9 }),
    conversions: fc.integer({ min: 0, max: 4 }),
    nulls: fc.integer({ min: 0, max: 4 }),
    value: fc.integer({ min: 1, max: 1_000 }),
  })
  .map(path => (path.conversions === 0 ? { ...path, value: 0 } : path))
const rows = fc.array(row, { minLength: 1, maxLength: 12 })
const orders = fc.integer({ min: 2, max: 4 })

/** Numbers from 0 to 1, the same for the same seed (D. Lehmer's generator). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

/** A table with hubs, circles and rare channels; the same for the same seed. */
function syntheticTable(paths: number, channels: number, seed = 1): PathStore {
  const random = randomFrom(seed)
  const store = createPathStore()
  for (let path = 0; path < paths; path++) {
    const touches = [`c${Math.floor(random() ** 2 * channels)}`]
    while (touches.length < 12 && random() < 0.65) touches.push(`c${Math.floor(random() ** 2 * channels)}`)
    store.add(touches, random() < 0.2 ? { conversions: 1, value: Math.floor(random() * 100) } : { nulls: 1 })
  }
  return store
}

const numbersOf = ({ credits, removalEffects }: ModelResult) => ({ credits, removalEffects })

describe('markov of order 2 and more', () => {
  test('gives the removal effects that taking each channel out of the chain gives', async () => {
    await fc.assert(
      fc.asyncProperty(rows, orders, async (rows, order) => {
        const result = await run(markov({ order }), storeOf(rows))
        for (const measure of ['conversions', 'value'] as const) {
          const expected = removalEffects(rows, order, measure)
          for (const effect of result.removalEffects ?? []) {
            expect(Math.abs(effect[measure] - expected.get(effect.key)!)).toBeLessThan(1e-9)
            expect(effect[measure]).toBeGreaterThanOrEqual(0)
            expect(effect[measure]).toBeLessThanOrEqual(1)
          }
          const total = rows.reduce((sum, row) => sum + row[measure], 0)
          const sum = result.credits.reduce((all, credit) => all + credit[measure], 0)
          expect(Math.abs(sum - total)).toBeLessThanOrEqual(1e-9 * Math.max(1, total))
        }
      }),
      { numRuns: 200 },
    )
  })

  test('does not depend on the order of the paths', async () => {
    const shuffled = rows.chain(all => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })))
    await fc.assert(
      fc.asyncProperty(shuffled, orders, async ([all, other], order) => {
        const [one, two] = [await run(markov({ order }), storeOf(all)), await run(markov({ order }), storeOf(other))]
        expect(numbersOf(two)).toEqual(numbersOf(one))
        expect(rowsOf(two)).toEqual(rowsOf(one))
      }),
    )
  })

  test('gives renamed channels the same credit, and twice the value twice the credit', async () => {
    await fc.assert(
      fc.asyncProperty(rows, orders, async (rows, order) => {
        const result = await run(markov({ order }), storeOf(rows))
        const rename = (name: string) => `${[...channels].reverse().indexOf(name)}${name}`
        const renamed = rows.map(row => ({ ...row, touches: row.touches.map(rename), value: 2 * row.value }))
        const other = await run(markov({ order }), storeOf(renamed))
        const expected = Object.entries(valueOf(result)).map(([key, value]) => [rename(key), 2 * value])
        expectClose(valueOf(other), Object.fromEntries(expected))
      }),
      { numRuns: 50 },
    )
  })

  test('takes a path shorter than the order as one state', async () => {
    const paths = pathTable({ 'a > b': { conversions: 1 }, b: { conversions: 2, nulls: 1 }, a: { nulls: 4 } })
    const result = await run(markov({ order: 3 }), paths)
    expectClose(removalEffectsOf(result), { a: 1 / 3, b: 1 })
    expectClose(conversionsOf(result), { a: 0.75, b: 2.25 })
    expect(rowsOf(result).map(({ from }) => from)).toEqual([[], ['a'], ['a', 'b'], ['b']])
  })

  test('tells paths apart that a chain of order 1 cannot', async () => {
    const paths = pathTable({ 'a > x > b': { conversions: 10 }, 'c > x > d': { nulls: 10 } })
    expectClose(removalEffectsOf(await run(markov(), paths)), { a: 0.5, b: 1, c: 0.5, d: 0, x: 1 })
    expectClose(removalEffectsOf(await run(markov({ order: 2 }), paths)), { a: 1, b: 1, c: 0, d: 0, x: 1 })
  })

  test('names the windows of its transitions, those from the start joined', async () => {
    const result = await run(markov({ order: 2 }), pathTable({ 'a > b > a': { conversions: 3, nulls: 1 } }))
    expect(rowsOf(result)).toEqual([
      { from: [], weight: 4, to: [{ key: 'a > b', probability: 1 }], conversion: 0, none: 0 },
      { from: ['a', 'b'], weight: 4, to: [{ key: 'a', probability: 1 }], conversion: 0, none: 0 },
      { from: ['b', 'a'], weight: 4, to: [], conversion: 0.75, none: 0.25 },
    ])
  })

  test('stays exact where walks go round in circles for very long', async () => {
    const paths = createPathStore()
    const circle = (length: number, names: string) => Array.from({ length }, (_, at) => names[at % names.length]!)
    paths.add(circle(200_000, 'ab'), { conversions: 1 })
    paths.add(circle(90_000, 'xyz'), { conversions: 1 })
    paths.add(['c', 'c', 'c'], { conversions: 2 })
    const result = await run(markov({ order: 2 }), paths)
    expectClose(removalEffectsOf(result), { a: 0.25, b: 0.25, x: 0.25, y: 0.25, z: 0.25, c: 0.5 })
  })

  test('keeps the digits of a tiny effect beside a huge one', async () => {
    const paths = pathTable({
      'a > b > a > b': { conversions: 1e12, nulls: 3e12, value: 1e12 },
      'a > b > c': { conversions: 1e-6, value: 1e-6 },
      c: { conversions: 1e-6 },
    })
    const { removalEffects = [] } = await run(markov({ order: 2 }), paths)
    const c = removalEffects.find(({ key }) => key === 'c')
    expect(c!.conversions / (2e-6 / (1e12 + 2e-6))).toBeCloseTo(1, 12)
  })

  test('gives the same to the last bit on worker threads', async () => {
    const paths = syntheticTable(60_000, 90)
    const labels = new Set<string>()
    const model = markov({ order: 3 })
    const threaded = await model.attribute(paths, { workers: 2, onProgress: ({ label }) => labels.add(label) })
    const alone = await model.attribute(paths)
    expect([...threaded.credits]).toEqual([...alone.credits])
    expect(threaded.removalEffects).toEqual(alone.removalEffects)
    expect([...labels]).toContain('markov order 3 on 2 threads')
  })

  test.each([0, 2])('stops when it is told to, with %s workers', async workers => {
    const paths = syntheticTable(60_000, 90)
    const stop = new AbortController()
    const onProgress = ({ label, done }: { label: string; done: number }): void => {
      if (label.startsWith('markov order 3') && !label.includes('windows') && done > 0) stop.abort(new Error('enough'))
    }
    await expect(
      Promise.resolve(markov({ order: 3 }).attribute(paths, { workers, signal: stop.signal, onProgress })),
    ).rejects.toThrow('enough')
  })

  test('answers for other counts of the same paths as when asked anew', async () => {
    const paths = syntheticTable(500, 6)
    const conversions = paths.counts.conversions.map((count, path) => count * (path % 3))
    const counts = { ...paths.counts, conversions }
    for (const order of [1, 2] as const) {
      const model = markov({ order })
      const refit = await model.prepare!(paths)(counts)
      const anew = await model.attribute(withCounts(paths, counts))
      expect([...refit.credits]).toEqual([...anew.credits])
      expect(refit.removalEffects).toEqual(anew.removalEffects)
    }
  })
})

describe('the order chosen by itself', () => {
  test('is the one that the journeys were made with', async () => {
    const first = await markov({ order: 'auto' }).attribute(syntheticTable(3_000, 5))
    expect(first.orders?.map(({ order }) => order)).toEqual([1, 2, 3, 4])
    expect(first.notes).toEqual(['The order 1 was chosen out of 1 to 4.'])

    const remembering = createPathStore()
    const random = randomFrom(7)
    for (let journey = 0; journey < 3_000; journey++) {
      // Whoever came by a, through x, goes on to c; by b, to d.
      const [from, to] = random() < 0.5 ? ['a', 'c'] : ['b', 'd']
      const path = [from!, 'x', random() < 0.9 ? to! : 'e']
      remembering.add(path, random() < 0.3 ? { conversions: 1 } : { nulls: 1 })
    }
    const second = await markov({ order: 'auto' }).attribute(remembering)
    expect(second.notes).toEqual(['The order 2 was chosen out of 1 to 4.'])
  })

  test('is scored by the journeys other than the one that is told', async () => {
    // Two journeys, each of one touch of its own: neither teaches anything of the other but that there was one.
    const { orders } = await markov({ order: 'auto', maxOrder: 1 }).attribute(
      pathTable({ a: { conversions: 1 }, b: { nulls: 1 } }),
    )
    // Four continuations (a, b, conversion, none). a: the other two steps were b and none, so (0 + 2/4) / (2 + 2) without
    // a window, then after the start, where only b was seen, (0 + 1/8) / (1 + 1). The outcome: after a nothing was seen,
    // so (0 + 2/4) / (2 + 2). The other journey alike.
    expect(orders?.[0]?.logLikelihood).toBeCloseTo(Math.log(1 / 16) + Math.log(1 / 8), 12)
  })
})

describe('reading a path by the chain', () => {
  const paths = pathTable({
    'a > b': { conversions: 3, nulls: 1 },
    'a > c': { conversions: 1, nulls: 3 },
    b: { nulls: 2 },
  })

  test('the probability to convert is that of the state a journey is in', async () => {
    const result = await markov({ order: 2 }).attribute(paths)
    expect(result.score!(['a', 'b'])).toBeCloseTo(3 / 4, 12)
    expect(result.score!(['x', 'a', 'c'])).toBeCloseTo(1 / 4, 12)
    expect(result.score!(['a'])).toBeCloseTo(4 / 8, 12)
    expect(result.score!(['b'])).toBe(0)
    expect(result.score!([])).toBeCloseTo(4 / 10, 12)
  })

  test('what was never seen goes by the longest end that was, or else by the start', async () => {
    const result = await markov({ order: 2 }).attribute(paths)
    expect(result.score!(['c', 'b'])).toBeCloseTo(3 / 6, 12)
    expect(result.score!(['b', 'unknown'])).toBeCloseTo(4 / 10, 12)
  })

  test('touches weigh as the removal effects of their channels', async () => {
    const result = await markov().attribute(paths)
    const [a, b] = result.removalEffects!.map(({ conversions }) => conversions)
    expect(result.weigh!(['a', 'b', 'a', 'unknown'])).toEqual([a! / 2, b, a! / 2, 0])
    expect(result.weigh!(['unknown', 'unknown'])).toEqual([1, 1])
  })
})

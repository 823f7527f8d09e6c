import { createPathStore, pathStoreFromJSON } from '@jejak/attribution'
import type { PathOutcome, PathStore } from '@jejak/attribution'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

/** What a store has counted, by path, whatever the order. */
function contentOf(paths: PathStore): [path: string, outcome: Counted][] {
  return Array.from(paths, ({ touches, ...outcome }): [string, Counted] => [
    JSON.stringify(touches.map(id => paths.channels[id])),
    outcome,
  ]).sort(([a], [b]) => (a < b ? -1 : 1))
}

type Counted = Required<Omit<PathOutcome, 'squares'>>

type Row = readonly [touches: readonly string[], outcome: PathOutcome]

function storeOf(rows: readonly Row[]): PathStore {
  const paths = createPathStore()
  for (const [touches, outcome] of rows) paths.add(touches, outcome)
  return paths
}

const channel = fc.oneof(
  fc.constantFrom('', '__proto__', 'constructor', '(start)', '(conversion)', 'a', 'A > B', '\ud800'),
  fc.string({ unit: 'binary' }),
)
const amount = fc.integer({ min: -1_000, max: 1_000 })
const row: fc.Arbitrary<Row> = fc.tuple(
  fc.array(channel, { maxLength: 6 }),
  fc.record({ conversions: amount, value: amount, nulls: amount }, { requiredKeys: [] }),
)
const rows = fc.array(row, { maxLength: 20 })

describe('createPathStore', () => {
  test('counts equal paths together', () => {
    const paths = storeOf([
      [['search', 'email'], { conversions: 1, value: 20 }],
      [['email'], { nulls: 3 }],
      [['search', 'email'], { conversions: 2, value: 5.5, nulls: 1 }],
    ])
    expect(paths.channels).toEqual(['search', 'email'])
    expect([...paths]).toEqual([
      { touches: [0, 1], conversions: 3, value: 25.5, nulls: 1 },
      { touches: [1], conversions: 0, value: 0, nulls: 3 },
    ])
    expect(paths.size).toBe(2)
    expect(paths.totals).toEqual({ conversions: 3, value: 25.5, nulls: 4 })
  })

  test('tells paths apart by order and by repetition', () => {
    expect(storeOf([['a', 'b'], ['b', 'a'], ['a', 'a', 'b'], ['ab'], []].map(path => [path, { nulls: 1 }])).size).toBe(
      5,
    )
  })

  test('keeps paths over more channels than one code unit can tell apart', () => {
    const many = Array.from({ length: 70_000 }, (_, id) => `campaign ${id}`)
    const paths = storeOf([
      [many, { conversions: 1 }],
      [['campaign 69999', 'campaign 40000', 'campaign 0'], { nulls: 1 }],
    ])
    const [whole, short] = paths
    expect(whole?.touches.map(id => paths.channels[id])).toEqual(many)
    expect(short?.touches).toEqual([69_999, 40_000, 0])
  })

  test('takes a channel name of a megabyte', () => {
    const huge = 'x'.repeat(2 ** 20)
    expect(storeOf([[[huge, huge], { conversions: 1 }]]).channels).toEqual([huge])
  })

  test.each(['conversions', 'value', 'nulls'] as const)('refuses %s that are no finite number, and says so', name => {
    for (const amount of [NaN, Infinity, -Infinity]) {
      const paths = createPathStore()
      expect(() => paths.add(['a'], { [name]: amount })).toThrow(`\`${name}\` must be a finite number, got ${amount}`)
      expect(paths.size).toBe(0)
      expect(paths.channels).toEqual([])
    }
  })

  test('refuses sums that no number can hold', () => {
    const paths = storeOf([[['a'], { value: Number.MAX_VALUE }]])
    expect(() => paths.add(['b'], { value: Number.MAX_VALUE })).toThrow('the sum of `value`')
    expect(paths.totals.value).toBe(Number.MAX_VALUE)
  })

  test('takes refunds: negative and fractional amounts', () => {
    const paths = storeOf([
      [['a'], { conversions: 1, value: 10.25 }],
      [['a'], { conversions: -0.5, value: -10 }],
    ])
    expect([...paths]).toEqual([{ touches: [0], conversions: 0.5, value: 0.25, nulls: 0 }])
  })
})

describe('merging', () => {
  test('gives what adding all to one store gives', () => {
    fc.assert(
      fc.property(rows, rows, (first, second) => {
        const merged = storeOf(first)
        merged.merge(storeOf(second))
        const all = storeOf([...first, ...second])
        expect(contentOf(merged)).toEqual(contentOf(all))
        expect(merged.totals).toEqual(all.totals)
        expect(merged.channels).toEqual(all.channels)
      }),
    )
  })

  test('a store with itself doubles it', () => {
    const paths = storeOf([[['a', 'b'], { conversions: 1, value: 2, nulls: 3 }]])
    paths.merge(paths)
    expect([...paths]).toEqual([{ touches: [0, 1], conversions: 2, value: 4, nulls: 6 }])
  })
})

describe('counting', () => {
  test('does not depend on the order of rows', () => {
    const shuffled = rows.chain(all => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })))
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        expect(contentOf(storeOf(other))).toEqual(contentOf(storeOf(all)))
        expect(storeOf(other).totals).toEqual(storeOf(all).totals)
      }),
    )
  })

  test('does not depend on how a count is split', () => {
    const counted = fc.tuple(fc.array(channel, { maxLength: 4 }), fc.integer({ min: 1, max: 9 }), amount)
    fc.assert(
      fc.property(fc.array(counted), counted => {
        const whole = storeOf(counted.map(([path, n, worth]) => [path, { conversions: n, value: n * worth }]))
        const split = storeOf(
          counted.flatMap(([path, n, worth]) =>
            Array.from({ length: n }, (): Row => [path, { conversions: 1, value: worth }]),
          ),
        )
        expect(contentOf(split)).toEqual(contentOf(whole))
        expect([...split.counts.squares]).toEqual([...whole.counts.squares])
      }),
    )
  })

  test('by ids is counting by names', () => {
    fc.assert(
      fc.property(rows, rows => {
        const paths = createPathStore()
        for (const [touches, outcome] of rows) {
          // What lies beyond the length that is told does not count.
          paths.addIds([...touches.map(name => paths.idOf(name)), 99], touches.length, outcome)
        }
        expect(contentOf(paths)).toEqual(contentOf(storeOf(rows)))
      }),
    )
  })

  test('shows the columns as the paths one by one', () => {
    fc.assert(
      fc.property(rows, rows => {
        const paths = storeOf(rows)
        const { starts, touches, counts, size } = paths
        const columns = Array.from({ length: size }, (_, path) => ({
          touches: [...touches.subarray(starts[path], starts[path + 1])],
          conversions: counts.conversions[path],
          value: counts.value[path],
          nulls: counts.nulls[path],
        }))
        expect(columns).toEqual([...paths])
        expect(starts).toHaveLength(size + 1)
      }),
    )
  })

  test('an amount that a path cannot hold changes nothing of it', () => {
    const paths = storeOf([
      [['a'], { conversions: 1, value: Number.MAX_VALUE }],
      [['b'], { value: -Number.MAX_VALUE }],
    ])
    expect(() => paths.add(['a'], { conversions: 1, value: Number.MAX_VALUE, nulls: 1 })).toThrow('the sum of `value`')
    expect([...paths][0]).toEqual({ touches: [0], conversions: 1, value: Number.MAX_VALUE, nulls: 0 })
    expect(paths.totals).toEqual({ conversions: 1, value: 0, nulls: 0 })
  })

  test.each([-1, NaN])('refuses squares of %s, which nothing squares to', squares => {
    expect(() => createPathStore().add(['a'], { squares })).toThrow('`squares` must be a number of 0 or more')
  })
})

describe('JSON', () => {
  test('keeps everything', () => {
    fc.assert(
      fc.property(rows, rows => {
        const paths = storeOf(rows)
        const read = pathStoreFromJSON(JSON.parse(JSON.stringify(paths)))
        expect(contentOf(read)).toEqual(contentOf(paths))
        expect(read.channels).toEqual(paths.channels)
      }),
    )
  })

  test('keeps how much the values of a path differ, and is read without that too', () => {
    const paths = storeOf([
      [['a'], { conversions: 1, value: 1 }],
      [['a'], { conversions: 1, value: 3 }],
    ])
    const json = JSON.parse(JSON.stringify(paths))
    expect([...pathStoreFromJSON(json).counts.squares]).toEqual([10])
    delete json.paths[0].squares
    expect([...pathStoreFromJSON(json).counts.squares]).toEqual([8])
  })

  test('does not change with the store later', () => {
    const paths = storeOf([[['a'], { conversions: 1 }]])
    const json = paths.toJSON()
    paths.add(['b'], { conversions: 1 })
    expect(json.channels).toEqual(['a'])
    expect(json.paths).toHaveLength(1)
  })

  test.each([
    ['no object', 7, 'expected object'],
    ['another version', { version: 2, channels: [], paths: [] }, 'at version'],
    ['a channel that is no string', { version: 1, channels: [1], paths: [] }, 'at channels[0]'],
    [
      'an amount that is no number',
      { version: 1, channels: ['a'], paths: [{ touches: [0], conversions: '1', value: 0, nulls: 0 }] },
      'at paths[0].conversions',
    ],
    [
      'a channel that is not listed',
      { version: 1, channels: ['a'], paths: [{ touches: [1], conversions: 1, value: 0, nulls: 0 }] },
      'path 0 has channel 1, but there are 1',
    ],
  ])('that has %s is refused with its place', (_, json, message) => {
    expect(() => pathStoreFromJSON(json)).toThrow(message)
  })
})

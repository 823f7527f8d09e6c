import type { TimedPathStore } from '@jejak/attribution'
import { createPathStore, createTimedPathStore, endOfJourney, timedFromPaths, withCounts } from '@jejak/attribution'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyRow, timedStore } from './models/timed-journeys.ts'
import { CONVERTED_AT, journeyOf } from './models/journey-of.ts'

const DAY = 86_400_000

function contentOf({ channels, touches, times, ends, starts, counts }: TimedPathStore): unknown {
  return {
    names: Array.from(touches, id => channels[id]),
    times: [...times],
    ends: [...ends],
    starts: [...starts],
    ...Object.fromEntries(Object.entries(counts).map(([name, column]) => [name, [...column]])),
  }
}

describe('createTimedPathStore', () => {
  test('keeps every journey with the times of its touches and its end', () => {
    const paths = createTimedPathStore()
    paths.add(
      [
        { channel: 'search', time: 1_000 },
        { channel: 'email', time: 2_500 },
      ],
      3_000,
      { conversions: 1, value: 20 },
    )
    paths.add([{ channel: 'email', time: 5 }], 9, { nulls: 2 })
    expect(paths.channels).toEqual(['search', 'email'])
    expect([...paths.touches]).toEqual([0, 1, 1])
    expect([...paths.times]).toEqual([1_000, 2_500, 5])
    expect([...paths.starts]).toEqual([0, 2, 3])
    expect([...paths.ends]).toEqual([3_000, 9])
    expect([...paths.counts.squares]).toEqual([400, 0])
    expect(paths.totals).toEqual({ conversions: 1, value: 20, nulls: 2 })
    expect([...paths]).toEqual([
      { touches: [0, 1], conversions: 1, value: 20, nulls: 0 },
      { touches: [1], conversions: 0, value: 0, nulls: 2 },
    ])
  })

  test('does not count equal journeys together', () => {
    const row = { touches: [['a', 1]], end: 2, nulls: 1 } as const
    expect(timedStore([row, row]).size).toBe(2)
  })

  test('takes more journeys and longer ones than it has had room for', () => {
    const paths = createTimedPathStore()
    const id = paths.idOf('a')
    for (let journey = 0; journey < 1_000; journey++) {
      paths.addIds([id, id, id], [journey, journey + 1, journey + 2], 3, journey + 3, { conversions: 1 })
    }
    const long = Array.from({ length: 20_000 }, (_, at) => at)
    paths.addIds(
      long.map(() => id),
      long,
      long.length,
      20_000,
      { nulls: 1 },
    )
    expect(paths.size).toBe(1_001)
    expect(paths.times.length).toBe(23_000)
    expect([...paths.times.subarray(2_997, 3_001)]).toEqual([999, 1_000, 1_001, 0])
    expect(paths.times.at(-1)).toBe(19_999)
    expect(paths.ends[999]).toBe(1_002)
  })

  test('merging gives what adding all to one store gives', () => {
    fc.assert(
      fc.property(fc.array(anyRow), fc.array(anyRow), (first, second) => {
        const merged = timedStore(first)
        merged.merge(timedStore(second))
        expect(contentOf(merged)).toEqual(contentOf(timedStore([...first, ...second])))
      }),
    )
  })

  test('merging with itself doubles it', () => {
    const paths = timedStore([{ touches: [['a', 1]], end: 2, nulls: 1 }])
    paths.merge(paths)
    expect(paths.size).toBe(2)
    expect([...paths.ends]).toEqual([2 * DAY, 2 * DAY])
  })

  test.each([
    ['the end of a journey', [{ channel: 'a', time: 1 }], Infinity, {}],
    ['the time of a touch', [{ channel: 'a', time: NaN }], 2, {}],
    ['`value`', [{ channel: 'a', time: 1 }], 2, { value: Infinity }],
  ] as const)('refuses %s that is no finite number, and adds nothing', (what, touches, end, outcome) => {
    const paths = createTimedPathStore()
    expect(() => paths.add(touches, end, outcome)).toThrow(`${what} must be a finite number`)
    expect(paths.size).toBe(0)
    expect(paths.channels).toEqual([])
  })

  test('keeps its times and ends when it is given other counts', () => {
    const paths = timedStore([{ touches: [['a', 1]], end: 3, conversions: 1, value: 5 }])
    const { counts } = paths
    const doubled = withCounts(paths, { ...counts, conversions: counts.conversions.map(amount => 2 * amount) })
    expect(doubled.totals).toEqual({ conversions: 2, value: 5, nulls: 0 })
    expect([...doubled.times]).toEqual([DAY])
    expect([...doubled.ends]).toEqual([3 * DAY])
  })
})

describe('endOfJourney', () => {
  const journey = journeyOf([['a', 3]])

  test('is when it converted', () => {
    expect(endOfJourney(journeyOf([['a', 3]], {}))).toBe(CONVERTED_AT)
  })
  test('of one without a conversion is until when it was watched', () => {
    expect(endOfJourney({ ...journey, until: CONVERTED_AT - DAY })).toBe(CONVERTED_AT - DAY)
  })
  test('is the last touch where nothing more is known', () => {
    expect(endOfJourney(journey)).toBe(CONVERTED_AT - 3 * DAY)
  })
})

describe('timedFromPaths', () => {
  test('reads a path as touches one step apart that end one step after the last', () => {
    const table = createPathStore()
    table.add(['a', 'b', 'a'], { conversions: 2, value: 9, nulls: 4 })
    table.add([], { nulls: 1 })
    table.add(['b'], { nulls: 3 })
    const timed = timedFromPaths(table, 2)
    expect([...timed.times]).toEqual([0, 2 * DAY, 4 * DAY, 0])
    expect([...timed.ends]).toEqual([6 * DAY, 0, 2 * DAY])
    expect([...timed]).toEqual([...table])
    expect(timed.totals).toEqual(table.totals)
    expect(timed.channels).toBe(table.channels)
  })

  test.each([0, -1, NaN, Infinity])('refuses steps of %d days', step => {
    expect(() => timedFromPaths(createPathStore(), step)).toThrow(`above 0, such as 1, got ${step}`)
  })
})

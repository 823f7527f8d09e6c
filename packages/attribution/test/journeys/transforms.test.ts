import {
  buildJourneys,
  createPathStore,
  PATH_TRANSFORMS,
  transformJourneys,
  transformKeys,
  transformPaths,
  transformTouches,
} from '@jejak/attribution'
import type { JourneyOptions, PathTransform } from '@jejak/attribution'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { channels, visit } from './event.ts'
import { inWords, journeysFrom } from './in-words.ts'

// The example in google/fractribution, py/templates/path_transforms.sql (Apache-2.0).
const PATH = ['D', 'A', 'B', 'B', 'C', 'D', 'C', 'C']

describe('of a path', () => {
  test.each<[PathTransform, string[]]>([
    ['unique', ['D', 'A', 'B', 'B', 'C', 'D', 'C', 'C']],
    ['exposure', ['D', 'A', 'B', 'C', 'D', 'C']],
    ['first', ['D', 'A', 'B', 'C']],
    ['frequency', ['D(2)', 'A(1)', 'B(2)', 'C(3)']],
    [{ drop: 'D' }, ['A', 'B', 'B', 'C', 'C', 'C']],
    [{ drop: 'C', where: 'end' }, ['D', 'A', 'B', 'B', 'C', 'D']],
  ])('%o leaves what it should', (transform, left) => {
    expect(transformKeys(PATH, transform)).toEqual(left)
  })

  test('Direct is dropped unless it is all there is', () => {
    expect(transformKeys(['Direct', 'Email', 'Direct'], 'drop-direct')).toEqual(['Email'])
    expect(transformKeys(['Direct', 'Email', 'Direct', 'Direct'], 'drop-last-direct')).toEqual(['Direct', 'Email'])
    for (const transform of ['drop-direct', 'drop-last-direct'] as const) {
      expect(transformKeys(['Direct', 'Direct'], transform)).toEqual(['Direct', 'Direct'])
    }
  })

  test('one transform is made of what the one before it left', () => {
    expect(transformKeys(['A', 'Direct', 'A'], ['drop-direct', 'exposure'])).toEqual(['A'])
    expect(transformKeys(['A', 'Direct', 'A'], ['exposure', 'drop-direct'])).toEqual(['A', 'A'])
  })

  test('a transform that does not exist is refused', () => {
    for (const wrong of ['shuffle', { drop: 1 }, { drop: 'A', where: 'start' }, null, undefined]) {
      expect(() => transformKeys(PATH, [wrong as PathTransform])).toThrow(/`transforms`: expected unique, exposure/)
    }
  })

  test('something is always left, and nothing is new', () => {
    const keys = fc.array(fc.constantFrom('A', 'B', 'Direct', '__proto__'), { minLength: 1 })
    fc.assert(
      fc.property(keys, fc.constantFrom(...PATH_TRANSFORMS), (path, transform) => {
        const left = transformKeys(path, transform)
        expect(left.length).toBeGreaterThan(0)
        expect(path).toEqual(expect.arrayContaining(left.map(key => key.replace(/\(\d+\)$/, ''))))
      }),
    )
  })
})

test('paths that become the same are one, and no outcome is lost', () => {
  const store = createPathStore()
  store.add(['A', 'A', 'B'], { conversions: 1, value: 10 })
  store.add(['A', 'B'], { conversions: 2, value: 30, nulls: 4 })
  store.add(['B'], { nulls: 1 })
  const exposed = transformPaths(store, 'exposure')
  expect([...exposed]).toEqual([
    { touches: [0, 1], conversions: 3, value: 40, nulls: 4 },
    { touches: [1], conversions: 0, value: 0, nulls: 1 },
  ])
  expect(exposed.totals).toEqual(store.totals)
})

describe('of journeys', () => {
  const log = [
    visit(0, 'a'),
    visit(1, 'a', { touch: { landing: '/', utm_source: 'a', utm_campaign: 'eid' } }),
    visit(2, 'b'),
    visit(3, 'a'),
  ]

  test('the transforms that are asked for are made when they are built', async () => {
    expect(await journeysFrom(log, { transforms: ['exposure'] })).toEqual(['visitor: a > b > a'])
    expect(await journeysFrom(log, { transforms: ['first'] })).toEqual(['visitor: a > b'])
    expect(await journeysFrom(log, { transforms: ['first'], transformBy: 'campaign' })).toEqual(['visitor: a > a'])
  })

  test('the same can be made of journeys that are there', async () => {
    const { journeys } = await buildJourneys(log, { channels })
    const words = []
    for await (const journey of transformJourneys(journeys, 'exposure')) words.push(inWords(journey))
    expect(words).toEqual(['visitor: a > b > a'])
  })

  test('the first touch of those that are the same is the one that stays', async () => {
    const [journey] = (await buildJourneys(log, { channels })).journeys
    const { touches } = journey!
    expect(transformTouches(touches, 'exposure')[0]).toBe(touches[0])
  })

  test('of a longer journey the last touches stay, before it is transformed', async () => {
    const options: Omit<JourneyOptions, 'channels'> = { maxTouches: 2 }
    expect(await journeysFrom(log, options)).toEqual(['visitor: b > a'])
    expect(await journeysFrom([...log, visit(4, 'a')], { ...options, transforms: ['exposure'] })).toEqual([
      'visitor: a',
    ])
  })
})

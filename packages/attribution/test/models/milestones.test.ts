import { parseModel } from '@jejak/attribution'
import type { RuleModel } from '@jejak/attribution'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fullPath, milestones, uShaped, wShaped } from '@jejak/attribution'
import { sharesOf } from '../../src/models/rules.ts'

/** The shares of touches on these days, for a conversion on day 100. */
function shares(model: RuleModel, days: readonly number[], reached: Readonly<Record<string, number>> = {}): number[] {
  const touches = days.map(time => ({ channel: `day ${time}`, time }))
  return sharesOf(model, touches, { end: 100, reached }).map(share => Number(share.toFixed(12)))
}

const reached = { awareness: 0, consideration: 25, decision: 40, purchase: 100 }

describe('the milestone of a stage', () => {
  test('is the last touch at or before the moment in which it was reached', () => {
    expect(shares(uShaped(), [0, 10, 25, 30, 50], reached)).toEqual([0.4, 0.2 / 3, 0.4, 0.2 / 3, 0.2 / 3].map(round))
    expect(shares(uShaped(), [0, 10, 26, 30, 50], reached)).toEqual([0.4, 0.4, 0.2 / 3, 0.2 / 3, 0.2 / 3].map(round))
  })

  test('adds to what the touch has already', () => {
    expect(shares(wShaped(), [0, 10, 50], { consideration: 5, decision: 7 })).toEqual([0.9, 0.05, 0.05])
    expect(shares(wShaped(), [0, 10, 50], { consideration: 15, decision: 15 })).toEqual([0.3, 0.6, 0.1])
  })

  test('leaves its part to the rest in proportion where it was not reached', () => {
    expect(shares(wShaped(), [0, 10, 50], { consideration: 15 })).toEqual([3 / 7, 3 / 7, 1 / 7].map(round))
    expect(shares(uShaped(), [0, 10, 50])).toEqual([4 / 6, 1 / 6, 1 / 6].map(round))
  })

  test('is none of these touches where it was reached before them, or after the conversion', () => {
    const without = shares(wShaped(), [30, 50], { decision: 40 })
    expect(shares(wShaped(), [30, 50], { consideration: 20, decision: 40 })).toEqual(without)
    expect(shares(wShaped(), [30, 50], { consideration: 101, decision: 40 })).toEqual(without)
  })
})

describe('the named shapes', () => {
  test('u-shaped is 40-40-20', () => {
    expect(shares(uShaped(), [0, 20, 30], reached)).toEqual([0.4, 0.4, 0.2])
  })
  test('w-shaped is 30-30-30-10', () => {
    expect(shares(wShaped(), [0, 20, 30, 50, 60], reached)).toEqual([0.3, 0.3, 0.3, 0.05, 0.05])
  })
  test('full-path is four times 22.5 and 10, closed by the last touch', () => {
    expect(shares(fullPath(), [0, 20, 30, 50, 60], reached)).toEqual([0.225, 0.225, 0.225, 0.1, 0.225])
  })
  test('full-path can be closed by a stage', () => {
    const stages = ['consideration', 'decision', 'quote']
    expect(shares(fullPath(stages), [0, 20, 30, 50, 60], { ...reached, quote: 55 })).toEqual([
      0.225, 0.225, 0.225, 0.225, 0.1,
    ])
  })
  test('a single touch gets all', () => {
    for (const model of [uShaped(), wShaped(), fullPath()]) {
      expect(shares(model, [7], reached)).toEqual([1])
      expect(shares(model, [7])).toEqual([1])
    }
  })
  test('the part of the others goes to the milestones where there are no others', () => {
    expect(shares(uShaped(), [0, 20], reached)).toEqual([0.5, 0.5])
  })
})

describe('milestones', () => {
  test('takes any parts, which need not sum to 1', () => {
    const model = milestones({ parts: { sampled: 3, quoted: 1 }, last: 1, others: 1 })
    expect(shares(model, [0, 20, 30, 50], { sampled: 20, quoted: 35 })).toEqual([1 / 6, 3 / 6, 1 / 6, 1 / 6].map(round))
  })

  test('shares evenly where there is no part to give', () => {
    expect(shares(milestones({ parts: { sampled: 1 } }), [0, 20], {})).toEqual([0.5, 0.5])
  })

  test('a stage may have the name of what every object has', () => {
    const named = milestones({ parts: { constructor: 1 }, first: 1 })
    expect(shares(named, [0, 20])).toEqual([1, 0])
    expect(shares(named, [0, 20], { constructor: 30 } as unknown as Record<string, number>)).toEqual([0.5, 0.5])
  })

  test('gives every touch 0 or more, and 1 to all together', () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(
        fc
          .record({ first: part, last: part, others: part, a: part, b: part })
          .filter(all => Math.max(...Object.values(all)) > 1e-9),
        fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 8 }),
        fc.record(
          { a: fc.integer({ min: -10, max: 110 }), b: fc.integer({ min: -10, max: 110 }) },
          { requiredKeys: [] },
        ),
        ({ a, b, ...rest }, days, reached) => {
          const given = shares(
            milestones({ ...rest, parts: { a, b } }),
            days.toSorted((x, y) => x - y),
            reached,
          )
          expect(given.every(share => share >= 0)).toBe(true)
          expect(given.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
        },
      ),
    )
  })

  test.each([{}, { first: 0 }, { first: -1, last: 2 }, { first: NaN }, { parts: { a: Infinity } }])(
    'refuses the parts %j',
    parts => {
      expect(() => milestones(parts)).toThrow('finite numbers of 0 or more, and not all 0')
    },
  )
})

describe('by name', () => {
  test('takes the stages of any stage model', () => {
    const model = parseModel('w-shaped:stages=mql/sql') as RuleModel
    expect(model.options).toEqual({ stages: 'mql/sql' })
    expect(shares(model, [0, 20, 30, 50], { mql: 21, sql: 31 })).toEqual([0.3, 0.3, 0.3, 0.1])
  })

  test('has consideration as lead and decision as opportunity', () => {
    expect(parseModel('u-shaped').options).toEqual({ stages: 'consideration' })
    expect(parseModel('w-shaped').options).toEqual({ stages: 'consideration/decision' })
    expect(parseModel('full-path').options).toEqual({ stages: 'consideration/decision' })
  })

  test.each([
    ['u-shaped:stages=a/b', 'u-shaped: `stages` must be 1 different stages'],
    ['w-shaped:stages=a', 'w-shaped: `stages` must be 2 different stages'],
    ['w-shaped:stages=a/a', 'got "a/a"'],
    ['full-path:stages=a/b/c/d', 'must be 2 or 3 different stages'],
  ])('refuses %s', (text, message) => {
    expect(() => parseModel(text)).toThrow(message)
  })
})

function round(share: number): number {
  return Number(share.toFixed(12))
}

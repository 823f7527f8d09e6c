import {
  attribute,
  creditByRule,
  customRule,
  customWeights,
  firstTouch,
  lastNonDirect,
  lastTouch,
  linear,
  linearPerChannel,
  ontoSteps,
  positionBased,
  prepareRule,
  sharesByPath,
  timeDecay,
  touchCredits,
} from '@jejak/attribution'
import type { OrderRule, PathAttribution, PositionWeights, RuleModel } from '@jejak/attribution'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { creditPaths } from '../../src/models/credit-paths.ts'
import { sharesOfPath } from '../../src/models/rules.ts'
import { journeyOf } from './journey-of.ts'
import { pathTable } from './path-table.ts'

type Places = Parameters<typeof journeyOf>[0]

/** The part of each touch, in order; touches without credit show as 0. */
async function partsOf(rule: RuleModel, places: Places): Promise<number[]> {
  const journey = journeyOf(places, {})
  const parts = journey.touches.map(() => 0)
  for await (const { touch, conversions } of touchCredits([journey], [rule])) {
    parts[journey.touches.indexOf(touch)] = conversions
  }
  return parts
}

function expectParts(parts: readonly number[], expected: readonly number[]): void {
  expect(parts.map(part => part.toFixed(12))).toEqual(expected.map(part => part.toFixed(12)))
}

test('first touch credits the first, last touch the last', async () => {
  expect(await partsOf(firstTouch, ['a', 'b', 'a'])).toEqual([1, 0, 0])
  expect(await partsOf(lastTouch, ['a', 'b', 'a'])).toEqual([0, 0, 1])
})

test('linear counts each repetition', async () => {
  expect(await partsOf(linear, ['a', 'b', 'a', 'a'])).toEqual([0.25, 0.25, 0.25, 0.25])
})

test('linear per channel counts each channel once, and splits its part among its touches', async () => {
  expectParts(await partsOf(linearPerChannel, ['a', 'b', 'a', 'a']), [1 / 6, 1 / 2, 1 / 6, 1 / 6])
})

describe('custom weights', () => {
  test.each<[Parameters<typeof customWeights>[0], number, number[]]>([
    [{}, 5, [1, 1, 1, 2, 3]],
    [{ weights: [3, 2, 1], from: 'start' }, 5, [3, 2, 1, 1, 1]],
    [{ weights: [3, 2, 1] }, 2, [2, 3]],
    [{ weights: [0, 1] }, 3, [1, 1, 0]],
    [{ weights: [0, 1] }, 1, [1]],
    [{ weights: [Number.MAX_VALUE, Number.MAX_VALUE] }, 2, [1, 1]],
  ])('%j weigh %i touches as %j', async (options, touches, expected) => {
    const sum = expected.reduce((all, weight) => all + weight, 0)
    const parts = await partsOf(
      customWeights(options),
      Array.from({ length: touches }, (_, at) => `touch ${at}`),
    )
    expectParts(
      parts,
      expected.map(weight => weight / sum),
    )
  })

  test.each([[[]], [[0, 0]], [[1, -1]], [[NaN]], [[Infinity]]])('of %j are refused', weights => {
    expect(() => customWeights({ weights })).toThrow(`not all 0, such as [3, 2, 1], got [${weights.join(', ')}]`)
  })

  test('count from an end that there is', () => {
    expect(() => customWeights({ from: 'middle' as 'end' })).toThrow('`from` must be "start" or "end", got "middle"')
  })
})

describe('last non-direct', () => {
  test('passes over Direct', async () => {
    expect(await partsOf(lastNonDirect(), ['Email', 'Paid Search', 'Direct', 'Direct'])).toEqual([0, 1, 0, 0])
  })

  test('credits the last touch where all are Direct', async () => {
    expect(await partsOf(lastNonDirect(), ['Direct', 'Direct'])).toEqual([0, 1])
  })

  test('passes over another channel when asked to', async () => {
    expect(await partsOf(lastNonDirect({ direct: 'Brand' }), ['Direct', 'Brand'])).toEqual([1, 0])
  })

  test('goes by the channel also where credit is given by campaign', async () => {
    const { touches, ...journey } = journeyOf(['Email', 'Direct'], {})
    const campaigns = ['spring', '(not set)']
    const result = await attribute(
      [{ ...journey, touches: touches.map((touch, at) => ({ ...touch, campaign: campaigns[at] as string })) }],
      { models: [lastNonDirect()], by: 'campaign' },
    )
    expect(result.models[0]?.credits[0]).toMatchObject({ key: 'spring', conversions: 1 })
  })
})

describe('position based', () => {
  test.each<[Places, number[]]>([
    [['a'], [1]],
    [
      ['a', 'b'],
      [0.25, 0.75],
    ],
    [
      ['a', 'b', 'c'],
      [0.2, 0.2, 0.6],
    ],
    [
      ['a', 'b', 'c', 'd'],
      [0.2, 0.1, 0.1, 0.6],
    ],
  ])('shares %j as %j with weights 0.2, 0.2, 0.6', async (places, expected) => {
    const parts = await partsOf(positionBased([0.2, 0.2, 0.6]), places)
    expectParts(parts, expected)
  })

  test('splits two touches evenly where only the middle has weight', async () => {
    expect(await partsOf(positionBased([0, 1, 0]), ['a', 'b'])).toEqual([0.5, 0.5])
  })

  test.each([[[0.5, 0.5, 0.5]], [[-0.2, 0.8, 0.4]], [[NaN, 0, 1]], [[0.5, 0.5]], [[Infinity, 0, 0]]])(
    'refuses weights %j',
    weights => {
      expect(() => positionBased(weights as unknown as PositionWeights)).toThrow(
        `three numbers of 0 or more that sum to 1, such as [0.4, 0.2, 0.4], got [${weights.join(', ')}]`,
      )
    },
  )
})

describe('time decay', () => {
  test('gives a touch one half-life earlier half the credit', async () => {
    const parts = await partsOf(timeDecay({ halfLifeDays: 10 }), [
      ['display', 10],
      ['email', 0],
    ])
    expect(parts).toEqual([1 / 3, 2 / 3])
  })

  test('goes by proportions even when the conversion came many years later', async () => {
    const parts = await partsOf(timeDecay({ halfLifeDays: 1 }), [
      ['display', 9_001],
      ['email', 9_000],
    ])
    expect(parts).toEqual([1 / 3, 2 / 3])
  })

  test('lets touches that lie decades back have nothing, and loses nothing', async () => {
    const parts = await partsOf(timeDecay({ halfLifeDays: 1 }), [
      ['display', 20_000],
      ['email', 0],
    ])
    expect(parts).toEqual([0, 1])
  })

  test.each([0, -1, NaN, Infinity])('refuses a half-life of %s days', halfLifeDays => {
    expect(() => timeDecay({ halfLifeDays })).toThrow(`must be a finite number above 0, such as 7, got ${halfLifeDays}`)
  })
})

describe('on a path table, a timed rule', () => {
  test('takes touches to lie a day apart, with the conversion at the last', () => {
    expect(sharesOfPath(ontoSteps(timeDecay({ halfLifeDays: 1 })), ['a', 'b', 'c'])).toEqual([1 / 7, 2 / 7, 4 / 7])
  })

  test('takes them to lie as far apart as it says itself, or as one asks for, and tells so', () => {
    const rule = timeDecay({ halfLifeDays: 1, stepDays: 2 })
    expect(sharesOfPath(ontoSteps(rule), ['a', 'b'])).toEqual([1 / 5, 4 / 5])
    expect(sharesOfPath(ontoSteps(rule, 1), ['a', 'b'])).toEqual([1 / 3, 2 / 3])
    expect(ontoSteps(rule)).toMatchObject({ name: 'time-decay', options: { 'half-life': '1d', step: '2d' } })
  })

  test.each([0, -1, NaN, Infinity])('refuses steps of %s days', stepDays => {
    expect(() => ontoSteps(timeDecay(), stepDays)).toThrow(
      `must be a finite number above 0, such as 1, got ${stepDays}`,
    )
    expect(() => timeDecay({ stepDays })).toThrow(`must be a finite number above 0, such as 1, got ${stepDays}`)
  })
})

describe('sharing out counted paths', () => {
  const rules = [
    firstTouch,
    lastTouch,
    lastNonDirect({ direct: 'a' }),
    linear,
    linearPerChannel,
    positionBased(),
    ontoSteps(timeDecay()),
    customWeights(),
  ]
  const path = fc.array(fc.constantFrom('a', 'b', 'c', '__proto__'), { minLength: 1, maxLength: 6 })
  const rows = fc.dictionary(
    path.map(touches => touches.join(' > ')),
    fc.record({ conversions: fc.integer({ min: -3, max: 9 }), value: fc.integer({ min: -99, max: 99 }) }),
    { noNullPrototype: true },
  )

  test.each(rules)('by $name gives each path’s shares of what came of it, all at once or prepared', rule => {
    fc.assert(
      fc.property(rows, rows => {
        const paths = pathTable(rows)
        const oneByOne = new Map(paths.channels.map(key => [key, { key, conversions: 0, value: 0 }]))
        for (const credit of creditPaths(paths, channels => sharesOfPath(rule, channels)))
          oneByOne.set(credit.key, credit)
        const prepared = prepareRule(rule, paths)(paths.counts) as PathAttribution
        for (const credits of [creditByRule(rule, paths), [...prepared.credits]]) {
          expect(credits.map(({ key }) => key)).toEqual(paths.channels)
          for (const { key, conversions, value } of credits) {
            expect(conversions).toBeCloseTo(oneByOne.get(key)!.conversions, 10)
            expect(value).toBeCloseTo(oneByOne.get(key)!.value, 9)
          }
        }
      }),
    )
  })

  test('gives a channel one share of a path, however often it is there', () => {
    const { starts, channels, shares } = sharesByPath(linear, pathTable({ 'a > b > a > a': {}, b: {} }))
    expect([...starts]).toEqual([0, 2, 3])
    expect([...channels]).toEqual([0, 1, 1])
    expect([...shares]).toEqual([0.75, 0.25, 1])
  })

  test('goes by the `weigh` of a copied rule, not by that of the original', () => {
    const own: OrderRule = { ...linear, weigh: () => [0, 1] }
    expect(creditByRule(own, pathTable({ 'a > b': { conversions: 1 } }))[1]).toMatchObject({ conversions: 1 })
  })

  test.each([[[0, 0]], [[1]], [[1, 1, 1]], [[2, -1]], [[NaN, 1]]])('refuses weights of %j by name', weights => {
    const broken = customRule({ name: 'mine', weigh: () => weights })
    expect(() => creditByRule(broken, pathTable({ 'a > b': { conversions: 1 } }))).toThrow(
      `The model "mine" must give each of 2 touches a weight of 0 or more, and not 0 to all, got [${weights.join(', ')}]`,
    )
  })
})

test('a rule of one’s own needs no more than a weight per touch', async () => {
  const lengthOfName: RuleModel = {
    kind: 'rule',
    timed: false,
    name: 'length of name',
    weigh: touches => touches.map(({ channel }) => channel.length),
  }
  expect(await partsOf(lengthOfName, ['a', 'bbb'])).toEqual([0.25, 0.75])
})

test.each([[[0, 0]], [[1]], [[2, -1]], [[NaN, 1]], [[Infinity, 1]]])(
  'weights of %j are refused by name',
  async weights => {
    const broken: RuleModel = { kind: 'rule', timed: false, name: 'mine', weigh: () => weights }
    await expect(partsOf(broken, ['a', 'b'])).rejects.toThrow(
      `The model "mine" must give each of 2 touches a weight of 0 or more, and not 0 to all, got [${weights.join(', ')}]`,
    )
  },
)

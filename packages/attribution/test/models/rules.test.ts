import {
  attribute,
  firstTouch,
  lastNonDirect,
  lastTouch,
  linear,
  positionBased,
  timeDecay,
  touchCredits,
} from '@jejak/attribution'
import type { PositionWeights, RuleModel } from '@jejak/attribution'
import { describe, expect, test } from 'vitest'
import { journeyOf } from './journey-of.ts'

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

test('first touch credits the first, last touch the last', async () => {
  expect(await partsOf(firstTouch, ['a', 'b', 'a'])).toEqual([1, 0, 0])
  expect(await partsOf(lastTouch, ['a', 'b', 'a'])).toEqual([0, 0, 1])
})

test('linear counts each repetition', async () => {
  expect(await partsOf(linear, ['a', 'b', 'a', 'a'])).toEqual([0.25, 0.25, 0.25, 0.25])
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
    expect(parts.map(part => part.toFixed(12))).toEqual(expected.map(part => part.toFixed(12)))
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

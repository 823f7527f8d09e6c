import {
  causalTruth,
  evaluateModels,
  hazard,
  journeysOf,
  lastTouch,
  linear,
  logistic,
  markov,
  simulatePeople,
  WORLDS,
} from '@jejak/attribution'
import type { Model, World } from '@jejak/attribution'
import { describe, expect, test } from 'vitest'
import { rankCorrelation, totalVariation } from '../../src/results/rank-correlation.ts'
import { areaUnderCurve } from '../../src/simulation/area-under-curve.ts'

/** One campaign that does much and one that does nothing, met equally often. */
const TWO: World = {
  ...WORLDS.campaigns,
  channels: [
    { name: 'Works', reach: 0.05, effect: 8, halfLifeDays: 3 },
    { name: 'Idle', reach: 0.05, effect: 0, halfLifeDays: 3 },
  ],
}

describe('evaluateModels', () => {
  test('scores a model that knows the truth as perfect', async () => {
    const { channels } = await causalTruth(TWO, { people: 300, seed: 1 })
    const oracle: Model = {
      kind: 'path',
      name: 'oracle',
      attribute: () => ({ credits: channels.map(credit => ({ ...credit, value: 0 })) }),
    }
    const { models } = await evaluateModels(TWO, [oracle], { people: 300, seed: 1 })
    expect(models[0]).toMatchObject({ model: 'oracle', prediction: null })
    expect(models[0]!.misplaced).toBeCloseTo(0, 12)
    expect(models[0]!.rankCorrelation).toBeCloseTo(1, 12)
  })

  test('takes all truth for the channel that works, and misplaces what a model gives the idle one', async () => {
    const { trueShares, models } = await evaluateModels(TWO, [linear], { people: 600 })
    expect(trueShares).toEqual([
      { key: 'Works', share: 1 },
      { key: 'Idle', share: 0 },
    ])
    const idle = models[0]!.shares.find(({ key }) => key === 'Idle')!.share
    expect(idle).toBeGreaterThan(0)
    expect(models[0]!.misplaced).toBeCloseTo(idle, 12)
  })

  test('tells the same each time with the same seed, and something else with another', async () => {
    const evaluated = async (seed: number) =>
      await evaluateModels(WORLDS.intent, [lastTouch, markov()], { people: 200, seed })
    expect(await evaluated(1)).toEqual(await evaluated(1))
    expect((await evaluated(2)).models).not.toEqual((await evaluated(1)).models)
  })

  test('asks models that predict for people they have not learned from, and no others', async () => {
    const models = [lastTouch, markov(), logistic({ bags: 5 }), hazard()]
    const { models: scored } = await evaluateModels(WORLDS.everything, models, { people: 400 })
    expect(scored.map(({ prediction }) => prediction === null)).toEqual([true, false, false, false])
    for (const { prediction } of scored.slice(1)) expect(prediction! >= 0 && prediction! <= 1).toBe(true)
  })

  test('puts last touch further from the truth where channels follow the wish than where they come by chance', async () => {
    const misplaced = async (world: World) =>
      (await evaluateModels(world, [lastTouch], { people: 2_000 })).models[0]!.misplaced
    expect(await misplaced(WORLDS.intent)).toBeGreaterThan(1.5 * (await misplaced(WORLDS.campaigns)))
  })

  test('ends with the reason of its signal', async () => {
    const reason = new Error('enough')
    await expect(evaluateModels(TWO, [linear], { people: 100, signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })

  test('tells how far it is, up to the end', async () => {
    const told: string[] = []
    await evaluateModels(TWO, [linear], {
      people: 100,
      onProgress: ({ label, done, total }) => label === 'simulating worlds' && told.push(`${done} of ${total}`),
    })
    expect([told[0], told.at(-1)]).toEqual(['0 of 4', '4 of 4'])
  })
})

test('journeys of a world end with the purchase, or are watched until its last day', () => {
  const people = [...simulatePeople(TWO, { people: 300 })]
  const journeys = [...journeysOf(people, TWO)]
  expect(journeys).toHaveLength(people.filter(({ contacts }) => contacts.length > 0).length)
  for (const { touches, conversion, until } of journeys) {
    expect(conversion === undefined).toBe(until !== undefined)
    expect(touches.at(-1)!.time).toBeLessThanOrEqual(conversion?.time ?? until!)
  }
})

describe('scores', () => {
  const shares = (...numbers: readonly number[]) => numbers

  test('total variation is the part that has to be moved', () => {
    expect(totalVariation(shares(0.5, 0.5, 0), shares(0.2, 0.5, 0.3))).toBeCloseTo(0.3, 12)
  })

  test('rank correlation is 1 for the same order, -1 for its reverse, 0 against no order at all', () => {
    expect(rankCorrelation(shares(0.1, 0.2, 0.7), shares(0.2, 0.3, 0.5))).toBeCloseTo(1, 12)
    expect(rankCorrelation(shares(0.1, 0.2, 0.7), shares(0.5, 0.3, 0.2))).toBeCloseTo(-1, 12)
    expect(rankCorrelation(shares(0.1, 0.2, 0.7), shares(0.3, 0.3, 0.3))).toBeNull()
  })

  test('the area under the curve is the part of pairs that are ranked rightly, equals counting half', () => {
    const guesses = [0.9, 0.4, 0.4, 0.1].map((probability, at) => ({ probability, happened: at === 0 || at === 2 }))
    const pairs = guesses
      .filter(({ happened }) => happened)
      .flatMap(yes =>
        guesses
          .filter(({ happened }) => !happened)
          .map(no => Number(yes.probability > no.probability) + Number(yes.probability === no.probability) / 2),
      )
    expect(areaUnderCurve(guesses)).toBeCloseTo(pairs.reduce((sum, pair) => sum + pair, 0) / pairs.length, 12)
  })

  test('the area under the curve is null where all or none came true', () => {
    expect(areaUnderCurve([{ probability: 0.3, happened: true }])).toBeNull()
  })
})

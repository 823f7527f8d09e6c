// Published worked examples, each with its source: whoever knows them from there finds the same numbers here.
import {
  attribute,
  firstTouch,
  lastNonDirect,
  lastTouch,
  linear,
  linearPerChannel,
  markov,
  ontoSteps,
  positionBased,
  shapley,
  timeDecay,
  touchCredits,
} from '@jejak/attribution'
import { describe, expect, test } from 'vitest'
import { expectClose } from './close-to.ts'
import { journeyOf } from './journey-of.ts'
import { conversionsOf, pathTable, removalEffectsOf, run, transitionsOf, valueOf } from './path-table.ts'

describe('S. Bryl, "Marketing multi-channel attribution model with R", analyzecore.com, 2016', () => {
  const result = run(
    markov(),
    pathTable({ 'C1 > C2 > C3': { conversions: 1 }, C1: { nulls: 1 }, 'C2 > C3': { nulls: 1 } }),
  )

  test('removal effects', async () => expectClose(removalEffectsOf(await result), { C1: 0.5, C2: 1, C3: 1 }))
  test('conversions', async () => expectClose(conversionsOf(await result), { C1: 0.2, C2: 0.4, C3: 0.4 }))
})

describe('S. Puzyrov, "Markov chain attribution: simple explanation of removal effect", serhiipuzyrov.com, 2019', () => {
  const result = run(
    markov(),
    pathTable({
      'google ads': { conversions: 2, nulls: 1 },
      mailing: { conversions: 1 },
      'google ads > mailing': { conversions: 1 },
    }),
  )

  test('transitions', async () =>
    expectClose(transitionsOf(await result), {
      '(start)>google ads': 0.8,
      '(start)>mailing': 0.2,
      'google ads>(conversion)': 0.5,
      'google ads>mailing': 0.25,
      'google ads>(null)': 0.25,
      'mailing>(conversion)': 1,
    }))
  test('removal effects', async () => expectClose(removalEffectsOf(await result), { 'google ads': 0.75, mailing: 0.5 }))
  test('conversions', async () => expectClose(conversionsOf(await result), { 'google ads': 2.4, mailing: 1.6 }))
})

describe('pychattr (jmwoloso/pychattr) README, whose simulation found 1.991 and 1.009', () => {
  const result = run(
    markov(),
    pathTable({
      'A > B > A > B > B > A': { conversions: 1 },
      'A > B > B > A > A': { conversions: 1 },
      'A > A': { conversions: 1 },
    }),
  )

  test('removal effects', async () => expectClose(removalEffectsOf(await result), { A: 1, B: 0.5 }))
  test('conversions', async () => expectClose(conversionsOf(await result), { A: 2, B: 1 }))
})

describe('mta (eeghor/mta) tests', () => {
  test('transitions of a chain with nulls', async () => {
    const result = await run(
      markov(),
      pathTable({ 'a > b': { conversions: 3, nulls: 1 }, 'a > c': { conversions: 1, nulls: 1 } }),
    )
    expectClose(transitionsOf(result), {
      '(start)>a': 1,
      'a>b': 2 / 3,
      'a>c': 1 / 3,
      'b>(conversion)': 0.75,
      'b>(null)': 0.25,
      'c>(conversion)': 0.5,
      'c>(null)': 0.5,
    })
    expectClose(removalEffectsOf(result), { a: 1, b: 0.75, c: 0.25 })
    expectClose(conversionsOf(result), { a: 2, b: 1.5, c: 0.5 })
  })

  test('Shapley of the sum game', async () => {
    const paths = pathTable({ a: { conversions: 4 }, 'a > b': { conversions: 6 } })
    expectClose(conversionsOf(await run(shapley(), paths)), { a: 7, b: 3 })
    expectClose(conversionsOf(await run(linearPerChannel, paths)), { a: 7, b: 3 })
  })

  const paths = pathTable({
    direct: { conversions: 2 },
    'search > email': { conversions: 3 },
    'search > social > email': { conversions: 5 },
  })
  test.each([
    [firstTouch, { direct: 2, search: 8, social: 0, email: 0 }],
    [lastTouch, { direct: 2, search: 0, social: 0, email: 8 }],
    [linear, { direct: 2, search: 19 / 6, social: 5 / 3, email: 19 / 6 }],
    [positionBased([0.4, 0.2, 0.4]), { direct: 2, search: 3.5, social: 1, email: 3.5 }],
  ])('rule $name', async (rule, expected) => expectClose(conversionsOf(await run(rule, paths)), expected))
})

test('A. Westh, "Data-driven marketing attribution" (game-theory-attribution): Shapley of three channels', async () => {
  const paths = pathTable({
    Facebook: { value: 0.18 },
    Google: { value: 0.04 },
    LinkedIn: { value: 0.08 },
    'Facebook > Google': { value: 0.1 },
    'Facebook > LinkedIn': { value: 0.26 },
    'Google > LinkedIn': { value: 0.07 },
    'Facebook > Google > LinkedIn': { value: 0.27 },
  })
  expectClose(valueOf(await run(shapley(), paths)), { Facebook: 0.45, Google: 0.215, LinkedIn: 0.335 })
})

describe('DP6/Marketing-Attribution-Models: fixture of its tests, values by running it', () => {
  const paths = pathTable(
    Object.fromEntries(
      ['A', 'A > B', 'A > B > C', 'B', 'B > A', 'B > C > A', 'C', 'C > A', 'C > B > A'].map(path => [
        path,
        { conversions: 3, value: 3 },
      ]),
    ),
  )

  test.each([
    [firstTouch, { A: 9, B: 9, C: 9 }],
    [lastTouch, { A: 15, B: 6, C: 6 }],
    [lastNonDirect({ direct: 'A' }), { A: 3, B: 12, C: 12 }],
    [linear, { A: 10.5, B: 9, C: 7.5 }],
    [positionBased([0.4, 0.2, 0.4]), { A: 11.1, B: 8.4, C: 7.5 }],
    // To the ten decimals that were printed; all paths convert, so value and conversions go the same way.
    // Touches a day apart, halving every hour: to the ten decimals that were printed.
    [ontoSteps(timeDecay({ halfLifeDays: 1 / 24 })), { A: 14.9999994636, B: 6.0000003576, C: 6.0000001788 }],
    [markov(), { A: 10.643153527, B: 8.5145228216, C: 7.8423236515 }],
    [markov({ selfTransitions: 'kept' }), { A: 10.643153527, B: 8.5145228216, C: 7.8423236515 }],
  ])('$name', async (model, expected) => {
    const result = await run(model, paths)
    expectClose(conversionsOf(result), expected)
    expectClose(valueOf(result), expected)
  })

  test('markov: transitions and removal effects', async () => {
    const result = await run(markov(), paths)
    expectClose(transitionsOf(result), {
      '(start)>A': 1 / 3,
      '(start)>B': 1 / 3,
      '(start)>C': 1 / 3,
      'A>B': 0.2857142857142857,
      'A>(conversion)': 0.7142857142857143,
      'B>A': 1 / 3,
      'B>C': 1 / 3,
      'B>(conversion)': 1 / 3,
      'C>A': 0.4,
      'C>B': 0.2,
      'C>(conversion)': 0.4,
    })
    expectClose(removalEffectsOf(result), { A: 0.6666666666666667, B: 0.5333333333333332, C: 0.49122807017543857 })
  })

  const outcome = (converted: boolean) => (converted ? { conversions: 1 } : { nulls: 1 })
  const journeys = { 'C1 > C2 > C3': true, C1: false, 'C2 > C3': false, 'C1 > C2': true, 'C3 > C1': false }

  test('markov with the journeys that did not convert', async () => {
    const all = Object.entries(journeys).map(([path, converted]) => [path, outcome(converted)])
    const result = await run(markov(), pathTable(Object.fromEntries(all)))
    expectClose(removalEffectsOf(result), { C1: 0.5555555555555556, C2: 0.8333333333333333, C3: 0.5833333333333333 })
    expectClose(transitionsOf(result), {
      '(start)>C1': 0.6,
      '(start)>C2': 0.2,
      '(start)>C3': 0.2,
      'C1>C2': 0.5,
      'C1>(null)': 0.5,
      'C2>C3': 2 / 3,
      'C2>(conversion)': 1 / 3,
      'C3>C1': 1 / 3,
      'C3>(conversion)': 1 / 3,
      'C3>(null)': 1 / 3,
    })
  })

  test('markov without them', async () => {
    const converting = Object.entries(journeys).filter(([, converted]) => converted)
    const result = await run(
      markov(),
      pathTable(Object.fromEntries(converting.map(([path]) => [path, { conversions: 1 }]))),
    )
    expectClose(removalEffectsOf(result), { C1: 1, C2: 1, C3: 0.5 })
  })

  test('markov without them, where values of 10 and 20 are taken as frequencies', async () => {
    const result = await run(
      markov(),
      pathTable({ 'C1 > C2 > C3': { conversions: 10 }, 'C1 > C2': { conversions: 20 } }),
    )
    expectClose(removalEffectsOf(result), { C1: 1, C2: 1, C3: 1 / 3 })
    expectClose(transitionsOf(result), {
      '(start)>C1': 1,
      'C1>C2': 1,
      'C2>C3': 1 / 3,
      'C2>(conversion)': 2 / 3,
      'C3>(conversion)': 1,
    })
  })
})

describe('C. Haines, marketing skills, "attribution models": five touches on days 0, 5, 12, 30 and 38, worth 12,000', () => {
  const touches = [0, 5, 12, 30, 38].map((day): [string, number] => [`touch on day ${day}`, 38 - day])
  const journeys = [journeyOf(touches, { value: 12_000 })]
  const expected = [175.19517568438746, 287.43759363174536, 574.8751872634907, 3417.044980960324, 7545.447062460051]

  test('time decay with a half-life of seven days', async () => {
    const result = await attribute(journeys, { models: [timeDecay()] })
    expectClose(
      valueOf(result.models[0] as NonNullable<(typeof result.models)[0]>),
      Object.fromEntries(touches.map(([channel], at) => [channel, expected[at] as number])),
    )
  })

  test('touch by touch', async () => {
    const values: number[] = []
    for await (const { value } of touchCredits(journeys, [timeDecay({ halfLifeDays: 7 })])) values.push(value)
    expect(values.map(value => value.toFixed(9))).toEqual(expected.map(value => value.toFixed(9)))
  })
})

import { createPathStore, parseModel } from '@jejak/attribution'
import type { PathModel, TimedAttribution } from '@jejak/attribution'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { backwardElimination } from '@jejak/attribution'
import { hazard } from '@jejak/attribution'
import { expectClose } from './close-to.ts'
import { anyRows, DAY, randomOf, timedStore } from './timed-journeys.ts'
import type { TimedRow } from './timed-journeys.ts'

/** Both channels have a half-life of a day and the effect 2: half of it was over in the one journey of each. */
const alike: TimedRow[] = [
  { touches: [['a', 0]], end: 1, conversions: 1, value: 10 },
  { touches: [['b', 0]], end: 1, conversions: 1, value: 20 },
]
const touches = [
  { channel: 'a', time: 0 },
  { channel: 'b', time: 2 * DAY },
]
const journey = { end: 3 * DAY, reached: {} }

function totalsOf({ credits }: TimedAttribution): { conversions: number; value: number } {
  const all = [...credits]
  return {
    conversions: all.reduce((sum, credit) => sum + credit.conversions, 0),
    value: all.reduce((sum, credit) => sum + credit.value, 0),
  }
}

describe('over hazards', () => {
  test('the last touch gets what is lost without it, worked out by hand', async () => {
    const result = await backwardElimination({ halfLifeDays: 1 }).attribute(timedStore(alike))
    // The first has a fifth of the rate, and 2 * 2^-3 = 0.25 conversions still to come. Where the second brought it
    // about, the first would have later with the probability 1 - exp(-0.25).
    const kept = 0.2 + 0.8 * (1 - Math.exp(-0.25))
    expect(result.weigh!(touches, journey)).toEqual([expect.closeTo(kept, 9), expect.closeTo(1 - kept, 9)])
  })

  test('what is kept is how often a person would have converted with the first touches alone', async () => {
    const model = backwardElimination({ halfLifeDays: 2 })
    const rows: TimedRow[] = [
      { touches: [['a', 0]], end: 1, conversions: 3, nulls: 1 },
      { touches: [['b', 0]], end: 2, conversions: 1, nulls: 2 },
      { touches: [['c', 0]], end: 4, conversions: 2, nulls: 2 },
    ]
    const result = await model.attribute(timedStore(rows))
    const effects = Object.fromEntries(result.learned!.map(({ key, values }) => [key, values.effect!]))

    // Persons with the touches a, b, c on days 0, 1, 2, each a clock that may ring: of those whose first clock rings
    // about day 3, those count as kept whose clocks among the first touches ring at all.
    const random = randomOf(11)
    const kept = [0, 0, 0]
    let converted = 0
    for (let person = 0; person < 1_000_000; person++) {
      const clocks = ['a', 'b', 'c'].map((channel, day) => {
        const rung = 1 + Math.log(1 - random()) / effects[channel]!
        return rung > 0 ? day - Math.log2(rung) * 2 : Infinity
      })
      const first = Math.min(...clocks)
      if (Math.abs(first - 3) > 0.1) continue
      converted++
      for (const nth of [0, 1, 2]) if (Math.min(...clocks.slice(0, nth + 1)) < Infinity) kept[nth]!++
    }
    const weights = result.weigh!(
      ['a', 'b', 'c'].map((channel, day) => ({ channel, time: day * DAY })),
      journey,
    )
    expect(converted).toBeGreaterThan(10_000)
    let before = 0
    for (const [nth, weight] of weights.entries()) {
      const share = kept[nth]! / converted
      // Four standard errors of a share, and the width of the time that stands for day 3.
      expect(Math.abs(weight - (share - before))).toBeLessThan(4 * Math.sqrt(0.5 / converted) + 0.003)
      before = share
    }
  })

  test('is hazard where the horizon is short', async () => {
    await fc.assert(
      fc.asyncProperty(anyRows, async rows => {
        const store = timedStore(rows)
        const near = await backwardElimination({ horizonDays: 1e-13, halfLifeDays: 3 }).attribute(store)
        const own = await hazard({ halfLifeDays: 3 }).attribute(store)
        expectClose(
          Object.fromEntries(Array.from(near.credits, ({ key, value }) => [`channel ${key}`, value])),
          Object.fromEntries(Array.from(own.credits, ({ key, value }) => [`channel ${key}`, value])),
        )
      }),
    )
  })

  test('credits sum to what there was to share, and never fall below 0', async () => {
    await fc.assert(
      fc.asyncProperty(anyRows, async rows => {
        const store = timedStore(rows)
        const result = await backwardElimination().attribute(store)
        expectClose(totalsOf(result), { conversions: store.totals.conversions, value: store.totals.value })
        for (const { conversions } of result.credits) expect(conversions).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test('earlier touches get no less than their share in the hazard', async () => {
    const store = timedStore(alike)
    const [first] = (await backwardElimination({ halfLifeDays: 1 }).attribute(store)).weigh!(touches, journey)
    const [own] = (await hazard({ halfLifeDays: 1 }).attribute(store)).weigh!(touches, journey)
    expect(first).toBeGreaterThan(own!)
  })

  test('is named with its options', () => {
    expect(parseModel('backward-elimination:half-life=7d,horizon=30d').options).toEqual({
      'half-life': '7d',
      'max-iterations': 1_000,
      tolerance: 1e-11,
      horizon: '30d',
    })
    expect(parseModel('backward-elimination:horizon=none').options).toEqual(parseModel('backward-elimination').options)
    expect(() => backwardElimination({ horizonDays: 0 })).toThrow('`horizonDays` must be a number above 0')
  })
})

describe('over a path model', () => {
  const scores: Record<string, number> = { a: 0.1, 'a > b': 0.4, 'a > b > c': 0.3, 'a > b > c > a': 0.5 }
  const base: PathModel = {
    kind: 'path',
    name: 'told',
    options: { order: 1 },
    attribute: () => ({ credits: [], notes: ['told so'], score: channels => scores[channels.join(' > ')] ?? 0 }),
  }

  test('a touch gets by how much it makes a conversion more probable', async () => {
    const paths = createPathStore()
    paths.add(['a', 'b', 'c', 'a'], { conversions: 6, value: 60 })
    const result = await backwardElimination({ base }).attribute(paths)
    expect(result.weigh!(['a', 'b', 'c', 'a'])).toEqual([0.1, 0.4 - 0.1, 0, 0.5 - 0.3])
    const conversions = Object.fromEntries(Array.from(result.credits, credit => [credit.key, credit.conversions]))
    expectClose(conversions, { a: 3, b: 3, c: 0 })
    expectClose(Object.fromEntries(Array.from(result.credits, ({ key, value }) => [key, value])), {
      a: 30,
      b: 30,
      c: 0,
    })
    expect(result.notes).toEqual(['told so'])
  })

  test('all goes to the last touch where none makes it more probable', async () => {
    const paths = createPathStore()
    paths.add(['x', 'y'], { conversions: 2 })
    const { credits } = await backwardElimination({ base }).attribute(paths)
    expect(Object.fromEntries(Array.from(credits, credit => [credit.key, credit.conversions]))).toEqual({ x: 0, y: 2 })
  })

  test('says which model it is over', () => {
    expect(backwardElimination({ base }).options).toEqual({ base: 'told', order: 1 })
  })

  test('a base that tells no probabilities is refused by name', async () => {
    const mute: PathModel = { kind: 'path', name: 'mute', attribute: () => ({ credits: [] }) }
    await expect(backwardElimination({ base: mute }).attribute(createPathStore())).rejects.toThrow(
      'the model "mute" does not tell how probable a conversion is',
    )
  })
})

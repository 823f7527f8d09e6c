import { attribute, firstTouch, linear, scoreJourneys, touchCredits } from '@jejak/attribution'
import type { Journey, PathModel, TimedModel, TouchCredit } from '@jejak/attribution'
import { describe, expect, test } from 'vitest'
import { journeyOf } from '../models/journey-of.ts'

const journeys: readonly Journey[] = [
  journeyOf(['Email', 'Direct'], { id: 'c1', value: 100, currency: 'IDR' }),
  journeyOf(['Direct'], { id: 'c2', value: 50, currency: 'IDR' }),
  journeyOf(['Email']),
  journeyOf(['Search', 'Email'], { id: 'c3', name: 'lead' }),
]

/** Learns how often a channel was on a converting path, and weighs by it. */
const popular: PathModel = {
  kind: 'path',
  name: 'popular',
  options: { depth: 1 },
  attribute(paths) {
    const counts = new Map<string, number>()
    for (const { touches, conversions } of paths) {
      for (const id of touches) counts.set(paths.channels[id]!, (counts.get(paths.channels[id]!) ?? 0) + conversions)
    }
    return {
      credits: [],
      weigh: channels => channels.map(channel => counts.get(channel) ?? 0),
      score: channels => (channels.includes('Email') ? 0.5 : 0.1),
    }
  },
}

const recent: TimedModel = {
  kind: 'timed',
  name: 'recent',
  attribute: () => ({
    credits: [],
    weigh: (touches, { end }) => touches.map(({ time }) => (time === end ? 0 : 0)),
    score: (_touches, from, until) => (until - from) / (60 * 86_400_000),
  }),
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = []
  for await (const item of items) list.push(item)
  return list
}

const inWords = ({ model, conversion, key, conversions }: TouchCredit): string =>
  `${conversion.id} ${model} ${key} ${conversions}`

describe('touchCredits', () => {
  test('names person, conversion and touch for each part', async () => {
    const [journey] = journeys as [Journey]
    const [first] = await all(touchCredits(journeys, [firstTouch, linear]))
    expect(first).toEqual({
      model: 'first-touch',
      options: {},
      person: 'visitor',
      conversion: journey.conversion,
      touch: journey.touches[0],
      position: 0,
      key: 'Email',
      conversions: 1,
      value: 100,
    })
  })

  test('fits models that learn, apart for each conversion, and shares out by what they learned', async () => {
    expect((await all(touchCredits(journeys, [popular]))).map(inWords)).toEqual([
      `c1 popular Email ${1 / 3}`,
      `c1 popular Direct ${2 / 3}`,
      'c2 popular Direct 1',
      'c3 popular Search 0.5',
      'c3 popular Email 0.5',
    ])
  })

  test('shares evenly where a model cannot tell touches apart', async () => {
    expect((await all(touchCredits(journeys.slice(0, 1), [recent]))).map(inWords)).toEqual([
      'c1 recent Email 0.5',
      'c1 recent Direct 0.5',
    ])
  })

  test('gives each conversion away in full, by each model', async () => {
    const sums = new Map<string, number>()
    for (const { model, conversion, conversions } of await all(touchCredits(journeys, [popular, recent, linear]))) {
      sums.set(`${model} ${conversion.id}`, (sums.get(`${model} ${conversion.id}`) ?? 0) + conversions)
    }
    expect(sums.size).toBe(9)
    for (const sum of sums.values()) expect(sum).toBeCloseTo(1, 12)
  })

  test('uses what was fitted before, even for journeys that can be read once', async () => {
    const fitted = await attribute(journeys, { models: [popular] })
    function* once(): Generator<Journey> {
      yield* journeys
    }
    expect(await all(touchCredits(once(), [popular], { fitted }))).toEqual(await all(touchCredits(journeys, [popular])))
    await expect(all(touchCredits(once(), [popular]))).rejects.toThrow('these journeys can be read once only')
    const other = { ...popular, options: { depth: 2 } }
    await expect(all(touchCredits(journeys, [other], { fitted }))).rejects.toThrow(
      '`fitted` has no model "popular" with these options for "purchase"',
    )
  })

  test('refuses a model that gives credit to channels only', async () => {
    const mute: PathModel = { kind: 'path', name: 'mute', attribute: () => ({ credits: [] }) }
    await expect(all(touchCredits(journeys, [mute]))).rejects.toThrow('"mute" gives credit to channels only')
  })

  test('groups touches by whatever is asked for', async () => {
    const by = { name: 'paid', keyOf: () => '__proto__' }
    const credits = await all(touchCredits(journeys.slice(0, 1), [popular], { by }))
    expect(credits.map(({ key, conversions }) => [key, conversions])).toEqual([
      ['__proto__', 0.5],
      ['__proto__', 0.5],
    ])
  })
})

describe('scoreJourneys', () => {
  test('tells how likely a journey is to convert, by the models that can tell', async () => {
    const fitted = await attribute(journeys, { models: [linear, popular, recent] })
    const scores = await all(scoreJourneys([journeyOf(['Email']), journeyOf(['Search'])], fitted))
    expect(scores.map(score => score.scores.map(({ model, probability }) => [model, probability]))).toEqual([
      [
        ['popular', 0.5],
        ['recent', 0.5],
      ],
      [
        ['popular', 0.1],
        ['recent', 0.5],
      ],
    ])
  })

  test('says so where no model can', async () => {
    const fitted = await attribute(journeys, { models: [linear] })
    await expect(all(scoreJourneys(journeys, fitted))).rejects.toThrow(
      'none of these models can tell a probability: linear',
    )
  })
})

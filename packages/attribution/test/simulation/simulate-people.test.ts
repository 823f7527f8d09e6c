import { causalTruth, simulatePeople, WORLDS } from '@jejak/attribution'
import type { WorldName } from '@jejak/attribution'
import { describe, expect, test } from 'vitest'

const NAMES = Object.keys(WORLDS) as WorldName[]
const { campaigns, synergy, intent } = WORLDS

describe.each(NAMES)('the world %s', name => {
  const world = WORLDS[name]
  const people = [...simulatePeople(world, { people: 300 })]

  test('goes the same way each time with the same seed, and another with another', () => {
    expect([...simulatePeople(world, { people: 300 })]).toEqual(people)
    expect([...simulatePeople(world, { people: 300, seed: 2 })]).not.toEqual(people)
  })

  test('shows nobody anything after they bought, nor outside its days', () => {
    for (const { contacts, boughtAt = world.days } of people) {
      const times = contacts.map(({ time }) => time)
      expect(times).toEqual(times.toSorted((a, b) => a - b))
      for (const time of times) expect(time >= 0 && time < boughtAt && time < world.days).toBe(true)
    }
  })

  test('has some who buy and more who do not, as many as their probabilities let expect', () => {
    const bought = people.filter(({ boughtAt }) => boughtAt !== undefined).length
    const expected = people.reduce((sum, { probability }) => sum + probability, 0)
    const deviation = Math.sqrt(people.reduce((sum, { probability: p }) => sum + p * (1 - p), 0))
    expect(bought).toBeGreaterThan(0)
    expect(bought).toBeLessThan(150)
    expect(Math.abs(bought - expected)).toBeLessThan(4 * deviation)
  })
})

test('a channel that is taken away is met by nobody, and where channels are independent the others stay as they were', () => {
  const without = [...simulatePeople(campaigns, { people: 200, without: 'Email' })]
  const all = [...simulatePeople(campaigns, { people: 200 })]
  for (const [at, { contacts }] of without.entries()) {
    const end = Math.min(lastOf(contacts), lastOf(all[at]!.contacts))
    const others = all[at]!.contacts.filter(({ channel, time }) => channel !== 'Email' && time <= end)
    expect(contacts.filter(({ time }) => time <= end)).toEqual(others)
  }
})

describe('the truth', () => {
  test('of a channel without effect is nothing', async () => {
    const truth = await causalTruth(campaigns, { people: 500 })
    expect(lossOf(truth, 'Affiliates')).toBe(0)
  })

  test('of channels one by one is no more than what all bring together, where they do not help each other', async () => {
    const truth = await causalTruth(campaigns, { people: 500 })
    const lost = truth.channels.reduce((sum, { conversions }) => sum + conversions, 0)
    expect(lost).toBeGreaterThan(0)
    // Who was stirred by several may have bought for the others alone: losses one by one are less than all together.
    expect(lost).toBeLessThanOrEqual(truth.conversions - truth.anyway)
  })

  test('of channels that work together is more than where each works alone', async () => {
    const alone = await causalTruth(campaigns, { people: 500 })
    const together = await causalTruth(synergy, { people: 500 })
    expect(lossOf(together, 'Email')).toBeGreaterThan(lossOf(alone, 'Email'))
  })

  test('of retargeting is small beside how often it is met', async () => {
    const truth = await causalTruth(intent, { people: 500 })
    const met = new Map<string, number>()
    for (const { contacts } of simulatePeople(intent, { people: 500 }))
      for (const { channel } of contacts) met.set(channel, (met.get(channel) ?? 0) + 1)
    const perContact = (name: string) => lossOf(truth, name) / met.get(name)!
    expect(perContact('Retargeting')).toBeLessThan(perContact('Email') / 10)
  })

  test('can be called off', async () => {
    const stop = new AbortController()
    const found = causalTruth(campaigns, { people: 500, signal: stop.signal, onProgress: () => stop.abort() })
    await expect(found).rejects.toThrow(/abort/i)
  })
})

function lossOf(truth: Awaited<ReturnType<typeof causalTruth>>, name: string): number {
  return truth.channels.find(({ key }) => key === name)!.conversions
}

function lastOf(contacts: readonly { readonly time: number }[]): number {
  return contacts.at(-1)?.time ?? 0
}

import { eventPropertiesSchemas, envelopeSchema } from '@jejak/events/schemas'
import { createChannelRules, simulatePeople } from '@jejak/attribution'
import { createCollector } from '@jejak/collector'
import { createMemorySink } from '@jejak/collector/sinks/memory'
import { JOURNEY_STAGES, orderEventId } from '@jejak/events'
import type { Envelope } from '@jejak/events'
import { describe, expect, test } from 'vitest'
import { sendBatches } from '../../src/demo/send-batches.ts'
import { loggedChannel } from '../../src/demo/simulation/arrivals.ts'
import { DEMO_WORLD, simulatedVisitorIds, simulateVisitors } from '../../src/demo/simulation/simulate-visitors.ts'

const NOON = Date.UTC(2026, 10, 21, 5)
const DAY = 86_400_000
const visitors = simulateVisitors({ count: 500, seed: 17, now: NOON })

describe('repeatability', () => {
  test('the same seed gives the same visitors', () => {
    expect(simulateVisitors({ count: 500, seed: 17, now: NOON })).toEqual(visitors)
  })

  test('another seed gives other visitors', () => {
    const others = new Set(simulateVisitors({ count: 500, seed: 18, now: NOON }).map(({ id }) => id))
    expect(visitors.filter(({ id }) => others.has(id))).toEqual([])
  })

  test.each([1, 7 * 3_600_000, 3 * DAY])('%s ms later the ids are the same', later => {
    const ids = (envelopes: Envelope[]) => envelopes.map(({ id }) => id)
    expect(ids(simulateVisitors({ count: 50, seed: 17, now: NOON + later }))).toEqual(
      ids(simulateVisitors({ count: 50, seed: 17, now: NOON })),
    )
  })

  test('more visitors do not change those there are', () => {
    const few = simulateVisitors({ count: 20, seed: 17, now: NOON })
    const known = new Set(visitors.map(({ id }) => id))
    expect(few.every(({ id }) => known.has(id))).toBe(true)
  })
})

describe('the world they come from', () => {
  const people = [...simulatePeople(DEMO_WORLD, { people: 500, seed: 17 })]
  const byVisitor = eventsByVisitor(visitors)
  const ids = [...simulatedVisitorIds({ count: 500, seed: 17 })]
  const channelOf = createChannelRules()

  test('each contact is a visit, whose evidence the rules take for its channel', () => {
    for (const { number, contacts } of people) {
      const touches = (byVisitor.get(ids[number]!) ?? []).flatMap(({ touch }) => (touch ? [channelOf(touch)] : []))
      expect(touches.filter(({ internal }) => !internal).map(({ channel }) => channel)).toEqual(
        contacts.map(({ channel }) => loggedChannel(channel)),
      )
    }
  })

  test('those who buy there, and nobody else, order here', () => {
    for (const { number, boughtAt } of people) {
      const orders = (byVisitor.get(ids[number]!) ?? []).filter(({ name }) => name === 'purchase')
      expect(orders.length > 0).toBe(boughtAt !== undefined)
    }
  })
})

describe('what the collector says', () => {
  test('it accepts every event, and stores it once however often it is sent', async () => {
    const sink = createMemorySink()
    const collector = createCollector({ sink, now: () => NOON })
    expect(await sendBatches(collector, visitors)).toEqual({ accepted: visitors.length, duplicates: 0, refused: 0 })
    expect(await sendBatches(collector, visitors)).toEqual({ accepted: 0, duplicates: visitors.length, refused: 0 })
    expect(sink.events).toHaveLength(visitors.length)
  })

  test('every event has what the vocabulary asks of it', () => {
    const schemas: Readonly<Record<string, (typeof eventPropertiesSchemas)[keyof typeof eventPropertiesSchemas]>> =
      eventPropertiesSchemas
    for (const visitor of visitors) {
      expect(envelopeSchema.safeParse(visitor).error).toBeUndefined()
      expect(schemas[visitor.name]?.safeParse(visitor.properties).error).toBeUndefined()
    }
  })
})

describe('plausibility', () => {
  const of = (name: string) => visitors.filter(event => event.name === name)
  const people = (events: readonly Envelope[]) => new Set(events.map(event => event.visitor_id)).size

  test('every visitor is there, in the sixty days before the last midnight in Jakarta', () => {
    const midnight = Date.UTC(2026, 10, 20, 17)
    expect(people(visitors)).toBe(500)
    expect(visitors.every(({ time }) => time >= midnight - 60 * DAY && time < midnight)).toBe(true)
  })

  test('events are in order of time, and those of a session are counted from 1 in that order', () => {
    expect(visitors.every(({ time }, index) => index === 0 || visitors[index - 1]!.time <= time)).toBe(true)
    const last = new Map<string, number>()
    for (const { session_id, sequence } of visitors.filter(event => event.sequence > 0)) {
      expect(sequence).toBe((last.get(session_id) ?? 0) + 1)
      last.set(session_id, sequence)
    }
  })

  test('fewer people come to each step on the way to an order', () => {
    const steps = ['page_view', 'view_item', 'add_to_cart', 'begin_checkout', 'purchase'].map(name => people(of(name)))
    expect(steps).toEqual(steps.toSorted((a, b) => b - a))
    expect(steps.at(-1)).toBeGreaterThan(50)
    expect(steps.at(-1)).toBeLessThan(250)
  })

  test('some come from every stage, and some buy again', () => {
    // A measurement of a page belongs to no stage.
    expect(new Set(visitors.map(({ stage }) => stage))).toEqual(new Set([...JOURNEY_STAGES, null]))
    expect(people(of('purchase'))).toBeLessThan(of('purchase').length)
  })

  test('an order has an id of its own, and costs what its goods cost', () => {
    const orders = of('purchase')
    expect(new Set(orders.map(({ properties }) => properties['transaction_id'])).size).toBe(orders.length)
    for (const { id, properties } of orders) {
      expect(id).toBe(orderEventId('purchase', properties))
      const goods = (properties['items'] as { price: number; quantity: number }[]).map(
        item => item.price * item.quantity,
      )
      const sum = goods.reduce((total, price) => total + price)
      expect(properties['value']).toBe(properties['coupon'] ? Math.round(sum * 0.9) : sum)
    }
  })

  test('a parcel is delivered after it was shipped, and shipped after it was paid', () => {
    const timeOf = (name: string) =>
      new Map(of(name).map(({ properties, time }) => [properties['transaction_id'], time]))
    const [paid, shipped] = [timeOf('purchase'), timeOf('order_shipped')]
    for (const [order, time] of shipped) expect(time).toBeGreaterThan(paid.get(order)!)
    for (const [order, time] of timeOf('order_delivered')) expect(time).toBeGreaterThan(shipped.get(order)!)
  })
})

function eventsByVisitor(envelopes: readonly Envelope[]): Map<string, Envelope[]> {
  const groups = new Map<string, Envelope[]>()
  for (const envelope of envelopes) {
    const group = groups.get(envelope.visitor_id)
    if (group) group.push(envelope)
    else groups.set(envelope.visitor_id, [envelope])
  }
  return groups
}

import { orderEventId } from '@jejak/events'
import type { Envelope, StoredEvent } from '@jejak/events'
import { eventPropertiesSchemas } from '@jejak/events/schemas'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { PARCEL_STEPS, createParcels } from '../../src/demo/parcel.ts'

beforeEach(() => vi.useFakeTimers({ now: Date.UTC(2026, 10, 21) }))
afterEach(() => vi.useRealTimers())

const purchase = (properties: Record<string, unknown>, time = Date.now()): StoredEvent => ({
  id: '019aa000-0000-7000-8000-000000000001',
  name: 'purchase',
  stage: 'purchase',
  time,
  corrected_time: time,
  received_at: time,
  visitor_id: 'v1',
  session_id: 's1',
  session_number: 1,
  sequence: 9,
  consent: 'granted',
  properties,
})

async function reported(...orders: StoredEvent[]): Promise<Envelope[]> {
  const told: Envelope[] = []
  const parcels = createParcels({
    report: async envelope => {
      told.push(envelope)
    },
  })
  parcels.follow(orders)
  await vi.runAllTimersAsync()
  parcels.stop()
  return told
}

test('an order that was just placed is confirmed, packed, shipped and delivered, for the visitor who placed it', async () => {
  const told = await reported(purchase({ transaction_id: 'T-1', shipping_tier: 'Regular' }))
  expect(told.map(({ name }) => name)).toEqual(PARCEL_STEPS.map(({ event }) => event))
  for (const { id, name, stage, visitor_id, properties } of told) {
    expect({ stage, visitor_id }).toEqual({ stage: 'usage', visitor_id: 'v1' })
    expect(id).toBe(orderEventId(name, properties))
    expect(eventPropertiesSchemas[name as 'order_shipped'].safeParse(properties).error).toBeUndefined()
  }
  expect(told[2]!.properties).toMatchObject({ carrier: 'JNE', promised_at: '2026-11-24' })
})

test.each([
  ['of long ago', purchase({ transaction_id: 'T-1' }, Date.UTC(2026, 9, 1))],
  ['without a number', purchase({}, Date.UTC(2026, 10, 21))],
  [
    'of a program that reads pages',
    { ...purchase({ transaction_id: 'T-1' }, Date.UTC(2026, 10, 21)), bot: true as const },
  ],
  ['with a number that is no text', purchase({ transaction_id: 5 }, Date.UTC(2026, 10, 21))],
])('an order %s has no parcel', async (_, order) => {
  expect(await reported(order)).toEqual([])
})

test('a flood of orders costs no more than fifty parcels', async () => {
  const orders = Array.from({ length: 1_000 }, (_, index) => purchase({ transaction_id: `T-${index}` }))
  expect(await reported(...orders)).toHaveLength(50 * PARCEL_STEPS.length)
})

test('nothing is reported after stopping', async () => {
  const report = vi.fn<(envelope: Envelope) => Promise<void>>()
  const parcels = createParcels({ report })
  parcels.follow([purchase({ transaction_id: 'T-1' })])
  parcels.stop()
  await vi.runAllTimersAsync()
  expect(report).not.toHaveBeenCalled()
})

import { buildJourneys } from '@jejak/attribution'
import type { JourneyOptions } from '@jejak/attribution'
import type { StoredEvent } from '@jejak/events'
import { expect, test } from 'vitest'
import { channels, idOf, offPage, on, purchase } from './event.ts'

const ORDER = { transaction_id: 'T-1', currency: 'IDR' }
const bought = (value: number, facts: Partial<StoredEvent> = {}) =>
  purchase(0, { properties: { ...ORDER, value }, ...facts })
const refund = (day: number, properties: Record<string, unknown>, facts: Partial<StoredEvent> = {}) =>
  offPage(on(day, { name: 'refund', visitor_id: 'server', properties: { ...ORDER, ...properties }, ...facts }))

const outcome = async (events: readonly StoredEvent[], options: Omit<JourneyOptions, 'channels'> = {}) => {
  const { journeys, summary } = await buildJourneys(events, { channels, ...options })
  const conversions = [...journeys].flatMap(({ conversion }) => (conversion ? [conversion] : []))
  return { values: conversions.map(({ value, refunded }) => [value, refunded]), refunds: summary.refunds }
}

test('a refund takes its value from that of its order, whoever tells of it and however late', async () => {
  const { values, refunds } = await outcome([bought(100), refund(400, { value: 30 })], { lookbackDays: 1 })
  expect(values).toEqual([[70, 30]])
  expect(refunds).toMatchObject({ counted: 1 })
})

test('a refund without a value and items is one of the whole order, which still counts', async () => {
  expect((await outcome([bought(100), refund(1, {})])).values).toEqual([[0, 100]])
})

test('a refund of items takes what these cost', async () => {
  const items = [
    { item_id: 'a', price: 10, quantity: 3 },
    { item_id: 'b', price: 5 },
  ]
  expect((await outcome([bought(100), refund(1, { items })])).values).toEqual([[65, 35]])
})

test('several refunds of an order add up, and take no more than there was', async () => {
  const events = [bought(100), refund(1, { value: 60, refund_id: 'R-1' }), refund(2, { value: 60, refund_id: 'R-2' })]
  expect((await outcome(events)).values).toEqual([[0, 100]])
})

test('a refund that is written below zero is one all the same', async () => {
  expect((await outcome([bought(100), refund(1, { value: -30 })])).values).toEqual([[70, 30]])
})

test('a refund counts once, by its id, by its refund id, or by its order and value', async () => {
  const events = [
    bought(100),
    refund(1, { value: 10, refund_id: 'R-1' }, { id: idOf(0xaaa1) }),
    refund(1, { value: 10, refund_id: 'R-1' }, { id: idOf(0xaaa1) }),
    refund(2, { value: 10, refund_id: 'R-1' }),
    refund(3, { value: 5 }),
    refund(4, { value: 5 }),
  ]
  const { values, refunds } = await outcome(events)
  expect(values).toEqual([[85, 15]])
  expect(refunds).toMatchObject({ counted: 2, duplicates: 3 })
})

test('a refund in other money is told and takes nothing, unless it is of the whole order', async () => {
  const other = await outcome([bought(100), refund(1, { value: 5, currency: 'USD' })])
  expect(other.values).toEqual([[100, undefined]])
  expect(other.refunds).toMatchObject({ counted: 0, otherCurrency: 1 })
  expect((await outcome([bought(100), refund(1, { currency: 'USD' })])).values).toEqual([[0, 100]])
  expect((await outcome([bought(100), refund(1, { value: 5, currency: 'idr' })])).values).toEqual([[95, 5]])
})

test('a refund that cannot be read, or belongs to no order here, is told and takes nothing', async () => {
  const events = [
    bought(100),
    refund(1, { value: 'ten' }),
    refund(2, { items: [{ item_id: 'a' }] }),
    refund(3, { value: 9, transaction_id: 'T-2' }),
    refund(4, { value: 9, transaction_id: undefined }),
  ]
  const { values, refunds } = await outcome(events)
  expect(values).toEqual([[100, undefined]])
  expect(refunds).toEqual({ counted: 0, duplicates: 0, withoutOrder: 2, otherCurrency: 0, unreadable: 2 })
})

test('a refund takes the same part of another value as it is of the order', async () => {
  const conversions = { sale: 'purchase', margin: { events: 'purchase', value: 20 } }
  const { values } = await outcome([bought(100), refund(1, { value: 25 })], { conversions })
  expect(values).toEqual([
    [15, 5],
    [75, 25],
  ])
})

test('refunds can be ignored', async () => {
  const { values, refunds } = await outcome([bought(100), refund(1, {})], { refunds: 'ignore' })
  expect(values).toEqual([[100, undefined]])
  expect(refunds).toMatchObject({ counted: 0, withoutOrder: 0 })
})

test('a refund that is itself the conversion keeps its value', async () => {
  expect((await outcome([refund(1, { value: 10 })], { conversion: 'refund' })).values).toEqual([[10, undefined]])
})

test('refunds give the same sum in whatever order they are read', async () => {
  const events = [bought(1), ...[0.1, 0.2, 0.3].map((value, day) => refund(day, { value, refund_id: `R-${day}` }))]
  expect(await outcome(events.toReversed())).toEqual(await outcome(events))
})

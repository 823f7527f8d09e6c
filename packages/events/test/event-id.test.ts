import { createHash } from 'node:crypto'
import { createEventIds, newEventId, ORDER_EVENT_NAMESPACE, orderEventId } from '@jejak/events'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

describe('the id of an order event', () => {
  test('is UUIDv5 of the name and the order number, as any language makes it', () => {
    // python3: uuid.uuid5(uuid.UUID('6c1d1f0e-5a53-5c0e-9d7b-6a656a616b00'), 'purchase\nT-1001')
    expect(orderEventId('purchase', { transaction_id: 'T-1001' })).toBe('f1846c8b-b39c-55b3-95c8-ef52dd68d3ed')
  })

  test('is UUIDv5 for any order number', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 300, unit: 'grapheme' }), transaction => {
        expect(orderEventId('purchase', { transaction_id: transaction })).toBe(uuid5(`purchase\n${transaction}`))
      }),
    )
  })

  test('is the same for a number and its text', () => {
    expect(orderEventId('purchase', { transaction_id: 1001 })).toBe(
      orderEventId('purchase', { transaction_id: '1001' }),
    )
  })

  test('tells parcels and part refunds of one order apart', () => {
    const order = { transaction_id: 'T-1' }
    expect(orderEventId('order_shipped', { ...order, tracking_id: 'A' })).not.toBe(
      orderEventId('order_shipped', { ...order, tracking_id: 'B' }),
    )
    expect(orderEventId('refund', { ...order, value: 10 })).not.toBe(orderEventId('refund', { ...order, value: 20 }))
    expect(orderEventId('purchase', { ...order, value: 10 })).toBe(orderEventId('purchase', { ...order, value: 20 }))
  })

  test('is not made for events that may happen again, nor without an order number', () => {
    expect(orderEventId('view_order_tracking', { transaction_id: 'T-1' })).toBeUndefined()
    expect(orderEventId('constructor', { transaction_id: 'T-1' })).toBeUndefined()
    expect(orderEventId('purchase', {})).toBeUndefined()
    expect(orderEventId('purchase', { transaction_id: '' })).toBeUndefined()
  })
})

describe('a new event id', () => {
  test('is a UUIDv7 that begins with its time', () => {
    const id = newEventId({ time: 0x0192_3456_789a })
    expect(id).toMatch(/^01923456-789a-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  })

  test('sorts by time, then by counter', () => {
    const moment = fc.record({
      time: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
      counter: fc.integer({ min: 0, max: 4095 }),
    })
    fc.assert(
      fc.property(moment, moment, (a, b) => {
        const order = a.time - b.time || a.counter - b.counter
        fc.pre(order !== 0)
        expect(newEventId(a) < newEventId(b)).toBe(order < 0)
      }),
    )
  })

  test('is made from the given randomness alone', () => {
    const fillRandom = (bytes: Uint8Array) => void bytes.fill(255)
    expect(newEventId({ time: 0, fillRandom })).toBe('00000000-0000-7fff-bfff-ffffffffffff')
  })
})

function uuid5(name: string): string {
  const namespace = Buffer.from(ORDER_EVENT_NAMESPACE.replaceAll('-', ''), 'hex')
  const hash = createHash('sha1').update(namespace).update(name).digest().subarray(0, 16)
  hash[6] = (hash[6]! & 0x0f) | 0x50
  hash[8] = (hash[8]! & 0x3f) | 0x80
  return hash.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

describe('ids made by the many', () => {
  test('are UUIDv7 that begin with their time', () => {
    expect(createEventIds()(0x0192_3456_789a)).toMatch(/^01923456-789a-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  })

  test('are all different, also of one moment and beyond the counter', () => {
    const newId = createEventIds()
    const ids = Array.from({ length: 10_000 }, () => newId(1_700_000_000_000))
    expect(new Set(ids).size).toBe(10_000)
  })

  test('of one moment sort in the order they were made', () => {
    const newId = createEventIds()
    const ids = Array.from({ length: 4_096 }, () => newId(1_700_000_000_000))
    expect([...ids].sort()).toEqual(ids)
  })

  test('of two makers never meet', () => {
    const [one, other] = [createEventIds(), createEventIds()]
    const ids = Array.from({ length: 1_000 }, () => [one(5), other(5)]).flat()
    expect(new Set(ids).size).toBe(2_000)
  })
})

import type { Batch, Envelope, EventProperties } from '@jejak/events'
import { EVENTS, PROPERTIES } from '@jejak/events'
import {
  batchSchema,
  envelopeSchema,
  eventPropertiesSchemas,
  partialPropertiesSchemas,
  storedEventSchema,
} from '@jejak/events/schemas'
import { describe, expect, test } from 'vitest'

const envelope: Envelope = {
  id: '01923456-789a-7abc-8def-0123456789ab',
  name: 'view_item',
  stage: 'consideration',
  time: 1_790_000_000_000,
  visitor_id: 'v1',
  session_id: 's1',
  session_number: 1,
  sequence: 1,
  page: { url: 'https://toko.example/p/1', type: 'product' },
  touch: {
    landing: 'https://toko.example/',
    utm_source: 'google',
    utm_id: '7',
    click_ids: { gclid: 'x', mc_eid: '-' },
  },
  consent: 'granted',
  properties: {},
}
const batch: Batch = {
  schema: 1,
  sent_at: 1_790_000_000_500,
  library: { name: 'test', version: '0' },
  events: [envelope],
}

describe('schemas', () => {
  test('give back what a browser sends, unchanged', () => {
    expect(batchSchema.parse(batch)).toEqual(batch)
  })

  test('give back what a collector stores, unchanged', () => {
    const stored = { ...envelope, received_at: 1_790_000_001_000, corrected_time: 1_790_000_000_000, bot: true }
    expect(storedEventSchema.parse(stored)).toEqual(stored)
  })

  test.each([
    ['id', 'not a uuid'],
    ['name', ''],
    ['stage', 'fame'],
    ['time', -1],
    ['time', 8.64e15 + 1],
    ['time', 1.5],
    ['time', '2026-11-21'],
    ['consent', 'perhaps'],
    ['session_number', 0],
    ['properties', []],
    ['properties', null],
    ['page', { title: 'without url' }],
    ['user_id', ''],
  ])('refuse an envelope with %s = %j', (field, value) => {
    const result = envelopeSchema.safeParse({ ...envelope, [field]: value })
    expect(result.success).toBe(false)
    expect(result.error?.issues[0]?.path[0]).toBe(field)
  })

  test.each(Object.entries(EVENTS))('accept the example of %s', (name, { example }) => {
    const schema = eventPropertiesSchemas[name as keyof typeof EVENTS]
    expect(schema.parse(example)).toEqual(example)
  })

  test('refuse a purchase without its order number, unless incomplete events are wanted', () => {
    expect(eventPropertiesSchemas.purchase.safeParse({ value: 1 }).success).toBe(false)
    expect(partialPropertiesSchemas.purchase.safeParse({ value: 1, coupon: null }).success).toBe(true)
  })

  test('take an order number that is a number for a text, where incomplete events are wanted', () => {
    const order = { transaction_id: 1001, items: [{ item_id: 7, price: 1 }] }
    expect(partialPropertiesSchemas.purchase.parse(order)).toEqual(order)
    expect(eventPropertiesSchemas.purchase.safeParse(order).success).toBe(false)
  })

  test('refuse a known property of the wrong type and let unknown ones through', () => {
    expect(partialPropertiesSchemas.purchase.safeParse({ value: '1' }).success).toBe(false)
    expect(partialPropertiesSchemas.purchase.safeParse({ currency: 'rupiah' }).success).toBe(false)
    expect(partialPropertiesSchemas.purchase.safeParse({ experiment: 'B' }).success).toBe(true)
  })
})

describe('types follow from the table', () => {
  test('of a choice, of lists and of required properties', () => {
    const survey: EventProperties<'submit_survey'> = { kind: 'nps', score: 9 }
    // @ts-expect-error -- `smile` is no kind of survey
    const smile: EventProperties<'submit_survey'> = { kind: 'smile', score: 9 }
    // @ts-expect-error -- a purchase has an order number
    const nameless: EventProperties<'purchase'> = { value: 1 }
    // @ts-expect-error -- an item has an id
    const item: EventProperties<'view_item'> = { items: [{ item_name: 'shirt' }] }
    expect([survey, smile, nameless, item]).toHaveLength(4)
    expect(PROPERTIES.kind.of).toContain(survey.kind)
  })
})

import { createCollector } from '@jejak/collector'
import { createMemorySink } from '@jejak/collector/sinks/memory'
import { EVENTS } from '@jejak/events'
import type { BatchAnswer, EventName } from '@jejak/events'
import { describe, expect, test } from 'vitest'
import { batchOf, envelope, idOf, NOW, quietLog, requestOf, send } from './sending.ts'

function setUp() {
  const sink = createMemorySink()
  const log = quietLog()
  return { sink, log, collector: createCollector({ sink, log, now: () => NOW }) }
}

/** What is said of one event, among good ones. */
async function refusalOf(event: unknown) {
  const { sink, collector } = setUp()
  const { accepted, refused } = await send(collector, [envelope(1), event, envelope(3)])
  expect(sink.events.map(({ id }) => id)).toEqual([idOf(1), idOf(3)])
  expect(accepted).toBe(2)
  expect(refused).toHaveLength(1)
  expect(refused[0]).toMatchObject({ index: 1 })
  return refused[0]!
}

const propertiesOf = (name: string, properties: unknown) => ({ ...envelope(2), name, properties })

describe('a bad event is refused alone, with a reason for people:', () => {
  test.each([
    ['event: expected an object, got null', null],
    ['event: expected an object, got string "view_item"', 'view_item'],
    ['id: expected a UUID, got string "17"', { ...envelope(2), id: '17' }],
    ['name: expected at least 1 character, got string ""', { ...envelope(2), name: '' }],
    ['time: expected number, got string "2026-11-21"', { ...envelope(2), time: '2026-11-21' }],
    ['time: expected at least 0, got number -1', { ...envelope(2), time: -1 }],
    ['time: expected a whole number, got number 1.5', { ...envelope(2), time: 1.5 }],
    ['time: expected at most 8640000000000000, got number 8640000000000001', { ...envelope(2), time: 8.64e15 + 1 }],
    ['visitor_id: expected string, got nothing', { ...envelope(2), visitor_id: undefined }],
    ['stage: expected "awareness", "consideration", "decision", "purchase",', { ...envelope(2), stage: 'bought' }],
    ['consent: expected "pending", "granted", "limited" or "denied", got', { ...envelope(2), consent: 'yes' }],
    [
      'page.url: expected at most 4096 characters, got string "aaaa',
      { ...envelope(2), page: { url: 'a'.repeat(9_999) } },
    ],
    ['properties: expected an object, got a list of 0', { ...envelope(2), properties: [] }],
    ['properties.value: expected number, got string "12"', propertiesOf('purchase', { value: '12' })],
    [
      'properties.currency: expected three capital letters, such as IDR, got string "Rp"',
      propertiesOf('purchase', { currency: 'Rp' }),
    ],
    [
      'properties.items.0.price: expected number, got boolean true',
      propertiesOf('add_to_cart', { items: [{ item_id: 'A', price: true }] }),
    ],
    [
      'properties.promised_at: expected a date such as 2026-11-21 or a time such as',
      propertiesOf('order_shipped', { promised_at: 'tomorrow' }),
    ],
    [
      'properties.customer_type: expected "new" or "returning", got string "old"',
      propertiesOf('purchase', { customer_type: 'old' }),
    ],
  ])('%s', async (reason, event) => {
    expect((await refusalOf(event)).reason).toContain(reason)
  })

  test('with its id, as it was sent', async () => {
    const id = idOf(2).toUpperCase()
    expect(await refusalOf({ ...envelope(2), id, time: -1 })).toMatchObject({ id })
  })

  test('without an id that was none', async () => {
    expect(await refusalOf({ ...envelope(2), id: { a: 1 } })).not.toHaveProperty('id')
    expect(await refusalOf({ ...envelope(2), id: 'x'.repeat(100_000) })).not.toHaveProperty('id')
  })

  test('and when all are bad the answer is still 200, because sending again would not help', async () => {
    const { collector } = setUp()
    expect(await send(collector, [1, 2])).toMatchObject({ accepted: 0, refused: [{ index: 0 }, { index: 1 }] })
  })

  test('and the log says how many, and the first reason', async () => {
    const { collector, log } = setUp()
    await send(collector, [1, { ...envelope(), time: -1 }])
    expect(log.warnings).toEqual([expect.stringMatching(/refused 2 .* event: expected an object, got number 1/)])
  })
})

describe('an incomplete event is kept', () => {
  test.each(Object.keys(EVENTS) as EventName[])('%s without properties', async name => {
    const { sink, collector } = setUp()
    await send(collector, [propertiesOf(name, {})])
    expect(sink.events).toHaveLength(1)
  })

  test.each(Object.keys(EVENTS) as EventName[])('%s with null for each property', async name => {
    const { sink, collector } = setUp()
    const properties = Object.fromEntries(Object.keys(EVENTS[name].example).map(property => [property, null]))
    await send(collector, [propertiesOf(name, properties)])
    expect(sink.events[0]?.properties).toEqual(properties)
  })

  test('an order whose items lack their ids, or have null for what is not known', async () => {
    const { sink, collector } = setUp()
    const properties = { transaction_id: 'T-1', items: [{ item_name: 'Batik', item_brand: null }, { item_id: null }] }
    expect(await send(collector, [propertiesOf('purchase', properties)])).toMatchObject({ accepted: 1, refused: [] })
    expect(sink.events[0]?.properties).toEqual(properties)
  })

  test('shipping options without a tier', async () => {
    const { sink, collector } = setUp()
    const properties = { shipping_options: [{ carrier: 'JNE', price: null }] }
    await send(collector, [propertiesOf('view_shipping_options', properties)])
    expect(sink.events[0]?.properties).toEqual(properties)
  })
})

test.each(Object.keys(EVENTS) as EventName[])('the example of %s is stored unchanged', async name => {
  const { sink, collector } = setUp()
  await send(collector, [propertiesOf(name, EVENTS[name].example)])
  expect(sink.events[0]?.properties).toEqual(EVENTS[name].example)
})

test.each(['brew_coffee', 'constructor', 'toString', '__proto__'])(
  "the shop's own event %s may carry anything",
  async name => {
    const { sink, collector } = setUp()
    const properties = { value: '12', deep: { list: [1, null, { x: true }] }, '': 0 }
    await send(collector, [propertiesOf(name, properties)])
    expect(sink.events[0]).toMatchObject({ name, properties })
  },
)

test('unknown properties of a standard event, and of its items, are kept', async () => {
  const { sink, collector } = setUp()
  const properties = { value: 1, gift: true, items: [{ item_id: 'A', colour: 'indigo' }] }
  expect(await send(collector, [propertiesOf('purchase', properties)])).not.toHaveProperty('ignored_fields')
  expect(sink.events[0]?.properties).toEqual(properties)
})

describe('fields nobody knows', () => {
  test('are left out, named in the answer, and cost no event', async () => {
    const { sink, collector } = setUp()
    const touch = { landing: 'https://toko.example/', click_ids: { gclid: 'x', newclid: 'y' }, mood: 'good' }
    const answer = await send(
      collector,
      [
        { ...envelope(), touch, weather: 'rain' },
        { ...envelope(2), weather: 'sun' },
      ],
      {
        colour: 'red',
        library: { name: 'test', version: '0', build: 7 },
      },
    )
    expect(answer.accepted).toBe(2)
    expect(answer.ignored_fields?.toSorted()).toEqual(
      ['colour', 'library.build', 'touch.click_ids.newclid', 'touch.mood', 'weather'].toSorted(),
    )
    expect(sink.events[0]).not.toHaveProperty('weather')
    expect(sink.events[0]?.touch).toEqual({ landing: 'https://toko.example/', click_ids: { gclid: 'x' } })
  })

  test('are not listed without end', async () => {
    const { collector } = setUp()
    const fields = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`field_${n}_${'x'.repeat(100)}`, 1]))
    const answer = await send(collector, [{ ...envelope(), ...fields }])
    expect(answer.ignored_fields).toHaveLength(20)
    expect(JSON.stringify(answer.ignored_fields).length).toBeLessThan(1_000)
  })
})

describe('hostile events', () => {
  test.each([
    ['properties.__proto__', '{"__proto__":{"admin":true}}'],
    ['properties.a.0.constructor', '{"a":[{"constructor":{"prototype":{"admin":true}}}]}'],
    ['properties.prototype', '{"prototype":1}'],
  ])('with %s are refused', async (field, json) => {
    const { sink, collector } = setUp()
    // Put in as text: JavaScript would not make such a key of an object literal.
    const events = [envelope(1, { name: 'x', properties: { here: true } }), envelope(2)]
    const body = JSON.stringify(batchOf(events)).replace('{"here":true}', json)
    const response = await collector(requestOf(body))
    expect(await response.json()).toMatchObject({
      accepted: 1,
      refused: [
        { id: idOf(1), index: 0, reason: `${field}: expected another name, this one means something to JavaScript` },
      ],
    })
    expect(sink.events.map(({ id }) => id)).toEqual([idOf(2)])
    expect(({} as { admin?: unknown }).admin).toBeUndefined()
  })

  test('with such a key in the envelope are refused', async () => {
    const event = JSON.parse(JSON.stringify(envelope(2)).replace('{', '{"__proto__":{"admin":true},')) as unknown
    expect((await refusalOf(event)).reason).toContain('__proto__: expected another name')
  })

  test('with a number larger than JSON readers take are refused', async () => {
    const { collector } = setUp()
    const body = JSON.stringify(batchOf([propertiesOf('x', { n: 'BIG' })])).replace('"BIG"', '1e999')
    const answer = await (await collector(requestOf(body))).json()
    expect(answer).toMatchObject({ refused: [{ reason: 'properties.n: expected a number of less than 309 digits' }] })
  })

  async function sendNested(depth: number) {
    const { sink, collector } = setUp()
    const nested = '['.repeat(depth) + ']'.repeat(depth)
    const body = JSON.stringify(batchOf([propertiesOf('x', { n: 'DEEP' })])).replace('"DEEP"', nested)
    const { refused } = (await (await collector(requestOf(body))).json()) as BatchAnswer
    return { stored: sink.events.length, reasons: refused.map(({ reason }) => reason) }
  }

  test.each([19, 10_000])('with lists %i deep in a property are refused', async depth => {
    const { stored, reasons } = await sendNested(depth)
    expect(stored).toBe(0)
    expect(reasons).toEqual([expect.stringMatching(/^properties\.n\.0\..*: expected at most 20 levels of nesting$/)])
  })

  test('are no deeper than 20 levels, which is deep enough for any product', async () => {
    expect(await sendNested(18)).toEqual({ stored: 1, reasons: [] })
  })

  test('with half a surrogate pair are stored with U+FFFD in its place, in keys too', async () => {
    const { sink, collector } = setUp()
    await send(collector, [propertiesOf('x', { 'a\udc00': 'smile \ud83d!', whole: '😀' })])
    expect(sink.events[0]?.properties).toEqual({ 'a\ufffd': 'smile \ufffd!', whole: '😀' })
  })

  test('cannot make a reason long, break its line or steer a terminal', async () => {
    const key = `a\n\u001b[31m${'k'.repeat(10_000)}`
    const value = `\u009b2J\r\n${'v'.repeat(10_000)}`
    const { reason } = await refusalOf(propertiesOf('filter_item_list', { filters: { [key]: { value } } }))
    expect(reason.length).toBeLessThan(200)
    expect(reason).not.toMatch(/[\p{Cc}]/u)
    expect((await refusalOf({ ...envelope(2), consent: value })).reason).not.toMatch(/[\p{Cc}]/u)
  })

  test('with HTML in them are stored as they are, and answered as JSON that no browser takes for a page', async () => {
    const { sink, collector } = setUp()
    const html = '<script>alert(1)</script>'
    const response = await collector(requestOf(JSON.stringify(batchOf([propertiesOf('x', { html }), html]))))
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(sink.events[0]?.properties).toEqual({ html })
  })
})

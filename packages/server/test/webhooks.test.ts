import { createHmac } from 'node:crypto'
import {
  biteshipWebhook,
  createServerTracker,
  ownWebhook,
  shopifyWebhook,
  stripeWebhook,
  wooCommerceWebhook,
} from '@jejak/server'
import type { Webhook } from '@jejak/server'
import { describe, expect, onTestFinished, test } from 'vitest'
import { receiver } from './receiving.ts'

const secret = 's3cret'
const now = Date.parse('2026-11-21T10:00:00Z')

const hmac = (text: string, encoding: 'hex' | 'base64', key = secret): string =>
  createHmac('sha256', key).update(text).digest(encoding)

const post = (body: string, headers: Record<string, string>): Request =>
  new Request('https://shop.example/hooks', { method: 'POST', body, headers })

/** A webhook whose events go to a real collector. */
async function hooked(
  make: (options: {
    tracker: ReturnType<typeof createServerTracker>
    onRefused: (why: string) => void
    now: () => number
  }) => Webhook,
) {
  const { url, sink } = await receiver()
  const tracker = createServerTracker({ endpoint: url })
  onTestFinished(async () => void (await tracker.close({ timeoutMs: 100 })))
  const refusals: string[] = []
  const webhook = make({ tracker, onRefused: why => refusals.push(why), now: () => now })
  return {
    refusals,
    send: async (request: Request) => (await webhook(request)).status,
    stored: async () => {
      await tracker.flush()
      return sink.events
    },
  }
}

describe('Shopify', () => {
  const order = {
    id: 820982911946154500,
    currency: 'IDR',
    current_total_price: '350000.00',
    total_tax: '35000.00',
    processed_at: '2026-11-20T10:00:00+07:00',
    financial_status: 'paid',
    note_attributes: [{ name: '_jejak_visitor', value: 'v-1' }],
    customer: { id: 115310627314723950 },
    line_items: [{ sku: 'BATIK-01', title: 'Batik shirt', price: '175000.00', quantity: 2 }],
  }
  const told = (topic: string, body: object, event = 'e-1') => {
    const text = JSON.stringify(body)
    return post(text, {
      'x-shopify-topic': topic,
      'x-shopify-event-id': event,
      'x-shopify-hmac-sha256': hmac(text, 'base64'),
    })
  }

  test('an order that is paid is a purchase, with its visitor, customer, money and items', async () => {
    const { send, stored } = await hooked(options => shopifyWebhook({ ...options, secret }))
    expect(await send(told('orders/paid', order))).toBe(200)
    expect(await stored()).toMatchObject([
      {
        name: 'purchase',
        stage: 'purchase',
        visitor_id: 'v-1',
        user_id: String(order.customer.id),
        time: Date.parse(order.processed_at),
        properties: {
          transaction_id: String(order.id),
          value: 350_000,
          tax: 35_000,
          currency: 'IDR',
          items: [{ item_id: 'BATIK-01', item_name: 'Batik shirt', price: 175_000, quantity: 2 }],
        },
      },
    ])
  })

  test('a message that comes again makes nothing new', async () => {
    const { send, stored } = await hooked(options => shopifyWebhook({ ...options, secret }))
    for (let time = 0; time < 3; time++) {
      await send(
        told('fulfillments/create', { order_id: 7, status: 'success', tracking_company: 'JNE', tracking_number: 'A1' }),
      )
    }
    expect(await stored()).toMatchObject([
      {
        name: 'order_shipped',
        visitor_id: 'shopify-order:7',
        properties: { transaction_id: '7', carrier: 'JNE', tracking_id: 'A1' },
      },
    ])
  })

  test.each([
    [
      'orders/cancelled',
      { id: 7, cancel_reason: 'customer' },
      'order_cancelled',
      { transaction_id: '7', reason: 'customer' },
    ],
    [
      'refunds/create',
      { id: 5, order_id: 7, transactions: [{ kind: 'refund', status: 'success', amount: '10.50', currency: 'USD' }] },
      'refund',
      { transaction_id: '7', refund_id: '5', value: 10.5, currency: 'USD' },
    ],
    [
      'fulfillments/update',
      { order_id: 7, shipment_status: 'delivered', updated_at: '2026-11-20T00:00:00Z' },
      'order_delivered',
      { delivered_at: '2026-11-20T00:00:00.000Z' },
    ],
  ])('%s becomes an event', async (topic, body, name, properties) => {
    const { send, stored } = await hooked(options => shopifyWebhook({ ...options, secret }))
    expect(await send(told(topic, body))).toBe(200)
    expect(await stored()).toMatchObject([{ name, properties }])
  })

  test('what is about something else is taken and tells nothing', async () => {
    const { send, stored } = await hooked(options => shopifyWebhook({ ...options, secret }))
    expect(await send(told('products/update', { id: 1 }))).toBe(200)
    expect(await send(told('constructor', { id: 1 }))).toBe(200)
    expect(await stored()).toEqual([])
  })
})

describe('a message that is not genuine', () => {
  const body = JSON.stringify({
    id: 1,
    type: 'payment_intent.succeeded',
    order_id: 1,
    event: 'order.status',
    status: 'delivered',
  })
  const kinds: Record<
    string,
    { make: Parameters<typeof hooked>[0]; headers: (key: string) => Record<string, string> }
  > = {
    shopify: {
      make: options => shopifyWebhook({ ...options, secret }),
      headers: key => ({ 'x-shopify-topic': 'orders/paid', 'x-shopify-hmac-sha256': hmac(body, 'base64', key) }),
    },
    woocommerce: {
      make: options => wooCommerceWebhook({ ...options, secret }),
      headers: key => ({ 'x-wc-webhook-resource': 'order', 'x-wc-webhook-signature': hmac(body, 'base64', key) }),
    },
    stripe: {
      make: options => stripeWebhook({ ...options, secret }),
      headers: key => ({ 'stripe-signature': `t=${now / 1_000},v1=${hmac(`${now / 1_000}.${body}`, 'hex', key)}` }),
    },
    biteship: {
      make: options => biteshipWebhook({ ...options, secret, header: 'x-biteship', orderOf: () => undefined }),
      headers: key => ({ 'x-biteship': key }),
    },
    own: {
      make: options =>
        ownWebhook({ ...options, secret, header: 'x-signature', signature: 'hmac-sha256-hex', read: () => [] }),
      headers: key => ({ 'x-signature': `sha256=${hmac(body, 'hex', key)}` }),
    },
  }

  test.each(Object.entries(kinds))('is refused with 401, and the reason told: %s', async (_, { make, headers }) => {
    const { send, stored, refusals } = await hooked(make)
    expect(await send(post(body, headers('wrong')))).toBe(401)
    expect(await send(post(body, {}))).toBe(401)
    const [[name, value]] = Object.entries(headers(secret)).slice(-1) as [[string, string]]
    expect(await send(post(body, { ...headers(secret), [name]: `${value}x` }))).toBe(401)
    expect(refusals).toHaveLength(3)
    expect(await stored()).toEqual([])
    expect(await send(post(body, headers(secret)))).toBe(200)
  })

  test.each(Object.entries(kinds))('changed on its way, is refused too: %s', async (name, { make, headers }) => {
    if (name === 'biteship') return // which signs nothing, as its doc says
    const { send } = await hooked(make)
    expect(await send(post(`${body} `, headers(secret)))).toBe(401)
  })
})

describe('WooCommerce', () => {
  const told = (order: object) => {
    const text = JSON.stringify(order)
    return post(text, { 'x-wc-webhook-resource': 'order', 'x-wc-webhook-signature': hmac(text, 'base64') })
  }
  const order = {
    id: 727,
    status: 'processing',
    currency: 'IDR',
    total: '29000',
    customer_id: 0,
    date_paid_gmt: '2026-11-20T03:00:00',
    line_items: [{ sku: 'A', name: 'Tea', price: 14500, quantity: 2 }],
  }

  test('an order is bought once, however often it is told, and refunds are apart', async () => {
    const { send, stored } = await hooked(options => wooCommerceWebhook({ ...options, secret }))
    await send(told(order))
    await send(told(order))
    await send(told({ ...order, status: 'processing', refunds: [{ id: 9, total: '-9000', reason: 'broken' }] }))
    expect(await stored()).toMatchObject([
      {
        name: 'purchase',
        visitor_id: 'woocommerce-order:727',
        time: Date.parse('2026-11-20T03:00:00Z'),
        properties: { transaction_id: '727', value: 29_000 },
      },
      { name: 'refund', properties: { transaction_id: '727', refund_id: '9', value: 9_000, currency: 'IDR' } },
    ])
  })
})

describe('Stripe', () => {
  const told = (body: object, at = now / 1_000) => {
    const text = JSON.stringify(body)
    return post(text, { 'stripe-signature': `t=${at},v1=${hmac(`${at}.${text}`, 'hex')}` })
  }
  const paid = (currency: string, amount: number) => ({
    id: 'evt_1',
    type: 'payment_intent.succeeded',
    created: 1_700_000_000,
    data: { object: { amount_received: amount, currency, metadata: { order_id: 'T-1', jejak_visitor: 'v-1' } } },
  })

  test.each([
    ['usd', 1_050, 10.5],
    ['jpy', 1_050, 1_050],
    ['kwd', 10_500, 10.5],
  ])('money in %s is read in its own units', async (currency, amount, value) => {
    const { send, stored } = await hooked(options => stripeWebhook({ ...options, secret }))
    expect(await send(told(paid(currency, amount)))).toBe(200)
    expect(await stored()).toMatchObject([
      {
        name: 'purchase',
        visitor_id: 'v-1',
        time: 1_700_000_000_000,
        properties: { transaction_id: 'T-1', value, currency: currency.toUpperCase() },
      },
    ])
  })

  test('a message that was signed long ago is a replay', async () => {
    const { send, refusals } = await hooked(options => stripeWebhook({ ...options, secret }))
    expect(await send(told(paid('usd', 1), now / 1_000 - 301))).toBe(401)
    expect(refusals).toEqual([expect.stringContaining('a replay')])
  })

  test('each of two refunds counts what it gave back', async () => {
    const { send, stored } = await hooked(options => stripeWebhook({ ...options, secret }))
    const refund = (id: string, sum: number, before: number) => ({
      id,
      type: 'charge.refunded',
      data: {
        object: { amount_refunded: sum, currency: 'usd', metadata: { order_id: 'T-1', jejak_user: 'ani' } },
        previous_attributes: { amount_refunded: before },
      },
    })
    await send(told(refund('evt_2', 500, 0)))
    await send(told(refund('evt_3', 800, 500)))
    expect((await stored()).map(({ properties }) => properties['value'])).toEqual([5, 3])
  })
})

test('Biteship: a parcel that arrived is of the order the shop names, with what was promised', async () => {
  const orderOf = (id: string) =>
    id === 'b-1' ? { transactionId: 'T-1', userId: 'ani', promisedAt: '2026-11-20' } : undefined
  const { send, stored } = await hooked(options => biteshipWebhook({ ...options, secret, header: 'x-key', orderOf }))
  const body = {
    event: 'order.status',
    status: 'delivered',
    courier_company: 'jne',
    courier_waybill_id: 'W1',
    updated_at: '2026-11-21T02:00:00Z',
  }
  for (const order_id of ['b-1', 'b-1', 'b-2']) {
    expect(await send(post(JSON.stringify({ ...body, order_id }), { 'x-key': secret }))).toBe(200)
  }
  expect(await stored()).toMatchObject([
    {
      name: 'order_delivered',
      user_id: 'ani',
      properties: {
        transaction_id: 'T-1',
        carrier: 'jne',
        tracking_id: 'W1',
        promised_at: '2026-11-20',
        delivered_at: '2026-11-21T02:00:00.000Z',
      },
    },
  ])
})

test("a system of one's own says by a function what its messages mean", async () => {
  const { send, stored } = await hooked(options =>
    ownWebhook({
      ...options,
      secret,
      header: 'x-key',
      signature: 'secret',
      read: ({ body }) => [
        {
          name: 'contact_support',
          properties: { channel: 'phone' },
          details: { userId: (body as { who: string }).who },
        },
      ],
    }),
  )
  expect(await send(post('{"who":"ani"}', { 'x-key': secret }))).toBe(200)
  expect(await send(post('{"who":"ani"}', { 'x-key': secret }))).toBe(200)
  expect(await send(post('{"who":7}', { 'x-key': secret }))).toBe(400)
  expect(await send(post('no JSON', { 'x-key': secret }))).toBe(400)
  expect(await stored()).toMatchObject([{ name: 'contact_support', user_id: 'ani', stage: 'usage' }])
})

test('a body without an end is not read to it', async () => {
  const { send } = await hooked(options =>
    ownWebhook({ ...options, secret, header: 'x-key', signature: 'secret', read: () => [] }),
  )
  expect(await send(post('x'.repeat(6_000_000), { 'x-key': secret }))).toBe(413)
})

test('a message whose events cannot be kept is to be sent again', async () => {
  const webhook = ownWebhook({
    tracker: { track: async () => Promise.reject(new Error('the disk is full')) },
    secret,
    header: 'x-key',
    signature: 'secret',
    read: () => [{ name: 'login', properties: {}, details: { userId: 'ani' } }],
  })
  expect((await webhook(post('{}', { 'x-key': secret }))).status).toBe(503)
})

test.each([
  ['shopifyWebhook', () => shopifyWebhook({ tracker: {} as never, secret: '' })],
  ['stripeWebhook', () => stripeWebhook({ tracker: {} as never, secret: undefined as never })],
])('%s without a secret is a mistake, for anybody could tell us of orders', (name, make) => {
  expect(make).toThrow(
    new RegExp(`^${name}: expected \`secret\` to be the text that Str?i?p?e?|^${name}: expected \`secret\``),
  )
})

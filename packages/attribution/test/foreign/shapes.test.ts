import { expect, test } from 'vitest'
import { join } from 'node:path'
import { createChannelRules } from '@jejak/attribution'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { folderWith, lines, readAll } from '../event-source/files.ts'
import { mapAll } from './read-mapped.ts'

const MICROS = 1_767_261_600_000_000

const param = (key: string, value: string | number) => ({
  key,
  value: typeof value === 'number' ? { int_value: String(value) } : { string_value: value },
})

/** A row as BigQuery exports it: whole numbers are texts in JSON. */
const ga4 = (seconds: number, event_name: string, facts: object = {}, params: object[] = []) => ({
  event_date: '20260101',
  event_timestamp: String(MICROS + seconds * 1e6),
  event_name,
  user_pseudo_id: '11.22',
  user_id: null,
  event_params: [
    param('ga_session_id', 1_767_261_600),
    param('ga_session_number', 3),
    param('page_location', 'https://shop.example/kain?utm_source=google&utm_medium=cpc'),
    param('page_referrer', 'https://www.google.com/'),
    param('page_title', 'Kain'),
    ...params,
  ],
  traffic_source: { source: 'first-ever', medium: 'email', name: 'x' },
  session_traffic_source_last_click: { manual_campaign: { source: 'earlier', medium: 'email' } },
  ...facts,
})

const bought = {
  ecommerce: { transaction_id: 'T-1', purchase_revenue: 90.5, purchase_revenue_in_usd: 1, tax_value: 9 },
  items: [{ item_id: 'SKU', item_name: 'Kain', item_brand: '(not set)', price: 45.25, quantity: '2', price_in_usd: 1 }],
}

test('the GA4 export gives journeys: sessions, evidence, orders', async () => {
  const rows = [
    ga4(0, 'session_start'),
    ga4(0, 'page_view', { collected_traffic_source: { manual_source: 'google', manual_medium: 'cpc', gclid: 'g' } }),
    ga4(60, 'purchase', bought, [param('currency', 'idr'), param('payment_type', 'va')]),
  ]
  const { events, badRows } = await readAll(await folderWith({ 'ga4.ndjson': lines(...rows) }), { mapping: 'ga4' })
  expect(badRows).toEqual([])
  const [start, view, purchase] = events
  expect(start).toMatchObject({
    name: 'session_start',
    stage: null,
    time: MICROS / 1_000,
    visitor_id: '11.22',
    session_id: '11.22.1767261600',
    session_number: 3,
    touch: { utm_source: 'google', utm_medium: 'cpc', referrer: 'https://www.google.com/' },
  })
  expect(start).not.toHaveProperty('user_id')
  expect(view).toMatchObject({ stage: 'awareness', page: { title: 'Kain' }, touch: { click_ids: { gclid: 'g' } } })
  expect(purchase).toMatchObject({
    stage: 'purchase',
    session_id: start!.session_id,
    properties: {
      value: 90.5,
      currency: 'IDR',
      transaction_id: 'T-1',
      tax: 9,
      payment_type: 'va',
      items: [{ item_id: 'SKU', item_name: 'Kain', price: 45.25, quantity: 2 }],
    },
  })
  expect(JSON.stringify(events)).not.toMatch(/first-ever|earlier|in_usd|not set/)
})

test('what GA4 writes for nothing is nothing', async () => {
  const none = { manual_source: '(not set)', manual_campaign_name: '(direct)' }
  const location = [param('ga_session_id', 1), param('page_location', 'https://shop.example/')]
  const { events } = await mapAll(
    [ga4(0, 'page_view', { collected_traffic_source: none, event_params: location })],
    'ga4',
  )
  expect(events[0]!.touch).toEqual({ landing: 'https://shop.example/' })
})

test('the same GA4 rows as Parquet, nested as BigQuery writes them, give the same', async () => {
  const rows = [ga4(0, 'page_view'), ga4(60, 'purchase', bought)]
  const columns = ['event_name', 'user_pseudo_id', 'event_timestamp', 'event_params', 'ecommerce', 'items'] as const
  const file = new Uint8Array(
    parquetWriteBuffer({
      columnData: columns.map(name => ({
        name,
        data: rows.map(row => {
          const value = (row as Record<string, unknown>)[name] ?? null
          return name === 'event_timestamp' ? BigInt(value as string) : value
        }),
        type:
          name === 'event_timestamp'
            ? 'INT64'
            : name.startsWith('e') && name !== 'event_name'
              ? 'JSON'
              : name === 'items'
                ? 'JSON'
                : 'STRING',
        nullable: name === 'ecommerce' || name === 'items',
      })),
    }),
  )
  const folder = await folderWith({ 'ga4.parquet': file, 'ga4.ndjson': lines(...rows) })
  const parquet = await readAll(join(folder, 'ga4.parquet'), { mapping: 'ga4' })
  expect(parquet.badRows).toEqual([])
  expect(parquet.events).toEqual((await readAll(join(folder, 'ga4.ndjson'), { mapping: 'ga4' })).events)
})

const segment = (seconds: number, facts: object) => ({
  messageId: `m-${seconds}`,
  anonymousId: 'anon',
  type: 'track',
  timestamp: new Date(MICROS / 1_000 + seconds * 1_000).toISOString(),
  receivedAt: new Date(MICROS / 1_000 + seconds * 1_000 + 500).toISOString(),
  ...facts,
})

test('Segment messages give our names and properties', async () => {
  const context = {
    page: { url: 'https://shop.example/?utm_source=news', referrer: 'https://mail.example/', title: 'Home' },
    campaign: { source: 'news', medium: 'email', name: 'June' },
    userAgent: 'agent',
  }
  const product = { product_id: 'P', name: 'Kain', price: '10', quantity: 2, position: 1 }
  const rows = [
    segment(0, { type: 'page', name: 'Home', properties: {}, context }),
    segment(1, { type: 'identify', userId: 'u', traits: { plan: 'pro' } }),
    segment(2, { event: 'Product Added', userId: 'u', properties: { ...product, coupon: 'C' }, context }),
    segment(3, {
      event: 'order_completed',
      userId: 'u',
      properties: { order_id: 50, revenue: '20.5', total: 30, currency: 'USD', products: [product] },
    }),
    segment(4, { event: 'Quiz Finished', userId: 'u', properties: { score: 3 } }),
    segment(5, { type: 'group', groupId: 'acme', userId: 'u' }),
  ]
  const { events, badRows } = await mapAll(rows, 'segment')
  expect(badRows).toEqual([])
  expect(events.map(event => [event.name, event.stage])).toEqual([
    ['page_view', 'awareness'],
    ['identify', null],
    ['add_to_cart', 'decision'],
    ['purchase', 'purchase'],
    ['Quiz Finished', null],
    ['group', null],
  ])
  expect(events[0]).toMatchObject({
    touch: { utm_source: 'news', utm_medium: 'email', utm_campaign: 'June', referrer: 'https://mail.example/' },
    received_at: MICROS / 1_000 + 500,
    user_agent: 'agent',
  })
  expect(events[1]!.properties).toEqual({ traits: { plan: 'pro' } })
  const item = { item_id: 'P', item_name: 'Kain', price: 10, quantity: 2, index: 1 }
  expect(events[2]!.properties['items']).toEqual([{ ...item, coupon: 'C' }])
  expect(events[3]).toMatchObject({ user_id: 'u', visitor_id: 'anon' })
  expect(events[3]!.properties).toEqual({ value: 20.5, currency: 'USD', transaction_id: '50', items: [item] })
  expect(events[5]!.account_id).toBe('acme')
  expect(new Set(events.map(event => event.session_id)).size).toBe(1)
})

test('a message of a server, which has only a user, is that user’s', async () => {
  const { events } = await mapAll([segment(0, { anonymousId: null, userId: 'u', event: 'x' })], 'segment')
  expect(events).toMatchObject([{ visitor_id: 'u', user_id: 'u' }])
})

const snowplow = (seconds: number, facts: object) => ({
  event_id: `00000000-0000-4000-8000-00000000000${seconds}`,
  event: 'page_view',
  event_name: 'page_view',
  domain_userid: 'duid',
  domain_sessionid: 'dsid',
  domain_sessionidx: '2',
  collector_tstamp: '2026-01-01 10:00:05.000',
  derived_tstamp: `2026-01-01 10:00:0${seconds}.250`,
  page_url: 'https://shop.example/',
  page_referrer: 'https://www.bing.com/',
  ...facts,
})

const schema = (name: string, data: object) => ({
  schema: `iglu:com.snowplowanalytics.snowplow.ecommerce/${name}/jsonschema/1-0-0`,
  data,
})

test('Snowplow rows give our names, whichever way their entities are written', async () => {
  const action = 'unstruct_event_com_snowplowanalytics_snowplow_ecommerce_snowplow_ecommerce_action_1'
  const entity = 'contexts_com_snowplowanalytics_snowplow_ecommerce_transaction_1'
  const transaction = { transaction_id: 'T-1', revenue: 20, currency: 'EUR', tax: 2 }
  const ecommerce = { event: 'unstruct', event_name: 'snowplow_ecommerce_action' }
  const rows = [
    snowplow(0, { mkt_source: 'x', mkt_medium: 'cpc' }),
    snowplow(1, { event: 'struct', event_name: 'event', se_action: 'add-to-basket', se_category: 'shop', se_value: 4 }),
    snowplow(2, {
      event: 'transaction',
      event_name: 'transaction',
      tr_orderid: 'T-0',
      tr_total: '12.5',
      tr_currency: 'eur',
    }),
    snowplow(3, { ...ecommerce, [action]: { type: 'transaction' }, [entity]: [transaction] }),
    snowplow(4, {
      ...ecommerce,
      unstruct_event: { data: schema('snowplow_ecommerce_action', { type: 'transaction' }) },
      contexts: JSON.stringify({ data: [schema('transaction', { ...transaction, transaction_id: 'T-2' })] }),
    }),
    snowplow(5, { event: 'page_ping', event_name: 'page_ping' }),
  ]
  const { events, badRows } = await mapAll(rows, 'snowplow')
  expect(badRows).toEqual([])
  expect(events.map(event => event.name)).toEqual([
    'page_view',
    'add_to_cart',
    'purchase',
    'purchase',
    'purchase',
    'page_ping',
  ])
  expect(events[0]).toMatchObject({
    id: '00000000-0000-4000-8000-000000000000',
    time: Date.parse('2026-01-01T10:00:00.250Z'),
    received_at: Date.parse('2026-01-01T10:00:05Z'),
    session_id: 'dsid',
    session_number: 2,
    touch: { utm_source: 'x', referrer: 'https://www.bing.com/' },
  })
  expect(events[2]!.properties).toMatchObject({ transaction_id: 'T-0', value: 12.5, currency: 'EUR' })
  expect(events[3]!.properties).toEqual({ transaction_id: 'T-1', value: 20, currency: 'EUR', tax: 2 })
  expect(events[4]!.properties).toMatchObject({ transaction_id: 'T-2', value: 20 })
})

test('one visit of a Snowplow log is one touch', async () => {
  const rows = [0, 1, 2].map(seconds => snowplow(seconds, { event_name: seconds === 1 ? 'page_ping' : 'page_view' }))
  const { events } = await mapAll(rows, 'snowplow')
  const decide = createChannelRules()
  expect(events.flatMap(event => (event.touch ? [decide(event.touch).channel] : []))).toEqual(['Organic Search'])
})

import { createHmac } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { orderEventId } from '@jejak/events'
import type { StoredEvent } from '@jejak/events'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { findChromium } from '../setup/chromium.mjs'
import { startServer } from './jejak-process.ts'
import type { Server } from './jejak-process.ts'
import { cartLine, checkout, item, paid, shirt } from './shopify-order.ts'
import { openImitatedShop } from './shopify-sandbox.ts'
import type { Privacy, SandboxKind, ShopifyPage } from './shopify-sandbox.ts'
import { storedEvents } from './stored-events.ts'

// The pixel of examples/shopify-pixel, in an imitation of Shopify's sandbox, with the example's own server.

let browser: Browser
let script: string

beforeAll(async () => {
  const executablePath = findChromium()
  browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  script = readFileSync(path('packages/browser/dist/jejak-shopify-pixel.js'), 'utf8')
})
afterAll(async () => browser.close())

const ALL: Privacy = {
  analyticsProcessingAllowed: true,
  marketingAllowed: true,
  saleOfDataAllowed: true,
  preferencesProcessingAllowed: true,
}
const NOTHING: Privacy = {
  analyticsProcessingAllowed: false,
  marketingAllowed: false,
  saleOfDataAllowed: false,
  preferencesProcessingAllowed: false,
}

interface Visit {
  readonly page: Page
  readonly server: Server
  readonly events: () => StoredEvent[]
  /** Waits until so many were stored. */
  readonly stored: (count: number) => Promise<StoredEvent[]>
  /** Another page of the shop, in the same tab. */
  readonly go: (to: string) => Promise<void>
  readonly publish: (name: string, data: object, id?: string) => Promise<void>
}

async function visit(options: { kind?: SandboxKind; privacy?: Privacy | null; path?: string } = {}): Promise<Visit> {
  const { kind = 'lax', privacy = ALL, path: first = '/' } = options
  const folder = mkdtempSync(join(tmpdir(), 'jejak-shopify-'))
  const server = await startServer('node', [path('examples/shopify-pixel/server.mjs')], {
    env: { PORT: '0', FOLDER: folder, SHOPIFY_SECRET: 'secret' },
  })
  const line = readFileSync(path('examples/shopify-pixel/pixel.js'), 'utf8')
  const shop = await openImitatedShop(kind, `${script}\n${line.replace('https://events.toko.example/e', server.url)}`)
  const context = await browser.newContext({ userAgent: 'Mozilla/5.0 Chrome/150 Safari/537.36' })
  const page = await context.newPage()
  onTestFinished(async () => {
    await context.close()
    await shop.close()
    await server.stop()
    rmSync(folder, { recursive: true })
  })
  await page.addInitScript(
    word => self === top && localStorage.getItem('privacy') === null && localStorage.setItem('privacy', word),
    JSON.stringify(privacy),
  )
  const go = async (to: string) => {
    await page.goto(shop.url + to)
    await page.waitForFunction(() => (window as unknown as { shopify: ShopifyPage }).shopify.isReady)
  }
  await go(first)
  const events = () => storedEvents(folder)
  return {
    page,
    server,
    events,
    go,
    stored: async count => {
      await vi.waitFor(() => expect(events().map(({ name }) => name)).toHaveLength(count), { timeout: 20_000 })
      return events()
    },
    publish: (name, data, id) =>
      page.evaluate(
        ([event, details, eventId]) =>
          (window as unknown as { shopify: ShopifyPage }).shopify.publish(event, details, eventId),
        [name, data, id] as const,
      ),
  }
}

async function collectConsent(page: Page, privacy: Privacy): Promise<void> {
  await page.evaluate(word => (window as unknown as { shopify: ShopifyPage }).shopify.collectConsent(word), privacy)
}

function path(inRepository: string): string {
  return fileURLToPath(new URL(`../../../${inRepository}`, import.meta.url))
}

test('the imitated sandbox refuses what Shopify’s refuses', async () => {
  const { page } = await visit()
  const refused = await page.frames()[1]!.evaluate(async () => {
    const fails = (action: () => unknown) => {
      try {
        action()
        return false
      } catch {
        return true
      }
    }
    return {
      origin,
      localStorage: fails(() => localStorage),
      sessionStorage: fails(() => sessionStorage),
      cookie: fails(() => document.cookie),
      indexedDB: fails(() => indexedDB.open('any')),
      locks: await navigator.locks.request('any', () => false).catch(() => true),
      page: fails(() => parent.document),
    }
  })
  expect(refused).toEqual({
    origin: 'null',
    localStorage: true,
    sessionStorage: true,
    cookie: true,
    indexedDB: true,
    locks: true,
    page: true,
  })
})

describe.each(['lax', 'strict'] as const)('in a %s sandbox', kind => {
  test('a purchase from the first page to the last is told in order, in one session, with its stages', async () => {
    const { go, publish, stored } = await visit({ kind, path: '/products/shirt?utm_source=instagram&fbclid=abc' })
    await publish('page_viewed', {})
    await publish('product_viewed', { productVariant: shirt })
    await publish('product_added_to_cart', { cartLine })
    await stored(3)
    await go('/checkouts/cn/Z2NwLXVzLWVhc3QxOjAx/en-id')
    await publish('checkout_started', { checkout })
    await publish('checkout_contact_info_submitted', { checkout })
    await publish('checkout_shipping_info_submitted', { checkout })
    await publish('payment_info_submitted', { checkout })
    await publish('alert_displayed', { alert: { type: 'PAYMENT_ERROR', target: 'cart', value: '4111', message: 'no' } })
    await publish('checkout_completed', { checkout: paid })
    const events = await stored(10)

    expect(events.map(({ name, stage, sequence }) => `${sequence} ${name} ${stage}`)).toEqual([
      '1 page_view consideration',
      '2 view_item consideration',
      '3 add_to_cart decision',
      '4 begin_checkout decision',
      '5 add_contact_info decision',
      '6 add_shipping_info decision',
      '7 add_payment_info decision',
      '8 checkout_error decision',
      '9 purchase purchase',
      '10 identify null',
    ])
    expect(new Set(events.map(event => `${event.visitor_id} ${event.session_id} ${event.session_number}`)).size).toBe(1)
    expect(events[0]!.touch).toMatchObject({ utm_source: 'instagram', click_ids: { fbclid: 'abc' } })
    expect(events.slice(1).filter(({ touch }) => touch)).toEqual([])
    expect(events[2]!.properties).toEqual({ currency: 'IDR', value: 300_000, items: [{ ...item, quantity: 2 }] })
    expect(events[8]!.properties).toEqual({
      transaction_id: '5001',
      currency: 'IDR',
      value: 320_000,
      tax: 5_000,
      shipping: 15_000,
      shipping_tier: 'Regular',
      payment_type: 'midtrans',
      coupon: 'RAMADAN10',
      items: [{ ...item, quantity: 2 }],
    })
    expect(events[8]).toMatchObject({ user_id: '77', id: orderEventId('purchase', { transaction_id: '5001' }) })
    expect(events[8]!.page!.url).toMatch(/\/checkouts\/cn\/\*\/en-id$/)
    expect(JSON.stringify(events)).not.toMatch(/sari@|4111|Z2Nw/)
  })
})

/** Shopify's server tells of the same order. */
async function tellByWebhook({ url }: Server): Promise<number> {
  const body = JSON.stringify({ id: 5001, total_price: '320000', currency: 'IDR', customer: { id: 77 } })
  const signature = createHmac('sha256', 'secret').update(body).digest('base64')
  const headers = { 'x-shopify-topic': 'orders/paid', 'x-shopify-hmac-sha256': signature }
  return (await fetch(url.replace(/e$/, 'shopify'), { method: 'POST', headers, body })).status
}

test('whose visit an order came of is known even where the webhook was first', async () => {
  const { publish, server, events } = await visit({ path: '/?utm_source=instagram' })
  await publish('page_viewed', {})
  await tellByWebhook(server)
  await vi.waitUntil(() => events().some(({ name }) => name === 'purchase'), { timeout: 20_000 })
  await publish('checkout_completed', { checkout: paid })
  await vi.waitUntil(() => events().some(({ name }) => name === 'identify'), { timeout: 20_000 })
  const of = (name: string) => events().filter(event => event.name === name)
  expect(of('purchase').map(({ user_id }) => user_id)).toEqual(['77'])
  expect(of('identify')[0]).toMatchObject({ user_id: '77', visitor_id: of('page_view')[0]!.visitor_id })
})

test('an order is stored once: told again by Shopify, by the page that is loaded again, and by its webhook', async () => {
  const thanks = '/checkouts/cn/1/thank-you'
  const { publish, stored, server, events, go } = await visit({ path: thanks })
  await publish('checkout_completed', { checkout: paid }, 'sh-1')
  await stored(2)
  await go(thanks)
  await publish('page_viewed', {}, 'sh-2')
  await publish('page_viewed', {}, 'sh-2')
  await publish('checkout_completed', { checkout: paid }, 'sh-3')
  expect(await tellByWebhook(server)).toBe(200)
  await publish('cart_viewed', { cart: { lines: [cartLine], cost: cartLine.cost } })
  await vi.waitUntil(() => events().some(({ name }) => name === 'view_cart'), { timeout: 20_000 })
  expect(events().map(({ name }) => name)).toEqual(['purchase', 'identify', 'page_view', 'view_cart'])
})

describe('consent', () => {
  test('until analytics is allowed nothing is read, stored or sent; then what has happened is told', async () => {
    const { page, publish, stored, events } = await visit({ privacy: NOTHING })
    const requests: string[] = []
    page.on('request', request => requests.push(request.url()))
    await publish('page_viewed', {})
    await publish('product_viewed', { productVariant: shirt })
    // Messages keep their order: when this one has been through the sandbox, so have those before it.
    await page.frames()[1]!.evaluate(() => new Promise(resolve => setTimeout(resolve)))
    expect(await page.evaluate(() => (window as unknown as { shopify: ShopifyPage }).shopify.storageCalls)).toEqual([])
    expect(requests).toEqual([])
    expect(events()).toEqual([])

    await collectConsent(page, { ...ALL, marketingAllowed: false })
    const told = await stored(2)
    expect(told.map(({ name, consent }) => `${name} ${consent}`)).toEqual(['page_view limited', 'view_item limited'])
  })

  test('click ids are told without their value where marketing is not allowed', async () => {
    const privacy = { ...ALL, saleOfDataAllowed: false }
    const { publish, stored } = await visit({ privacy, path: '/?gclid=secret' })
    await publish('page_viewed', {})
    expect((await stored(1))[0]!.touch!.click_ids).toEqual({ gclid: '-' })
  })

  test('what was stored is erased when the visitor refuses, and nothing more is told', async () => {
    const { page, publish, stored, events } = await visit()
    await publish('page_viewed', {})
    await stored(1)
    await collectConsent(page, NOTHING)
    await page.waitForFunction(() => !Object.keys(localStorage).some(key => key.startsWith('jejak.')))
    await publish('product_viewed', { productVariant: shirt })
    await collectConsent(page, ALL)
    await publish('cart_viewed', { cart: { lines: [cartLine], cost: cartLine.cost } })
    await vi.waitUntil(() => events().some(({ name }) => name === 'view_cart'), { timeout: 20_000 })
    const [first, second, ...more] = events()
    expect([first!.name, second!.name, more]).toEqual(['page_view', 'view_cart', []])
    expect(second!.visitor_id).not.toBe(first!.visitor_id)
  })
})

test('what could not be sent is sent from the next page', async () => {
  const { page, publish, go, stored } = await visit()
  await page.route('**/e', route => route.abort())
  const failed = page.waitForEvent('requestfailed')
  await publish('checkout_completed', { checkout: paid })
  await failed
  await page.unroute('**/e')
  await go('/thank-you')
  await publish('page_viewed', {})
  expect((await stored(3)).map(({ name }) => name)).toEqual(['purchase', 'identify', 'page_view'])
})

test('what several pages could not send waits together: none leaves out what another has added', async () => {
  const { page, publish } = await visit()
  await page.context().route('**/e', route => route.abort())
  const waits = (count: number) =>
    page.waitForFunction(
      most => (JSON.parse(localStorage.getItem('jejak.unsent') ?? '[]') as object[]).length === most,
      count,
    )
  await publish('page_viewed', {}, 'sh-1')
  await waits(1)
  const beside = await page.context().newPage()
  await beside.goto(page.url())
  await beside.waitForFunction(() => (window as unknown as { shopify: ShopifyPage }).shopify.isReady)
  await beside.evaluate(() =>
    (window as unknown as { shopify: ShopifyPage }).shopify.publish('page_viewed', {}, 'sh-2'),
  )
  await waits(2)
  await publish('page_viewed', {}, 'sh-3')
  await waits(3)
  expect(await page.evaluate(() => localStorage.getItem('jejak.dropped'))).toBeNull()
})

test('the visitor and the session are those of the script tag in the shop’s pages', async () => {
  const { page, publish, stored, go } = await visit()
  await page.evaluate(() => {
    localStorage.setItem('jejak.visitor', JSON.stringify({ visitor_id: 'visitor-1' }))
    const session = { session_id: 'session-1', session_number: 3, sequence: 7, seen: Date.now(), campaign: '' }
    localStorage.setItem('jejak.session', JSON.stringify(session))
  })
  await go('/cart')
  await publish('cart_viewed', { cart: { lines: [cartLine], cost: cartLine.cost } })
  expect((await stored(1))[0]).toMatchObject({
    visitor_id: 'visitor-1',
    session_id: 'session-1',
    session_number: 3,
    sequence: 8,
  })
})

test('what is too much to wait is given up, the oldest first, counted, and told with what follows', async () => {
  const { page, publish, go, stored } = await visit()
  await page.route('**/e', route => route.abort())
  // A hundred at a time: so many may wait to be read.
  for (const start of [0, 100, 200]) {
    await page.evaluate(from => {
      const { shopify } = window as unknown as { shopify: ShopifyPage }
      for (let at = from; at < Math.min(205, from + 100); at++)
        shopify.publish('search_submitted', { searchResult: { query: `q${at}` } })
    }, start)
    const last = `q${Math.min(204, start + 99)}`
    await page.waitForFunction(
      query => localStorage.getItem('jejak.unsent')?.includes(`"${query}"`.replaceAll('"', '\\"')),
      last,
    )
  }
  expect(await page.evaluate(() => localStorage.getItem('jejak.dropped'))).toBe('{"overflow":5}')
  await page.unroute('**/e')
  await go('/thank-you')
  await publish('page_viewed', {})
  const events = await stored(200)
  expect(events[0]!.properties).toEqual({ search_term: 'q6' })
  expect(events.map(({ dropped }) => dropped).filter(Boolean)).toEqual([{ overflow: 6 }])
})

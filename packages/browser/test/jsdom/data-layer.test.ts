import { createTracker } from '@jejak/browser'
import { dataLayer } from '@jejak/browser/data-layer'
import type { DataLayerOptions } from '@jejak/browser/data-layer'
import type { Envelope } from '@jejak/events'
import { afterEach, expect, onTestFinished, test } from 'vitest'

// What shops push for Google becomes events. The pushes are those of Google's own documentation:
// https://developers.google.com/analytics/devguides/collection/ga4/ecommerce and
// https://developers.google.com/analytics/devguides/collection/ua/gtm/enhanced-ecommerce

const page = window as unknown as { dataLayer?: unknown[]; gtag?: (...details: unknown[]) => void }

afterEach(() => {
  delete page.dataLayer
})

let names = 0

function tracked(options?: DataLayerOptions) {
  const events: Envelope[] = []
  const tracker = createTracker({
    name: `layer-${++names}`,
    plugins: [dataLayer(options)],
    transport: async batch => {
      events.push(...batch.events)
      return { status: 'accepted' }
    },
  })
  onTestFinished(() => tracker.stop())
  return async () => {
    await tracker.flush()
    return events.map(({ name, properties, user_id }) => ({ name, ...properties, ...(user_id && { user_id }) }))
  }
}

/** As in Google's snippet: it pushes its arguments, which are no array. */
function gtag(..._details: unknown[]): void {
  // oxlint-disable-next-line prefer-rest-params
  ;(page.dataLayer ??= []).push(arguments)
}

const items = [{ item_id: 'SKU_12345', item_name: 'Stan and Friends Tee', price: 10.01, quantity: 3 }]

test('what was pushed before, and what is pushed after, is tracked once each and in order', async () => {
  page.dataLayer = [
    { 'gtm.start': 1, event: 'gtm.js' },
    { event: 'view_item', ecommerce: { currency: 'USD', items } },
  ]
  const events = tracked()
  page.dataLayer.push(
    { ecommerce: null },
    { event: 'add_to_cart', ecommerce: { currency: 'USD', value: 30.03, items } },
  )
  expect(await events()).toEqual([
    { name: 'view_item', currency: 'USD', items },
    { name: 'add_to_cart', currency: 'USD', value: 30.03, items },
  ])
})

test('calls of gtag are tracked without what is for Google alone', async () => {
  const events = tracked()
  gtag('js', new Date())
  gtag('config', 'G-1', { user_id: 'ani' })
  gtag('event', 'purchase', { transaction_id: 7, value: '12.50', currency: 'IDR', items: [], send_to: 'G-1' })
  gtag('event', 'conversion', { send_to: 'AW-1' })
  expect(await events()).toEqual([
    { name: 'identify', user_id: 'ani' },
    { name: 'purchase', transaction_id: '7', value: 12.5, currency: 'IDR', items: [], user_id: 'ani' },
  ])
})

test("the shop's own events are tracked under the name it gives them, and nothing else that is pushed", async () => {
  const events = tracked({ events: { gift_chosen: 'choose_gift' } })
  page.dataLayer!.push({ event: 'gift_chosen', value: 5, visitorEmail: 'ani@example.com' })
  page.dataLayer!.push({ event: 'constructor' }, { event: 'toString' }, 'text', null, 7, () => {})
  expect(await events()).toEqual([{ name: 'choose_gift', value: 5 }])
})

test("Universal Analytics' pushes are read in today's words", async () => {
  const events = tracked()
  const products = [{ name: 'Triblend', id: '12345', price: '15.25', brand: 'Google', variant: 'Gray', quantity: 1 }]
  const item = {
    item_name: 'Triblend',
    item_id: '12345',
    price: 15.25,
    item_brand: 'Google',
    item_variant: 'Gray',
    quantity: 1,
  }
  page.dataLayer!.push({ event: 'addToCart', ecommerce: { currencyCode: 'EUR', add: { products } } })
  page.dataLayer!.push({ event: 'checkout', ecommerce: { checkout: { actionField: { step: 2 }, products } } })
  page.dataLayer!.push({
    ecommerce: {
      purchase: { actionField: { id: 'T12345', revenue: '35.43', tax: '4.90', shipping: '5.99' }, products },
    },
  })
  expect(await events()).toEqual([
    { name: 'add_to_cart', currency: 'EUR', items: [item] },
    { name: 'purchase', transaction_id: 'T12345', value: 35.43, tax: 4.9, shipping: 5.99, items: [item] },
  ])
})

test('the page sees what it saw before: the length, the entries, and an error of its own', async () => {
  page.dataLayer = []
  const events = tracked()
  expect(page.dataLayer.push({ event: 'login' }, { event: 'x' })).toBe(2)
  expect(page.dataLayer).toEqual([{ event: 'login' }, { event: 'x' }])
  const trap = Object.defineProperty({}, 'event', {
    get: () => {
      throw new Error('trap')
    },
  })
  expect(page.dataLayer.push(trap)).toBe(3)
  expect(await events()).toEqual([{ name: 'login' }])
})

test('who patches the array later, as Google Tag Manager does, keeps working, and nothing is doubled', async () => {
  page.dataLayer = []
  const events = tracked()
  const before = page.dataLayer.push
  const seen: unknown[] = []
  page.dataLayer.push = function (...added) {
    seen.push(...added)
    return before.apply(this, added)
  }
  page.dataLayer.push({ event: 'login' })
  expect(seen).toHaveLength(1)
  expect(await events()).toEqual([{ name: 'login' }])
})

test('a tracker that was stopped tracks nothing more', async () => {
  page.dataLayer = []
  const { push } = page.dataLayer
  const tracker = createTracker({ endpoint: '/e', name: 'stopped', plugins: [dataLayer()] })
  tracker.stop()
  expect(page.dataLayer.push).toBe(push)
})

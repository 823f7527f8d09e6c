import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { StoredEvent } from '@jejak/events'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { findChromium } from '../setup/chromium.mjs'
import { copyExamples, ENVIRONMENT } from './example-projects.ts'
import type { RunningExample } from './example-projects.ts'
import { runProcess } from './jejak-process.ts'
import { vocabularyFaults } from './vocabulary-faults.ts'

// The examples of frameworks, installed and started as their READMEs say, each visited by a customer.

let browser: Browser
const examples = copyExamples()

beforeAll(async () => {
  const executablePath = findChromium()
  browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
})
afterAll(async () => {
  await browser.close()
  examples.remove()
})

const VISIT = [
  'page_view /',
  'page_view /products/shirt',
  'view_item /products/shirt SKU-1',
  'page_view /products/scarf',
  'view_item /products/scarf SKU-2',
  'page_view /products/shirt',
  'view_item /products/shirt SKU-1',
  'begin_checkout /products/shirt SKU-1',
  'page_view /thanks',
  'purchase /thanks SKU-1',
  'page_view /',
].sort()

describe('a visit, each page viewed once, each product seen once, and the order told once', () => {
  test('react-vite, in strict mode', async () => {
    expect(await visit(await examples.start('react-vite'))).toEqual(VISIT)
  })

  test('react-vite, built', async () => {
    const shop = await examples.start('react-vite', 'bash -c "npm run build && exec npm run preview -- --port 0"')
    expect(await visit(shop)).toEqual(VISIT)
  })

  test('vue', async () => {
    expect(await visit(await examples.start('vue'))).toEqual(VISIT)
  })

  test('nuxt', async () => {
    expect(await visit(await examples.start('nuxt'))).toEqual(VISIT)
  })

  test('sveltekit', async () => {
    expect(await visit(await examples.start('sveltekit', 'npm run preview -- --port 0'))).toEqual(VISIT)
  })

  test('next-app', async () => {
    expect(await visit(await examples.start('next-app'))).toEqual(VISIT)
  })

  test('next-app, while it is written, in strict mode', async () => {
    expect(await visit(await examples.start('next-app', 'npm run dev'))).toEqual(VISIT)
  })
})

test('express-collector: the page that thanks is loaded again, and the order is stored once', async () => {
  const shop = await examples.start('express-collector')
  const events = await visit(shop, async page => void (await page.reload()))
  expect(events.filter(event => event.startsWith('page_view /thanks'))).toHaveLength(2)
  expect(events.filter(event => event.startsWith('purchase /thanks'))).toHaveLength(1)
})

test('data-layer: what its pages push for Google becomes events, each once, and nothing else', async () => {
  const shop = await examples.start('data-layer')
  const page = await openPage(shop)
  const seen = (name: string) =>
    vi.waitUntil(() => shop.events().some(event => event.name === name), { timeout: 20_000 })
  await page.goto(shop.url)
  // Once this is told, the module is there, and what comes now is pushed after it.
  await seen('view_item')
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await page.getByLabel('As a gift').check()
  await page.getByRole('link', { name: 'To the checkout' }).click()
  await seen('begin_checkout')
  await page.getByRole('link', { name: 'Pay' }).click()
  await seen('purchase')
  await page.goto(shop.url)
  const all = () => shop.events().map(event => `${inShort(event)}${event.user_id ? ` of ${event.user_id}` : ''}`)
  await vi.waitUntil(() => all().filter(event => event.startsWith('view_item')).length === 2, { timeout: 20_000 })
  expect(all().sort()).toEqual(
    [
      'page_view /',
      'view_item / SKU-1',
      'add_to_cart / SKU-1',
      'choose_gift_wrap /',
      'page_view /checkout.html',
      'begin_checkout /checkout.html SKU-1',
      'add_payment_info /checkout.html SKU-1',
      'page_view /thank-you.html',
      'identify /thank-you.html of U-7',
      'purchase /thank-you.html SKU-1 of U-7',
      'page_view / of U-7',
      'view_item / SKU-1 of U-7',
    ].sort(),
  )
  expect(vocabularyFaults(shop.events())).toEqual(['choose_gift_wrap is no standard event'])
})

test('worker: what a page of another origin sends is stored once in D1', async () => {
  const worker = await examples.start('worker', 'npm start -- --port 0')
  const page = await openPage(worker)
  const shop = await servePage(`<script async src="${worker.url}/jejak.js"></script>
    <script>
      window.jejak = window.jejak || function () { (jejak.q = jejak.q || []).push(arguments) }
      jejak('track', 'purchase', { transaction_id: 'T-1', currency: 'IDR', value: 150000 })
    </script>`)
  const stored = async () => {
    const query = 'select event from events order by time'
    const args = ['wrangler', 'd1', 'execute', 'events', '--local', '--json', '--command', query]
    const { stdout } = await runProcess('npx', args, { cwd: worker.project, env: ENVIRONMENT })
    const [answer] = JSON.parse(stdout) as [{ results: { event: string }[] }] | []
    return answer?.results.map(({ event }) => inShort(JSON.parse(event) as StoredEvent)) ?? []
  }
  const arrived = () => page.waitForResponse(response => response.url().endsWith('/e') && response.ok())
  await Promise.all([arrived(), page.goto(shop)])
  await Promise.all([arrived(), page.reload()])
  expect(await stored()).toEqual(['page_view /', 'purchase /', 'page_view /'])
})

/** A page on an origin of its own. */
async function servePage(html: string): Promise<string> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end(`<!doctype html><title>Toko</title>${html}`)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

/** A customer who looks at two products, goes back, and buys the first. Gives what was stored of it, sorted. */
async function visit(shop: RunningExample, afterwards?: (page: Page) => Promise<void>): Promise<string[]> {
  const page = await openPage(shop)
  const follow = (link: string) => page.getByRole('link', { name: link }).click()
  await page.goto(shop.url)
  await follow('shirt')
  await lookAt(page, 'shirt')
  await follow('scarf')
  await lookAt(page, 'scarf')
  await page.goBack()
  await lookAt(page, 'shirt')
  await page.getByRole('button', { name: 'Buy' }).click()
  await lookAt(page, 'Thank you')
  await afterwards?.(page)
  // What waits is sent oldest first: once this last view is there, so is all that came before.
  await page.goto(shop.url)
  const isHome = (event: StoredEvent) => inShort(event) === 'page_view /'
  await vi.waitUntil(() => shop.events().filter(isHome).length === 2, { timeout: 20_000 })
  return shop.events().map(inShort).sort()
}

/**
 * A page that is left again within 50 ms, as no person does, is a redirect to the tracker. A timer of the page that is
 * set later and is longer than the tracker's ends after it.
 */
async function lookAt(page: Page, heading: string): Promise<void> {
  await page.getByRole('heading', { name: heading }).waitFor()
  await page.evaluate(() => new Promise(resolve => setTimeout(resolve, 100)))
}

async function openPage(shop: RunningExample): Promise<Page> {
  const context = await browser.newContext()
  onTestFinished(async () => {
    await context.close()
    await shop.stop()
  })
  return await context.newPage()
}

/** What happened, where, and with which product. */
function inShort({ name, page, properties }: StoredEvent): string {
  const items = properties['items'] as readonly { readonly item_id: string }[] | undefined
  return [name, new URL(page!.url).pathname, ...(items ?? []).map(item => item.item_id)].join(' ')
}

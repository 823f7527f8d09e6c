import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createCollector } from '@jejak/collector'
import { toNodeListener } from '@jejak/collector/node'
import { createMemorySink } from '@jejak/collector/sinks/memory'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { findChromium } from '../setup/chromium.mjs'
import { vocabularyFaults } from './vocabulary-faults.ts'

// Web vitals as a real browser measures them, in a shop that imports the plugin.

let browser: Browser
const scripts = new Map<string, string>()

beforeAll(async () => {
  const executablePath = findChromium()
  browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  for (const entry of ['web-vitals', 'web-vitals-attribution']) scripts.set(entry, await bundled(entry))
})
afterAll(async () => browser.close())

async function bundled(entry: string): Promise<string> {
  const contents = `
    import { createTracker } from '@jejak/browser'
    import { pageViews } from '@jejak/browser/page-views'
    import { webVitals } from '@jejak/browser/${entry}'
    window.tracker = createTracker({ endpoint: '/e', plugins: [webVitals(), pageViews()] })`
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    conditions: ['@jejak/source'],
  })
  return outputFiles[0]!.text
}

/** A shop of two pages and its collector. */
async function openShop(entry: string): Promise<{ page: Page; vitals: () => Promise<Vital[]> }> {
  const sink = createMemorySink()
  const collect = toNodeListener(createCollector({ sink }))
  const server = createServer((request, response) => {
    if (request.url === '/e') return collect(request, response)
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end(
      `<!doctype html><title>Shop</title><h1>Batik</h1><button id="cart">Add to cart</button><a href="/other">Other</a><script>${scripts.get(entry)}</script>`,
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const page = await browser.newPage()
  onTestFinished(async () => {
    await page.close()
    server.closeAllConnections()
    server.close()
    expect(vocabularyFaults(sink.events)).toEqual([])
  })
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/product`)
  return {
    page,
    vitals: async () =>
      sink.events
        .filter(
          ({ name, page: seen, properties }) =>
            name === 'web_vital' &&
            ((properties['page_location'] as string | undefined) ?? seen!.url).endsWith('/product'),
        )
        .map(({ stage, properties }) => ({ ...properties, stage, metric: properties['metric'] as string })),
  }
}

interface Vital {
  readonly stage: string | null
  readonly metric: string
  readonly selector?: unknown
}

/** Until these were told, and a moment in which no second one of them came. */
async function told(vitals: () => Promise<Vital[]>, count: number): Promise<Vital[]> {
  await vi.waitFor(async () => expect(await vitals()).toHaveLength(count), { timeout: 20_000 })
  return await vitals()
}

test('each vital is told once, when it is final, with the stage of the page', async () => {
  const { page, vitals } = await openShop('web-vitals')
  await page.click('#cart')
  // The visitor goes on within the page before its vitals are final.
  await page.evaluate(() => history.pushState(null, '', '/cart'))
  await page.click('a')
  await page.waitForURL(/other$/)
  const all = await told(vitals, 5)
  expect(new Set(all.map(({ metric }) => metric))).toEqual(new Set(['CLS', 'FCP', 'INP', 'LCP', 'TTFB']))
  for (const vital of all) {
    expect(vital).toMatchObject({
      stage: 'awareness',
      metric_value: expect.any(Number),
      metric_rating: expect.stringMatching(/^(good|needs-improvement|poor)$/),
      navigation_type: 'navigate',
    })
  }
})

test('the attribution build also tells which element it was', async () => {
  const { page, vitals } = await openShop('web-vitals-attribution')
  await page.click('#cart')
  await page.click('a')
  await page.waitForURL(/other$/)
  const all = await told(vitals, 5)
  expect(all.find(({ metric }) => metric === 'INP')?.selector).toMatch(/#cart|a/)
  expect(all.find(({ metric }) => metric === 'LCP')?.selector).toMatch(/h1/)
})

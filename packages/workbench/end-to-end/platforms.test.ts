import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { StoredEvent } from '@jejak/events'
import { Liquid } from 'liquidjs'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { findChromium } from '../setup/chromium.mjs'
import { startJejak } from './jejak-process.ts'
import { storedEvents } from './stored-events.ts'
import { readTagTemplate } from './tag-template.ts'

// What is handed out for Tag Manager and for Shopify's themes, in a real page with the built script and a real collector.
// Tag Manager and Shopify themselves are imitated.

let browser: Browser
beforeAll(async () => {
  const executablePath = findChromium()
  browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
})
afterAll(async () => browser.close())

interface Visit {
  readonly page: Page
  /** Waits until so many events were stored. */
  readonly stored: (count: number) => Promise<StoredEvent[]>
  readonly events: () => StoredEvent[]
}

/** Visits a page that `write` writes for the address of a collector. */
async function visit(write: (endpoint: string) => string, query = ''): Promise<Visit> {
  const folder = mkdtempSync(join(tmpdir(), 'jejak-platforms-'))
  const collector = await startJejak(['collect', '--folder', folder, '--port', '0'])
  const script = readFileSync(inRepository('packages/browser/dist/jejak.js'))
  const html = write(collector.url)
  const server = createServer((request, response) => {
    const isScript = request.url === '/jejak.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html').end(isScript ? script : html)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const page = await browser.newPage({ userAgent: 'Mozilla/5.0 Chrome/150 Safari/537.36' })
  onTestFinished(async () => {
    await page.close()
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
    await collector.stop()
    rmSync(folder, { recursive: true })
  })
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${query}`)
  await page.waitForFunction(() => 'visitorId' in ((window as { jejak?: object }).jejak ?? {}))
  const events = () => storedEvents(folder)
  return {
    page,
    events,
    stored: async count => {
      await vi.waitFor(() => expect(events().map(({ name }) => name)).toHaveLength(count), { timeout: 20_000 })
      return events()
    },
  }
}

function inRepository(path: string): string {
  return fileURLToPath(new URL(`../../../${path}`, import.meta.url))
}

describe('Google Tag Manager', () => {
  const visitTagged = (isGranted: boolean) =>
    visit(endpoint => {
      const tags = [
        { action: 'track', eventName: 'view_item', withEcommerce: true },
        { action: 'load', scriptUrl: '/jejak.js', endpoint, followConsentMode: true },
        { action: 'track', eventName: 'add_to_cart', withEcommerce: true, properties: [{ name: 'value', value: '7' }] },
      ]
      const run = `(${tagManager.toString()})(${JSON.stringify(readTagTemplate().code)}, ${JSON.stringify(tags)}, ${isGranted})`
      return `<!doctype html><title>Toko</title><script>${run}</script>`
    }, '?gclid=secret')

  test('tags that fire before, with and after the one that loads the script are all told, in order', async () => {
    const { stored, page } = await visitTagged(true)
    const events = await stored(3)
    expect(events.map(({ name }) => name)).toEqual(['page_view', 'view_item', 'add_to_cart'])
    expect(events[2]!.properties).toEqual({ currency: 'IDR', value: 7, items: [{ item_id: '41' }] })
    expect(events[0]).toMatchObject({ consent: 'granted', touch: { click_ids: { gclid: 'secret' } } })
    expect(await page.evaluate(() => document.title)).toBe('3 tags succeeded')
  })

  test('events wait for analytics_storage, and click ids for ad_storage', async () => {
    const { page, stored, events } = await visitTagged(false)
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([])
    expect(events()).toEqual([])
    await page.evaluate(() => {
      const { grant } = window as unknown as { grant: (type: string) => void }
      grant('analytics_storage')
    })
    const told = await stored(4)
    expect(told.map(({ name, consent }) => `${name} ${consent}`).sort()).toEqual([
      'add_to_cart pending',
      'consent_change limited',
      'page_view pending',
      'view_item pending',
    ])
    expect(JSON.stringify(told)).not.toContain('secret')
  })
})

/** What Tag Manager does with its tags. Runs in the page. */
function tagManager(code: string, tags: readonly object[], isGranted: boolean): void {
  type Anything = (...details: never[]) => unknown
  const page = window as unknown as Record<string, Record<string, unknown> & Anything>
  const granted = new Set(isGranted ? ['analytics_storage', 'ad_storage'] : [])
  const listeners: [string, (type: string, isGranted: boolean) => void][] = []
  const pushed = { ecommerce: { currency: 'IDR', value: 150_000, items: [{ item_id: '41' }] } }
  const apis: Readonly<Record<string, Anything>> = {
    addConsentListener: (type: string, listener: () => void) => listeners.push([type, listener]),
    callInWindow: (path: string, ...details: never[]) => page[path]!(...details),
    copyFromDataLayer: (key: 'ecommerce') => pushed[key],
    createArgumentsQueue(name: string, queue: string) {
      const [owner, key] = queue.split('.') as [string, string]
      page[name] ??= function () {
        // oxlint-disable-next-line prefer-rest-params -- the queue is one of arguments
        ;(page[owner]![key] as unknown[]).push(arguments)
      } as unknown as Record<string, unknown> & Anything
      page[owner]![key] ??= []
      return page[name]
    },
    getType: (value: unknown) => (Array.isArray(value) ? 'array' : typeof value),
    injectScript(src: string, onload: () => void, onerror: () => void) {
      document.head.append(Object.assign(document.createElement('script'), { async: true, src, onload, onerror }))
    },
    isConsentGranted: (type: string) => granted.has(type),
    makeNumber: Number,
  }
  let succeeded = 0
  const gtmOnSuccess = () => (document.title = `${++succeeded} tags succeeded`)
  Object.assign(window, {
    grant(type: string) {
      granted.add(type)
      for (const [of, listener] of listeners) if (of === type) listener(type, true)
    },
  })
  // oxlint-disable-next-line typescript/no-implied-eval -- a template is run from its text
  for (const tag of tags) new Function('require', 'data', code)((name: string) => apis[name], { ...tag, gtmOnSuccess })
}

describe('the snippet for Shopify themes', () => {
  const visitThemed = (privacy: object, pageType = 'product') =>
    visit(endpoint => {
      const liquid = new Liquid()
      liquid.registerFilter('asset_url', (file: string) => `/${file}`)
      const snippet = readFileSync(inRepository('packages/browser/platforms/shopify-theme/jejak.liquid'), 'utf8')
      const rendered = liquid.parseAndRenderSync(snippet, { endpoint, request: { page_type: pageType } })
      return `<!doctype html><script>(${shopify.toString()})(${JSON.stringify(privacy)})</script>${rendered}`
    }, '?fbclid=secret')

  const answer = (page: Page, privacy: object) =>
    page.evaluate(word => (window as unknown as { answer: (word: object) => void }).answer(word), privacy)

  test('tells of the page and its type, and all of the next under what is allowed', async () => {
    const { page, stored } = await visitThemed({ analytics: true, marketing: true, sale: true })
    await stored(2)
    await page.reload()
    const views = (await stored(3)).filter(({ name }) => name === 'page_view')
    // The first one, whichever comes first: the tracker, or Shopify's word.
    expect(views.map(({ consent }) => consent)).toEqual([expect.stringMatching(/^(pending|granted)$/), 'granted'])
    expect(views.map(view => view.page!.type)).toEqual(['product', 'product'])
  })

  test('keeps no click ids where marketing is not allowed', async () => {
    const { stored } = await visitThemed({ analytics: true, marketing: false, sale: true }, 'index')
    const told = await stored(2)
    expect(told.find(({ name }) => name === 'consent_change')).toMatchObject({ consent: 'limited' })
    expect(JSON.stringify(told)).not.toContain('secret')
  })

  test('waits for the answer, and leaves nothing behind when that is no', async () => {
    const { page, events } = await visitThemed({})
    await answer(page, {})
    await page.waitForFunction(() => (window as unknown as { jejak: { consent: string } }).jejak.consent === 'denied')
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(['jejak.consent'])
    expect(events()).toEqual([])
  })

  test('tells what waited when the answer is yes', async () => {
    const { page, stored } = await visitThemed({})
    await answer(page, { analytics: true, marketing: true, sale: true })
    expect((await stored(2)).map(({ name }) => name).sort()).toEqual(['consent_change', 'page_view'])
  })
})

/** Shopify's word on consent. Runs in the page. */
function shopify(privacy: { analytics?: boolean; marketing?: boolean; sale?: boolean }): void {
  let word = privacy
  const customerPrivacy = {
    analyticsProcessingAllowed: () => !!word.analytics,
    marketingAllowed: () => !!word.marketing,
    saleOfDataAllowed: () => !!word.sale,
  }
  Object.assign(window, {
    Shopify: {
      loadFeatures(_features: unknown, onLoad: (error?: Error) => void) {
        Object.assign((window as unknown as { Shopify: object }).Shopify, { customerPrivacy })
        onLoad()
      },
    },
    answer(given: typeof privacy) {
      word = given
      document.dispatchEvent(new CustomEvent('visitorConsentCollected'))
    },
  })
}

import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createCollector } from '@jejak/collector'
import type { CollectorOptions } from '@jejak/collector'
import { toNodeListener } from '@jejak/collector/node'
import { createMemorySink } from '@jejak/collector/sinks/memory'
import type { StoredEvent } from '@jejak/events'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { findChromium } from '../setup/chromium.mjs'

// Consent managers and linked domains in a real browser: what is held is nowhere, what is allowed arrives.

const fileOf = (name: string): string => readFileSync(new URL(`../../browser/dist/${name}`, import.meta.url), 'utf8')

let browser: Browser

beforeAll(async () => {
  const executablePath = findChromium()
  browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu'],
  })
})
afterAll(async () => browser.close())

async function bundled(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    conditions: ['@jejak/source'],
  })
  return outputFiles[0]!.text
}

/** A shop with this in the head of its pages, and its collector; also at `localhost`, which is another site. */
async function openShop(
  head: string,
  options: Partial<CollectorOptions> = {},
): Promise<{ page: Page; port: number; events: readonly StoredEvent[] }> {
  const sink = createMemorySink()
  const collect = toNodeListener(createCollector({ sink, ...options }))
  const files: Readonly<Record<string, string>> = {
    '/jejak.js': fileOf('jejak.js'),
    '/jejak-consent.js': fileOf('jejak-consent.js'),
  }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://x')
    if (pathname === '/e') return collect(request, response)
    const file = files[pathname]
    response.writeHead(200, { 'content-type': file ? 'text/javascript' : 'text/html; charset=utf-8' })
    response.end(
      file ??
        `<!doctype html><title>Shop</title>${head}<h1>Batik</h1><a href="${awayFrom(request.headers.host!)}">On</a>`,
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const context = await browser.newContext()
  onTestFinished(async () => {
    await context.close()
    server.closeAllConnections()
    server.close()
  })
  return { page: await context.newPage(), port, events: sink.events }
}

const awayFrom = (host: string): string =>
  `http://${host.startsWith('localhost') ? host.replace('localhost', '127.0.0.1') : host.replace('127.0.0.1', 'localhost')}/pay`

/** Everything that the shop's storage holds, as text. */
const kept = async (page: Page): Promise<string> =>
  await page.evaluate(async () => {
    const databases = await indexedDB.databases()
    return (
      JSON.stringify(Object.fromEntries(Object.entries(localStorage))) + databases.map(({ name }) => name).join(',')
    )
  })

describe.each([
  {
    manager: 'consent-mode',
    isFollowed: 'dataLayer.push !== Array.prototype.push',
    before: `window.dataLayer = []; function gtag() { dataLayer.push(arguments) }
      gtag('consent', 'default', { analytics_storage: 'denied', ad_storage: 'denied' })`,
    accept: `gtag('consent', 'update', { analytics_storage: 'granted', ad_storage: 'granted' })`,
    refuse: `gtag('consent', 'update', { analytics_storage: 'denied', ad_storage: 'denied' })`,
  },
  {
    manager: 'tcf',
    isFollowed: `'tell' in window`,
    before: `window.__tcfapi = function (command, version, callback) {
        if (command !== 'addEventListener') return
        window.tell = purposes => callback({ listenerId: 1, gdprApplies: true, eventStatus: 'useractioncomplete', purpose: { consents: purposes } }, true)
        callback({ listenerId: 1, gdprApplies: true, eventStatus: 'cmpuishown' }, true)
      }`,
    accept: `tell({ 1: true, 7: true, 8: true })`,
    refuse: `tell({})`,
  },
])('a shop with script tags and $manager', ({ manager, isFollowed, before, accept, refuse }) => {
  const head = `<script>${before}</script>
    <script async src="/jejak.js" data-endpoint="/e" data-consent="pending"></script>
    <script async src="/jejak-consent.js" data-manager="${manager}"></script>`

  test('holds events until the visitor accepts, and erases everything when they refuse', async () => {
    const { page, port, events } = await openShop(head)
    await page.goto(`http://127.0.0.1:${port}/`)
    // The second script has found the tracker and is following.
    await page.waitForFunction(isFollowed)
    await page.waitForFunction(() => 'visitorId' in ((window as { jejak?: object }).jejak ?? {}))
    expect(await kept(page)).toBe('{}')
    expect(events).toEqual([])

    await page.evaluate(accept)
    await vi.waitFor(() => expect(events.map(({ name }) => name)).toEqual(['page_view', 'consent_change']), 10_000)
    expect(events.map(({ consent }) => consent)).toEqual(['pending', 'granted'])
    expect(await kept(page)).toContain('visitor')

    await page.evaluate(refuse)
    await expect.poll(() => kept(page), { timeout: 10_000 }).not.toContain('visitor_id')
    await page.evaluate(`jejak('track', 'login')`)
    await page.reload()
    await page.waitForFunction(() => 'visitorId' in ((window as { jejak?: object }).jejak ?? {}))
    expect(events).toHaveLength(2)
  })
})

test('the script for consent says which managers there are when it is told none of them', async () => {
  const { page, port } = await openShop('<script async src="/jejak-consent.js" data-manager="cookieboot"></script>')
  const said = page.waitForEvent('console')
  await page.goto(`http://127.0.0.1:${port}/`)
  expect((await said).text()).toContain(
    'consent-mode, cookiebot, klaro, onetrust, shopify, tcf, usercentrics; got "cookieboot"',
  )
})

test('a visitor who follows a link to another domain of the shop is the same one there', async () => {
  const script = await bundled(`
    import { createTracker } from '@jejak/browser'
    import { linkDomains, linkedVisitor } from '@jejak/browser/link-domains'
    import { pageViews } from '@jejak/browser/page-views'
    createTracker({
      endpoint: '/e',
      visitorId: linkedVisitor(),
      plugins: [linkDomains(['localhost', '127.0.0.1']), pageViews()],
    })`)
  const { page, port, events } = await openShop(`<script type="module">${script}</script>`)
  await page.goto(`http://127.0.0.1:${port}/`)
  await page.getByRole('link').click()
  await page.waitForURL(`http://localhost:${port}/pay`)
  await vi.waitFor(() => expect(events).toHaveLength(2), 10_000)
  expect(events.map(({ page: seen }) => seen!.url)).toEqual([
    `http://127.0.0.1:${port}/`,
    `http://localhost:${port}/pay`,
  ])
  expect(new Set(events.map(({ visitor_id }) => visitor_id)).size).toBe(1)
})

test('a visitor whose browser has erased what scripts stored is known by the cookie, until they withdraw', async () => {
  const head = '<script src="/jejak.js" data-endpoint="/e"></script>'
  const { page, port, events } = await openShop(head, { visitorCookie: true })
  const visit = async (count: number): Promise<void> => {
    await page.goto(`http://127.0.0.1:${port}/`)
    await vi.waitFor(() => expect(events).toHaveLength(count), 10_000)
  }
  await visit(1)
  const [first] = events
  expect((await page.context().cookies()).map(({ name, value }) => [name, value])).toEqual([
    ['jejak_visitor', first!.visitor_id],
  ])

  // As Safari does after seven days without a visit.
  const session = await page.context().newCDPSession(page)
  const storageTypes = 'local_storage,indexeddb'
  await session.send('Storage.clearDataForOrigin', { origin: `http://127.0.0.1:${port}`, storageTypes })
  await visit(2)
  expect(events[1]).toMatchObject({ visitor_id: first!.visitor_id, session_number: 1 })
  expect(events[1]!.device_visitor_id).not.toBe(first!.visitor_id)

  await page.evaluate(`jejak('forget')`)
  await expect.poll(async () => await page.context().cookies(), { timeout: 10_000 }).toEqual([])
  await visit(3)
  expect(events[2]!.visitor_id).not.toBe(first!.visitor_id)
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Envelope } from '@jejak/events'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { findChromium } from '../setup/chromium.mjs'
import { startJejak } from './jejak-process.ts'
import type { Server } from './jejak-process.ts'
import { storedEvents } from './stored-events.ts'

const folder = mkdtempSync(join(tmpdir(), 'jejak-inspector-'))
let collector: Server
let inspector: string
let browser: Browser
let page: Page
const errors: string[] = []

beforeAll(async () => {
  collector = await startJejak(['collect', '--inspect', '--inspect-port', '0', '--port', '0', '--folder', folder])
  inspector = await vi.waitFor(() => {
    const found = /Open (http:\S+)/.exec(collector.output().stderr)
    if (!found) throw new Error('the inspector has not said where it is')
    return found[1]!
  })
  const executablePath = findChromium()
  browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  page = await browser.newPage()
  page.on('console', message => message.type() === 'error' && errors.push(message.text()))
  page.on('pageerror', error => errors.push(error.message))
  page.on('dialog', dialog => errors.push(`a dialog: ${dialog.message()}`))
  await page.goto(inspector)
  await page.getByText('live', { exact: true }).waitFor()
})

afterAll(async () => {
  await browser?.close()
  await collector?.stop()
  rmSync(folder, { recursive: true })
})

let made = 0
function event(name: string, properties: Envelope['properties'] = {}, more: Partial<Envelope> = {}): Envelope {
  return {
    id: `01923456-789a-7abc-8def-${String(++made).padStart(12, '0')}`,
    name,
    stage: null,
    time: Date.now(),
    visitor_id: 'v-1',
    session_id: 's-1',
    session_number: 1,
    sequence: made,
    consent: 'granted',
    properties,
    ...more,
  }
}

async function send(
  events: readonly unknown[],
  more: object = {},
  headers: Record<string, string> = {},
): Promise<number> {
  const batch = {
    schema: 1,
    sent_at: Date.now(),
    library: { name: '@jejak/browser', version: '0.1.0' },
    events,
    ...more,
  }
  const text = JSON.stringify(batch)
  const body = headers['content-encoding'] === 'gzip' ? gzipSync(text) : text
  const { status } = await fetch(collector.url, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', origin: 'https://toko.example', ...headers },
    body,
  })
  return status
}

const latest = () => page.locator('#exchanges > li').first()
const terminal = () => collector.output().stderr

test('an event that is stored is shown with its stage and why, its channel and why, and its envelope', async () => {
  const touch = { landing: 'https://toko.example/', referrer: 'https://www.google.com/' }
  await send([
    event('page_view', {}, { stage: 'consideration', touch, page: { url: 'https://toko.example/', type: 'product' } }),
  ])
  await latest().getByText('1 accepted, 0 stored before, 0 refused').waitFor()
  const shown = await latest().innerText()
  expect(shown).toMatch(/Stage\s+consideration: the page is of the type product/)
  expect(shown).toMatch(/Channel\s+Organic Search: came from www\.google\.com, a search engine/)
  await latest().getByText('The envelope').click()
  expect(await latest().locator('pre').nth(1).innerText()).toContain('"visitor_id": "v-1"')
  expect(terminal()).toMatch(/✓ page_view +consideration +· +Organic Search: came from www\.google\.com/)
})

test('an event that is refused says why and how it is mended, and the others are stored', async () => {
  await send([event('add_to_cart', { value: '459000', items: [] }), event('login')], {}, { 'content-encoding': 'gzip' })
  await latest().getByText('1 accepted, 0 stored before, 1 refused').waitFor()
  const words = await latest().locator('.finding').first().innerText()
  expect(words).toMatch(/^Refused: properties\.value: expected number, got string "459000"\n.*give value as a number/)
  expect(terminal()).toMatch(
    /✗ add_to_cart +refused\n.*expected number, got string "459000"\n +→ In track\(\), give `value`/,
  )
})

test('a purchase that was stored but says too little is told to be incomplete', async () => {
  await send([event('purchase', { orderId: 'T-1', value: 459_000 }, { stage: 'purchase' })])
  await latest().getByText('purchase has no transaction_id').waitFor()
  const words = await latest().locator('.finding').allInnerTexts()
  expect(words).toEqual([
    'Incomplete: purchase has no transaction_id\nRename orderId to transaction_id.',
    expect.stringMatching(/^Incomplete: purchase has no currency/),
    expect.stringMatching(/^Incomplete: purchase has no items/),
  ])
})

test('an event that comes again, and what senders had to give up, are counted', async () => {
  const twice = event('login')
  await send([twice])
  await send([twice], { dropped: { overflow: 3 } })
  await latest().getByText('0 accepted, 1 stored before, 0 refused').waitFor()
  await latest().getByText('The sender had to give up events: 3 (overflow)').waitFor()
  expect(await page.locator('#dropped').innerText()).toBe('3 (overflow 3)')
  expect(await page.locator('#duplicates').innerText()).toBe('1')
})

test('a request that is turned away is shown with what was in it and what to do', async () => {
  expect(await send([event('login')], {}, { 'content-type': 'application/xml' })).toBe(415)
  await latest().getByText('415: nothing stored').waitFor()
  expect(await latest().innerText()).toMatch(/Send as text\/plain or application\/json[\s\S]*login\s+not stored/)
})

test('hostile text is text on the page and cannot move the cursor of the terminal', async () => {
  const hostile = '<img src=x onerror="alert(1)"><script>alert(2)</script>\u202e\u001b[2J\u0007'
  const touch = { landing: 'https://toko.example/', utm_source: hostile }
  await send(
    [event(hostile, { [hostile]: hostile, long: 'x'.repeat(9_000) }, { stage: 'awareness', touch })],
    {},
    { origin: 'https://evil.example' },
  )
  await latest().getByText('from https://evil.example').waitFor()
  expect(await latest().locator('img, script').count()).toBe(0)
  expect(await latest().locator('strong').first().innerText()).toContain('<script>')
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  expect(terminal()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  expect(await page.locator('body').innerText()).not.toMatch(/\u202e/)
})

test('only what needs mending is shown where that is wanted, and what was cleared stays away', async () => {
  await send([event('login')])
  await latest().getByText('1 accepted').waitFor()
  await page.getByLabel('Only what needs mending').check()
  expect(await latest().isVisible()).toBe(false)
  expect(await page.getByText('purchase has no transaction_id').isVisible()).toBe(true)
  await page.getByRole('button', { name: 'Clear' }).click()
  await page.getByText('Nothing has come yet').waitFor()
})

describe('the page', () => {
  test('runs without an error and under a policy that lets nothing else run', async () => {
    const { headers } = await fetch(inspector)
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/)
    expect(errors).toEqual([])
  })

  test('is not answered by another name, which a stranger could point at this machine', async () => {
    const { hostname, port } = new URL(inspector)
    expect(hostname).toBe('127.0.0.1')
    const other = await page.request.get(inspector, { headers: { host: `evil.example:${port}` } })
    expect(other.status()).toBe(400)
    const live = await page.request.get(`${inspector}live`, { headers: { host: `evil.example:${port}` } })
    expect(live.status()).toBe(400)
  })
})

test('inspecting changes nothing of what is stored', async () => {
  const names = storedEvents(folder).map(({ name }) => name)
  expect(names.filter(name => name === 'login')).toHaveLength(3)
  expect(names.filter(name => name === 'add_to_cart')).toHaveLength(0)
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StoredEvent } from '@jejak/events'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { findChromium } from '../setup/chromium.mjs'
import { startJejak } from './jejak-process.ts'
import type { Server } from './jejak-process.ts'
import { storedEvents } from './stored-events.ts'

// Somebody shows the demo to a colleague, in a real browser: with the shop in the frame and the live view beside it.

// The browser of a test says that it is headless, which the collector takes for a program that reads pages.
const NOT_HEADLESS =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36'

const folder = mkdtempSync(join(tmpdir(), 'jejak-demo-shown-'))
let demo: Server
let browser: Browser
let context: BrowserContext
let live: Page
let problems: string[]

beforeAll(async () => {
  demo = await startJejak(['demo', '--port', '0', '--folder', folder])
  const executablePath = findChromium()
  browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', `--user-agent=${NOT_HEADLESS}`],
  })
})

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
  rmSync(folder, { recursive: true })
})

/** A browser that has never been in the shop, with the live page open. */
beforeEach(async () => {
  await context?.close()
  context = await browser.newContext({ locale: 'en-GB' })
  context.setDefaultTimeout(20_000)
  live = await context.newPage()
  problems = []
  live.on('pageerror', error => problems.push(error.message))
  live.on('console', message => /Content Security Policy/.test(message.text()) && problems.push(message.text()))
  await live.goto(demo.url)
  await shop().getByRole('region', { name: 'May we remember your visit?' }).waitFor()
})

describe('consent', () => {
  test('before an answer events are in memory alone, and the live view says how many', async () => {
    await consent('pending')
    await live.getByText('3 events are held in memory only').waitFor()
    await walkToProducts()
    await live.getByText('earlier events were forgotten with their pages').waitFor()
    expect(await kept()).toEqual([])
    expect(await ofThisVisitor()).toEqual([])
  })

  test('what was held back arrives when it is accepted', async () => {
    await live.getByText('3 events are held in memory only').waitFor()
    await press('Accept')
    await consent('granted')
    await arrived(['page_view', 'view_promotion', 'view_item_list', 'consent_change'])
    expect(problems).toEqual([])
  })

  test('“only necessary” records nothing, and keeps nothing but that answer', async () => {
    await press('Only necessary')
    await consent('denied')
    await walkToProducts()
    await live.getByText(/events? (was|were) not recorded, as the visitor wished/).waitFor()
    expect(await ofThisVisitor()).toEqual([])
    expect(await kept()).toEqual([])
  })

  test('it can be withdrawn in the footer: the visitor is forgotten and nothing more is recorded', async () => {
    await press('Accept')
    await arrived(['page_view', 'view_promotion', 'view_item_list', 'consent_change'])
    const visitor = await visitorId()
    await press('Withdraw and forget me')
    await shop().getByText('what this browser kept about your visits is erased').waitFor()
    await consent('denied')
    await walkToProducts()
    expect(await visitorId()).not.toBe(visitor)
    expect(storedEvents(folder).filter(event => event.visitor_id === visitor)).toHaveLength(4)
    expect(await ofThisVisitor()).toEqual([])
  })

  test('a new visitor is asked anew', async () => {
    await press('Accept')
    await consent('granted')
    const before = await visitorId()
    await live.getByRole('button', { name: 'New visitor' }).click()
    await live.getByRole('link', { name: 'Newsletter' }).click()
    await shop().getByRole('region', { name: 'May we remember your visit?' }).waitFor()
    await consent('pending')
    expect(await visitorId()).not.toBe(before)
  })
})

describe('going offline', () => {
  test('events wait in the browser, and arrive once each when the network is back', async () => {
    await press('Accept')
    await arrived(['page_view', 'view_promotion', 'view_item_list', 'consent_change'])
    const before = await ofThisVisitor()
    await live.getByRole('button', { name: 'Go offline' }).click()
    await walkToProducts()
    await lookAtShirt()
    await live.getByText(/events wait in this browser/).waitFor()
    await unsent(5)
    expect((await ofThisVisitor()).length).toBe(before.length)

    await live.getByRole('button', { name: 'Go online' }).click()
    await live.getByText('All 5 events that waited have arrived: none lost, none stored twice.').waitFor()
    await arrivedOnce(before.length + 5)
    await unsent(0)
  })

  test('the simulated visitors have to wait for the network too', async () => {
    const before = storedEvents(folder).length
    await live.getByRole('button', { name: 'Go offline' }).click()
    await live.getByRole('button', { name: /^Simulate/ }).click()
    await live.getByText('Go online first').waitFor()
    expect(storedEvents(folder).length).toBe(before)
    await live.getByRole('button', { name: 'Go online' }).click()
    await live.getByRole('button', { name: 'Go offline' }).waitFor()
  })
})

test('a tab that is killed loses nothing: its events arrive when the shop is opened again', async () => {
  await press('Accept')
  await arrived(['page_view', 'view_promotion', 'view_item_list', 'consent_change'])
  const visitor = await visitorId()
  await live.getByRole('button', { name: 'Go offline' }).click()
  await walkToProducts()
  await unsent(2)
  await live.getByRole('button', { name: 'Kill this tab' }).click()
  await live.getByText('2 events were not sent yet').waitFor()
  await live.getByRole('button', { name: 'Go online' }).click()
  await live.getByRole('button', { name: 'Open the shop again' }).click()
  await live.getByText('All 2 events that waited have arrived: none lost, none stored twice.').waitFor()
  expect(await visitorId()).toBe(visitor)
  // Those of the page that was opened again come too.
  await arrivedOnce(4 + 2 + 3)
})

describe('the simulated visitors', () => {
  test('come by the real collector, and lead to the truth and to the report', async () => {
    await live.getByRole('button', { name: 'Simulate 500 visitors' }).click()
    await live.getByText(/events stored, each once/).waitFor({ timeout: 110_000 })
    const stored = storedEvents(folder)
    expect(new Set(stored.map(({ id }) => id)).size).toBe(stored.length)
    expect(stored.length).toBeGreaterThan(20_000)

    await live.getByRole('link', { name: 'Models against truth' }).click()
    await live.getByText(/comes nearest: \d+% of its credit is at the wrong channel/).waitFor()
    expect(await live.getByRole('row').filter({ hasText: 'Paid Video' }).count()).toBe(1)
    expect(await live.getByRole('row').filter({ hasText: 'shapley' }).count()).toBeGreaterThan(0)
    expect(problems).toEqual([])
  })

  test('fill a report that opens without anything being blocked', async () => {
    await live.getByRole('link', { name: 'Open report' }).click()
    await live.waitForURL(/\/report$/)
    await live.getByRole('heading', { level: 1 }).waitFor()
    expect(await live.locator('svg').count()).toBeGreaterThan(5)
    expect(problems).toEqual([])
  })

  test('speak Indonesian when that is chosen, in the shop and in the report too', async () => {
    await live.getByRole('link', { name: 'Bahasa Indonesia' }).click()
    await live.getByRole('button', { name: 'Simulasikan 500 pengunjung' }).waitFor()
    await live.frameLocator('#shop').getByRole('button', { name: 'Setuju' }).waitFor()
    await live.getByRole('link', { name: 'Buka laporan' }).click()
    await live.waitForURL(/\/report$/)
    expect(await live.locator('html').getAttribute('lang')).toBe('id')
  })
})

function shop(): Frame {
  const frame = live.frame({ name: 'shop' })
  if (!frame) throw new Error('the shop is not open')
  return frame
}

async function press(name: string): Promise<void> {
  await shop().getByRole('button', { name }).click()
}

async function walkToProducts(): Promise<void> {
  await shop().getByRole('link', { name: 'Products' }).first().click()
  await shop().waitForURL(/\/shop\/products$/)
  await shop().getByRole('heading', { name: 'All products' }).waitFor()
  await visitorId()
}

async function lookAtShirt(): Promise<void> {
  await shop().getByRole('link', { name: 'Kemeja Lurik' }).click()
  await shop().waitForURL(/kemeja-lurik/)
  await shop().getByRole('heading', { name: 'Kemeja Lurik' }).waitFor()
  await visitorId()
}

interface Tracked {
  readonly jejak: { readonly visitorId: string }
}

async function visitorId(): Promise<string> {
  await shop().waitForFunction(() => 'visitorId' in (window as unknown as Tracked).jejak)
  return await shop().evaluate(() => (window as unknown as Tracked).jejak.visitorId)
}

/** Waits until the live view says that this is what is allowed. */
async function consent(state: string): Promise<void> {
  await live.locator(`#consent[data-state=${state}]`).waitFor()
}

/** Waits until the live view counts so many events in the browser. */
async function unsent(count: number): Promise<void> {
  await live.locator(`#unsent[data-count="${count}"]`).waitFor()
}

async function ofThisVisitor(): Promise<StoredEvent[]> {
  const id = await visitorId()
  return storedEvents(folder).filter(event => event.visitor_id === id)
}

/** Waits until these are stored. */
async function arrived(names: readonly string[]): Promise<void> {
  await vi.waitFor(async () => expect((await ofThisVisitor()).map(({ name }) => name)).toEqual(names), {
    timeout: 20_000,
  })
}

/** Waits until so many are stored, each once, and none is missing within the session. */
async function arrivedOnce(count: number): Promise<void> {
  await vi.waitFor(async () => expect((await ofThisVisitor()).length).toBe(count), { timeout: 20_000 })
  const events = await ofThisVisitor()
  expect(new Set(events.map(({ id }) => id)).size).toBe(count)
  expect(events.map(({ sequence }) => sequence).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: count }, (_, index) => index + 1),
  )
}

/** What the tracker keeps of this visitor in the browser, besides the answer itself. */
async function kept(): Promise<string[]> {
  return await live.evaluate(() =>
    Object.entries(localStorage)
      .filter(([key]) => key.startsWith('jejak.') && key !== 'jejak.consent' && key !== 'jejak.erase')
      .map(([key]) => key),
  )
}

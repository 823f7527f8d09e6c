import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AttributionJson } from '@jejak/attribution'
import type { StoredEvent } from '@jejak/events'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { findChromium } from '../setup/chromium.mjs'
import { runJejak, startJejak } from './jejak-process.ts'
import type { Server } from './jejak-process.ts'
import { arrive } from './shop-visit.ts'
import { storedEvents } from './stored-events.ts'

// Three people come to the demo's shop in a real browser. What they did is read from the collector's files and from
// the command line, and compared with numbers computed by hand.
//
//   Sari  arrives by a Google ad, looks around, leaves; two days later comes back from Google's results, buys a shirt,
//         follows the parcel and writes a review
//   Budi  arrives by a newsletter, looks around, and never comes back
//   Dewi  arrives by an Instagram ad and buys another shirt at once

// The browser of a test says that it is headless, which the collector takes for a program that reads pages.
const NOT_HEADLESS =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36'

const DAY_MS = 86_400_000
const SHIRT = 389_000
const PARANG = 459_000

interface Person {
  readonly context: BrowserContext
  visitorId: string
}

let browser: Browser
let demo: Server
const folder = mkdtempSync(join(tmpdir(), 'jejak-shop-'))
const people: Record<'sari' | 'budi' | 'dewi', Person> = Object.create(null) as never
let order = ''

beforeAll(async () => {
  demo = await startJejak(['demo', '--port', '0', '--folder', folder])
  const executablePath = findChromium()
  browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', `--user-agent=${NOT_HEADLESS}`],
  })
  for (const name of ['sari', 'budi', 'dewi'] as const) people[name] = { context: await newPerson(), visitorId: '' }

  const { sari, budi, dewi } = people
  await sari.context.clock.setSystemTime(Date.now() - 2 * DAY_MS)
  const firstVisit = await arrive(sari.context, demo.url, {
    path: '/shop/?utm_source=google&utm_medium=cpc&utm_campaign=Musim+hujan&utm_id=7&gclid=Cj0abc',
  })
  await firstVisit.lookAround('Kemeja Lurik')
  sari.visitorId = await visitorOf(firstVisit.page)
  await firstVisit.leave()

  await sari.context.clock.setSystemTime(Date.now())
  const secondVisit = await arrive(sari.context, demo.url, { path: '/shop/', referrer: 'https://www.google.com/' })
  await secondVisit.lookAround('Kemeja Lurik')
  await secondVisit.addToCart()
  order = (await secondVisit.buy()).order
  await secondVisit.page.reload()
  await secondVisit.followOrderAndReview()
  await flushed(secondVisit.page)

  const newsletter = await arrive(budi.context, demo.url, {
    path: '/shop/?utm_source=newsletter&utm_medium=email&utm_campaign=weekly-47&mc_eid=5f3a9c',
  })
  await newsletter.lookAround('Kemeja Lurik')
  budi.visitorId = await visitorOf(newsletter.page)
  await flushed(newsletter.page)

  const advert = await arrive(dewi.context, demo.url, {
    path: '/shop/?utm_source=instagram&utm_medium=paid_social&utm_campaign=kain',
    referrer: 'https://l.instagram.com/',
  })
  await advert.lookAround('Kemeja Parang')
  await advert.addToCart()
  await advert.buy()
  dewi.visitorId = await visitorOf(advert.page)
  await flushed(advert.page)
  // The shop's backend confirms the order by itself, a moment after it was paid.
  await vi.waitUntil(() => of('dewi').some(event => event.name === 'order_confirmed'), { timeout: 20_000 })
})

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
  rmSync(folder, { recursive: true })
})

describe('the events', () => {
  test('of the first visit are all there, each in its stage', () => {
    expect(told(of('sari').filter(event => event.session_number === 1))).toEqual([
      'page_view home awareness',
      'view_promotion home awareness',
      'view_item_list home consideration',
      'consent_change home null',
      'page_view list consideration',
      'view_item_list list consideration',
      'select_item list consideration',
      'page_view product consideration',
      'view_item product consideration',
      'view_size_guide product consideration',
      'view_reviews product consideration',
    ])
  })

  test('of the second visit are all there, to the review, each in its stage', () => {
    expect(told(of('sari').filter(event => event.session_number === 2 && event.page))).toEqual([
      'page_view home awareness',
      'view_promotion home awareness',
      'view_item_list home consideration',
      'page_view list consideration',
      'view_item_list list consideration',
      'select_item list consideration',
      'page_view product consideration',
      'view_item product consideration',
      'view_size_guide product consideration',
      'view_reviews product consideration',
      'add_to_cart product decision',
      'page_view cart decision',
      'view_cart cart decision',
      'page_view checkout decision',
      'begin_checkout checkout decision',
      'add_contact_info checkout decision',
      'add_address checkout decision',
      'view_shipping_options checkout decision',
      'add_shipping_info checkout decision',
      'add_payment_info checkout decision',
      'payment_failed checkout decision',
      'add_payment_info checkout decision',
      'page_view confirmation purchase',
      'purchase confirmation purchase',
      'page_view confirmation purchase', // the reload
      'page_view tracking usage',
      'view_order_tracking tracking usage',
      'view_survey tracking retention',
      'submit_survey tracking retention',
      'page_view review advocacy',
      'submit_review review advocacy',
    ])
  })

  test('of the parcel came from the server, once each, under the order', () => {
    const ofServer = of('sari').filter(event => !event.page)
    expect(ofServer.map(event => event.name)).toEqual([
      'order_confirmed',
      'order_packed',
      'order_shipped',
      'order_out_for_delivery',
      'order_delivered',
    ])
    expect(ofServer.every(event => event.stage === 'usage' && event.properties['transaction_id'] === order)).toBe(true)
  })

  test('hold the order as it was, once, though the page was reloaded', () => {
    const purchases = of('sari').filter(event => event.name === 'purchase')
    expect(purchases).toHaveLength(1)
    expect(purchases[0]!.properties).toMatchObject({
      transaction_id: order,
      currency: 'IDR',
      value: SHIRT,
      items: [{ item_id: 'kemeja-lurik', price: SHIRT, quantity: 1 }],
    })
  })

  test('carry the evidence of each arrival, without the recipient of the mail', () => {
    const touches = (name: keyof typeof people) => of(name).flatMap(({ touch }) => (touch ? [touch] : []))
    expect(touches('sari')).toEqual([
      {
        landing: `${origin()}/shop/`,
        utm_source: 'google',
        utm_medium: 'cpc',
        utm_campaign: 'Musim hujan',
        utm_id: '7',
        click_ids: { gclid: 'Cj0abc' },
      },
      { landing: `${origin()}/shop/`, referrer: 'https://www.google.com/' },
    ])
    expect(touches('budi')).toMatchObject([{ utm_medium: 'email', click_ids: { mc_eid: '-' } }])
    expect(touches('dewi')).toMatchObject([{ utm_source: 'instagram', referrer: 'https://l.instagram.com/' }])
  })

  test('are numbered within their session, without a gap and without a double', () => {
    for (const name of ['sari', 'budi', 'dewi'] as const)
      for (const session of [1, 2]) {
        const numbers = of(name)
          .filter(event => event.page && event.session_number === session)
          .map(event => event.sequence)
          .sort((a, b) => a - b)
        // The reloaded confirmation told the order again under the id it had: that number is taken, and not stored.
        const without = name === 'sari' && session === 2 ? 1 : 0
        expect(new Set(numbers).size).toBe(numbers.length)
        expect(numbers.at(-1) ?? 0).toBe(numbers.length + without)
      }
  })

  test('of a clock that was two days slow were put right, and kept as they came', () => {
    for (const event of of('sari').filter(({ session_number }) => session_number === 1)) {
      expect(event.received_at - event.time).toBeGreaterThan(1.9 * DAY_MS)
      expect(event.received_at - event.corrected_time).toBeLessThan(5 * 60_000)
    }
  })
})

describe('the command line', () => {
  test('shares out the two orders as computed by hand, by every model', async () => {
    const { totals, models } = await attributionOf()
    expect(totals).toEqual({ journeys: 3, conversions: 2, non_converting: 1, value: SHIRT + PARANG, currency: 'IDR' })

    // Sari's two contacts were corrected to lie seconds apart, so by time they are nearly equal: from their real times.
    const [ad, search] = of('sari').filter(event => event.touch)
    const weight = 2 ** (-(search!.corrected_time - ad!.corrected_time) / (7 * DAY_MS))
    const earlier = weight / (1 + weight)

    const half = { 'Paid Search': 0.5, 'Organic Search': 0.5, 'Paid Social': 1, Email: 0 }
    const byHand: Record<string, Record<string, number>> = {
      'first-touch': { 'Paid Search': 1, 'Organic Search': 0, 'Paid Social': 1, Email: 0 },
      'last-touch': { 'Paid Search': 0, 'Organic Search': 1, 'Paid Social': 1, Email: 0 },
      'last-non-direct': { 'Paid Search': 0, 'Organic Search': 1, 'Paid Social': 1, Email: 0 },
      linear: half,
      position: half,
      'time-decay': { 'Paid Search': earlier, 'Organic Search': 1 - earlier, 'Paid Social': 1, Email: 0 },
      // start → Paid Search, Email, Paid Social by a third each. Without any of the three that convert, one of the two
      // conversions is gone: removal effects ½, ½, ½, 0, so 2 conversions are shared in three.
      markov: { 'Paid Search': 2 / 3, 'Organic Search': 2 / 3, 'Paid Social': 2 / 3, Email: 0 },
      shapley: half,
    }
    expect(models.map(({ name }) => name)).toEqual(Object.keys(byHand))
    for (const { name: model, credits } of models)
      for (const { key, conversions } of credits)
        expect(conversions, `${model}, ${key}`).toBeCloseTo(byHand[model]![key]!, 9)
  })

  test('shares out the money as computed by hand', async () => {
    const { models } = await attributionOf()
    const value = (model: string) =>
      Object.fromEntries(models.find(one => one.name === model)!.credits.map(credit => [credit.key, credit.value]))
    expect(value('linear')).toEqual({
      'Paid Search': SHIRT / 2,
      'Organic Search': SHIRT / 2,
      'Paid Social': PARANG,
      Email: 0,
    })
    // Without Paid Search or Organic Search the shirt's money is gone, without Paid Social the other's.
    const unit = (SHIRT + PARANG) / (2 * SHIRT + PARANG)
    const markov = value('markov')
    expect(markov['Paid Search']).toBeCloseTo(SHIRT * unit, 6)
    expect(markov['Organic Search']).toBeCloseTo(SHIRT * unit, 6)
    expect(markov['Paid Social']).toBeCloseTo(PARANG * unit, 6)
  })

  test('gives credit by campaign too', async () => {
    const { models } = await attributionOf('--by', 'campaign', '--model', 'first-touch')
    expect(
      models[0]!.credits
        .filter(({ conversions }) => conversions > 0)
        .map(({ key }) => key)
        .sort(),
    ).toEqual(['Musim hujan', 'kain'])
  })

  test('writes a table for people on stdout, and everything else on stderr', async () => {
    const { code, stdout, stderr } = await runJejak(['attribute', folder])
    expect(code).toBe(0)
    expect(stdout.split('\n')[0]).toMatch(/^channel +first-touch +last-touch +last-non-direct +linear +position /)
    expect(stdout).toMatch(/^Paid Social +1 +1 +1 +1 +1 +1 +0\.667 +1$/m)
    expect(stderr).toContain('2 × purchase')
  })

  test('shows how far each of the three came', async () => {
    const { stdout, code } = await runJejak(['journeys', folder, '--stage-model', 'canonical', '--json'])
    expect(code).toBe(0)
    const { persons, stages } = JSON.parse(stdout) as { persons: number; stages: { stage: string; reached: number }[] }
    expect(persons).toBe(3)
    expect(stages.map(({ stage, reached }) => `${stage} ${reached}`)).toEqual([
      'awareness 3',
      'consideration 3',
      'decision 2',
      'purchase 2',
      'usage 2', // Dewi's order was confirmed
      'retention 1',
      'advocacy 1',
    ])
  })
})

describe('after a kill and a restart', () => {
  test('everything is still there, and what is told again is not stored again', async () => {
    const before = storedEvents(folder)
    await demo.stop('SIGKILL')
    demo = await startJejak(['demo', '--port', new URL(demo.url).port, '--folder', folder])

    const { page } = await arrive(people.sari.context, demo.url, { path: `/shop/confirmation?order=${order}` })
    await page.getByRole('heading', { name: 'Thank you' }).waitFor()
    await flushed(page)

    const after = storedEvents(folder)
    const ids = new Set(before.map(({ id }) => id))
    expect(before.every(({ id }) => after.some(event => event.id === id))).toBe(true)
    expect(after.filter(({ id }) => !ids.has(id)).map(({ name }) => name)).toEqual(['page_view'])
  })

  test('SIGTERM ends it cleanly', async () => {
    expect(await demo.stop('SIGTERM')).toMatchObject({ code: 0, signal: null })
  })
})

async function newPerson(): Promise<BrowserContext> {
  const context = await browser.newContext()
  context.setDefaultTimeout(20_000)
  return context
}

interface Tracked {
  readonly jejak: { flush(): Promise<void>; readonly visitorId: string }
}

type TrackedPage = Awaited<ReturnType<typeof arrive>>['page']

async function visitorOf(page: TrackedPage): Promise<string> {
  await page.waitForFunction(() => 'visitorId' in (window as unknown as Tracked).jejak)
  return await page.evaluate(() => (window as unknown as Tracked).jejak.visitorId)
}

/** Waits until everything this page knows of has been answered for. */
async function flushed(page: TrackedPage): Promise<void> {
  await visitorOf(page)
  await page.evaluate(() => (window as unknown as Tracked).jejak.flush())
}

function of(name: keyof typeof people): StoredEvent[] {
  return storedEvents(folder).filter(event => event.visitor_id === people[name].visitorId)
}

function told(events: readonly StoredEvent[]): string[] {
  return events.map(({ name, page, stage }) => `${name} ${page?.type} ${stage}`)
}

function origin(): string {
  return new URL(demo.url).origin
}

async function attributionOf(...options: string[]): Promise<AttributionJson & { totals: object }> {
  const { code, stdout, stderr } = await runJejak(['attribute', folder, '--json', '--quiet', ...options])
  expect(stderr).toBe('')
  expect(code).toBe(0)
  return JSON.parse(stdout) as AttributionJson & { totals: object }
}

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Envelope } from '@jejak/events'
import { createCollector } from '@jejak/collector'
import { toNodeListener } from '@jejak/collector/node'
import { createMemorySink } from '@jejak/collector/sinks/memory'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { findChromium } from '../setup/chromium.mjs'
import { vocabularyFaults } from './vocabulary-faults.ts'

// What only a real browser has: scrolling, time in view, clicks that change nothing, links that lead away, media.

let browser: Browser
let script = ''

beforeAll(async () => {
  const executablePath = findChromium()
  browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--autoplay-policy=no-user-gesture-required'],
  })
  const contents = `
    import { createTracker } from '@jejak/browser'
    import { autocapture } from '@jejak/browser/autocapture'
    import { pageErrors } from '@jejak/browser/page-errors'
    window.tracker = createTracker({ endpoint: '/e', plugins: [autocapture(), pageErrors()] })`
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    conditions: ['@jejak/source'],
  })
  script = outputFiles[0]!.text
})
afterAll(async () => browser.close())

interface Shop {
  readonly page: Page
  /** The events of this name that the collector has, once there are at least so many. */
  readonly told: (name: string, atLeast?: number) => Promise<Envelope[]>
  /** All that the page has tracked up to now. */
  readonly all: () => Promise<Envelope[]>
}

async function listen(serve: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(serve)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A shop with this on its first page, and its collector. `ownClock`: time passes in it only when it is told to. */
async function openShop(html: string, { ownClock = false } = {}): Promise<Shop> {
  const sink = createMemorySink()
  const collect = toNodeListener(createCollector({ sink }))
  const address = await listen((request, response) => {
    if (request.url === '/e') return collect(request, response)
    response.writeHead(/missing/.test(request.url!) ? 404 : 200, { 'content-type': 'text/html' })
    response.end(
      `<!doctype html><title>Shop</title><link rel="icon" href="data:,"><script>${script}</script>${request.url === '/' ? html : '<h1>Elsewhere</h1>'}`,
    )
  })
  const page = await browser.newPage({ viewport: { width: 800, height: 600 } })
  onTestFinished(async () => {
    await page.close()
    expect(vocabularyFaults(sink.events)).toEqual([])
  })
  if (ownClock) {
    await page.clock.install()
    await page.clock.pauseAt(Date.now() + 60_000)
  }
  await page.goto(`${address}/`)
  const named = (name: string) => (sink.events as readonly Envelope[]).filter(event => event.name === name)
  return {
    page,
    async told(name, atLeast = 1) {
      await vi.waitFor(() => expect(named(name).length).toBeGreaterThanOrEqual(atLeast), { timeout: 20_000 })
      return named(name)
    },
    async all() {
      await page.evaluate(() => (window as unknown as { tracker: { flush(): Promise<void> } }).tracker.flush())
      return [...sink.events]
    },
  }
}

const of = (events: readonly Envelope[], name: string, property: string): unknown[] =>
  events.filter(event => event.name === name).map(({ properties }) => properties[property])

/** Scrolling is told with the next frame, which comes also where a test has the clock; what intersects is told after it. */
const nextFrame = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise(resolve => new IntersectionObserver(resolve).observe(document.body)))

const TALL = '<main style="height: 6000px; display: block">Batik</main>'

test('each depth of a page is told once, and again for the next page', async () => {
  const { page, told, all } = await openShop(TALL)
  await page.mouse.wheel(0, 1_500)
  expect(of(await told('scroll'), 'scroll', 'percent_scrolled')).toEqual([25])
  await page.mouse.wheel(0, -1_000)
  await page.mouse.wheel(0, 10_000)
  expect(of(await told('scroll', 4), 'scroll', 'percent_scrolled')).toEqual([25, 50, 75, 90])

  // As routers do: another address, back to the top.
  await page.evaluate(() => (history.pushState(null, '', '/next'), scrollTo(0, 0)))
  await page.mouse.wheel(0, 2_700)
  await told('scroll', 6)
  const events = (await all()).filter(({ name }) => name === 'scroll')
  expect(events.map(event => [new URL(event.page!.url).pathname, event.properties['percent_scrolled']])).toEqual([
    ...[25, 50, 75, 90].map(percent => ['/', percent]),
    ...[25, 50].map(percent => ['/next', percent]),
  ])
})

test('the time for which a page was looked at is told when it is left', async () => {
  const { page, told } = await openShop('<a href="/other">Other</a>', { ownClock: true })
  await page.clock.runFor(7_000)
  await page.click('a')
  await page.waitForURL(/other$/)
  await page.clock.runFor(2_000)
  const [engagement, ...more] = await told('user_engagement')
  expect(more).toEqual([])
  expect(new URL(engagement!.page!.url).pathname).toBe('/')
  expect(engagement!.properties).toEqual({ engagement_time_msec: 7_000 })
})

test('a page that goes to another address by itself tells the time of the one before, and begins anew', async () => {
  const { page, all } = await openShop('', { ownClock: true })
  const first = page.url()
  await page.clock.runFor(5_000)
  await page.evaluate(() => history.pushState(null, '', '/next'))
  await page.clock.runFor(3_000)
  await page.evaluate(() => history.pushState(null, '', '/last'))
  const events = (await all()).filter(({ name }) => name === 'user_engagement')
  expect(events.map(({ properties }) => properties)).toEqual([
    { engagement_time_msec: 5_000, page_location: first },
    { engagement_time_msec: 3_000, page_location: `${first}next` },
  ])
})

test('time without the focus does not count', async () => {
  const { page, all } = await openShop('', { ownClock: true })
  const focus = async (has: boolean) =>
    page.evaluate(hasFocus => {
      // A browser that is driven by a test never takes the focus from its pages.
      document.hasFocus = () => hasFocus
      dispatchEvent(new Event(hasFocus ? 'focus' : 'blur'))
    }, has)
  await page.clock.runFor(2_000)
  await focus(false)
  await page.clock.runFor(60_000)
  await focus(true)
  await page.clock.runFor(1_000)
  await page.evaluate(() => history.pushState(null, '', '/next'))
  expect(of(await all(), 'user_engagement', 'engagement_time_msec')).toEqual([3_000])
})

test('a click that changes nothing is dead; one that changes anything is not', async () => {
  const { page, all } = await openShop(
    `<style>#card { cursor: pointer }</style>
     <button id="dead">Pay</button>
     <div id="card">Look</div>
     <p id="text">Text</p>
     <a id="hash" href="#">More</a>
     <button id="adds" onclick="document.body.append('!')">Add</button>
     <button id="late" onclick="setTimeout(() => this.className = 'busy', 500)">Late</button>
     <button id="moves" onclick="history.pushState(null, '', '/moved')">Go</button>
     <button id="scrolls" onclick="window.scrollTo(0, 100)">Down</button>
     <button id="focuses" onclick="field.focus()">Write</button>
     <button id="menu" onpointerdown="document.body.append('menu')">Menu</button>
     <a id="prevented" href="/never" onclick="event.preventDefault()">Broken</a>
     <a id="opens" href="/other" target="_blank">Opens</a>
     <form onsubmit="event.preventDefault()"><button id="sends">Send</button></form>
     <input id="field"><shop-box id="box"></shop-box>${TALL}
     <script>
       box.attachShadow({ mode: 'open' }).innerHTML =
         '<button id="inner" onclick="this.append(1)">A</button><button id="lost">B</button>'
     </script>`,
    { ownClock: true },
  )
  const ids = 'dead card text hash adds late moves scrolls focuses menu prevented sends field inner lost'.split(' ')
  for (const id of ids) {
    await page.evaluate(() => scrollTo(0, 0))
    await nextFrame(page)
    await page.click(`#${id}`)
    await nextFrame(page)
    await page.clock.runFor(2_000)
  }
  const opened = page.waitForEvent('popup')
  await page.click('#opens')
  await (await opened).close()
  await page.clock.runFor(2_000)
  const dead = of(await all(), 'dead_click', 'selector')
  expect(dead).toEqual(['button#dead', 'div#card', 'a#hash', 'a#prevented', 'button#lost'])
})

test('three quick clicks at one place are a rage, but not to select a text, nor in a field', async () => {
  const { page, all } = await openShop('<p>Made in Solo</p><input value="some text"><button id="pay">Pay</button>')
  await page.click('p', { clickCount: 3 })
  await page.click('input', { clickCount: 3 })
  await page.click('button', { clickCount: 5 })
  expect(of(await all(), 'rage_click', 'selector')).toEqual(['button#pay'])
})

test('a click on a link that leads away is told, and the visitor gets there', async () => {
  const other = await listen((_, response) => response.end('elsewhere'))
  const { page, told } = await openShop(`<a href="${other}/chat?phone=628123456789">Chat with us</a>`)
  await page.click('a')
  await page.waitForURL(/chat/)
  const [click] = await told('click')
  expect(click!.properties).toEqual({
    selector: 'html > body > a',
    link_text: 'Chat with us',
    link_url: `${other}/chat`,
    link_domain: new URL(other).host,
    outbound: true,
  })
})

test('a form that is left half-written is told, and nothing that was written', async () => {
  const { page, told, all } = await openShop(`
    <form id="address"><input name="city"><input name="phone"><input name="pass" type="password"></form>
    <a href="/other">Other</a>`)
  await page.fill('[name=pass]', 'rahasia-1')
  await page.fill('[name=city]', 'rahasia-2')
  await page.locator('[name=phone]').pressSequentially('rahasia-3')
  await page.click('a')
  await page.waitForURL(/other$/)
  const [abandoned] = await told('form_abandon')
  expect(abandoned!.properties).toMatchObject({ form_id: 'address', last_field: 'phone', fields_changed: 3 })
  expect(JSON.stringify(await all())).not.toContain('rahasia')
})

test('a form that is sent is told, and not as abandoned', async () => {
  const { page, told, all } = await openShop(
    '<form id="search" action="/results"><input name="q"><button>Go</button></form>',
  )
  await page.fill('input', 'lurik')
  await page.press('input', 'Enter')
  await page.waitForURL(/results/)
  expect(await told('form_submit')).toMatchObject([{ properties: { form_id: 'search', last_field: 'q' } }])
  expect(of(await all(), 'form_abandon', 'form_id')).toEqual([])
})

test('what is marked in HTML is tracked when it comes into view, also what was added later', async () => {
  const { page, told, all } = await openShop(
    `${TALL}<p data-jejak-event="view_promotion" data-jejak-on="view" data-jejak-promotion-id="P-1">Sale</p>`,
  )
  await page.evaluate(() => {
    const added =
      '<i data-jejak-event="view_item" data-jejak-on="view" data-jejak-item-id="A" data-jejak-price="5">A</i>'
    document.body.insertAdjacentHTML('afterbegin', added)
  })
  expect(await told('view_item')).toMatchObject([{ properties: { items: [{ item_id: 'A', price: 5 }] } }])
  expect(of(await all(), 'view_promotion', 'promotion_id')).toEqual([])
  await page.mouse.wheel(0, 10_000)
  await told('view_promotion')
  await page.mouse.wheel(0, -10_000)
  await page.mouse.wheel(0, 10_000)
  expect(of(await all(), 'view_promotion', 'promotion_id')).toEqual(['P-1'])
})

test('a video that plays to its end is told', async () => {
  const { page, told } = await openShop('<video title="How batik is made" muted></video>')
  await page.evaluate(async () => {
    // A film of half a second, made on the spot.
    const canvas = document.createElement('canvas')
    const brush = canvas.getContext('2d')!
    const recorder = new MediaRecorder(canvas.captureStream(25))
    const film = new Promise<Blob>(resolve => {
      recorder.ondataavailable = ({ data }) => resolve(data)
    })
    recorder.start()
    for (let frame = 0; frame < 12; frame++) {
      brush.fillStyle = `hsl(${frame * 30} 100% 50%)`
      brush.fillRect(0, 0, 300, 150)
      await new Promise(resolve => setTimeout(resolve, 40))
    }
    recorder.stop()
    const player = document.querySelector('video')!
    player.src = URL.createObjectURL(await film)
    await player.play()
  })
  expect(await told('video_start')).toMatchObject([{ properties: { video_title: 'How batik is made' } }])
  expect(await told('video_complete')).toMatchObject([{ properties: { video_percent: 100 } }])
})

test('errors of a page are told as the browser has them', async () => {
  const { page, told } = await openShop(`
    <script>setTimeout(() => { throw new TypeError('cart is undefined') })</script>
    <script>Promise.reject(new Error('no route'))</script>
    <img src="/missing.png?token=1">`)
  const errors = await told('page_error', 3)
  const line = expect.stringMatching(/^\/:\d+:\d+$/)
  expect(errors.map(({ properties }) => properties)).toEqual(
    expect.arrayContaining([
      { message: 'Uncaught TypeError: cart is undefined', error_source: line, fatal: true },
      { message: 'Error: no route', error_source: line, fatal: true },
      { message: 'img did not load', error_source: '/missing.png', fatal: false },
    ]),
  )
  expect(errors).toHaveLength(3)
  expect(await page.title()).toBe('Shop')
})

import type { Tracker } from '@jejak/browser'
import type { inspector, showInspector } from '@jejak/browser/inspector'
import { expect, test, vi } from 'vitest'
import { newName, openCollector, openPage } from './shop.ts'
import type { Shop } from './shop.ts'

type Jejak = ((...call: unknown[]) => unknown) & Tracker
type Page = Shop & { inspector: typeof inspector; showInspector: typeof showInspector; jejak: Jejak }

let loads = 0

async function runModule(shop: Shop, attributes: Record<string, string>): Promise<Page> {
  const module = shop.document.createElement('script')
  module.type = 'module'
  for (const [name, value] of Object.entries(attributes)) module.setAttribute(name, value)
  const loaded = new Promise(resolve => (module.onload = resolve))
  shop.document.head.append(module)
  await loaded
  return shop as Page
}

/** A page whose own scripts have the inspector at hand. */
async function openShop(path?: string): Promise<Page> {
  const { window: shop } = await openPage(path)
  const url = `/packages/browser/src/plugins/inspector.ts?load=${++loads}`
  const module = (await runInPage(shop, `import(${JSON.stringify(url)})`)) as object
  return Object.assign(shop, module) as Page
}

async function runInPage(shop: Shop, code: string): Promise<unknown> {
  return await (shop as unknown as { eval(code: string): Promise<unknown> }).eval(code)
}

const hostOf = (shop: Shop) => shop.document.querySelector('jejak-inspector')
const panelOf = (shop: Shop) => hostOf(shop)!.shadowRoot!
const textOf = (shop: Shop) => panelOf(shop).textContent ?? ''
const items = (shop: Shop) => [...panelOf(shop).querySelectorAll<HTMLElement>('.events > li')]
const shows = async (shop: Shop, pattern: RegExp) => vi.waitFor(() => expect(textOf(shop)).toMatch(pattern), 10_000)
/** What the inspector puts something of its own in the place of. */
const methodsOf = (shop: Shop, tracker: Tracker) =>
  [tracker, shop].flatMap(owner =>
    ['track', 'identify', 'setConsent', 'fetch'].map(name => Reflect.get(owner, name) as unknown),
  )
const press = (shop: Shop, label: string) =>
  panelOf(shop).querySelector<HTMLElement>(`[aria-label="${label}"]`)!.click()

test('an event is shown as it is tracked, and what became of it once it was answered', async () => {
  const { endpoint, answer } = openCollector()
  const shop = await openShop('?utm_source=newsletter&utm_medium=email')
  await answer({
    status: 200,
    body: JSON.stringify({ refused: [{ index: 1, reason: 'properties.value: expected number' }] }),
  })
  const tracker = shop.createTracker({ endpoint, name: newName(), plugins: [shop.inspector()] })
  tracker.track('view_item', { items: [{ item_id: 'B-1' }] })
  tracker.track('add_to_cart', { value: '1', items: [] } as never)
  expect(items(shop).map(item => item.querySelector('b')!.textContent)).toEqual(['add_to_cart', 'view_item'])
  await tracker.flush()
  await shows(shop, /the endpoint will never take it.*Refused: properties\.value: expected number/s)
  const [refused, stored] = items(shop)
  expect(refused!.querySelector('.sign')!.textContent).toBe('✗')
  expect(stored!.textContent).toMatch(/the endpoint has it.*2 consideration/s)
  expect(stored!.textContent).toMatch(/evidence of the channel.*"utm_source": "newsletter"/s)
  expect(stored!.textContent).toMatch(/"session_number": 1/)
})

test('events of other plugins are shown with their stage, and a purchase that says too little is marked', async () => {
  const { endpoint } = openCollector()
  const shop = await openShop()
  const tracker = shop.createTracker({ endpoint, name: newName(), plugins: [shop.inspector(), shop.pageViews()] })
  tracker.track('purchase', { transaction_id: 'T-1', value: 5 })
  await shows(shop, /page_view.*1 awareness/s)
  await shows(shop, /`currency` is missing\..*`items` is missing\./s)
  expect(textOf(shop)).toMatch(/Jejak: 2 events, 1 to look at/)
})

test('consent, what waits, the stage, the last answer and problems are told', async () => {
  const { endpoint } = openCollector()
  const shop = await openShop()
  const tracker = shop.createTracker({ endpoint, name: newName(), consent: 'pending', plugins: [shop.inspector()] })
  tracker.track('add_to_cart', { items: [{ item_id: 'B-1' }] })
  await shows(shop, /consentpending.*waiting1 in memory/s)
  await shows(shop, /consent Consent is pending: events wait/)
  await shows(shop, /stagedecision/)
  tracker.setConsent('granted')
  await shows(shop, /consentgranted/)
  expect(items(shop).map(item => item.querySelector('b')!.textContent)).toEqual(['consent_change', 'add_to_cart'])
  await tracker.flush()
  await shows(shop, /waiting0 in IndexedDBlast answeraccepted/)
})

test('the page keeps its layout, and its styles do not reach the panel', async () => {
  const { endpoint } = openCollector()
  const shop = await openShop()
  const { document } = shop
  const style = document.createElement('style')
  style.textContent =
    'jejak-inspector, div, section { display: none !important; position: static !important; margin: 99px } b { font-size: 50px }'
  document.head.append(style)
  const size = () => [
    document.documentElement.scrollHeight,
    document.documentElement.scrollWidth,
    document.body.children.length,
  ]
  const before = size()
  const tracker = shop.createTracker({ endpoint, name: newName(), plugins: [shop.inspector()] })
  for (let count = 0; count < 60; count++) tracker.track('login')
  expect(size()).toEqual(before)
  const { position, display } = shop.getComputedStyle(hostOf(shop)!)
  expect({ position, display }).toEqual({ position: 'fixed', display: 'block' })
  expect(shop.getComputedStyle(panelOf(shop).querySelector('b')!).fontSize).toBe('13px')
})

test('texts of strangers are texts', async () => {
  const { endpoint } = openCollector()
  const shop = await openShop()
  const tracker = shop.createTracker({ endpoint, name: newName(), plugins: [shop.inspector()] })
  const hostile = '<img src=x onerror=alert(1)>\u202e'
  tracker.track(hostile as 'login', { [hostile]: 'x'.repeat(30_000) } as never)
  await tracker.flush()
  await shows(shop, /the endpoint has it/)
  expect(panelOf(shop).querySelector('img')).toBeNull()
  expect(textOf(shop)).not.toContain('\u202e')
})

test('it is closed by its button, leaves nothing behind, and tracking goes on', async () => {
  const { endpoint, receives } = openCollector()
  const shop = await openShop()
  const tracker = shop.createTracker({ endpoint, name: newName() })
  const before = methodsOf(shop, tracker)
  shop.showInspector(tracker)
  expect(methodsOf(shop, tracker)).not.toEqual(before)
  press(shop, 'Close the inspector')
  expect(hostOf(shop)).toBeNull()
  expect(methodsOf(shop, tracker)).toEqual(before)
  tracker.track('login')
  await receives(1)
})

test('Escape makes it small, and what is open stays open while more comes', async () => {
  const { endpoint } = openCollector()
  const shop = await openShop()
  const tracker = shop.createTracker({ endpoint, name: newName(), plugins: [shop.inspector()] })
  tracker.track('login')
  items(shop)[0]!.querySelector('details')!.open = true
  tracker.track('reorder')
  await tracker.flush()
  await shows(shop, /the endpoint has it/)
  expect(items(shop).map(item => item.querySelector('details')!.open)).toEqual([false, true])

  const body = panelOf(shop).querySelector<HTMLElement>('.body')!
  body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
  expect(body.hidden).toBe(true)
  expect(panelOf(shop).activeElement?.getAttribute('aria-label')).toBe('Make larger')
  press(shop, 'Make larger')
  expect(body.hidden).toBe(false)
})

test('nothing it does throws into the page, whatever is tracked', async () => {
  const { endpoint } = openCollector()
  const shop = await openShop()
  const tracker = shop.createTracker({ endpoint, name: newName(), plugins: [shop.inspector()] })
  const circle: Record<string, unknown> = {}
  circle['circle'] = circle
  expect(() => tracker.track('login', circle as never)).not.toThrow()
  expect(() => tracker.track(undefined as never, undefined as never)).not.toThrow()
  expect(() =>
    tracker.identify('U-1', {
      get traits(): never {
        throw new Error('unreadable')
      },
    }),
  ).not.toThrow()
  await shows(shop, /A name has 1 to 100 characters\..*Its properties cannot be written as JSON\./s)
  expect(items(shop).map(item => item.querySelector('.sign')!.textContent)).toEqual(['·', '✗', '✗'])
})

test('beside the script tag it shows calls of both forms, also where it came first', async () => {
  const { endpoint } = openCollector()
  const { window: shop } = await openPage()
  await runModule(shop, { src: `/packages/browser/src/plugins/inspector-script.ts?load=${++loads}` })
  const tag = shop.document.createElement('script')
  Object.assign(tag.dataset, { endpoint, name: newName() })
  Object.defineProperty(shop.document, 'currentScript', { configurable: true, value: tag })
  const page = await runModule(shop, { src: `/packages/browser/src/script.ts?load=${++loads}` })
  await vi.waitFor(() => expect(hostOf(page)).not.toBeNull(), 10_000)
  page.jejak('track', 'login')
  page.jejak('track', 'reorder')
  page.jejak.track('search', { search_term: 'batik' })
  await shows(page, /search.*reorder.*login/s)
  expect(page.jejak.debug().consent).toBe('granted')
  await shows(page, /page_view.*the endpoint has it/s)
})

test('with a parameter of its own it stays away until the address has that', async () => {
  const { window: shop, go } = await openPage()
  const load = async (page: Shop) => {
    const tag = page.document.createElement('script')
    tag.dataset['parameter'] = 'jejak_debug'
    Object.defineProperty(page.document, 'currentScript', { configurable: true, value: tag })
    Object.assign(page, {
      jejak: page.createTracker({
        endpoint: '/nowhere',
        name: newName(),
        transport: async () => ({ status: 'accepted' }),
      }),
    })
    await runModule(page, { src: `/packages/browser/src/plugins/inspector-script.ts?load=${++loads}` })
  }
  await load(shop)
  expect(hostOf(shop)).toBeNull()
  const debugged = await go('?jejak_debug')
  await load(debugged)
  expect(hostOf(debugged)).not.toBeNull()
  debugged.sessionStorage.clear()
})

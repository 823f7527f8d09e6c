import { expect, test, vi } from 'vitest'
import { newName, openCollector, openPage } from './shop.ts'
import type { Shop } from './shop.ts'

type Jejak = { (...call: unknown[]): unknown; track(name: string): void; consent: string }
type Page = Shop & { jejak: Jejak }

const STUB = 'window.jejak = window.jejak || function () { (jejak.q = jejak.q || []).push(arguments) }'
let loads = 0

/** Runs the script as a tag with these attributes would. */
async function load(shop: Shop, attributes: Record<string, string>): Promise<Page> {
  const script = shop.document.createElement('script')
  for (const [name, value] of Object.entries(attributes)) script.setAttribute(name, value)
  // A module has no `currentScript`; the built file, which is none, has.
  Object.defineProperty(shop.document, 'currentScript', { configurable: true, value: script })
  const module = shop.document.createElement('script')
  module.type = 'module'
  module.src = `/packages/browser/src/script.ts?load=${++loads}`
  const loaded = new Promise(resolve => (module.onload = resolve))
  shop.document.head.append(module)
  await loaded
  return shop as Page
}

function run(shop: Shop, code: string): void {
  const script = shop.document.createElement('script')
  script.textContent = code
  shop.document.head.append(script)
}

test('page views are on, and calls made before, while and after it loads arrive in their order', async () => {
  const { endpoint, receives } = openCollector()
  const { window: shop } = await openPage()
  run(shop, `${STUB}; jejak('identify', 'U-1'); jejak('track', 'login')`)
  const kept = (shop as Page).jejak
  const loading = load(shop, { 'data-endpoint': endpoint, 'data-name': newName() })
  run(shop, `jejak('track', 'reorder')`)
  const { jejak } = await loading
  kept('track', 'share')
  jejak('track', 'view_survey')
  jejak.track('earn_reward')
  const events = (await receives(7)).sort((one, other) => one.sequence - other.sequence)
  expect(events.map(event => [event.name, event.user_id])).toEqual([
    ['page_view', undefined],
    ['identify', 'U-1'],
    ['login', 'U-1'],
    ['reorder', 'U-1'],
    ['share', 'U-1'],
    ['view_survey', 'U-1'],
    ['earn_reward', 'U-1'],
  ])
})

test('loaded twice, it makes one tracker', async () => {
  const { endpoint, receives } = openCollector()
  const { window: shop } = await openPage()
  const attributes = { 'data-endpoint': endpoint, 'data-name': newName() }
  await load(shop, attributes)
  const { jejak } = await load(shop, attributes)
  jejak('track', 'login')
  await jejak('flush')
  expect(await receives(2)).toHaveLength(2)
})

test('attributes and `init` give options', async () => {
  const { endpoint, receives, batches } = openCollector()
  const { window: shop } = await openPage()
  run(shop, `${STUB}; jejak('init', { stageRules: { events: { login: 'advocacy' } } })`)
  const { jejak } = await load(shop, {
    'data-endpoint': endpoint,
    'data-name': newName(),
    'data-auto': 'false',
    'data-write-key': 'key',
    'data-page-type': 'help',
    'data-consent': 'limited',
  })
  jejak.track('login')
  await jejak('flush')
  expect(await receives(1)).toMatchObject([
    { name: 'login', stage: 'advocacy', consent: 'limited', page: { type: 'help' } },
  ])
  expect(await batches()).toMatchObject([{ write_key: 'key' }])
  expect(jejak.consent).toBe('limited')
})

test('without an endpoint it is /e where the script comes from', async () => {
  const { window: shop } = await openPage()
  const fetched = vi.spyOn(shop, 'fetch').mockResolvedValue(new Response())
  const { jejak } = await load(shop, { src: 'https://collector.example/jejak.js', 'data-name': newName() })
  await jejak('flush')
  expect(fetched.mock.calls[0]![0]).toBe('https://collector.example/e')
})

test('an unknown method is one line in the console', async () => {
  const { window: shop } = await openPage()
  const warn = vi.spyOn((shop as Page).console, 'warn').mockImplementation(() => {})
  const { jejak } = await load(shop, { 'data-endpoint': '/e', 'data-name': newName(), 'data-auto': 'false' })
  for (const method of ['tracks', 'constructor', 'visitorId', undefined]) jejak(method)
  expect(warn.mock.calls.map(([line]: string[]) => line!.split(',')[0])).toEqual([
    'jejak: there is no "tracks"',
    'jejak: there is no "constructor"',
    'jejak: there is no "visitorId"',
    'jejak: there is no "undefined"',
  ])
})

test.each([
  ['data-consent', 'yes', '`consent` must be "granted", "pending", "limited" or "denied", but it is "yes"'],
  ['data-session-minutes', 'soon', '`session.idleMinutes` must be a number above 0, but it is "soon"'],
])('a wrong %s is one line in the console', async (attribute, value, line) => {
  const { window: shop } = await openPage()
  const warn = vi.spyOn((shop as Page).console, 'warn').mockImplementation(() => {})
  await load(shop, { 'data-endpoint': '/e', 'data-name': newName(), [attribute]: value })
  expect(warn.mock.calls).toEqual([[expect.stringContaining(line)]])
})

test('a script that is no file of a server, and is not told an endpoint, is one line in the console', async () => {
  const { window: shop } = await openPage()
  const warn = vi.spyOn((shop as Page).console, 'warn').mockImplementation(() => {})
  const onError = vi.fn<() => void>()
  shop.addEventListener('error', onError)
  await load(shop, { src: 'blob:nothing', 'data-name': newName() })
  expect(warn.mock.calls).toEqual([[expect.stringContaining('URL')]])
  expect(onError).not.toHaveBeenCalled()
})

import { linkDomains, linkedVisitor } from '@jejak/browser/link-domains'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { start, visit } from './start.ts'

const NOW = Date.UTC(2026, 10, 24, 12)

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  document.body.innerHTML = ''
  document.addEventListener('click', event => event.preventDefault())
})
afterEach(() => void vi.useRealTimers())

/** The address that a link has once it was followed. */
function followed(address: string, settings = {}): { readonly url: URL; readonly visitor: string } {
  const { tracker } = start({ visitorId: 'visitor-of-one', plugins: [linkDomains(['toko.example'])], ...settings })
  document.body.innerHTML = `<a href="${address}"><b>Pay</b></a>`
  document.querySelector('b')!.click()
  return { url: new URL(document.querySelector('a')!.href), visitor: tracker.visitorId }
}

/** Who comes to the page of this address. */
function arrivingWith(query: string): string | undefined {
  visit(`/pay?${query}#top`)
  return linkedVisitor()
}

test('a link to another domain of the shop carries the visitor, who is taken out of the address there', () => {
  const { url, visitor } = followed('https://pay.toko.example/checkout?step=1')
  expect(url.searchParams.get('step')).toBe('1')
  expect(arrivingWith(url.searchParams.toString())).toBe(visitor)
  expect(location.search + location.hash).toBe('?step=1#top')
})

test.each(['https://other.example/', 'https://nottoko.example/', 'mailto:shop@toko.example', '/checkout', 'http://['])(
  'a link to %s stays as it is',
  address => {
    start({ plugins: [linkDomains(['toko.example'])] })
    document.body.innerHTML = `<a href="${address}">Away</a>`
    document.querySelector('a')!.click()
    expect(document.querySelector('a')!.getAttribute('href')).toBe(address)
  },
)

test.each(['pending', 'limited', 'denied'] as const)('nobody is carried over while consent is %s', consent => {
  expect(followed('https://toko.example/', { consent }).url.search).toBe('')
})

test('a form carries the visitor in its address, or in a field where it is sent by GET', () => {
  start({ visitorId: 'visitor-of-one', plugins: [linkDomains(['toko.example'])] })
  document.body.innerHTML = `
    <form id="post" method="post" action="https://pay.toko.example/"></form>
    <form id="get" action="https://pay.toko.example/?lost=1"></form>`
  const [post, get] = [...document.forms]
  for (const form of [post!, get!, get!]) form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
  expect(arrivingWith(new URL(post!.getAttribute('action')!).searchParams.toString())).toBe('visitor-of-one')
  const fields = [...new FormData(get!)]
  expect(fields.map(([name]) => name)).toEqual(['jejak_id'])
  expect(arrivingWith(`jejak_id=${fields[0]![1] as string}`)).toBe('visitor-of-one')
})

test('a link that is two minutes old, of another browser, or made up, is of nobody', () => {
  const { url } = followed('https://toko.example/')
  const query = url.searchParams.toString()
  vi.setSystemTime(NOW + 121_000)
  expect(arrivingWith(query)).toBeUndefined()
  expect(location.search, 'it is taken out all the same').toBe('')
  vi.setSystemTime(NOW)
  Object.defineProperty(navigator, 'userAgent', { value: 'Another', configurable: true })
  expect(arrivingWith(query)).toBeUndefined()
  Reflect.deleteProperty(navigator, 'userAgent')
  for (const forged of ['', 'x', 'visitor-of-one.zzz.1', '<script>.1.1', `${'v'.repeat(500)}.1.1`])
    expect(arrivingWith(`jejak_id=${encodeURIComponent(forged)}`)).toBeUndefined()
  expect(arrivingWith(query)).toBe('visitor-of-one')
})

test('a browser that knows its visitor goes on with that one', async () => {
  const { tracker, sent } = start({ name: 'known', visitorId: 'first-visitor' })
  tracker.track('login')
  await sent()
  expect(start({ name: 'known', visitorId: 'second-visitor' }).tracker.visitorId).toBe(tracker.visitorId)
})

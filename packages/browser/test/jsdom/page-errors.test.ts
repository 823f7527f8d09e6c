import { pageErrors } from '@jejak/browser/page-errors'
import { beforeEach, expect, test } from 'vitest'
import { start, visit } from './start.ts'

// The errors are told to the page as a browser does it: thrown for real, they would be this file's own.

beforeEach(() => {
  visit('/shop')
  document.body.innerHTML = ''
})

function watch() {
  const { sent } = start({ plugins: [pageErrors()] })
  return async () => (await sent()).map(({ name, properties }) => ({ name, ...properties }))
}

function fail(message: string, filename = `${location.origin}/shop.js?v=7`, lineno = 10, colno = 4) {
  window.dispatchEvent(new ErrorEvent('error', { message, filename, lineno, colno }))
}

function reject(reason: unknown) {
  window.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason }))
}

test('an error is told with its script, without the query, and its line', async () => {
  const told = watch()
  fail('Uncaught TypeError: cart is undefined')
  fail('Uncaught TypeError: pay is undefined', 'https://cdn.example/pay.js')
  expect(await told()).toEqual([
    {
      name: 'page_error',
      message: 'Uncaught TypeError: cart is undefined',
      error_source: '/shop.js:10:4',
      fatal: true,
    },
    {
      name: 'page_error',
      message: 'Uncaught TypeError: pay is undefined',
      error_source: 'https://cdn.example/pay.js:10:4',
      fatal: true,
    },
  ])
})

test('a rejection that nothing has caught is told, whatever it was rejected with', async () => {
  const told = watch()
  const error = new TypeError('no route')
  error.stack = `TypeError: no route\n    at open (${location.origin}/app.js?v=1:3:9)\n    at https://cdn.example/x.js:1:1`
  reject(error)
  reject('timeout')
  reject(undefined)
  expect(await told()).toEqual([
    { name: 'page_error', message: 'TypeError: no route', error_source: '/app.js:3:9', fatal: true },
    { name: 'page_error', message: 'timeout', fatal: true },
    { name: 'page_error', message: 'undefined', fatal: true },
  ])
})

test.each(['img', 'script', 'link'])('a %s that did not load is told', async name => {
  const told = watch()
  const element = document.createElement(name)
  // Set like this, jsdom does not try to load it.
  Object.defineProperty(element, name === 'link' ? 'href' : 'src', { value: 'https://cdn.example/a.png?token=1' })
  document.body.append(element)
  element.dispatchEvent(new Event('error'))
  expect(await told()).toEqual([
    { name: 'page_error', message: `${name} did not load`, error_source: 'https://cdn.example/a.png', fatal: false },
  ])
})

test('an error that comes again and again is told once', async () => {
  const told = watch()
  fail('cart is undefined')
  fail('cart is undefined')
  expect(await told()).toHaveLength(1)
})

test('ten errors of a page are told, and then those of the next', async () => {
  const told = watch()
  for (let line = 1; line <= 20; line++) fail('cart is undefined', undefined, line)
  expect(await told()).toHaveLength(10)
  visit('/cart')
  fail('cart is undefined')
  expect(await told()).toHaveLength(11)
})

test('of scripts from elsewhere each error is counted, without more', async () => {
  const told = watch()
  fail('Script error.', '', 0, 0)
  fail('Script error.', '', 0, 0)
  expect(await told()).toEqual(Array(2).fill({ name: 'page_error', message: 'Script error.', fatal: true }))
})

test('mail addresses and long numbers are taken out', async () => {
  const told = watch()
  fail('no user ani@example.com with card 4111 1111 1111 1111')
  expect(await told()).toMatchObject([{ message: 'no user [email] with card [number]' }])
})

test("what harms nobody, and errors of the visitor's extensions, are not told", async () => {
  const told = watch()
  fail('ResizeObserver loop completed with undelivered notifications.')
  fail('x is undefined', 'chrome-extension://abc/content.js')
  expect(await told()).toEqual([])
})

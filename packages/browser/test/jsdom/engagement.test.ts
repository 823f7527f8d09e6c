import { autocapture } from '@jejak/browser/autocapture'
import { engagement } from '@jejak/browser/engagement'
import { expect, test, vi } from 'vitest'
import { start, visit } from './start.ts'

// Scroll depth and time as a browser has them are tried in one: packages/workbench/end-to-end/autocapture.test.ts.

test('after `stop` neither listeners nor timers are left', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] })
  const { tracker, sent } = start()
  const before = vi.getTimerCount()
  const stop = autocapture()(tracker)
  document.dispatchEvent(new Event('pointerdown', { bubbles: true }))
  document.body.click()
  document.dispatchEvent(new Event('scroll', { bubbles: true }))
  stop?.()
  expect(vi.getTimerCount()).toBe(before)
  vi.useRealTimers()
  expect(await sent()).toEqual([])
})

test('less than a second is not told', async () => {
  visit('/')
  const { sent } = start({ plugins: [engagement()] })
  window.dispatchEvent(new Event('pagehide'))
  expect(await sent()).toEqual([])
})

test('each part of autocapture can be left out', async () => {
  document.body.innerHTML = '<form id="a"><button type="button" data-jejak-event="login">Go</button></form>'
  const all = start({ plugins: [autocapture()] })
  const some = start({ plugins: [autocapture({ clicks: false })] })
  const none = start({ plugins: [autocapture({ clicks: false, htmlEvents: false })] })
  document.querySelector('button')!.click()
  const names = await Promise.all([all, some, none].map(async ({ sent }) => (await sent()).map(({ name }) => name)))
  expect(names).toEqual([['click', 'login'], ['login'], []])
})

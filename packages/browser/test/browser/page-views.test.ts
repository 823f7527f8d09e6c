import type { Tracker } from '@jejak/browser'
import { describe, expect, test, vi } from 'vitest'
import { newName, openPage } from './shop.ts'
import type { Shop } from './shop.ts'

/** A page with page views, and what they were. */
function view(shop: Shop, options?: { hash: boolean }) {
  const views: string[] = []
  const tracker: Tracker = shop.createTracker({
    name: newName(),
    plugins: [shop.pageViews(options)],
    transport: async batch => {
      for (const { page, name } of batch.events) {
        const { pathname, search, hash } = new URL(page!.url)
        const referrer = page!.referrer ? new URL(page!.referrer).search || '/' : ''
        views.push(
          `${name} ${pathname.endsWith('page.html') ? '' : pathname}${search}${hash} ${page!.title} ${referrer}`,
        )
      }
      return { status: 'accepted' }
    },
  })
  const seen = async (count: number) => {
    await vi.waitFor(async () => {
      await tracker.flush()
      if (views.length < count) throw new Error(`only ${views.join()}`)
    })
    return views
  }
  return { tracker, seen, views }
}

const withoutNavigation = (shop: Shop) => Object.defineProperty(shop, 'navigation', { value: undefined })

describe.each([
  ['with the Navigation API', () => {}],
  ['without it', withoutNavigation],
])('%s', (_, prepare) => {
  test('a page is viewed once when it is loaded, and once for each address it goes to', async () => {
    const { window: shop } = await openPage('?q=a')
    prepare(shop)
    const { seen } = view(shop)
    await seen(1)
    shop.history.replaceState(null, '', '?q=a') // frameworks do that
    shop.history.pushState(null, '', '?q=b')
    shop.document.title = 'B'
    await seen(2)
    shop.history.pushState(null, '', '?q=b')
    shop.history.pushState(null, '', '?q=b#reviews')
    shop.history.pushState(null, '', '?q=c')
    shop.history.replaceState(null, '', '?q=d') // a redirect
    await seen(3)
    shop.history.go(-3)
    expect(await seen(4)).toEqual([
      expect.stringMatching(/^page_view \?q=a Shop/),
      'page_view ?q=b B ?q=a',
      'page_view ?q=d B ?q=b',
      expect.stringMatching(/^page_view \?q=b B \?q=d/),
    ])
  })

  test('another #/route is another page where that is wanted', async () => {
    const { window: shop } = await openPage('?q=a#/home')
    prepare(shop)
    const { seen } = view(shop, { hash: true })
    await seen(1)
    shop.location.hash = '#/cart'
    expect(await seen(2)).toEqual([expect.stringMatching(/^page_view \?q=a#\/home/), 'page_view ?q=a#/cart Shop ?q=a'])
  })

  test('a stopped tracker sees nothing any more', async () => {
    const { window: shop } = await openPage()
    prepare(shop)
    const { tracker, seen } = view(shop)
    const track = vi.spyOn(tracker, 'track')
    await seen(1)
    tracker.stop()
    shop.history.pushState(null, '', '?q=b')
    await new Promise(resolve => shop.setTimeout(resolve, 100))
    expect(track).not.toHaveBeenCalled()
  })
})

test('who patched the history after us keeps their patch when we stop', async () => {
  const { window: shop } = await openPage()
  withoutNavigation(shop)
  const pushState = () => Reflect.get(shop.history, 'pushState') as History['pushState']
  const original = pushState()
  const alone = view(shop)
  alone.tracker.stop()
  expect(pushState()).toBe(original)

  const before = view(shop)
  const ours = pushState()
  const theirs = vi.fn<typeof original>((...details) => ours.apply(shop.history, details))
  shop.history.pushState = theirs
  before.tracker.stop()
  expect(pushState()).toBe(theirs)
  shop.history.pushState(null, '', '?q=b')
  expect(shop.location.search).toBe('?q=b')
})

test('where the history cannot be watched, the page itself is viewed', async () => {
  const { window: shop } = await openPage()
  withoutNavigation(shop)
  Object.freeze(shop.history)
  const { seen } = view(shop)
  expect(await seen(1)).toHaveLength(1)
})

test('a page that comes back from the back/forward cache is viewed again', async () => {
  const { window: shop } = await openPage()
  const { seen } = view(shop)
  await seen(1)
  shop.dispatchEvent(new shop.PageTransitionEvent('pageshow', { persisted: true }))
  expect(await seen(2)).toHaveLength(2)
})

test('a prerendered page is viewed when it is shown', async () => {
  const { window: shop } = await openPage()
  Object.defineProperty(shop.document, 'prerendering', { value: true, configurable: true })
  const { seen, views, tracker } = view(shop)
  await tracker.flush()
  expect(views).toEqual([])
  Object.defineProperty(shop.document, 'prerendering', { value: false })
  shop.document.dispatchEvent(new Event('prerenderingchange'))
  expect(await seen(1)).toHaveLength(1)
})

test('the view of a page that is left at once is not lost', async () => {
  const { window: shop } = await openPage()
  const { seen } = view(shop)
  await seen(1)
  shop.history.pushState(null, '', '?q=b')
  shop.dispatchEvent(new shop.PageTransitionEvent('pagehide'))
  expect(await seen(2)).toHaveLength(2)
})

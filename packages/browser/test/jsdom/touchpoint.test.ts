import type { Touchpoint } from '@jejak/events'
import { afterEach, expect, test, vi } from 'vitest'
import { start, visit } from './start.ts'

const host = 'http://localhost:3000'

/** The evidence on the first two events after an arrival. */
async function arrive(url: string, referrer = '', settings: Parameters<typeof start>[0] = {}) {
  visit(url, referrer)
  const { tracker, sent } = start(settings)
  tracker.track('login')
  tracker.track('share')
  const touches = (await sent()).map(event => event.touch)
  tracker.stop()
  return touches as [Touchpoint | undefined, Touchpoint | undefined]
}

afterEach(() => vi.restoreAllMocks())

test('campaign parameters are kept as they are, and are no part of an address', async () => {
  const [first, second] = await arrive('/shoes?utm_source=News%20Letter&UTM_Medium=email&utm_term=&page=2&other=1')
  expect(first).toEqual({ landing: `${host}/shoes?page=2`, utm_source: 'News Letter', utm_medium: 'email' })
  expect(second).toBeUndefined()
})

test('click ids are found in any spelling, under one name; those that tell who it is have no value', async () => {
  const [first] = await arrive('/?GCLID=AbC&sccid=x&irclid=i&mc_eid=person')
  expect(first!.click_ids).toEqual({ gclid: 'AbC', ScCid: 'x', irclickid: 'i', mc_eid: '-' })
})

test('a limited consent keeps that there was a click id, not which', async () => {
  const [first] = await arrive('/?gclid=AbC', '', { consent: 'limited' })
  expect(first!.click_ids).toEqual({ gclid: '-' })
})

test('the referrer is kept when it is another site', async () => {
  expect((await arrive('/', 'https://news.example/story?id=1&user=2#x'))[0]).toEqual({
    landing: `${host}/`,
    referrer: 'https://news.example/story?id=1',
  })
  expect((await arrive('/', `${host}/other`))[0]).toEqual({ landing: `${host}/` })
})

test('a later arrival from outside is told within the session, one from inside is not', async () => {
  const name = 'again'
  expect((await arrive('/', '', { name }))[0]).toEqual({ landing: `${host}/` })
  expect((await arrive('/', `${host}/a`, { name }))[0]).toBeUndefined()
  expect((await arrive('/b', 'https://pay.example/', { name }))[0]).toEqual({
    landing: `${host}/b`,
    referrer: 'https://pay.example/',
  })
  expect((await arrive('/', '', { name }))[0]).toBeUndefined()
})

test.each(['reload', 'back_forward'])('%s is no new arrival', async type => {
  const name = `navigation-${type}`
  await arrive('/', '', { name })
  vi.spyOn(performance, 'getEntriesByType').mockReturnValue([{ type } as unknown as PerformanceEntry])
  expect((await arrive('/?utm_source=x&gclid=y', 'https://news.example/', { name }))[0]).toBeUndefined()
})

test('a page reloaded before anything could be told of its arrival tells it then', async () => {
  const name = 'asked'
  expect((await arrive('/?utm_source=x', 'https://news.example/', { name, consent: 'pending' }))[0]).toBeUndefined()
  vi.spyOn(performance, 'getEntriesByType').mockReturnValue([{ type: 'reload' } as unknown as PerformanceEntry])
  const [first] = await arrive('/?utm_source=x', 'https://news.example/', { name })
  expect(first).toEqual({ landing: `${host}/`, referrer: 'https://news.example/', utm_source: 'x' })
})

test('an e-mail address in a campaign parameter is not kept', async () => {
  const [first] = await arrive('/?utm_content=sari%40toko.example&utm_term=batik')
  expect(first).toMatchObject({ utm_content: '[email]', utm_term: 'batik' })
})

test('a session that begins in an open page came directly, whatever brought the visitor here long before', async () => {
  let time = 1_700_000_000_000
  visit('/?utm_source=x', 'https://news.example/')
  const { tracker, sent } = start({ now: () => time })
  tracker.track('login')
  time += 31 * 60_000
  tracker.track('share')
  expect((await sent())[1]!.touch).toEqual({ landing: `${host}/` })
})

test('addresses that are none, and endless ones, do no harm', async () => {
  expect((await arrive('/', 'not a url'))[0]).toEqual({ landing: `${host}/` })
  const [first] = await arrive(
    `/?q=${'x'.repeat(20_000)}&gclid=${'y'.repeat(20_000)}`,
    `https://a.example/${'z'.repeat(20_000)}`,
  )
  expect(first!.landing.length).toBeLessThanOrEqual(2_000)
  expect(first!.referrer!.length).toBeLessThanOrEqual(2_000)
  expect(first!.click_ids!.gclid!.length).toBeLessThanOrEqual(1_000)
})

import { expect, test, vi } from 'vitest'
import { newName, openCollector, openPage, readOutbox } from './shop.ts'
import type { OnDrop } from './shop.ts'

const names = (events: { name: string }[]) => events.map(event => event.name).sort()

test('events travel to the endpoint as one plain request', async () => {
  const { endpoint, receives, batches } = openCollector()
  const { window } = await openPage()
  const tracker = window.createTracker({ name: newName(), endpoint, writeKey: 'key' })
  tracker.track('login')
  tracker.track('share')
  expect(names(await receives(2))).toEqual(['login', 'share'])
  expect(await batches()).toMatchObject([{ schema: 1, write_key: 'key' }])
})

test('every event is in the outbox until it is accepted', async () => {
  const { endpoint, receives } = openCollector()
  const { window } = await openPage()
  const name = newName()
  const tracker = window.createTracker({ name, endpoint, batch: { waitMs: 60_000 } })
  tracker.track('login')
  tracker.track('share')
  tracker.track('reorder')
  await vi.waitFor(async () => expect(await readOutbox(name)).toHaveLength(3))
  await tracker.flush()
  await receives(3)
  expect(await readOutbox(name)).toEqual([])
})

test('events outlive a page that is left in the same task, and a server that is down then', async () => {
  const { endpoint, answer, receives } = openCollector()
  const frame = await openPage()
  const name = newName()
  await answer({ status: 503 }, { status: 503 })
  const options = { name, endpoint, batch: { waitMs: 60_000 } }
  const first = frame.window.createTracker(options)
  await first.flush()
  for (let count = 0; count < 20; count++) first.track('login')
  const shop = await frame.go()
  expect(await readOutbox(name)).toHaveLength(20)

  await shop.createTracker({ name, endpoint }).flush()
  expect(await receives(20)).toHaveLength(20)
})

test('after a 503 they are sent again, with no further event', async () => {
  const { endpoint, answer, receives } = openCollector()
  const { window } = await openPage()
  await answer({ status: 503 }, { status: 503 })
  const tracker = window.createTracker({ name: newName(), endpoint, batch: { waitMs: 1 }, random: () => 0.1 })
  tracker.track('login')
  expect(await receives(1)).toHaveLength(1)
})

test('Retry-After is honoured', async () => {
  const { endpoint, answer, batches } = openCollector()
  const { window } = await openPage()
  const retry = { 'retry-after': '3600', 'access-control-expose-headers': 'retry-after' }
  await answer({ status: 429, headers: retry })
  const tracker = window.createTracker({ name: newName(), endpoint })
  tracker.track('login')
  await tracker.flush()
  await tracker.flush()
  expect(await batches()).toEqual([])
})

test('a redirect is not followed, and the console says what to do', async () => {
  const { endpoint, answer, batches } = openCollector()
  const frame = await openPage()
  const warn = vi.spyOn((frame.window as Window & typeof globalThis).console, 'warn')
  await answer({ status: 302, headers: { location: endpoint } })
  const name = newName()
  const tracker = frame.window.createTracker({ name, endpoint })
  tracker.track('login')
  await tracker.flush()
  expect(await batches()).toEqual([])
  expect(await readOutbox(name)).toHaveLength(1)
  expect(warn.mock.calls).toEqual([
    [`jejak: ${endpoint} answered with a redirect: check \`endpoint\`. Events are kept and sent later.`],
  ])
})

test.each([
  [401, 'check `writeKey`'],
  [404, 'check `endpoint`'],
])('a %i keeps the events, and the console says to %s', async (status, hint) => {
  const { endpoint, answer } = openCollector()
  const frame = await openPage()
  const warn = vi.spyOn((frame.window as Window & typeof globalThis).console, 'warn')
  await answer({ status })
  const name = newName()
  const tracker = frame.window.createTracker({ name, endpoint })
  tracker.track('login')
  await tracker.flush()
  expect(await readOutbox(name)).toHaveLength(1)
  expect(warn.mock.calls.flat().join()).toContain(hint)
})

test('events the collector refuses one by one are not sent again', async () => {
  const { endpoint, answer } = openCollector()
  const { window } = await openPage()
  const onDrop = vi.fn<OnDrop>()
  const body = { accepted: 1, duplicates: 0, refused: [{ index: 0, reason: 'no' }] }
  await answer({ status: 200, body: JSON.stringify(body) })
  const name = newName()
  const tracker = window.createTracker({ name, endpoint, onDrop })
  tracker.track('login')
  tracker.track('share')
  await tracker.flush()
  expect(onDrop.mock.calls).toMatchObject([['refused', 1, [{ name: 'login' }]]])
  expect(await readOutbox(name)).toEqual([])
})

test('what was not sent leaves with the page', async () => {
  const { endpoint, receives } = openCollector()
  const frame = await openPage()
  const tracker = frame.window.createTracker({ name: newName(), endpoint, batch: { waitMs: 60_000, events: 100 } })
  for (let count = 0; count < 20; count++) tracker.track('login')
  frame.close()
  expect(await receives(20)).toHaveLength(20)
})

test('when tabs track at once, everything arrives, and only one sends at a time', async () => {
  const { endpoint, receives, batches } = openCollector()
  const name = newName()
  const tabs = await Promise.all([openPage(), openPage(), openPage()])
  for (const { window } of tabs) {
    const tracker = window.createTracker({ name, endpoint, batch: { waitMs: 100 } })
    for (let count = 0; count < 10; count++) tracker.track('login')
  }
  await receives(30)
  expect((await batches()).flatMap(batch => batch.events)).toHaveLength(30)
})

test('what another tab has sent is not sent again, not even when this one is left', async () => {
  const { endpoint, receives, batches } = openCollector()
  const name = newName()
  const [here, there] = await Promise.all([openPage(), openPage()])
  const options = { name, endpoint, batch: { waitMs: 60_000 } }
  const one = here.window.createTracker(options)
  one.track('login')
  await vi.waitFor(async () => expect(await readOutbox(name)).toHaveLength(1))
  await there.window.createTracker(options).flush()
  await receives(1)
  await one.flush()
  here.close()
  const after = openCollector()
  const tracker = there.window.createTracker({ name: newName(), endpoint: after.endpoint })
  tracker.track('share')
  await after.receives(1)
  expect((await batches()).flatMap(batch => batch.events)).toHaveLength(1)
})

test('without locks, as on plain http, a lease does', async () => {
  const { endpoint, receives } = openCollector()
  const { window } = await openPage()
  Object.defineProperty(window.navigator, 'locks', { value: undefined })
  const name = newName()
  const tracker = window.createTracker({ name, endpoint })
  tracker.track('login')
  await tracker.flush()
  await receives(1)
  expect(localStorage.getItem(`${name}.lease`)).toBeNull()
})

test('large texts in any script fit, in batches that outlive the page', async () => {
  const { endpoint, receives } = openCollector()
  const { window } = await openPage()
  const tracker = window.createTracker({ name: newName(), endpoint })
  for (let count = 0; count < 30; count++) tracker.track('search', { search_term: '蜡染'.repeat(1_000) })
  expect(await receives(30)).toHaveLength(30)
})

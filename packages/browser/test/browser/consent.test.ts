import { expect, test, vi } from 'vitest'
import { newName, openCollector, openPage, readOutbox } from './shop.ts'

const storedBy = (name: string) => Object.keys(localStorage).filter(key => key.startsWith(name))
const hasDatabase = async (name: string) => (await indexedDB.databases()).some(database => database.name === name)

test('while consent is pending nothing is stored and nothing leaves, not even with the page', async () => {
  const { endpoint, events } = openCollector()
  const frame = await openPage('?utm_source=x')
  const name = newName()
  const { pageViews } = frame.window
  const tracker = frame.window.createTracker({ name, endpoint, consent: 'pending', plugins: [pageViews()] })
  tracker.track('login')
  await tracker.flush()
  frame.close()
  expect(storedBy(name)).toEqual([])
  expect(await hasDatabase(name)).toBe(false)
  expect(await events()).toEqual([])
})

test('consent given in one tab counts in the other, for the same visitor', async () => {
  const { endpoint, receives } = openCollector()
  const name = newName()
  const [here, there] = await Promise.all([openPage(), openPage()])
  const options = { name, endpoint, consent: 'pending', batch: { waitMs: 1 } } as const
  const one = here.window.createTracker(options)
  const other = there.window.createTracker(options)
  one.track('login')
  other.track('share')
  one.setConsent('granted')
  const events = await receives(3)
  expect(other.consent).toBe('granted')
  expect(new Set(events.map(event => event.visitor_id))).toEqual(new Set([one.visitorId]))
})

test('forget leaves nothing, in the outbox or anywhere else, while a request is on its way too', async () => {
  const { endpoint, answer } = openCollector()
  const { window } = await openPage()
  const name = newName()
  await answer({ status: 503 })
  const tracker = window.createTracker({ name, endpoint, batch: { waitMs: 60_000 } })
  tracker.identify('U-1')
  tracker.track('login')
  const flushed = tracker.flush()
  await tracker.forget()
  await flushed
  expect(storedBy(name)).toEqual([])
  expect(await readOutbox(name)).toEqual([])
})

test('what one tab forgets, another forgets too', async () => {
  const { endpoint } = openCollector()
  const name = newName()
  const [here, there] = await Promise.all([openPage(), openPage()])
  const one = here.window.createTracker({ name, endpoint })
  one.track('login')
  await one.flush()
  const other = there.window.createTracker({ name, endpoint })
  const before = other.visitorId
  expect(before).toBe(one.visitorId)
  await one.forget()
  await vi.waitFor(() => expect(other.visitorId).not.toBe(before))
})

test('a session is shared by tabs', async () => {
  const { endpoint, receives } = openCollector()
  const name = newName()
  const [here, there] = await Promise.all([openPage(), openPage()])
  let time = Date.now()
  const options = { name, endpoint, now: () => time, batch: { waitMs: 1 } }
  const one = here.window.createTracker(options)
  const other = there.window.createTracker(options)
  one.track('login')
  await one.flush()
  other.track('share')
  await other.flush()
  time += 31 * 60_000
  other.track('reorder')
  await vi.waitFor(() => expect(one.sessionId).toBe(other.sessionId))
  one.track('login')
  const events = (await receives(4)).sort(
    (first, second) => first.session_number - second.session_number || first.sequence - second.sequence,
  )
  expect(events.map(event => [event.name, event.session_number, event.sequence])).toEqual([
    ['login', 1, 1],
    ['share', 1, 2],
    ['reorder', 2, 1],
    ['login', 2, 2],
  ])
})

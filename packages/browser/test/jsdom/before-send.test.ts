import { beforeEach, expect, test, vi } from 'vitest'
import { start, visit } from './start.ts'
import type { OnDrop } from './start.ts'

beforeEach(() => {
  localStorage.clear()
  visit('/')
})

test('`beforeSend` sees the complete event and changes what is stored', async () => {
  const { tracker, sent } = start({
    beforeSend: event => ({ ...event, properties: { ...event.properties, search_term: '***' } }),
  })
  tracker.track('search', { search_term: 'secret' })
  expect(await sent()).toMatchObject([{ name: 'search', stage: 'consideration', properties: { search_term: '***' } }])
})

test('what `beforeSend` does to an event does not reach the object that the page tracked', async () => {
  const { tracker, sent } = start({
    beforeSend(event) {
      event.properties['search_term'] = '***'
      return event
    },
  })
  const properties = { search_term: 'mine' }
  tracker.track('search', properties)
  expect((await sent())[0]!.properties).toEqual({ search_term: '***' })
  expect(properties).toEqual({ search_term: 'mine' })
})

test('an event for which `beforeSend` gives back nothing is left out and counted', async () => {
  const onDrop = vi.fn<OnDrop>()
  const { tracker, sent, batches } = start({
    onDrop,
    beforeSend: event => (event.name === 'login' ? undefined : event),
  })
  tracker.track('login')
  tracker.track('share')
  expect((await sent()).map(event => event.name)).toEqual(['share'])
  expect(onDrop).toHaveBeenCalledExactlyOnceWith('filtered', 1, undefined)
  expect(batches[0]!.dropped).toEqual({ filtered: 1 })
})

test('an event is not kept when `beforeSend` throws, for it may hold what was to be taken out', async () => {
  const onDrop = vi.fn<OnDrop>()
  const { tracker, sent } = start({
    onDrop,
    beforeSend() {
      throw new Error('broken')
    },
  })
  tracker.track('login')
  expect(await sent()).toEqual([])
  expect(onDrop).toHaveBeenCalledExactlyOnceWith('unreadable', 1, undefined)
})

test('how the visitor came is told by the next event when the first was left out', async () => {
  visit('/?utm_source=mail&utm_medium=email')
  const { tracker, sent } = start({ beforeSend: event => (event.name === 'login' ? undefined : event) })
  tracker.track('login')
  tracker.track('share')
  tracker.track('share')
  expect((await sent()).map(event => event.touch?.utm_source)).toEqual(['mail', undefined])
})

test('a browser that knows no visitor goes on with the one it is given', async () => {
  const visitorId = '0192d5f0-0000-7000-8000-000000000001'
  const { tracker, sent } = start({ visitorId })
  tracker.track('login')
  expect((await sent())[0]!.visitor_id).toBe(visitorId)
})

test('a browser that knows its visitor keeps them, whoever it is given', async () => {
  const first = start({ name: 'known' })
  first.tracker.track('login')
  await first.sent()
  first.tracker.stop()
  const { tracker } = start({ name: 'known', visitorId: '0192d5f0-0000-7000-8000-000000000001' })
  expect(tracker.visitorId).toBe(first.tracker.visitorId)
})

import { expect, test, vi } from 'vitest'
import { start, visit } from './start.ts'

const minute = 60_000
const noon = new Date(2026, 10, 21, 12).getTime()

/** The session numbers of one event at each of these times, in minutes after noon. */
async function sessions(minutes: number[], settings: Parameters<typeof start>[0] = {}) {
  let time = 0
  const { tracker, sent } = start({ ...settings, now: () => time })
  for (const passed of minutes) {
    time = noon + passed * minute
    tracker.track('login')
  }
  return (await sent()).map(event => event.session_number)
}

test('a session ends after 30 minutes without an event', async () => {
  expect(await sessions([0, 30, 60, 90.1])).toEqual([1, 1, 1, 2])
})

test('how long it may idle is the shop’s to say', async () => {
  expect(await sessions([0, 5.1], { session: { idleMinutes: 5 } })).toEqual([1, 2])
})

test('a session ends at midnight only where that is wanted', async () => {
  const overMidnight = [11 * 60 + 59, 12 * 60 + 1]
  expect(await sessions(overMidnight)).toEqual([1, 1])
  expect(await sessions(overMidnight, { session: { endAtMidnight: true } })).toEqual([1, 2])
})

test('a clock that is set back by a day ends the session, and the next one lives', async () => {
  // They are sent by their times.
  expect(await sessions([0, -24 * 60, -24 * 60 + 1])).toEqual([2, 2, 1])
})

test('the next page goes on with the session, and after a pause begins the next', async () => {
  let time = noon
  const load = async () => {
    const { tracker, sent } = start({ name: 'pages', now: () => time })
    tracker.track('login')
    const [event] = await sent()
    tracker.stop()
    return [event!.session_number, event!.sequence, event!.touch !== undefined]
  }
  expect(await load()).toEqual([1, 1, true])
  time += 10 * minute
  expect(await load()).toEqual([1, 2, false])
  time += 31 * minute
  expect(await load()).toEqual([2, 1, true])
})

test('a session that another tab has gone on with is not over here', async () => {
  let time = noon
  const here = start({ name: 'tab', now: () => time })
  const there = start({ name: 'tab', now: () => time })
  here.tracker.track('login')
  await here.tracker.flush()
  time += 20 * minute
  there.tracker.track('login')
  await there.tracker.flush()
  time += 20 * minute
  here.tracker.track('login')
  expect(here.tracker.sessionId).toBe(there.tracker.sessionId)
})

test('what another tab wrote is taken over', async () => {
  const here = start({ name: 'adopting', now: () => noon })
  here.tracker.track('login')
  await here.tracker.flush()
  const next = { session_id: 'next', session_number: 2, sequence: 7, seen: noon, campaign: '' }
  localStorage.setItem('adopting.session', JSON.stringify(next))
  dispatchEvent(
    new StorageEvent('storage', { key: 'adopting.session', newValue: localStorage.getItem('adopting.session') }),
  )
  here.tracker.track('share')
  expect((await here.sent())[1]).toMatchObject({ session_id: 'next', session_number: 2, sequence: 8 })
})

test('storage that holds something else is as if it held nothing', async () => {
  for (const junk of ['', 'junk', '5', '[]', '{"session_id":5}', '{"session_id":"x","session_number":"y"}']) {
    localStorage.setItem('junk.session', junk)
    localStorage.setItem('junk.visitor', junk)
    const { tracker, sent } = start({ name: 'junk' })
    tracker.track('login')
    expect((await sent())[0]).toMatchObject({ session_number: 1, sequence: 1, visitor_id: tracker.visitorId })
    tracker.stop()
  }
})

test('another campaign begins a new session, the same one does not', async () => {
  const arrive = async (search: string) => {
    visit(`/${search}`)
    const { tracker, sent } = start({ name: 'campaigns', now: () => noon })
    tracker.track('login')
    const [event] = await sent()
    tracker.stop()
    return [event!.session_number, event!.touch?.utm_campaign ?? event!.touch?.click_ids?.gclid]
  }
  expect(await arrive('?utm_campaign=spring')).toEqual([1, 'spring'])
  expect(await arrive('')).toEqual([1, undefined])
  expect(await arrive('?utm_campaign=spring')).toEqual([1, 'spring'])
  expect(await arrive('?utm_campaign=summer')).toEqual([2, 'summer'])
  expect(await arrive('?gclid=a')).toEqual([3, 'a'])
  expect(await arrive('?gclid=b')).toEqual([4, 'b'])
})

test('the stage of a page of unknown type is the last one of the session', async () => {
  let time = noon
  const { tracker, sent } = start({ now: () => time })
  tracker.track('page_view')
  tracker.track('add_to_cart', { currency: 'IDR', value: 1, items: [{ item_id: 'A' }] })
  tracker.track('page_view')
  tracker.track('scroll')
  expect(tracker.stage).toBe('decision')
  time += 31 * minute
  tracker.track('page_view')
  expect((await sent()).map(event => event.stage)).toEqual(['awareness', 'decision', 'decision', null, 'awareness'])
})

test('a browser without any storage keeps visitor and session in memory', async () => {
  const forbid = () => {
    throw new DOMException('forbidden', 'SecurityError')
  }
  const spies = [vi.spyOn(Storage.prototype, 'getItem'), vi.spyOn(Storage.prototype, 'setItem')]
  for (const spy of spies) spy.mockImplementation(forbid)
  const { tracker, sent } = start()
  tracker.track('login')
  tracker.track('share')
  const events = await sent()
  for (const spy of spies) spy.mockRestore()
  expect(events.map(event => [event.visitor_id, event.sequence])).toEqual([
    [tracker.visitorId, 1],
    [tracker.visitorId, 2],
  ])
})

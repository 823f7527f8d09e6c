import { envelopeSchema } from '@jejak/events/schemas'
import { describe, expect, test, vi } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { start, visit } from './start.ts'
import type { OnDrop } from './start.ts'

const uuid = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

test('an event is a complete envelope', async () => {
  visit('/products/batik?variant=blue')
  document.title = 'Batik'
  const { tracker, sent } = start({ now: () => 1_700_000_000_000 })
  tracker.track('view_item', { currency: 'IDR', value: 150_000, items: [{ item_id: 'BATIK-01' }] })

  const [event] = await sent()
  expect(envelopeSchema.parse(event)).toEqual({
    id: expect.stringMatching(uuid),
    name: 'view_item',
    stage: 'consideration',
    time: 1_700_000_000_000,
    visitor_id: tracker.visitorId,
    session_id: tracker.sessionId,
    session_number: 1,
    sequence: 1,
    page: { url: 'http://localhost:3000/products/batik?variant=blue', title: 'Batik' },
    touch: { landing: 'http://localhost:3000/products/batik?variant=blue' },
    consent: 'granted',
    properties: { currency: 'IDR', value: 150_000, items: [{ item_id: 'BATIK-01' }] },
  })
})

test('a batch names the library as its package does', async () => {
  const { tracker, sent, batches } = start({ writeKey: 'shop-1' })
  tracker.track('login')
  await sent()
  expect(batches[0]).toMatchObject({
    schema: 1,
    library: { name: packageJson.name, version: packageJson.version },
    write_key: 'shop-1',
  })
})

test('events keep their order, by id and by sequence, within one millisecond too', async () => {
  const { tracker, sent } = start({ now: () => 1_700_000_000_000 })
  for (let count = 0; count < 30; count++) tracker.track('login')
  const events = await sent()
  expect(events.map(event => event.sequence)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1))
  expect(events.map(event => event.id)).toEqual(events.map(event => event.id).sort())
})

test('what the caller does to the properties afterwards changes nothing', async () => {
  const { tracker, sent } = start()
  const properties = { search_term: 'batik' }
  tracker.track('search', properties)
  properties.search_term = 'shoes'
  expect((await sent())[0]!.properties).toEqual({ search_term: 'batik' })
})

test('the caller’s task stores and sends nothing; right after it, everything is written in one transaction', async () => {
  const { tracker, sent } = start({ batch: { events: 1_000 } })
  tracker.track('login')
  await sent()
  const setItem = vi.spyOn(Storage.prototype, 'setItem')
  const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction')
  const commit = vi.spyOn(IDBTransaction.prototype, 'commit')
  for (let count = 0; count < 50; count++) tracker.track('login')
  expect(setItem).not.toHaveBeenCalled()
  expect(transaction).not.toHaveBeenCalled()

  for (let turn = 0; turn < 5; turn++) await Promise.resolve()
  // jsdom says that it is WebKit, where they stand in both places until they are written.
  expect(setItem.mock.calls.map(([key]) => key)).toEqual([
    expect.stringMatching(/session$/),
    expect.stringMatching(/left\..*\.50\.$/),
  ])
  expect(transaction.mock.calls).toEqual([['outbox', 'readwrite']])
  expect(commit).toHaveBeenCalledTimes(1)
  setItem.mockRestore()
  transaction.mockRestore()
  commit.mockRestore()
})

test('a caller may know the stage, the time and the id', async () => {
  const { tracker, sent } = start()
  const id = '0192f0c1-2d3e-7a4b-8c5d-6e7f80910111'
  tracker.track('login', {}, { stage: 'advocacy', time: 1_600_000_000_000.5, id })
  expect((await sent())[0]).toMatchObject({ stage: 'advocacy', time: 1_600_000_000_000, id })
})

test('options that make no sense are as if they were not there', async () => {
  const { tracker, sent } = start({ now: () => 1_700_000_000_000 })
  const options = { stage: 'nowhere', time: -5, id: 'x' } as unknown as { id: string }
  tracker.track('login', {}, options)
  expect((await sent())[0]).toMatchObject({
    stage: 'retention',
    time: 1_700_000_000_000,
    id: expect.stringMatching(uuid) as string,
  })
})

test('null, undefined and numbers that JSON has not are left out', async () => {
  const { tracker, sent } = start()
  const properties = {
    search_term: null,
    results_count: NaN,
    filters: { size: null, colour: 'blue' },
    other: undefined,
  }
  tracker.track('search', properties as unknown as { search_term: string })
  expect((await sent())[0]!.properties).toEqual({ filters: { colour: 'blue' } })
})

test('half a surrogate pair is replaced, and everything around it kept', async () => {
  const { tracker, sent } = start()
  tracker.track('search', { search_term: 'a\ud83d b\\ud83d 😀\n', ['\udc00']: 1 } as { search_term: string })
  expect((await sent())[0]!.properties).toEqual({ search_term: 'a\ufffd b\\ud83d 😀\n', '\ufffd': 1 })
})

describe('properties that cannot be read', () => {
  const circular: Record<string, unknown> = {}
  circular['self'] = circular
  const hostile = {
    circular,
    bigint: { value: 1n },
    throwing: {
      get value() {
        throw new Error('no')
      },
    },
    text: 'text',
    list: [1],
    date: new Date(0),
    function: () => {},
  }

  test.each(Object.entries(hostile))('give the event up, and only it: %s', async (_, properties) => {
    const onDrop = vi.fn<OnDrop>()
    const { tracker, sent, batches } = start({ onDrop })
    tracker.track('search', properties as unknown as { search_term: string })
    tracker.track('login')

    expect((await sent()).map(event => event.name)).toEqual(['login'])
    expect(onDrop).toHaveBeenCalledExactlyOnceWith('unreadable', 1, undefined)
    expect(batches[0]!.dropped).toEqual({ unreadable: 1 })
  })
})

test('a name that is none gives the event up', async () => {
  const onDrop = vi.fn<OnDrop>()
  const { tracker, sent } = start({ onDrop })
  for (const name of [undefined, '', 5, {}, 'x'.repeat(101)]) tracker.track(name as 'login')
  expect(await sent()).toEqual([])
  expect(onDrop).toHaveBeenCalledTimes(5)
})

test('an event too large for one request is given up', async () => {
  const onDrop = vi.fn<OnDrop>()
  const { tracker, sent } = start({ onDrop })
  tracker.track('search', { search_term: 'x'.repeat(50_000) })
  expect(await sent()).toEqual([])
  expect(onDrop).toHaveBeenCalledExactlyOnceWith('too_large', 1, undefined)
})

test('properties named like parts of every object are data like any other', async () => {
  const { tracker, sent } = start()
  tracker.track(
    'search',
    JSON.parse('{"search_term":"x","__proto__":{"polluted":1},"constructor":2}') as { search_term: string },
  )
  const [event] = await sent()
  expect(JSON.stringify(event!.properties)).toContain('"__proto__":{"polluted":1},"constructor":2')
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})

describe('identify', () => {
  test('tells who the visitor is from then on', async () => {
    const { tracker, sent } = start()
    tracker.track('login')
    tracker.identify('U-1', { accountId: 'A-1', traits: { segment: 'wholesale' } })
    tracker.track('reorder')

    const events = await sent()
    expect(events.map(({ name, user_id, account_id }) => [name, user_id, account_id])).toEqual([
      ['login', undefined, undefined],
      ['identify', 'U-1', 'A-1'],
      ['reorder', 'U-1', 'A-1'],
    ])
    expect(events[1]!.properties).toEqual({ traits: { segment: 'wholesale' } })
  })

  test('is remembered by the next page', async () => {
    const first = start({ name: 'remembered' })
    first.tracker.identify('U-1')
    await first.sent()
    first.tracker.stop()

    const second = start({ name: 'remembered' })
    second.tracker.track('login')
    const [event] = await second.sent()
    expect(event).toMatchObject({ user_id: 'U-1', visitor_id: first.tracker.visitorId })
  })

  test('takes null for nothing more to tell', async () => {
    const { tracker, sent } = start()
    tracker.identify('U-1', null as unknown as undefined)
    expect(await sent()).toMatchObject([{ name: 'identify', user_id: 'U-1' }])
  })

  test('says so when there is no user id', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const { tracker, sent } = start()
    tracker.identify('')
    expect(await sent()).toEqual([])
    expect(warn).toHaveBeenCalledExactlyOnceWith('jejak: identify: `userId` is missing')
    warn.mockRestore()
  })
})

test('a page that is prerendered sends and stores nothing until it is shown', async () => {
  const prerendering = (value: boolean) =>
    Object.defineProperty(document, 'prerendering', { configurable: true, value })
  prerendering(true)
  const { tracker, sent } = start({ name: 'prerendered' })
  tracker.track('login')
  expect(await sent()).toEqual([])
  expect(Object.keys(localStorage).filter(key => key.startsWith('prerendered.'))).toEqual([])

  prerendering(false)
  document.dispatchEvent(new Event('prerenderingchange'))
  await Promise.resolve()
  expect(localStorage.getItem('prerendered.visitor')).toContain(tracker.visitorId)
  expect(await sent()).toHaveLength(1)
})

test('a stopped tracker tracks nothing, and leaves what it had to the next page', async () => {
  const first = start({ name: 'stopped', batch: { waitMs: 60_000 } })
  first.tracker.track('login')
  first.tracker.stop()
  first.tracker.track('share')
  await first.tracker.flush()
  expect(first.batches).toEqual([])

  const second = start({ name: 'stopped' })
  expect((await second.sent()).map(event => event.name)).toEqual(['login'])
})

test('trackers of different names know nothing of each other', async () => {
  const one = start({ name: 'one' })
  const other = start({ name: 'other' })
  one.tracker.track('login')
  other.tracker.track('share')
  expect((await one.sent()).map(event => event.name)).toEqual(['login'])
  expect((await other.sent()).map(event => event.name)).toEqual(['share'])
  expect(one.tracker.visitorId).not.toBe(other.tracker.visitorId)
})

test('a plugin that fails, and one whose end fails, trouble nobody', async () => {
  const fails = () => {
    throw new Error('plugin')
  }
  const { tracker, sent } = start({ plugins: [fails, () => fails] })
  tracker.track('login')
  expect(await sent()).toHaveLength(1)
  expect(() => tracker.stop()).not.toThrow()
})

test('an onDrop that fails troubles nobody', async () => {
  const { tracker, sent } = start({
    onDrop: () => {
      throw new Error('mine')
    },
  })
  tracker.track('' as 'login')
  tracker.track('login')
  expect(await sent()).toHaveLength(1)
})

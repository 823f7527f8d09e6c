import type { Delivery, TrackerSettings, Transport } from '@jejak/browser'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { start } from './start.ts'
import type { OnDrop } from './start.ts'

/** Lets everything happen that needs no timer. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await new Promise(resolve => setImmediate(resolve))
}

async function pass(milliseconds: number): Promise<void> {
  await settled()
  await vi.advanceTimersByTimeAsync(milliseconds)
  await settled()
}

const names = (batches: { events: { name: string }[] }[]) => batches.map(batch => batch.events.map(event => event.name))

let warn: ReturnType<typeof vi.spyOn>

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
})
afterEach(() => {
  vi.useRealTimers()
  warn.mockRestore()
})

describe('a batch is sent', () => {
  test('when its time has passed', async () => {
    const { tracker, batches } = start()
    tracker.track('login')
    await pass(500)
    tracker.track('share')
    await pass(499)
    expect(batches).toEqual([])
    await pass(1)
    expect(names(batches)).toEqual([['login', 'share']])
  })

  test('when it has as many events as were asked for', async () => {
    const { tracker, batches } = start({ batch: { events: 3 } })
    tracker.track('login')
    tracker.track('login')
    await settled()
    expect(batches).toEqual([])
    tracker.track('share')
    await settled()
    expect(names(batches)).toEqual([['login', 'login', 'share']])
  })

  test('when it is as large as was asked for, and never larger', async () => {
    const { tracker, batches } = start({ batch: { bytes: 2_000 } })
    for (let count = 0; count < 10; count++) tracker.track('search', { search_term: 'x'.repeat(500) })
    await settled()
    await pass(1_000)
    expect(batches.flatMap(batch => batch.events)).toHaveLength(10)
    for (const { events } of batches) expect(JSON.stringify(events).length).toBeLessThan(2_100)
  })
})

describe('after a failure', () => {
  test('it is tried again with no further event, each wait up to twice as long as the one before', async () => {
    const { tracker, batches, answers } = start({ random: () => 1 })
    answers.push({ status: 'retry' }, { status: 'retry' }, { status: 'retry' })
    tracker.track('login')
    await pass(1_000)
    const waits = []
    for (let attempt = 2; attempt <= 4; attempt++) {
      let waited = 0
      for (; batches.length < attempt; waited += 500) await pass(500)
      waits.push(waited)
    }
    expect(waits).toEqual([1_000, 2_000, 4_000])
    expect(new Set(batches.map(batch => batch.events[0]!.id)).size).toBe(1)
    await pass(600_000)
    expect(batches).toHaveLength(4)
  })

  test('further events do not make it hurry', async () => {
    const { tracker, batches, answers } = start({ random: () => 1, batch: { events: 1 } })
    answers.push({ status: 'retry' })
    tracker.track('login')
    await settled()
    for (let count = 0; count < 30; count++) tracker.track('share')
    await pass(900)
    expect(batches).toHaveLength(1)
    await pass(200)
    expect(batches).toHaveLength(2)
    expect(batches[1]!.events).toHaveLength(31)
  })

  test('a better moment does: being online again, or in view again', async () => {
    const { tracker, batches, answers } = start({ random: () => 1 })
    answers.push({ status: 'retry' }, { status: 'retry' })
    tracker.track('login')
    await pass(1_000)
    dispatchEvent(new Event('online'))
    await settled()
    expect(batches).toHaveLength(2)
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
    await settled()
    expect(batches).toHaveLength(3)
  })

  test('the server’s own wish is honoured, by the next page too', async () => {
    const first = start({ name: 'patient' })
    first.answers.push({ status: 'retry', retryAfterMs: 60_000 })
    first.tracker.track('login')
    await pass(1_000)
    dispatchEvent(new Event('online'))
    await pass(30_000)
    expect(first.batches).toHaveLength(1)
    first.tracker.stop()

    const second = start({ name: 'patient' })
    await second.tracker.flush()
    await pass(29_000)
    expect(second.batches).toHaveLength(0)
    await pass(1_500)
    expect(second.batches).toHaveLength(1)
  })

  test('the server’s own wish is honoured by who was waiting for their turn, too', async () => {
    const { tracker, batches, answers } = start()
    answers.push({ status: 'retry', retryAfterMs: 60_000 })
    tracker.track('login')
    await Promise.all([tracker.flush(), tracker.flush(), tracker.flush()])
    expect(batches).toHaveLength(1)
  })

  test('an answer that never comes is given up, even by a transport that does not care', async () => {
    const transport = vi.fn<Transport>(() => new Promise(() => {}))
    const { tracker } = start({ transport, random: () => 1 })
    tracker.track('login')
    await pass(1_000)
    expect(transport).toHaveBeenCalledTimes(1)
    await pass(30_000)
    expect(transport.mock.calls[0]![1].aborted).toBe(true)
    await pass(1_000)
    expect(transport).toHaveBeenCalledTimes(2)
  })

  test.each([
    [
      'throws',
      () => {
        throw new Error('mine')
      },
    ],
    ['answers nothing', async () => undefined],
    ['answers nonsense', async () => ({ status: 'fine' })],
  ] as unknown as [string, () => Promise<Delivery>][])('a transport that %s loses nothing', async (_, fault) => {
    let works = false
    const sent: unknown[] = []
    const transport: Transport = async batch => {
      if (!works) return fault()
      sent.push(...batch.events)
      return { status: 'accepted' }
    }
    const { tracker } = start({ transport })
    tracker.track('login')
    await pass(1_000)
    works = true
    await pass(5_000)
    expect(sent).toHaveLength(1)
  })

  test('somebody has to mend it: nothing is lost, and the console says once what to do', async () => {
    const { tracker, batches, answers } = start()
    const answer: Delivery = { status: 'misconfigured', reason: '/e answered 404: check `endpoint`.' }
    answers.push(answer, answer)
    tracker.track('login')
    await pass(1_000)
    await pass(299_000)
    expect(batches).toHaveLength(1)
    await pass(1_000)
    await pass(300_000)
    expect(batches).toHaveLength(3)
    expect(warn.mock.calls).toEqual([['jejak: /e answered 404: check `endpoint`. Events are kept and sent later.']])
  })
})

describe('a refusal', () => {
  test.each(['refused', 'too_large'] as const)('%s: the one event it is for is found and given up', async status => {
    const onDrop = vi.fn<OnDrop>()
    const accepted: string[] = []
    const requests: number[] = []
    const transport: Transport = async ({ events }) => {
      requests.push(events.length)
      if (events.some(event => event.properties['search_term'] === 'poison')) return { status, reason: 'no' }
      accepted.push(...events.map(event => event.id))
      return { status: 'accepted' }
    }
    const { tracker } = start({ transport, onDrop })
    for (let count = 0; count < 50; count++) tracker.track('search', { search_term: count === 31 ? 'poison' : 'x' })
    await tracker.flush()

    expect(new Set(accepted).size).toBe(49)
    expect(onDrop).toHaveBeenCalledTimes(1)
    expect(onDrop.mock.calls[0]!.slice(0, 2)).toEqual([status, 1])
    expect(onDrop.mock.calls[0]![2]).toMatchObject([{ properties: { search_term: 'poison' } }])
    expect(warn).toHaveBeenCalledTimes(1)
    expect(requests.length).toBeLessThan(25)
  })

  test('of everything gives up nothing: the fault is the endpoint’s, and once that is mended all of it arrives', async () => {
    const onDrop = vi.fn<OnDrop>()
    const accepted: string[] = []
    let refuses = true
    const transport: Transport = async ({ events }) => {
      if (refuses) return { status: 'refused', reason: 'status 400' }
      accepted.push(...events.map(event => event.id))
      return { status: 'accepted' }
    }
    const { tracker } = start({ transport, onDrop, random: () => 1 })
    for (let count = 0; count < 50; count++) tracker.track('login')
    await tracker.flush()
    await pass(3_600_000)
    expect(warn.mock.calls).toEqual([
      ['jejak: the transport refuses all events (status 400). Events are kept and sent later.'],
    ])
    refuses = false
    await pass(300_000)
    await pass(1_000)
    expect(new Set(accepted).size).toBe(50)
    expect(onDrop).not.toHaveBeenCalled()
  })

  test('of the only event there is keeps it, until another that is accepted proves that it is to blame', async () => {
    const onDrop = vi.fn<OnDrop>()
    const transport = vi.fn<Transport>(async ({ events }) =>
      events.some(event => event.name === 'login') ? { status: 'refused' } : { status: 'accepted' },
    )
    const { tracker } = start({ transport, onDrop, random: () => 1 })
    tracker.track('login')
    await pass(600_000)
    await tracker.flush()
    expect(onDrop).not.toHaveBeenCalled()
    expect(transport.mock.calls.length).toBeLessThan(15)
    tracker.track('share')
    await pass(1_000)
    expect(onDrop.mock.calls).toMatchObject([['refused', 1, [{ name: 'login' }]]])
    expect(tracker.debug().waiting).toBe(0)
  })

  test('by an endpoint that took others before keeps the event all the same: it may have changed its mind', async () => {
    const onDrop = vi.fn<OnDrop>()
    const { tracker, answers, batches } = start({ onDrop })
    tracker.track('login')
    await tracker.flush()
    answers.push({ status: 'refused' }, { status: 'refused' }, { status: 'refused' })
    tracker.track('share')
    await tracker.flush()
    await tracker.flush()
    await tracker.flush()
    await tracker.flush()
    expect(onDrop).not.toHaveBeenCalled()
    expect(names(batches).at(-1)).toEqual(['share'])
    expect(tracker.debug().waiting).toBe(0)
  })

  test('of several events among many finds each of them', async () => {
    const onDrop = vi.fn<OnDrop>()
    const accepted = new Set<string>()
    const transport: Transport = async ({ events }) => {
      if (events.some(event => event.properties['search_term'] === 'poison')) return { status: 'refused' }
      for (const event of events) accepted.add(event.id)
      return { status: 'accepted' }
    }
    const { tracker } = start({ transport, onDrop, random: () => 1 })
    const poison = [0, 1, 2, 30, 49]
    for (let count = 0; count < 50; count++) {
      tracker.track('search', { search_term: poison.includes(count) ? 'poison' : 'x' })
    }
    await tracker.flush()
    for (let minute = 0; minute < 10; minute++) await pass(60_000)
    expect(accepted.size).toBe(45)
    // After the last one nothing was accepted that could prove it to be to blame.
    expect(onDrop).toHaveBeenCalledTimes(4)
    tracker.track('login')
    for (let minute = 0; minute < 6; minute++) await pass(60_000)
    expect(accepted.size).toBe(46)
    expect(onDrop).toHaveBeenCalledTimes(5)
  })

  test('within an accepted batch is for these events only: they are counted, told and not sent again', async () => {
    const onDrop = vi.fn<OnDrop>()
    const { tracker, batches, answers } = start({ onDrop })
    answers.push({ status: 'accepted', refused: [{ index: 1, reason: '`value` must be a number' }] })
    tracker.track('login')
    tracker.track('share')
    await tracker.flush()
    tracker.track('login')
    await tracker.flush()

    expect(onDrop.mock.calls).toMatchObject([['refused', 1, [{ name: 'share' }]]])
    expect(warn.mock.calls).toEqual([['jejak: the transport will not take share: refused. `value` must be a number']])
    expect(names(batches)).toEqual([['login', 'share'], ['login']])
    expect(batches[1]!.dropped).toEqual({ refused: 1 })
  })

  test.each([5, 'x', [null], [{}], [{ id: 5 }], [{ index: 99 }]])(
    'list that is none, %j, does no harm',
    async refused => {
      const { tracker, batches, answers } = start()
      answers.push({ status: 'accepted', refused } as unknown as Delivery)
      tracker.track('login')
      await tracker.flush()
      await tracker.flush()
      expect(batches).toHaveLength(1)
    },
  )
})

test('what was given up is counted in the next batch, until one that counts it was accepted', async () => {
  const { tracker, batches, answers } = start({ random: () => 0 })
  answers.push({ status: 'retry' })
  tracker.track('' as 'login')
  tracker.track('login')
  await tracker.flush()
  tracker.track('' as 'login')
  await tracker.flush()
  tracker.track('login')
  await tracker.flush()
  expect(batches.map(batch => batch.dropped)).toEqual([{ unreadable: 1 }, { unreadable: 2 }, undefined])
})

test('what was given up on one page is reported by the next, once', async () => {
  const first = start({ name: 'counted' })
  await first.tracker.flush()
  first.tracker.track('' as 'login')
  dispatchEvent(new Event('pagehide'))
  first.tracker.stop()
  const second = start({ name: 'counted' })
  second.tracker.track('login')
  await second.tracker.flush()
  second.tracker.track('login')
  await second.tracker.flush()
  expect(second.batches.map(batch => batch.dropped)).toEqual([{ unreadable: 1 }, undefined])
})

test('how long to wait after failures is remembered by the next page', async () => {
  const retry: Delivery = { status: 'retry' }
  const first = start({ name: 'failing', random: () => 1 })
  first.answers.push(retry, retry, retry)
  first.tracker.track('login')
  await pass(1_000)
  await pass(1_000)
  await pass(2_000)
  expect(first.batches).toHaveLength(3)
  first.tracker.stop()
  const second = start({ name: 'failing', random: () => 1 })
  second.answers.push(retry)
  await pass(1_000)
  expect(second.batches).toHaveLength(1)
  await pass(7_999)
  expect(second.batches).toHaveLength(1)
  await pass(1)
  expect(second.batches).toHaveLength(2)
})

describe('where there are no locks, a tab', () => {
  const claimed = (name: string, from: number) => localStorage.setItem(`${name}.claim`, String(Date.now() + from))

  test('leaves the sending to the one that has claimed it', async () => {
    claimed('claimed', 60_000)
    const { tracker, batches } = start({ name: 'claimed' })
    tracker.track('login')
    await pass(30_000)
    expect(batches).toHaveLength(0)
  })

  test('takes it over when the claim has expired', async () => {
    claimed('expired', 5_000)
    const { tracker, batches } = start({ name: 'expired' })
    tracker.track('login')
    await pass(10_000)
    expect(batches).toHaveLength(1)
    expect(localStorage.getItem('expired.claim')).toBeNull()
  })

  test('sends what an earlier page left behind, though that page died while it was sending', async () => {
    const first = start({ name: 'died' })
    first.answers.push({ status: 'retry' })
    first.tracker.track('login')
    await pass(1_000)
    first.tracker.stop()
    claimed('died', 60_000)
    const { batches } = start({ name: 'died' })
    await pass(50_000)
    expect(batches).toHaveLength(0)
    await pass(12_000)
    expect(batches).toHaveLength(1)
  })

  test('stops when another one has taken it over', async () => {
    const answers: (() => void)[] = []
    const transport = vi.fn<Transport>(
      () => new Promise(resolve => answers.push(() => resolve({ status: 'accepted' }))),
    )
    const { tracker } = start({ name: 'stolen', transport, batch: { events: 60 } })
    for (let count = 0; count < 100; count++) tracker.track('login')
    await pass(1_000)
    await settled()
    expect(transport).toHaveBeenCalledTimes(1)
    claimed('stolen', 59_999)
    answers[0]!()
    await pass(10_000)
    expect(transport).toHaveBeenCalledTimes(1)
  })
})

test('events that another version of this code has stored are sent', async () => {
  const first = start({ name: 'older' })
  await first.tracker.flush()
  first.tracker.stop()
  const request = indexedDB.open('older')
  await new Promise(resolve => (request.onsuccess = resolve))
  const rows = request.result.transaction('outbox', 'readwrite').objectStore('outbox')
  rows.put({ id: 'a', name: 'login' }, '00000000-0000-7000-8000-000000000000')
  rows.put('{"id":"b","name":"share"}', '00000000-0000-7000-8000-000000000001.2.25.more')
  await settled()
  const second = start({ name: 'older' })
  await second.tracker.flush()
  expect(names(second.batches)).toEqual([['login', 'share']])
})

test('a burst is written in few transactions, and in few rows', async () => {
  const { tracker, sent } = start()
  await tracker.flush()
  const puts: number[] = []
  const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction').mockClear()
  const put = vi.spyOn(IDBObjectStore.prototype, 'put')
  for (let count = 0; count < 1_000; count++) tracker.track('login')
  const commit = vi.spyOn(IDBTransaction.prototype, 'commit').mockImplementation(function (this: IDBTransaction) {
    puts.push(put.mock.calls.length - puts.reduce((sum, some) => sum + some, 0))
  })
  await settled()
  commit.mockRestore()
  put.mockRestore()
  transaction.mockRestore()
  expect(Math.max(...puts)).toBeLessThanOrEqual(20)
  expect(puts.filter(some => some > 0).length).toBeLessThanOrEqual(2)
  expect(await sent()).toHaveLength(1_000)
})

test('all of what an earlier page left behind is sent, whatever was tracked together, with no further event', async () => {
  const first = start({ name: 'mixed' })
  first.answers.push({ status: 'retry' })
  for (let count = 0; count < 400; count++) first.tracker.track(count % 3 ? 'scroll' : 'login')
  first.tracker.stop()
  const second = start({ name: 'mixed' })
  for (let turn = 0; turn < 40; turn++) await pass(1_000)
  expect(new Set(second.batches.flatMap(batch => batch.events.map(event => event.id))).size).toBe(400)
})

test('a tracker that is stopped in the task of a burst keeps all of it for the next page', async () => {
  const first = start({ name: 'stopped' })
  for (let count = 0; count < 1_200; count++) first.tracker.track('login')
  first.tracker.stop()
  await settled()
  const second = start({ name: 'stopped' })
  for (let turn = 0; turn < 60; turn++) await pass(1_000)
  expect(new Set(second.batches.flatMap(batch => batch.events.map(event => event.id))).size).toBe(1_200)
})

test('what cannot be removed from a disk that is full is not sent again and again', async () => {
  const first = start({ name: 'read-only' })
  first.answers.push({ status: 'retry' })
  for (let count = 0; count < 120; count++) first.tracker.track('login')
  await first.tracker.flush()
  first.tracker.stop()
  const remove = vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  const second = start({ name: 'read-only' })
  for (let turn = 0; turn < 20; turn++) await pass(1_000)
  remove.mockRestore()
  expect(second.batches.length).toBeLessThan(10)
})

test('a purchase that was tracked last leaves with a page that has more to tell than it can', async () => {
  const { tracker, batches, answers } = start({ batch: { waitMs: 60_000, events: 1_000 } })
  answers.push({ status: 'retry' }, { status: 'retry' })
  for (let count = 0; count < 300; count++) tracker.track('search', { search_term: 'x'.repeat(500) })
  tracker.track('purchase', { transaction_id: 'T-1', currency: 'IDR', value: 1, items: [{ item_id: 'A' }] })
  await Promise.resolve()
  dispatchEvent(new Event('pagehide'))
  await settled()
  expect(batches.flatMap(batch => batch.events.map(event => event.name))).toContain('purchase')
})

test('an outbox that is full gives up the least valuable first, and of these the oldest', async () => {
  const onDrop = vi.fn<OnDrop>()
  const { tracker, answers, batches } = start({ outbox: { events: 4 }, onDrop })
  answers.push({ status: 'retry' })
  const order = { transaction_id: 'T-1', currency: 'IDR', value: 1, items: [{ item_id: 'A' }] }
  tracker.track('purchase', order)
  tracker.track('page_view')
  tracker.track('scroll')
  tracker.track('login')
  await tracker.flush()
  tracker.track('scroll')
  tracker.track('share')
  tracker.track('click')
  await settled()
  await tracker.flush()
  expect(names(batches.slice(1))).toEqual([['purchase', 'page_view', 'login', 'share']])
  expect(onDrop.mock.calls.reduce((sum, [reason, count]) => sum + (reason === 'overflow' ? count : NaN), 0)).toBe(3)
})

test('an outbox is bounded in bytes as well', async () => {
  const { tracker, batches, answers } = start({ outbox: { bytes: 5_000 } })
  answers.push({ status: 'retry' })
  for (let count = 0; count < 20; count++) tracker.track('search', { search_term: 'x'.repeat(500) })
  await settled()
  await tracker.flush()
  await pass(5_000)
  const last = batches[batches.length - 1]!
  expect(JSON.stringify(last.events).length).toBeLessThan(5_100)
  expect(last.events.length).toBeGreaterThan(3)
})

describe('where IndexedDB fails', () => {
  const { indexedDB } = globalThis
  const set = (value: unknown) => Object.defineProperty(globalThis, 'indexedDB', { configurable: true, value })
  afterEach(() => set(indexedDB))

  test.each([
    ['is missing', undefined],
    [
      'is forbidden',
      {
        open() {
          throw new DOMException('no', 'SecurityError')
        },
      },
    ],
    [
      'fails later',
      {
        open: () => {
          const request = { onerror() {}, error: new Error('later') }
          queueMicrotask(() => request.onerror())
          return request
        },
      },
    ],
  ])('because it %s, events wait in memory and are sent', async (_, broken) => {
    set(broken)
    const { tracker, batches, answers } = start({ random: () => 1 })
    answers.push({ status: 'retry' })
    tracker.track('login')
    await pass(1_000)
    tracker.track('share')
    await pass(1_000)
    expect(names(batches)).toEqual([['login'], ['login', 'share']])
    await tracker.flush()
    expect(batches).toHaveLength(2)
  })

  test('in the middle, a rejected write keeps its events, and they are sent', async () => {
    const { tracker, batches, answers } = start()
    answers.push({ status: 'retry' })
    tracker.track('login')
    await tracker.flush()
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    tracker.track('share')
    await settled()
    await tracker.flush()
    put.mockRestore()
    expect(batches[1]!.events.map(event => event.name)).toContain('share')
  })

  test('while events are being read, a write that is undone keeps its events all the same', async () => {
    const { tracker, batches } = start()
    await tracker.flush()
    const commit = vi.spyOn(IDBTransaction.prototype, 'commit').mockImplementationOnce(function (this: IDBTransaction) {
      this.abort()
    })
    tracker.track('share')
    await tracker.flush()
    await settled()
    commit.mockRestore()
    await tracker.flush()
    expect(names(batches)).toEqual([['share']])
  })

  test('because it never answers, events are sent from memory after a while', async () => {
    set({ open: () => ({}) })
    const { tracker, batches } = start()
    tracker.track('login')
    await pass(1_000)
    expect(batches).toEqual([])
    await pass(5_000)
    tracker.track('share')
    await pass(1_000)
    expect(names(batches).flat()).toEqual(['login', 'share'])
  })

  test('a connection does not keep the site from deleting its databases', async () => {
    const { tracker, batches } = start({ name: 'deleted' })
    tracker.track('login')
    await tracker.flush()
    const deleting = indexedDB.deleteDatabase('deleted')
    const done = vi.fn<() => void>()
    deleting.onsuccess = done
    await settled()
    expect(done).toHaveBeenCalled()
    tracker.track('share')
    await tracker.flush()
    expect(names(batches)).toEqual([['login'], ['share']])
  })

  test('a connection the browser has closed is opened again', async () => {
    const { tracker, batches } = start()
    tracker.track('login')
    await tracker.flush()
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
      throw new DOMException('closing', 'InvalidStateError')
    })
    tracker.track('share')
    await settled()
    transaction.mockRestore()
    await tracker.flush()
    expect(names(batches)).toEqual([['login'], ['share']])
  })
})

describe('where things stand', () => {
  test('is told to code as it is to the console', async () => {
    const onError = vi.fn<NonNullable<TrackerSettings['onError']>>()
    const { tracker, answers } = start({ onError, consent: 'pending' })
    const answer: Delivery = { status: 'misconfigured', reason: '/e answered 404: check `endpoint`.' }
    answers.push(answer)
    tracker.track('login')
    tracker.track('share')
    tracker.setConsent('granted')
    tracker.track('' as 'login')
    await tracker.flush()
    const problems = [
      { code: 'consent', message: 'Consent is pending: events wait for `setConsent`.' },
      { code: 'endpoint', message: '/e answered 404: check `endpoint`. Events are kept and sent later.' },
    ]
    expect(tracker.debug()).toEqual({
      consent: 'granted',
      outbox: 'indexeddb',
      waiting: 3,
      dropped: { unreadable: 1 },
      lastAnswer: answer,
      problems,
    })
    expect(onError.mock.calls.flat()).toEqual(problems)
    expect(warn.mock.calls).toEqual(problems.map(({ message }) => [`jejak: ${message}`]))
  })

  test('says when events are in memory alone', async () => {
    const open = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('no', 'SecurityError')
    })
    const { tracker } = start()
    tracker.track('login')
    await tracker.flush()
    tracker.track('login')
    await tracker.flush()
    open.mockRestore()
    const { outbox, problems } = tracker.debug()
    expect(outbox).toBe('memory')
    expect(problems).toMatchObject([{ code: 'storage', message: expect.stringContaining('SecurityError: no') }])
  })

  test('a hook that throws harms nobody', async () => {
    const { tracker, batches, answers } = start({
      onError() {
        throw new Error('mine')
      },
    })
    answers.push({ status: 'misconfigured', reason: 'x' })
    tracker.track('login')
    await tracker.flush()
    await pass(300_000)
    expect(batches).toHaveLength(2)
  })
})

test('a row that cannot be read is given up, and the others are sent', async () => {
  const first = start({ name: 'damaged' })
  first.answers.push({ status: 'retry' })
  first.tracker.track('login')
  await first.tracker.flush()
  first.tracker.stop()
  const request = indexedDB.open('damaged')
  await new Promise(resolve => (request.onsuccess = resolve))
  const rows = request.result.transaction('outbox', 'readwrite').objectStore('outbox')
  rows.put('{ broken', '00000000-0000-7000-8000-000000000000.2.8')
  await settled()
  const onDrop = vi.fn<OnDrop>()
  const second = start({ name: 'damaged', onDrop })
  await second.tracker.flush()
  expect(names(second.batches)).toEqual([['login']])
  expect(onDrop).toHaveBeenCalledExactlyOnceWith('unreadable', 1, undefined)
})

describe('the last events of a page that is left go with it', () => {
  const leave = () => dispatchEvent(new Event('pagehide'))

  test('where nothing can be stored, too', async () => {
    const getItem = vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new DOMException('forbidden', 'SecurityError')
    })
    const { tracker, batches } = start()
    getItem.mockRestore()
    tracker.track('login')
    leave()
    await settled()
    expect(names(batches)).toEqual([['login']])
  })

  test('after a clock was set back while the server wanted to be left alone, too', async () => {
    let time = 1_700_000_000_000
    const { tracker, batches, answers } = start({ now: () => time })
    answers.push({ status: 'retry', retryAfterMs: 60_000 })
    tracker.track('login')
    await tracker.flush()
    time -= 7 * 24 * 60 * 60_000
    leave()
    await settled()
    expect(batches).toHaveLength(2)
  })
})

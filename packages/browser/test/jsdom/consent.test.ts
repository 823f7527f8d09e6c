import { describe, expect, test, vi } from 'vitest'
import { start, visit } from './start.ts'
import type { OnDrop } from './start.ts'

const stored = (name: string) => Object.keys(localStorage).filter(key => key.startsWith(`${name}.`))

test('what a collector’s cookie knows is forgotten too', async () => {
  const hasCookie = () => document.cookie.includes('jejak_visitor=')
  document.cookie = 'jejak_visitor=somebody;path=/'
  const { tracker, sent } = start()
  tracker.track('login')
  await sent()
  expect(hasCookie()).toBe(true)
  await tracker.forget()
  expect(hasCookie()).toBe(false)
  document.cookie = 'jejak_visitor=somebody;path=/'
  tracker.setConsent('denied')
  expect(hasCookie()).toBe(false)
})

describe('while consent is pending', () => {
  test('nothing is stored and nothing is sent', async () => {
    const { tracker, sent } = start({ name: 'pending', consent: 'pending' })
    tracker.track('login')
    tracker.identify('U-1')
    expect(await sent()).toEqual([])
    expect(stored('pending')).toEqual([])
    const databases = await indexedDB.databases()
    expect(databases.map(({ name }) => name)).not.toContain('pending')
  })

  test('events wait, and go on with their own times once it is granted', async () => {
    let time = 1_700_000_000_000
    const { tracker, sent } = start({ consent: 'pending', now: () => time })
    tracker.track('login')
    time += 60_000
    tracker.setConsent('granted')

    const events = await sent()
    expect(events.map(event => [event.name, event.time - 1_700_000_000_000, event.consent])).toEqual([
      ['login', 0, 'pending'],
      ['consent_change', 60_000, 'granted'],
    ])
    expect(events[1]!.properties).toEqual({ consent_from: 'pending', consent_to: 'granted' })
  })

  test('click ids wait too, and lose their values if only a limited consent is given', async () => {
    visit('/?utm_source=google&gclid=secret')
    const granted = start({ consent: 'pending' })
    const limited = start({ consent: 'pending' })
    granted.tracker.track('login')
    limited.tracker.track('login')
    granted.tracker.setConsent('granted')
    limited.tracker.setConsent('limited')
    expect((await granted.sent())[0]!.touch).toMatchObject({ utm_source: 'google', click_ids: { gclid: 'secret' } })
    expect((await limited.sent())[0]!.touch).toMatchObject({ utm_source: 'google', click_ids: { gclid: '-' } })
    expect(Object.values(localStorage).join()).not.toContain('secret')
  })

  test('events are given up and counted when it is denied', async () => {
    const onDrop = vi.fn<OnDrop>()
    const { tracker, sent } = start({ name: 'refused', consent: 'pending', onDrop })
    tracker.track('login')
    tracker.track('share')
    tracker.setConsent('denied')
    expect(await sent()).toEqual([])
    expect(onDrop).toHaveBeenCalledExactlyOnceWith('consent', 2, undefined)
    expect(stored('refused')).toEqual(['refused.consent'])
    const databases = await indexedDB.databases()
    expect(databases.map(({ name }) => name)).not.toContain('refused')
  })

  test('memory holds no more than the outbox may', async () => {
    const { tracker, sent, batches } = start({ consent: 'pending', outbox: { events: 50 } })
    for (let count = 0; count < 500; count++) tracker.track('login')
    tracker.setConsent('granted')
    expect((await sent()).length).toBeLessThanOrEqual(50)
    expect(batches[0]!.dropped!.overflow).toBeGreaterThanOrEqual(450)
  })
})

describe('when consent is withdrawn', () => {
  test('what was stored is erased and what was not sent is given up', async () => {
    const { tracker, sent, answers } = start({ name: 'withdrawn' })
    answers.push({ status: 'retry' })
    tracker.track('login')
    await tracker.flush()
    tracker.setConsent('denied')
    tracker.track('share')

    await vi.waitFor(() => expect(stored('withdrawn')).toEqual(['withdrawn.consent']))
    expect(await sent()).toHaveLength(1) // the attempt before
    tracker.setConsent('granted')
    expect((await sent()).slice(1).map(event => event.name)).toEqual(['consent_change'])
  })

  test('the next page knows', async () => {
    const first = start({ name: 'denied' })
    first.tracker.setConsent('denied')
    const second = start({ name: 'denied', consent: 'granted' })
    expect(second.tracker.consent).toBe('denied')
    second.tracker.track('login')
    expect(await second.sent()).toEqual([])
  })

  test('another tab obeys', async () => {
    const here = start({ name: 'tabs' })
    here.tracker.track('login')
    await here.sent()
    localStorage.clear()
    localStorage.setItem('tabs.consent', '"denied"')
    dispatchEvent(new StorageEvent('storage', { key: 'tabs.consent', newValue: '"denied"' }))
    expect(here.tracker.consent).toBe('denied')
    await vi.waitFor(() => expect(stored('tabs')).toEqual(['tabs.consent']))
  })
})

describe('Global Privacy Control', () => {
  const withSignal = (settings: Parameters<typeof start>[0] = {}) => {
    Object.defineProperty(navigator, 'globalPrivacyControl', { configurable: true, value: true })
    const { tracker } = start(settings)
    Reflect.deleteProperty(navigator, 'globalPrivacyControl')
    return tracker
  }

  test('means a limited consent', () => {
    expect(withSignal().consent).toBe('limited')
  })

  test('counts less than what the page says, and much less than what the visitor says', () => {
    expect(withSignal({ consent: 'pending' }).consent).toBe('pending')
    start({ name: 'asked' }).tracker.setConsent('granted')
    expect(withSignal({ name: 'asked' }).consent).toBe('granted')
  })
})

test('a word that is no consent changes nothing, and is reported', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const { tracker } = start()
  tracker.setConsent('yes' as 'granted')
  expect(tracker.consent).toBe('granted')
  expect(warn).toHaveBeenCalledExactlyOnceWith('jejak: setConsent: expected pending, granted, limited, denied; got yes')
  warn.mockRestore()
})

test('forget leaves nothing, and the visitor goes on as a stranger', async () => {
  const { tracker, sent, answers } = start({ name: 'forgotten' })
  answers.push({ status: 'retry' })
  tracker.identify('U-1')
  await tracker.flush()
  const before = tracker.visitorId
  await tracker.forget()
  expect(stored('forgotten')).toEqual([])
  expect(tracker.sessionId).toBeUndefined()

  tracker.track('login')
  const [event] = (await sent()).slice(1)
  expect(event!.visitor_id).not.toBe(before)
  expect(event).toMatchObject({ name: 'login', session_number: 1, sequence: 1 })
  expect(event).not.toHaveProperty('user_id')
})

test('another tab forgets as well, and erases nothing that came after', async () => {
  const here = start({ name: 'both', batch: { waitMs: 60_000 } })
  here.tracker.identify('U-1')
  await Promise.resolve()
  const before = here.tracker.visitorId
  localStorage.removeItem('both.visitor')
  dispatchEvent(new StorageEvent('storage', { key: 'both.erase', newValue: '1' }))
  expect(here.tracker.visitorId).not.toBe(before)
})

test('a page that comes back from the back/forward cache has heard what was said meanwhile', async () => {
  const onShow = vi.fn<(state: string) => void>()
  const { tracker, sent } = start({
    name: 'restored',
    plugins: [restored => addEventListener('pageshow', () => (restored.track('login'), onShow('')), { once: true })],
  })
  tracker.track('share')
  await sent()
  // Another page, while no event came here.
  localStorage.setItem('restored.consent', '"denied"')
  localStorage.removeItem('restored.visitor')
  localStorage.removeItem('restored.session')
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
  expect(onShow).toHaveBeenCalled()
  expect(tracker.consent).toBe('denied')
  expect((await sent()).map(event => event.name)).toEqual(['share'])
  await vi.waitFor(() => expect(stored('restored')).toEqual(['restored.consent']))
})

const retry = { status: 'retry' } as const

describe('what is to be forgotten', () => {
  test('while IndexedDB fails is never sent, and is erased by the next page', async () => {
    const first = start({ name: 'unerased' })
    first.answers.push(retry)
    first.tracker.track('login')
    await first.sent()
    const open = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(() => {
      throw new DOMException('closing', 'InvalidStateError')
    })
    await first.tracker.forget()
    first.tracker.stop()
    open.mockRestore()

    const second = start({ name: 'unerased' })
    second.tracker.track('share')
    expect((await second.sent()).map(event => event.name)).toEqual(['share'])
    expect(stored('unerased')).not.toContain('unerased.erase')
  })

  test('goes in the other tab too, when the first has gone on as a stranger already', async () => {
    const tab = start({ name: 'strangers' })
    tab.answers.push(retry, retry)
    tab.tracker.track('login')
    await tab.sent()
    localStorage.setItem('strangers.visitor', JSON.stringify({ visitor_id: 'stranger' }))
    dispatchEvent(new StorageEvent('storage', { key: 'strangers.erase', newValue: '1' }))
    expect(tab.tracker.visitorId).toBe('stranger')
    await vi.waitFor(() => expect(tab.tracker.debug().waiting).toBe(0))
    tab.tracker.track('share')
    await tab.tracker.flush()
    await tab.tracker.flush()
    expect(tab.batches.at(-1)!.events.map(event => event.name)).toEqual(['share'])
  })
})

test('two tabs of a new visitor that store an id at once keep their events', async () => {
  const tab = start({ name: 'at-once' })
  tab.answers.push(retry)
  tab.tracker.track('login')
  await tab.sent()
  const visitor = JSON.stringify({ visitor_id: 'other' })
  localStorage.setItem('at-once.visitor', visitor)
  dispatchEvent(new StorageEvent('storage', { key: 'at-once.visitor', newValue: visitor }))
  expect(tab.tracker.visitorId).toBe('other')
  expect(tab.tracker.debug().waiting).toBe(1)
})

test('an event tracked while consent is withdrawn is not written, though a write goes on', async () => {
  const { tracker } = start({ name: 'withdrawn' })
  tracker.track('login')
  await Promise.resolve()
  tracker.setConsent('pending')
  tracker.track('share')
  await tracker.flush()
  const request = indexedDB.open('withdrawn')
  await new Promise(resolve => (request.onsuccess = resolve))
  const rows = request.result.transaction('outbox').objectStore('outbox').getAll()
  await new Promise(resolve => (rows.onsuccess = resolve))
  expect(rows.result).toEqual([])
})

test('where storage is full, the visitor stays who they are, and no event is lost for it', async () => {
  const setItem = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  const { tracker, sent } = start({ name: 'full', batch: { waitMs: 60_000 } })
  tracker.track('login')
  await Promise.resolve()
  const before = tracker.visitorId
  dispatchEvent(new StorageEvent('storage', { key: 'full.hold', newValue: '1' }))
  setItem.mockRestore()
  expect(tracker.visitorId).toBe(before)
  expect(await sent()).toHaveLength(1)
})

test('consent does not take the session back to an older one', async () => {
  const old = { session_id: 'old', session_number: 1, sequence: 9, seen: Date.now() - 60 * 60_000, campaign: '' }
  localStorage.setItem('older.session', JSON.stringify(old))
  const { tracker, sent } = start({ name: 'older', consent: 'pending' })
  tracker.track('login')
  tracker.setConsent('granted')
  expect((await sent()).map(event => [event.session_number, event.sequence])).toEqual([
    [2, 1],
    [2, 2],
  ])
})

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { start } from './start.ts'
import type { Started } from './start.ts'

/** The keys and texts of what pages have left behind. */
const left = () => Object.entries(localStorage).filter(([key]) => key.includes('.left.'))

/** A page whose database does not answer, so that nothing is ever written to it. */
function startStuck(name: string, settings: Parameters<typeof start>[0] = {}): Started {
  const open = vi.spyOn(indexedDB, 'open').mockReturnValue({} as IDBOpenDBRequest)
  const started = start({ name, batch: { waitMs: 60_000, events: 10_000 }, ...settings })
  open.mockRestore()
  return started
}

const leave = () => dispatchEvent(new Event('pagehide'))
/** Nobody has taken it. */
const failing = { status: 'retry' } as const

let warn: ReturnType<typeof vi.spyOn>

beforeEach(() => {
  localStorage.clear()
  warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
})
afterEach(() => warn.mockRestore())

describe('what a page could not write before it was left', () => {
  test('is sent by the next page, and then left behind no more', async () => {
    const first = startStuck('stuck')
    first.answers.push(failing)
    first.tracker.track('login')
    leave()
    first.tracker.stop()
    expect(left()).toHaveLength(1)

    const second = start({ name: 'stuck' })
    const sent = await second.sent()
    expect(sent.map(({ name }) => name)).toEqual(['login'])
    expect(sent[0]!.id).toBe(first.batches[0]!.events[0]!.id)
    expect(left()).toEqual([])
  })

  test('stands beside what another page could not, for none overwrites it', async () => {
    const pages = [startStuck('beside'), startStuck('beside')]
    for (const { tracker, answers } of pages) {
      answers.push(failing)
      tracker.track('login')
    }
    leave()
    for (const { tracker } of pages) tracker.stop()
    expect(left()).toHaveLength(2)
    expect(await start({ name: 'beside' }).sent()).toHaveLength(2)
  })

  test('takes no more room of the site’s than 200,000 characters, however many pages are left', async () => {
    for (let page = 0; page < 5; page++) {
      const { tracker, answers } = startStuck('many')
      answers.push(failing, failing)
      for (let count = 0; count < 200; count++) tracker.track('search', { search_term: 'x'.repeat(300) })
      leave()
      tracker.stop()
    }
    const length = left().reduce((sum, [, text]) => sum + text.length, 0)
    expect(length).toBeGreaterThan(150_000)
    // As JSON within JSON it is somewhat longer.
    expect(length).toBeLessThan(300_000)
  })

  test('is erased with everything else by forget(), and by whoever denies consent', async () => {
    for (const erase of ['forget', 'denied'] as const) {
      const first = startStuck('erased')
      first.answers.push(failing)
      first.tracker.track('login')
      leave()
      first.tracker.stop()
      const { tracker, sent } = start({ name: 'erased' })
      if (erase === 'forget') await tracker.forget()
      else tracker.setConsent('denied')
      expect(left()).toEqual([])
      tracker.setConsent('granted')
      expect((await sent()).map(({ name }) => name)).not.toContain('login')
      tracker.stop()
    }
  })

  test('is not kept before there is consent', () => {
    const { tracker } = startStuck('waiting', { consent: 'pending' })
    tracker.track('login')
    leave()
    tracker.stop()
    expect(left()).toEqual([])
  })
})

test('what is written is left behind no more, and so is what was sent', async () => {
  const { tracker, batches } = start({ batch: { waitMs: 60_000 } })
  tracker.track('login')
  leave()
  expect(left()).toHaveLength(1)
  await vi.waitFor(() => expect(left()).toEqual([]))
  expect(batches).toHaveLength(1)
})

test('where not everything of the site may be read, nothing is left behind, and nothing fails', async () => {
  const setItem = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  const { tracker, sent } = start()
  tracker.track('login')
  leave()
  expect(left()).toEqual([])
  expect(await sent()).toHaveLength(1)
  setItem.mockRestore()
})

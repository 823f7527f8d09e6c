import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createServerTracker } from '@jejak/server'
import type { ServerTrackerOptions } from '@jejak/server'
import { expect, onTestFinished, test, vi } from 'vitest'
import { answer, newFolder, receiver } from './receiving.ts'

const order = { transaction_id: 'T-1', currency: 'IDR', value: 150_000, items: [{ item_id: 'SKU1' }] }
const ani = { userId: 'ani' }

function tracker(options: ServerTrackerOptions) {
  const made = createServerTracker({ onError: () => {}, random: () => 0.01, ...options })
  onTestFinished(async () => void (await made.close({ timeoutMs: 100 })))
  return made
}

test('an event arrives complete, with its stage, its person and no visit of a page', async () => {
  const { url, sink } = await receiver()
  const { track, flush } = tracker({ endpoint: url })
  await track('order_shipped', { transaction_id: 'T-1', carrier: 'JNE' }, { ...ani, time: 1_700_000_000_000 })
  await flush()
  expect(sink.events).toMatchObject([
    {
      name: 'order_shipped',
      stage: 'usage',
      user_id: 'ani',
      time: 1_700_000_000_000,
      consent: 'limited',
      properties: { transaction_id: 'T-1', carrier: 'JNE' },
    },
  ])
  expect(sink.events[0]).not.toHaveProperty('page')
  expect(sink.events[0]).not.toHaveProperty('bot')
})

test.each(['memory', 'folder'])('nothing is lost or doubled while the endpoint fails (%s)', async kind => {
  const { url, sink, breakWith } = await receiver()
  const { track, flush, state } = tracker({
    endpoint: url,
    ...(kind === 'folder' && { spool: { folder: await newFolder() } }),
  })
  breakWith(answer(503))
  await Promise.all(
    Array.from({ length: 300 }, async (_, at) => track('view_item', { items: [{ item_id: `${at}` }] }, ani)),
  )
  await flush()
  expect(state()).toMatchObject({ waiting: 300, sent: 0 })
  breakWith(request => {
    request.socket.destroy()
    return true
  })
  await flush()
  breakWith(undefined)
  await flush()
  expect(new Set(sink.events.map(({ id }) => id)).size).toBe(300)
  expect(sink.events).toHaveLength(300)
  expect(state()).toMatchObject({ waiting: 0, sent: 300, dropped: {} })
})

test('an answer that is lost after the batch was stored doubles nothing', async () => {
  const { url, sink, breakWith } = await receiver()
  const { track, flush } = tracker({ endpoint: url, spool: { folder: await newFolder() } })
  breakWith((_, response) => {
    response.end = (() => response.socket?.destroy()) as unknown as typeof response.end
    return false
  })
  await track('purchase', order, ani)
  await flush()
  await vi.waitFor(() => expect(sink.events).toHaveLength(1))
  breakWith(undefined)
  await flush()
  expect(sink.events).toHaveLength(1)
})

test('what one process could not send, the next one does', async () => {
  const { url, sink, breakWith } = await receiver()
  const folder = await newFolder()
  breakWith(answer(503))
  const first = tracker({ endpoint: url, spool: { folder } })
  await first.track('purchase', order, ani)
  expect(await first.close({ timeoutMs: 1_000 })).toMatchObject({ waiting: 1 })
  breakWith(undefined)
  const second = tracker({ endpoint: url, spool: { folder } })
  await second.flush()
  expect(sink.events).toMatchObject([{ name: 'purchase' }])
  expect(await readdir(folder)).toEqual([])
})

test('two trackers on one folder send each event once', async () => {
  const { url, sink } = await receiver()
  const folder = await newFolder()
  const both = [tracker({ endpoint: url, spool: { folder } }), tracker({ endpoint: url, spool: { folder } })]
  await Promise.all(
    Array.from({ length: 200 }, async (_, at) =>
      both[at % 2]!.track('view_item', { items: [{ item_id: `${at}` }] }, ani),
    ),
  )
  await vi.waitFor(
    async () => {
      await Promise.all(both.map(async one => one.flush()))
      expect(sink.events).toHaveLength(200)
    },
    { timeout: 10_000 },
  )
})

test('one event that is refused does not hold up the others, and is kept for people to look at', async () => {
  const { url, sink } = await receiver()
  const folder = await newFolder()
  const dropped: string[] = []
  const { track, flush, state } = tracker({
    endpoint: url,
    spool: { folder },
    onDrop: (reason, { name }, why) => dropped.push(`${reason} ${name} ${why}`),
  })
  await track('view_item', { items: [{ item_id: 'a' }] }, ani)
  await track('purchase', { ...order, value: 'much' } as never, ani)
  await track('view_item', { items: [{ item_id: 'b' }] }, ani)
  await flush()
  expect(sink.events).toHaveLength(2)
  expect(state()).toMatchObject({ waiting: 0, sent: 2, dropped: { refused: 1 } })
  expect(dropped).toEqual([expect.stringMatching(/^refused purchase .*value/)])
  expect(JSON.parse(await readFile(join(folder, 'rejected.ndjson'), 'utf8'))).toMatchObject({ name: 'purchase' })
})

test('an endpoint that refuses everything loses nothing', async () => {
  const { url, sink, breakWith } = await receiver()
  const { track, flush, state } = tracker({ endpoint: url, spool: { folder: await newFolder() } })
  breakWith(answer(400))
  await Promise.all([track('purchase', order, ani), track('login', {}, ani)])
  await flush()
  expect(state()).toMatchObject({ waiting: 2, dropped: {} })
  breakWith(undefined)
  await flush()
  expect(sink.events).toHaveLength(2)
})

test('Retry-After is respected', async () => {
  const { url, breakWith, requests } = await receiver()
  const waits: number[] = []
  const real = setTimeout
  const spy = vi.spyOn(globalThis, 'setTimeout').mockImplementation(((work: () => void, ms = 0, ...rest: unknown[]) => {
    waits.push(ms)
    return real(work, ms, ...(rest as []))
  }) as typeof setTimeout)
  onTestFinished(() => spy.mockRestore())
  breakWith(answer(429, { 'retry-after': '7200' }))
  const { track, flush } = tracker({ endpoint: url })
  await track('login', {}, ani)
  await flush()
  expect(requests()).toBeGreaterThan(0)
  expect(waits).toContain(7_200_000)
})

test('a full spool refuses the event instead of losing one', async () => {
  const { url, breakWith } = await receiver()
  breakWith(answer(503))
  const { track } = tracker({ endpoint: url, spool: { folder: await newFolder(), maxEvents: 2 } })
  await track('login', {}, ani)
  await track('login', {}, ani)
  await expect(track('login', {}, ani)).rejects.toThrow(/holds 2 events that could not be sent, and may hold 2/)
})

test('who has denied is not sent, and counted', async () => {
  const { url, sink } = await receiver()
  const { track, flush, state } = tracker({ endpoint: url })
  await track('login', {}, { ...ani, consent: 'denied' })
  await flush()
  expect(sink.events).toEqual([])
  expect(state().dropped).toEqual({ consent: 1 })
})

test.each([
  ['', {}, ani, /`name` to be a text of 1 to 100 characters, got ""/],
  ['login', [], ani, /`properties` to be an object, got \[\]/],
  ['login', {}, {}, /expected `userId` or `visitorId`, got neither/],
  ['login', {}, { userId: 7 }, /`userId` to be a text of 1 to 200 characters, got 7/],
  ['login', {}, { ...ani, time: 'now' }, /`time` to be milliseconds since the epoch, got "now"/],
  ['login', {}, { ...ani, id: 'x' }, /`id` to be a UUID, got "x"/],
  ['login', {}, { ...ani, stage: 'end' }, /`stage` to be one of awareness, /],
  ['login', {}, { ...ani, consent: 'pending' }, /`consent` to be granted, limited or denied, got "pending"/],
  ['login', { big: 1n }, ani, /expected properties that JSON can hold/],
  ['login', { big: 'x'.repeat(300_000) }, ani, /an event of 200000 bytes at most/],
])('track(%j, …) says what is wrong: %#', async (name, properties, details, message) => {
  const { track } = tracker({ endpoint: 'http://127.0.0.1:9/e' })
  await expect(track(name as 'login', properties as never, details as never)).rejects.toThrow(message)
})

test.each([
  [{ endpoint: '/e' }, /`endpoint` to be a URL such as https:\/\/shop.example\/e, got "\/e"/],
  [{ endpoint: 'ftp://shop.example' }, /`endpoint` to be a URL/],
  [{ endpoint: 'http://shop.example', spool: { folder: '' } }, /`spool.folder` to be a path/],
  [{ endpoint: 'http://shop.example', spool: { folder: 'x', maxEvents: 0 } }, /`spool.maxEvents`/],
])('createServerTracker(%j) says what is wrong', (options, message) => {
  expect(() => createServerTracker(options)).toThrow(message)
})

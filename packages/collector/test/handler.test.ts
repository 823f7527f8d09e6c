import { createCollector } from '@jejak/collector'
import type { CollectorOptions, EventSink } from '@jejak/collector'
import { createMemorySink } from '@jejak/collector/sinks/memory'
import type { StoredEvent } from '@jejak/events'
import { describe, expect, test } from 'vitest'
import { batchOf, envelope, errorOf, idOf, NOW, quietLog, requestOf, send, URL_OF_COLLECTOR } from './sending.ts'

const SHOP = 'https://toko.example'
const ask = (method: string, headers: Record<string, string> = {}, url = URL_OF_COLLECTOR) =>
  new Request(url, { method, headers })
const batch = (...events: unknown[]) => JSON.stringify(batchOf(events))

function setUp(options: Partial<CollectorOptions> = {}) {
  const sink = createMemorySink()
  const log = quietLog()
  return { sink, log, collector: createCollector({ sink, log, now: () => NOW, ...options }) }
}

/** A sink that is down. */
const brokenSink: EventSink = {
  async write() {
    throw new Error('Could not write to /data: no space left')
  },
  async close() {},
}

describe('a batch', () => {
  test('is stored, and the answer says how much of it', async () => {
    const { sink, collector } = setUp()
    expect(await send(collector, [envelope(1), envelope(2)])).toEqual({ accepted: 2, duplicates: 0, refused: [] })
    expect(sink.events.map(({ id }) => id)).toEqual([idOf(1), idOf(2)])
  })

  test('that comes again is counted as known and stored once', async () => {
    const { sink, collector } = setUp()
    await send(collector, [envelope(1), envelope(2), envelope(1)])
    expect(await send(collector, [envelope(2), envelope(3)])).toEqual({ accepted: 1, duplicates: 1, refused: [] })
    expect(sink.events.map(({ id }) => id)).toEqual([idOf(1), idOf(2), idOf(3)])
  })

  test('with one id in capitals and in small letters holds one event', async () => {
    const { sink, collector } = setUp()
    await send(collector, [envelope(1), envelope(1, { id: idOf(1).toUpperCase() })])
    expect(sink.events.map(({ id }) => id)).toEqual([idOf(1)])
  })

  test('without events is accepted', async () => {
    const { collector } = setUp({ sink: createMemorySink() })
    expect(await send(collector, [])).toEqual({ accepted: 0, duplicates: 0, refused: [] })
  })

  test.each(['text/plain', 'text/plain;charset=UTF-8', 'application/json', 'Application/JSON; charset=utf-8'])(
    'may come as %s',
    async type => {
      const { sink, collector } = setUp()
      const response = await collector(requestOf(batch(envelope()), { 'content-type': type }))
      expect([response.status, sink.events.length]).toEqual([200, 1])
    },
  )

  test('may come without a content type', async () => {
    const { sink, collector } = setUp()
    const body = new TextEncoder().encode(batch(envelope()))
    const response = await collector(new Request(URL_OF_COLLECTOR, { method: 'POST', body }))
    expect([response.status, sink.events.length]).toEqual([200, 1])
  })

  test('of another content type is refused with the ones that are taken', async () => {
    const { collector } = setUp()
    const response = await collector(requestOf('<events/>', { 'content-type': 'text/xml' }))
    expect(response.status).toBe(415)
    expect(await errorOf(response)).toBe('content-type: expected text/plain or application/json, got "text/xml"')
  })

  test('tells in the log what a sender had to give up', async () => {
    const { collector, log } = setUp()
    await send(collector, [], { dropped: { overflow: 12, consent: 0, refused: 1 } })
    expect(log.warnings).toEqual([
      expect.stringContaining('give up events before they could be sent: 12 (overflow), 1'),
    ])
  })
})

describe('when events cannot be stored', () => {
  test('the sender is told to come back, and the log why', async () => {
    const { collector, log } = setUp({ sink: brokenSink })
    const response = await collector(requestOf(batch(envelope())))
    expect(response.status).toBe(503)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await errorOf(response)).not.toContain('/data')
    expect(log.errors).toEqual([expect.stringContaining('Could not write to /data: no space left')])
  })
})

describe('onStored', () => {
  test('is told of new events only', async () => {
    const told: StoredEvent[][] = []
    const { collector } = setUp({ onStored: events => void told.push([...events]) })
    await send(collector, [envelope(1)])
    await send(collector, [envelope(1)])
    await send(collector, [envelope(1), envelope(2)])
    expect(told.map(events => events.map(({ id }) => id))).toEqual([[idOf(1)], [idOf(2)]])
  })

  test.each([
    [
      'throws',
      () => {
        throw new Error('view is gone')
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('view is gone')
      },
    ],
  ])('hurts nothing but the log when it %s', async (_, onStored) => {
    const { collector, log } = setUp({ onStored })
    expect(await send(collector, [envelope()])).toMatchObject({ accepted: 1 })
    await expect.poll(() => log.errors).toEqual([expect.stringContaining('view is gone')])
  })
})

describe('write keys', () => {
  const writeKeys = ['toko-web', 'toko-app']

  test('that are asked for and known let a batch in', async () => {
    const { collector } = setUp({ writeKeys })
    expect(await send(collector, [envelope()], { write_key: 'toko-app' })).toMatchObject({ accepted: 1 })
  })

  test.each([{ write_key: 'other' }, {}])('that are asked for and not known keep a batch out: %o', async more => {
    const { sink, collector } = setUp({ writeKeys })
    const response = await collector(requestOf(JSON.stringify(batchOf([envelope()], more))))
    expect(response.status).toBe(403)
    expect(await errorOf(response)).toContain('write_key: expected one of `writeKeys`, got')
    expect(sink.events).toEqual([])
  })
})

describe('other methods', () => {
  test('GET is answered with a sentence for who opened the address', async () => {
    const response = await setUp().collector(ask('GET'))
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST, OPTIONS')
    expect(await errorOf(response)).toContain('This is a Jejak collector, and it works.')
  })

  test.each(['HEAD', 'PUT', 'DELETE', 'PATCH'])('%s is not allowed', async method => {
    const response = await setUp().collector(ask(method))
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST, OPTIONS'])
  })

  test('GET of /health says that the collector runs', async () => {
    const response = await setUp().collector(ask('GET', {}, `${URL_OF_COLLECTOR}/health`))
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }])
  })
})

describe('a page of another origin', () => {
  const cors = (response: Response) =>
    Object.fromEntries([...response.headers].filter(([name]) => /^access-control|^vary/.test(name)))

  test('may send from anywhere, and read the answer, by default', async () => {
    const response = await setUp().collector(requestOf(batch(envelope()), { origin: SHOP }))
    expect(cors(response)).toEqual({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'retry-after',
    })
  })

  test.each([
    ['a list', [SHOP]],
    ['a function', (origin: string) => origin.endsWith('toko.example')],
  ])('finds its own origin in the answer if %s allows it', async (_, allowedOrigins) => {
    const response = await setUp({ allowedOrigins }).collector(requestOf(batch(), { origin: SHOP }))
    expect(response.status).toBe(200)
    expect(cors(response)).toMatchObject({ 'access-control-allow-origin': SHOP, vary: 'Origin' })
  })

  test('that is not allowed stores nothing', async () => {
    const { sink, collector, log } = setUp({ allowedOrigins: [SHOP] })
    const response = await collector(requestOf(batch(envelope()), { origin: 'https://other.example' }))
    expect([response.status, sink.events]).toEqual([403, []])
    expect(cors(response)).toEqual({ vary: 'Origin' })
    expect(log.warnings).toEqual([expect.stringContaining('"https://other.example"')])
  })

  test('is not allowed by a function that promises an answer instead of giving one', async () => {
    const promises = (async () => false) as unknown as (origin: string) => boolean
    const { sink, collector } = setUp({ allowedOrigins: promises })
    const response = await collector(requestOf(batch(envelope()), { origin: 'https://other.example' }))
    expect([response.status, sink.events]).toEqual([403, []])
  })

  test('is no rule for servers, which name no origin', async () => {
    const { collector } = setUp({ allowedOrigins: [SHOP] })
    expect(await send(collector, [envelope()])).toMatchObject({ accepted: 1 })
  })

  test('may send JSON after a preflight, which browsers then remember for a day', async () => {
    const response = await setUp({ allowedOrigins: [SHOP] }).collector(ask('OPTIONS', { origin: SHOP }))
    expect(response.status).toBe(204)
    expect(cors(response)).toEqual({
      'access-control-allow-origin': SHOP,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type, content-encoding',
      'access-control-max-age': '86400',
      'access-control-expose-headers': 'retry-after',
      vary: 'Origin',
    })
  })

  test('can read a refusal too', async () => {
    const response = await setUp().collector(requestOf('no JSON', { origin: SHOP }))
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([400, '*'])
  })
})

test('an option that fails is answered with 500, to be tried again, and logged', async () => {
  const { collector, log } = setUp({
    clientIp() {
      throw new Error('no such header')
    },
  })
  const response = await collector(requestOf(batch(envelope())))
  expect(response.status).toBe(500)
  expect(log.errors).toEqual([expect.stringContaining('no such header')])
})

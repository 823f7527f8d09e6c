import { deflateSync, gzipSync } from 'node:zlib'
import { createCollector } from '@jejak/collector'
import { createMemorySink } from '@jejak/collector/sinks/memory'
import { describe, expect, test } from 'vitest'
import { batchOf, envelope, errorOf, idOf, quietLog, requestOf, URL_OF_COLLECTOR } from './sending.ts'

const MEGABYTE = 1_000_000
const batch = Buffer.from(JSON.stringify(batchOf([envelope(1)])))

function setUp(maxBodyBytes?: number) {
  const sink = createMemorySink()
  const limit = maxBodyBytes === undefined ? {} : { maxBodyBytes }
  return { sink, collector: createCollector({ sink, log: quietLog(), ...limit }) }
}

/** A body of `chunks` times `chunk` that counts how often it was asked for more. */
function endless(chunk: Uint8Array<ArrayBuffer>, chunks: number) {
  const source = { pulled: 0, cancelled: false }
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (source.pulled++ < chunks) controller.enqueue(chunk)
      else controller.close()
    },
    cancel() {
      source.cancelled = true
    },
  })
  return { source, body }
}

describe('a body over the limit', () => {
  test('is answered with 413 and what to do', async () => {
    const response = await setUp(batch.length - 1).collector(requestOf(batch))
    expect(response.status).toBe(413)
    expect(await errorOf(response)).toContain(`at most ${batch.length - 1} bytes`)
  })

  test('begins one byte after it', async () => {
    expect((await setUp(batch.length).collector(requestOf(batch))).status).toBe(200)
  })

  test('is not read at all if its length says so', async () => {
    const { source, body } = endless(new Uint8Array(65_536), 1_600)
    const response = await setUp().collector(requestOf(body, { 'content-length': String(100 * MEGABYTE) }))
    expect([response.status, source.pulled <= 1]).toEqual([413, true])
  })

  test.each(['', '10', '-1', '1e9999', 'many'])('is stopped early when its length says "%s"', async length => {
    const { source, body } = endless(new Uint8Array(65_536).fill(0x20), 1_600)
    const response = await setUp().collector(requestOf(body, length ? { 'content-length': length } : {}))
    expect(response.status).toBe(413)
    expect(source.pulled * 65_536).toBeLessThan(2 * MEGABYTE)
  })

  test('is stopped where its source can hear it', async () => {
    const { source, body } = endless(new Uint8Array(65_536).fill(0x20), 1_600)
    await setUp().collector(requestOf(body))
    await expect.poll(() => source.cancelled).toBe(true)
  })
})

describe('a packed body', () => {
  test.each([
    ['gzip', gzipSync(batch)],
    ['deflate', deflateSync(batch)],
    ['GZIP', gzipSync(batch)],
    ['identity', batch],
  ])('may come as %s', async (encoding, body) => {
    const { sink, collector } = setUp()
    expect((await collector(requestOf(body, { 'content-encoding': encoding }))).status).toBe(200)
    expect(sink.events.map(({ id }) => id)).toEqual([idOf(1)])
  })

  test('is measured unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * MEGABYTE, ' '))
    expect(bomb.length).toBeLessThan(60_000)
    const response = await setUp().collector(requestOf(bomb, { 'content-encoding': 'gzip' }))
    expect(response.status).toBe(413)
  })

  test('is measured packed too: what unpacks to nothing may still have no end', async () => {
    const { source, body } = endless(new Uint8Array(Buffer.concat(Array<Buffer>(3_000).fill(gzipSync('')))), MEGABYTE)
    const response = await setUp().collector(requestOf(body, { 'content-encoding': 'gzip' }))
    expect(response.status).toBe(413)
    expect(source.pulled).toBeLessThan(100)
  })

  test.each([
    ['cut short', gzipSync(batch).subarray(0, -12)],
    ['without its checksum', gzipSync(batch).subarray(0, -4)],
    ['not packed at all', batch],
    ['followed by something else', Buffer.concat([gzipSync(batch), Buffer.from('more')])],
    ['empty', Buffer.alloc(0)],
  ])('that is %s is refused as a whole', async (_, body) => {
    const { sink, collector } = setUp()
    const response = await collector(requestOf(body, { 'content-encoding': 'gzip' }))
    expect([response.status, sink.events]).toEqual([400, []])
    expect(await errorOf(response)).toContain('body: expected gzip data')
  })

  test.each(['br', 'gzip, gzip', 'compress'])('by %s is refused with what is taken', async encoding => {
    const response = await setUp().collector(requestOf(batch, { 'content-encoding': encoding }))
    expect(response.status).toBe(415)
    expect(await errorOf(response)).toContain('expected gzip, deflate or none')
  })
})

describe('a body that cannot be read is refused as a whole, with what was expected and what came', () => {
  const cases: readonly [body: string | Uint8Array<ArrayBuffer>, error: string][] = [
    ['', 'body: expected a batch as JSON, got text beginning ""'],
    ['<html>', 'body: expected a batch as JSON, got text beginning "<html>"'],
    ['{"schema":1', 'body: expected a batch as JSON, got text beginning "{\\"schema\\":1"'],
    [new Uint8Array([0x22, 0xc3, 0x28, 0x22]), 'body: expected text in UTF-8, whole'],
    [new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22]), 'body: expected text in UTF-8, whole'],
    [new Uint8Array([0x22, 0xe2, 0x82]), 'body: expected text in UTF-8, whole'],
    ['null', 'batch: expected an object, got null'],
    ['[]', 'batch: expected an object, got a list of 0'],
    ['{}', 'schema: expected 1, got nothing'],
    [JSON.stringify(batchOf([], { schema: 2 })), 'schema: expected 1, got number 2'],
    [JSON.stringify(batchOf([], { sent_at: '2026' })), 'sent_at: expected number, got string "2026"'],
    [JSON.stringify(batchOf([], { sent_at: 1.5 })), 'sent_at: expected a whole number, got number 1.5'],
    [JSON.stringify(batchOf([], { sent_at: -1 })), 'sent_at: expected at least 0, got number -1'],
    [JSON.stringify(batchOf([], { library: 'x' })), 'library: expected an object, got string "x"'],
    [JSON.stringify(batchOf([], { events: {} })), 'events: expected a list, got an object'],
    [JSON.stringify(batchOf(Array(501).fill(1))), 'events: expected at most 500 entries, got a list of 501'],
    ['['.repeat(900_000), 'body: expected a batch as JSON, got text beginning "[[['],
    ['['.repeat(400_000) + ']'.repeat(400_000), 'batch: expected an object, got a list of 1'],
  ]

  test.each(cases.map(([body, error]) => ({ body, error })))('$error', async ({ body, error }) => {
    const response = await setUp().collector(requestOf(body))
    expect(response.status).toBe(400)
    expect(await errorOf(response)).toContain(error)
  })

  test('no body at all', async () => {
    const response = await setUp().collector(new Request(URL_OF_COLLECTOR, { method: 'POST' }))
    expect([response.status, await errorOf(response)]).toEqual([400, 'body: expected a batch as JSON, got nothing'])
  })

  test('a body that breaks off', async () => {
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(batch.subarray(0, 100))
        controller.error(new Error('connection lost'))
      },
    })
    expect((await setUp().collector(requestOf(body))).status).toBe(400)
  })
})

test('a byte order mark before the batch is overlooked', async () => {
  const response = await setUp().collector(requestOf(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), batch])))
  expect(response.status).toBe(200)
})

test('a refusal shows a glimpse of the body, however large it is', async () => {
  const response = await setUp().collector(requestOf('x'.repeat(900_000)))
  expect((await response.text()).length).toBeLessThan(200)
})

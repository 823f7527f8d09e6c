import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import type { IncomingMessage, RequestListener } from 'node:http'
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import { createCollector } from '@jejak/collector'
import type { EventSink } from '@jejak/collector'
import { listen, toNodeListener } from '@jejak/collector/node'
import type { ListenOptions } from '@jejak/collector/node'
import { createMemorySink } from '@jejak/collector/sinks/memory'
import { describe, expect, onTestFinished, test } from 'vitest'
import { batchOf, envelope, idOf, NOW, quietLog } from './sending.ts'

const batch = (...numbers: number[]) => JSON.stringify(batchOf(numbers.map(n => envelope(n))))
const PLAIN = { 'content-type': 'text/plain;charset=UTF-8' }

function setUp() {
  const sink = createMemorySink()
  const collector = createCollector({ sink, log: quietLog(), now: () => NOW, ip: 'keep' })
  return { sink, collector, ids: () => sink.events.map(({ id }) => id) }
}

async function listening(options: ListenOptions = {}) {
  const parts = setUp()
  const server = await listen(parts.collector, { port: 0, ...options })
  onTestFinished(() => server.close())
  return { ...parts, ...server }
}

/** A server as Express would be: something happens to the request before the collector gets it. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  onTestFinished(() => {
    server.close().closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/e`
}

const post = (url: string, body: BodyInit, headers: Record<string, string> = PLAIN) =>
  fetch(url, { method: 'POST', body, headers })

/** Sends a body of so many bytes and gives back the answer, and whether its connection was one used before. */
async function upload(url: string, bytes: number, agent: Agent): Promise<{ status: number; reused: boolean }> {
  const outgoing = request(url, { method: 'POST', agent, headers: PLAIN })
  const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>
  const body = Readable.from(Array.from({ length: bytes / 100 }, () => Buffer.alloc(100, ' ')))
  const [[incoming]] = await Promise.all([answered, pipeline(body, outgoing)])
  await text(incoming)
  return { status: incoming.statusCode!, reused: outgoing.reusedSocket }
}

describe('a collector that listens', () => {
  test('takes events at the address it tells', async () => {
    const { url, ids } = await listening()
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/e$/)
    const response = await post(url, batch(1, 2))
    expect(await response.json()).toEqual({ accepted: 2, duplicates: 0, refused: [] })
    expect(ids()).toEqual([idOf(1), idOf(2)])
  })

  test('sees the address of who sends', async () => {
    const { url, sink } = await listening()
    await post(url, batch(1))
    expect(sink.events[0]?.ip).toBe('127.0.0.1')
  })

  test('takes what is packed', async () => {
    const { url, ids } = await listening()
    await post(url, gzipSync(batch(1)), { ...PLAIN, 'content-encoding': 'gzip' })
    expect(ids()).toEqual([idOf(1)])
  })

  test('is found at its path alone', async () => {
    const { url, ids } = await listening({ path: '/collect' })
    const response = await post(url.replace('/collect', '/e'), batch(1))
    expect([response.status, ids()]).toEqual([404, []])
    expect(await response.json()).toEqual({ error: 'Nothing is here. Events are sent to /collect by POST.' })
    expect((await post(`${url}?v=1`, batch(1))).status).toBe(200)
  })

  test('says that it runs', async () => {
    const { url } = await listening()
    expect((await fetch(`${url}/health`)).status).toBe(200)
    expect((await fetch(url)).status).toBe(405)
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(405)
  })

  test('keeps a connection for the next batch, also after one it refused', async () => {
    const { url } = await listening()
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    onTestFinished(() => agent.destroy())
    expect(await upload(url, 100, agent)).toMatchObject({ status: 400, reused: false })
    expect(await upload(url, 3_000_000, agent)).toMatchObject({ status: 413, reused: true })
    expect(await upload(url.replace('/e', '/nothing'), 3_000_000, agent)).toMatchObject({ status: 404, reused: true })
    expect(await upload(url, 100, agent)).toMatchObject({ status: 400, reused: true })
  })

  test('hangs up on who does not stop sending', async () => {
    const { url } = await listening()
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    let received = ''
    socket.on('data', data => (received += data.toString())).on('error', () => {})
    socket.write(`POST /e HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000000\r\n\r\n`)
    const chunk = Buffer.alloc(64_000, ' ')
    const more = () => {
      while (!socket.destroyed && socket.writable && socket.write(chunk)) continue
    }
    socket.on('drain', more)
    more()
    await new Promise(resolve => socket.once('close', resolve))
    expect(received).toContain('HTTP/1.1 413')
  })

  test('outlives who hangs up in the middle of a body', async () => {
    const { url, ids } = await listening()
    const { port } = new URL(url)
    for (const reset of [true, false]) {
      const socket = connect(Number(port), '127.0.0.1')
      await new Promise(resolve => socket.once('connect', resolve))
      socket.write('POST /e HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"schema":1')
      await new Promise(resolve => setImmediate(resolve))
      if (reset) socket.resetAndDestroy()
      else socket.destroy()
    }
    await post(url, batch(1))
    expect(ids()).toEqual([idOf(1)])
  })

  test.each([
    ['GET /e HTTP/1.1\r\nHost: a b\r\n\r\n', '400'],
    ['TRACE /e HTTP/1.1\r\nHost: x\r\n\r\n', '400'],
    ['OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n', '404'],
    ['POST //other.example/e HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n', '404'],
    ['POST http://[/e HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n', '400'],
    ['nonsense\r\n\r\n', '400'],
  ])('answers strange requests: %j with %s', async (sent, status) => {
    const { url } = await listening()
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.end(sent)
    expect(await text(socket)).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  })
})

describe('closing', () => {
  test('ends idle connections at once, and the address is free', async () => {
    const server = await listening()
    const { url, collector } = server
    await post(url, batch(1))
    await server.close()
    await expect(post(url, batch(1))).rejects.toThrow('fetch failed')
    const again = await listen(collector, { port: Number(new URL(url).port) })
    await again.close()
  })

  test('waits for what is under way, and may be asked for twice', async () => {
    let finish = () => {}
    const slow: EventSink = {
      write: events => new Promise(resolve => (finish = () => resolve({ stored: events, duplicates: 0 }))),
      close: async () => {},
    }
    const server = await listen(createCollector({ sink: slow, log: quietLog() }), { port: 0 })
    const sending = post(server.url, batch(1))
    const first = finish
    await expect.poll(() => finish).not.toBe(first)
    const closing = Promise.all([server.close(), server.close()])
    finish()
    expect((await sending).status).toBe(200)
    await closing
  })
})

describe('a collector that cannot listen says what to do', () => {
  test('when the port is taken', async () => {
    const { url, collector } = await listening()
    const port = Number(new URL(url).port)
    await expect(listen(collector, { port })).rejects.toThrow(
      `The collector could not listen on 127.0.0.1, port ${port} (EADDRINUSE). Another program listens there`,
    )
  })

  test('when the address is not of this machine', async () => {
    await expect(listen(setUp().collector, { port: 0, host: '192.0.2.1' })).rejects.toThrow('EADDRNOTAVAIL')
  })

  test.each([
    ['port: expected a whole number from 0 to 65535, got string "80"', { port: '80' }],
    ['host: expected an address or a host name, got string ""', { host: '' }],
    ['path: expected a path that begins with /, got string "e"', { path: 'e' }],
  ])('when an option cannot be used: %s', async (message, options) => {
    await expect(listen(setUp().collector, options as unknown as ListenOptions)).rejects.toThrow(message)
  })
})

describe('after a body parser', () => {
  type Parser = (incoming: IncomingMessage & { body?: unknown }) => Promise<void>

  async function serveAfter(parse: Parser) {
    const parts = setUp()
    const toCollector = toNodeListener(parts.collector)
    const url = await serve((incoming, outgoing) => void parse(incoming).then(() => toCollector(incoming, outgoing)))
    return { ...parts, url }
  }

  test.each<[string, Parser]>([
    ['as an object', async incoming => void (incoming.body = JSON.parse(await text(incoming)))],
    ['as text', async incoming => void (incoming.body = await text(incoming))],
    ['as a Buffer', async incoming => void (incoming.body = Buffer.from(await text(incoming)))],
    ['not at all, though there is a body', async incoming => void (incoming.body = {})],
    ['not at all', async () => {}],
  ])('that left the body %s, events are stored', async (_, parse) => {
    const { url, ids } = await serveAfter(parse)
    expect((await post(url, batch(1))).status).toBe(200)
    expect(ids()).toEqual([idOf(1)])
  })

  test('that unpacked it, the body is not unpacked again', async () => {
    const { url, ids } = await serveAfter(async incoming => {
      const chunks: Buffer[] = []
      for await (const chunk of incoming) chunks.push(chunk as Buffer)
      incoming.body = JSON.parse(gunzipSync(Buffer.concat(chunks)).toString())
    })
    await post(url, gzipSync(batch(1)), { ...PLAIN, 'content-encoding': 'gzip' })
    expect(ids()).toEqual([idOf(1)])
  })

  test('that took the body away, the sender is told to come back', async () => {
    const { url } = await serveAfter(async incoming => void (await text(incoming)))
    const response = await post(url, batch(1))
    expect(response.status).toBe(500)
    expect(await response.json()).toEqual({
      error: 'The body was read before it came to the collector. Put the collector before what reads it.',
    })
  })
})

test('over HTTP/2, whose method and path come as headers, events are taken too', async () => {
  const { collector, ids } = setUp()
  // Node gives HTTP/2 requests the shape of those of node:http, only not in the types.
  const listener = toNodeListener(collector) as unknown as Parameters<typeof createHttp2Server>[1]
  const server = createHttp2Server({}, listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const session = connectHttp2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  onTestFinished(() => {
    session.close()
    server.close()
  })
  const sending = session.request({ ':method': 'POST', ':path': '/e', ...PLAIN })
  sending.end(batch(1))
  expect(JSON.parse(await text(sending))).toMatchObject({ accepted: 1 })
  expect(ids()).toEqual([idOf(1)])
})

test('a collector of one’s own that fails is answered with 500', async () => {
  const url = await serve(
    toNodeListener(async () => {
      throw new Error('not ready')
    }),
  )
  expect((await post(url, batch(1))).status).toBe(500)
})

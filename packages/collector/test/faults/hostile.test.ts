import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { bundled } from '../bundled.ts'
import { startCollector } from '../collector-process.ts'
import type { CollectorProcess } from '../collector-process.ts'
import { batchOf, envelope, idOf } from '../sending.ts'
import { readEvents, temporaryFolder } from '../sinks/event-files.ts'

const ALL = process.env['JEJAK_FAULTS'] === 'all'
const MEGABYTE = 1_000_000
// A collector at rest takes about 80 MB. What it may add is bounded by its limits, not by what is sent.
const MOST_BYTES = 450 * MEGABYTE

// What takes a second may take ten on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

let program: string
beforeAll(async () => {
  program = await bundled(new URL('../collector-process.mjs', import.meta.url))
}, 60_000)

interface Arena {
  readonly collector: CollectorProcess
  /** Opens a connection and sends something on it. */
  open(sent: string | Uint8Array): Promise<Socket>
}

const head = (...headers: string[]) => `POST /e HTTP/1.1\r\nHost: x\r\n${headers.join('\r\n')}\r\n\r\n`

/** Opens many connections, some at a time. */
async function openMany(arena: Arena, count: number, sent: string | Uint8Array): Promise<Socket[]> {
  const sockets: Socket[] = []
  for (let at = 0; at < count; at += 100)
    sockets.push(...(await Promise.all(Array.from({ length: 100 }, async () => arena.open(sent)))))
  return sockets
}

/** What a connection answered, until it is closed or the first answer is whole. */
async function answerOf(socket: Socket): Promise<string> {
  let received = ''
  return new Promise(resolve => {
    socket.on('data', data => {
      received += String(data)
      if (received.includes('}')) resolve(received)
    })
    socket.once('close', () => resolve(received))
  })
}

async function postRaw(arena: Arena, body: string | Uint8Array, ...headers: string[]): Promise<string> {
  const socket = await arena.open(head(`Content-Length: ${body.length}`, 'Content-Type: text/plain', ...headers))
  socket.write(body)
  return answerOf(socket)
}

/** Correct clients are served while an attack goes on, what they were promised is stored, and memory stays bounded. */
async function expectServedDuring<Result>(
  attack: (arena: Arena) => Promise<Result>,
  options: { maxConnections?: number } = {},
): Promise<Result> {
  const folder = temporaryFolder()
  const collector = await startCollector(program, { folder, ...options })
  const sockets = new Set<Socket>()
  onTestFinished(() => sockets.forEach(socket => socket.destroy()))
  async function open(sent: string | Uint8Array): Promise<Socket> {
    const socket = connect(collector.port, '127.0.0.1')
    sockets.add(socket)
    socket.on('error', () => {})
    // Refused or closed at once is an answer as well.
    await new Promise(resolve => socket.once('connect', resolve).once('close', resolve))
    socket.write(sent)
    return socket
  }

  let isOver = false
  const taken: number[] = []
  const served = (async () => {
    for (let n = 1; !isOver || n < 10; n++) {
      // Like a tracker: where no answer came, as when its connection had to give way, it sends again.
      let answer = await collector.send([envelope(n)])
      for (let again = 0; again < 5 && !answer; again++) answer = await collector.send([envelope(n)])
      expect(answer?.status).toBe(200)
      taken.push(n)
    }
  })()
  const [result] = await Promise.all([attack({ collector, open }).finally(() => (isOver = true)), served])
  expect(readEvents(folder).map(({ id }) => id)).toEqual(expect.arrayContaining(taken.map(idOf)))
  const peak = await collector.peakBytes()
  expect(peak).toBeLessThan(MOST_BYTES)
  return result
}

describe('correct clients are served and memory is bounded while others', () => {
  test('drip their headers', async () => {
    await expectServedDuring(async arena => {
      const sockets = await openMany(arena, ALL ? 1_000 : 300, 'POST /e HTTP/1.1\r\nHost: x\r\n')
      await drip(sockets, 'X-Slow: 1\r\n')
    })
  })

  test('drip their bodies, until the slowest have to give way', async () => {
    const answers = await expectServedDuring(async arena => {
      const begun = Buffer.concat([Buffer.from(head('Content-Length: 999999')), Buffer.alloc(990_000, ' ')])
      const sockets = await openMany(arena, 100, begun)
      const answering = sockets.map(answerOf)
      await drip(sockets, ' ')
      return Promise.race(answering)
    })
    expect(answers).toMatch(/^HTTP\/1.1 503 [^]*\r\nretry-after: \d+\r\n[^]*too many are sent at once/)
  })

  test('hold connections open and say nothing, more than there may be', async () => {
    const openFiles = Number(execFileSync('sh', ['-c', 'ulimit -Hn']).toString()) || 100_000
    const count = ALL ? Math.min(10_000, openFiles - 1_000) : 700
    const maxConnections = ALL ? 5_000 : 500
    await expectServedDuring(
      async arena => {
        const sockets = await openMany(arena, count, '')
        const isOpen = (socket: Socket) => !socket.destroyed && socket.readyState === 'open'
        await expect.poll(() => sockets.filter(isOpen).length).toBeLessThanOrEqual(maxConnections)
      },
      { maxConnections },
    )
  })

  test('send bodies of 1 GB, with their length and without', async () => {
    await expectServedDuring(async arena => {
      expect(await answerOf(await arena.open(head('Content-Length: 1000000000')))).toContain('HTTP/1.1 413')
      const chunk = Buffer.from(`10000\r\n${' '.repeat(65_536)}\r\n`)
      const endless = await Promise.all(
        Array.from({ length: ALL ? 20 : 3 }, async () => arena.open(head('Transfer-Encoding: chunked'))),
      )
      const answers = endless.map(answerOf)
      for (const socket of endless) pour(socket, chunk)
      for (const answer of await Promise.all(answers)) expect(answer).toMatch(/413|^$/)
      await Promise.all(endless.map(closed))
    })
  })

  test('send what unpacks to a hundred times its size and more', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * MEGABYTE, ' '))
    expect(bomb.length).toBeLessThan(MEGABYTE)
    await expectServedDuring(async arena => {
      const answers = await Promise.all(
        Array.from({ length: ALL ? 100 : 15 }, async () => postRaw(arena, bomb, 'Content-Encoding: gzip')),
      )
      for (const answer of answers) expect(answer).toContain('HTTP/1.1 413')
    })
  })

  test('send many thousand requests and read no answer', async () => {
    await expectServedDuring(async arena => {
      const small = Buffer.from(head('Content-Length: 2', 'Content-Type: text/plain') + '{}')
      const many = Buffer.concat(Array<Buffer>(1_000).fill(small))
      const socket = await arena.open('')
      socket.pause()
      // It is no longer read from when its answers find no room.
      for (let sent = 0; sent < (ALL ? 100 : 3); sent++)
        if (!socket.write(many) && !(await hasDrained(socket, 2_000))) break
      expect((await postRaw(arena, '{}')).slice(0, 12)).toBe('HTTP/1.1 400')
    })
  })

  test('begin requests and reset the connection', async () => {
    await expectServedDuring(async arena => {
      for (let round = 0; round < (ALL ? 20 : 2); round++) {
        const sockets = await openMany(arena, 200, head('Content-Length: 1000') + '{"schema":1,')
        for (const socket of sockets) socket.resetAndDestroy()
      }
    })
  })
})

describe('an answer that says what is wrong goes to who sends', () => {
  let collector: CollectorProcess
  let folder: string
  let sentBefore = false
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'jejak-'))
    collector = await startCollector(program, { folder }, () => {})
    return async () => {
      await collector.kill()
      rmSync(folder, { recursive: true })
    }
  })
  const events = (inner: string) => JSON.stringify(batchOf([envelope(1), 'EVENT'])).replace('"EVENT"', inner)
  const deep = (open: string, close: string) =>
    `{"id":"${idOf(2)}","properties":${open.repeat(100_000)}1${close.repeat(100_000)}}`

  test.each<[what: string, status: RegExp, body: string | Uint8Array, headers: string[]]>([
    ['text that is no UTF-8', /^HTTP\/1.1 400/, new Uint8Array([0x22, 0xc3, 0x28, 0x22]), []],
    ['a batch that is nested endlessly', /^HTTP\/1.1 400/, '['.repeat(100_000) + ']'.repeat(100_000), []],
    ['an event that is nested endlessly, the other is stored', /^HTTP\/1.1 200/, events(deep('[', ']')), []],
    ['an event of objects nested endlessly, the other is stored', /^HTTP\/1.1 200/, events(deep('{"a":', '}')), []],
    ['a length that is no number', /^HTTP\/1.1 400/, '{}', ['Content-Length: many']],
    ['a length below nothing', /^HTTP\/1.1 400/, '{}', ['Content-Length: -1']],
    ['two lengths', /^HTTP\/1.1 400/, '{}', ['Content-Length: 2', 'Content-Length: 3']],
    ['a length, and chunks', /^HTTP\/1.1 400/, '{}', ['Content-Length: 2', 'Transfer-Encoding: chunked']],
    ['chunks that are none', /^HTTP\/1.1 400/, 'zz\r\n{}', ['Transfer-Encoding: chunked']],
    ['less than it said, and hangs up', /^$|^HTTP\/1.1 400/, '{"schema":1', ['Content-Length: 1000']],
    ['chunks without an end, and hangs up', /^$|^HTTP\/1.1 400/, '5\r\n{"sch\r\n', ['Transfer-Encoding: chunked']],
    ['more than it said', /^HTTP\/1.1 400/, '{}nonsense', ['Content-Length: 2']],
    // Who still sends when the connection is closed may miss the answer.
    ['a hundred thousand headers', /^$|^HTTP\/1.1 431/, '', Array<string>(100_000).fill('X: y')],
    ['a header of a megabyte', /^$|^HTTP\/1.1 431/, '', [`X: ${'y'.repeat(MEGABYTE)}`]],
  ])('%s', async (what, status, body, headers) => {
    const sized = headers.length > 0 ? headers : [`Content-Length: ${Buffer.byteLength(body)}`]
    const socket = connect(collector.port, '127.0.0.1').on('error', () => {})
    socket.write(head(...sized, 'Connection: close'))
    socket.write(body)
    if (what.includes('hangs up')) socket.end()
    const answer = await text(socket).catch(() => '')
    expect(answer).toMatch(status)
    const isStored = what.includes('the other is stored')
    expect(answer.includes('HTTP/1.1 200')).toBe(isStored)
    const stored = readEvents(folder).map(({ id }) => id)
    expect([stored.includes(idOf(1)), stored.includes(idOf(2))]).toEqual([isStored || sentBefore, false])
    sentBefore ||= isStored
    expect((await collector.send([envelope(3)]))?.status).toBe(200)
    expect(await collector.peakBytes()).toBeLessThan(MOST_BYTES)
  })
})

/** Sends a little on each connection, again and again, until every one had its turn ten times. */
async function drip(sockets: readonly Socket[], drop: string): Promise<void> {
  for (let round = 0; round < 10; round++) {
    for (const socket of sockets) if (socket.writable) socket.write(drop)
    await pause(50)
  }
}

function pour(socket: Socket, chunk: Uint8Array): void {
  const more = () => {
    while (socket.writable && socket.write(chunk)) continue
  }
  socket.on('drain', more)
  more()
}

/** Whether what was written is gone within so many milliseconds. */
async function hasDrained(socket: Socket, ms: number): Promise<boolean> {
  return new Promise(resolve => {
    const done = () => resolve(socket.writableLength === 0)
    socket.once('drain', done).once('close', done)
    setTimeout(() => socket.off('close', done).off('drain', done) && resolve(false), ms)
  })
}

async function closed(socket: Socket): Promise<void> {
  return new Promise(resolve => (socket.closed ? resolve() : socket.once('close', () => resolve())))
}

async function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}

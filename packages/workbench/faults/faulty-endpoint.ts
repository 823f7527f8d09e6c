import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { createCollector } from '@jejak/collector'
import { createMemorySink } from '@jejak/collector/sinks/memory'
import type { Batch, Envelope } from '@jejak/events'
import { readShopPage } from './shop-page.ts'
import { bundleTracker } from './tracker-bundle.ts'
import { answerOf, give, isStored } from './treatment.ts'
import type { Answer, Treatment } from './treatment.ts'

export type { Treatment } from './treatment.ts'

/** A server with the real collector behind it, and trouble before it. Its pages: see `readShopPage`. */
export interface FaultyEndpoint {
  /** `http://localhost:<port>`: where the shop is. */
  readonly origin: string
  /** The same server as another site: `http://127.0.0.1:<port>`. */
  readonly otherSite: string
  /** Where events are sent: `<origin>/e`. */
  readonly url: string
  /** Treats requests so, one after the other; when these are used up, as `always` says. */
  next(...treatments: readonly Treatment[]): void
  /** Treats all requests so from now on; a function decides for each. Without an argument: as a healthy collector does. */
  always(treatment?: Treatment | ((batch: Batch) => Treatment)): void
  /** Refuses connections: nothing listens any more. The pages of the shop are gone too. */
  goDown(): Promise<void>
  /** Listens again, on the same port. */
  comeBack(): Promise<void>
  /** Every request with events that came, what became of it aside. */
  readonly batches: readonly Batch[]
  /** What the collector has stored. */
  readonly stored: readonly Envelope[]
  /** Resolves when `condition` holds; rejects, saying what came, after `ms` milliseconds. Default: 15 000. */
  until(condition: () => boolean, ms?: number): Promise<void>
  close(): Promise<void>
}

const HOST = '127.0.0.1'
/** Below the ports that systems give to whoever asks for any, for one of these may be taken while nothing listens. */
const PORTS = { from: 20_000, to: 32_000 }

export async function createFaultyEndpoint(): Promise<FaultyEndpoint> {
  await bundleTracker() // a page is not to wait for it
  const sink = createMemorySink()
  const silent = { warn: () => {}, error: () => {} }
  const collector = createCollector({ sink, log: silent })
  const batches: Batch[] = []
  const queue: Treatment[] = []
  let standing: Treatment | ((batch: Batch) => Treatment) = {}

  const server = createServer((incoming, outgoing) => {
    // Whoever has gone away needs no answer.
    respond(incoming, outgoing).catch(() => outgoing.destroy())
  })

  async function respond(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host ?? HOST}`)
    if (url.pathname === '/e') {
      if (incoming.method === 'POST') return receive(url, incoming, outgoing)
      const treatment = typeof standing === 'function' ? {} : { cors: standing.cors ?? true }
      return give(answerOf(treatment, await collect(url, incoming)), treatment, incoming, outgoing)
    }
    await readBody(incoming)
    const page = await readShopPage(url)
    return give(page ?? { status: 404, headers: {}, body: '' }, {}, incoming, outgoing)
  }

  async function receive(url: URL, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    let treatment = queue.shift() ?? (typeof standing === 'function' ? undefined : standing)
    if (treatment?.fault === 'resetAtOnce') {
      if (isStored(treatment)) throw new TypeError('resetAtOnce: what was not read cannot be stored')
      return give({ status: 0, headers: {}, body: '' }, treatment, incoming, outgoing)
    }
    const body = await readBody(incoming)
    const batch = JSON.parse(body.toString()) as Batch
    batches.push(batch)
    treatment ??= typeof standing === 'function' ? standing(batch) : standing
    let stored: Answer | undefined
    for (let left = isStored(treatment) ? (treatment.times ?? 1) : 0; left > 0; left--) {
      stored = await collect(url, incoming, body)
    }
    return give(answerOf(treatment, stored), treatment, incoming, outgoing)
  }

  async function collect(url: URL, { method = 'GET', headers }: IncomingMessage, body?: Buffer): Promise<Answer> {
    const sent = Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))
    const request = new Request(url, {
      method,
      headers: Object.fromEntries(sent) as Record<string, string>,
      ...(body && { body: new Uint8Array(body) }),
    })
    const response = await collector(request)
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
  }

  const goDown = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })

  const port = await listenSomewhere(server)
  const origin = `http://localhost:${port}`
  return {
    origin,
    otherSite: `http://${HOST}:${port}`,
    url: `${origin}/e`,
    next(...treatments) {
      queue.push(...treatments)
    },
    always(treatment = {}) {
      standing = treatment
    },
    goDown,
    comeBack: () => listenOn(server, port),
    batches,
    stored: sink.events,
    async until(condition, ms = 15_000) {
      const end = Date.now() + ms
      while (!condition()) {
        if (Date.now() > end) {
          const sizes = batches.map(({ events }) => events.length).join(' + ') || 'none'
          throw new Error(`Not so after ${ms} ms. Events that came: ${sizes}. Stored: ${sink.events.length}.`)
        }
        await pause(20)
      }
    },
    close: goDown,
  }
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of incoming) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

/** A port makes an origin: what a page of one row left behind must not be there for the page of another. */
const usedPorts = new Set<number>()

async function listenSomewhere(server: ReturnType<typeof createServer>): Promise<number> {
  for (let tries = 0; ; tries++) {
    const port = PORTS.from + Math.floor(Math.random() * (PORTS.to - PORTS.from))
    if (usedPorts.has(port)) continue
    try {
      await listenOn(server, port)
      usedPorts.add(port)
      return port
    } catch (error) {
      if (tries === 20) throw error
    }
  }
}

function listenOn(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, HOST, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

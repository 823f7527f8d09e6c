import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createCollector } from '@jejak/collector'
import { toNodeListener } from '@jejak/collector/node'
import { createNdjsonSink } from '@jejak/collector/sinks/ndjson'
import type { StoredEvent } from '@jejak/events'
import { streamEvents } from './live/event-stream.ts'
import { createLiveFeed } from './live/live-feed.ts'
import type { LiveFeed } from './live/live-feed.ts'
import { createNetwork } from './live/network.ts'
import { createParcels } from './parcel.ts'
import { SECURITY_HEADERS, text } from './reply.tsx'
import type { Reply } from './reply.tsx'
import { replyTo } from './routes.tsx'
import { sendBatches } from './send-batches.ts'
import { readServedFiles } from './served-files.ts'
import { simulateVisitors } from './simulation/simulate-visitors.ts'
import { storedEvents } from './stored-events.ts'
import { truthOf } from './truth/truth-of.ts'
import { isLanguage, LANGUAGES } from './words/language.ts'
import type { Language } from './words/language.ts'

export interface DemoOptions {
  /** 0 takes any that is free. */
  readonly port: number
  /** The address to listen on. Default: `127.0.0.1`, this machine alone. */
  readonly host?: string
  /** Where the events are stored, and read from after a restart. It is made if it is not there. */
  readonly folder: string
  /** What the demo speaks, until somebody chooses another in a page. Default: English. */
  readonly language?: Language
  /** Takes what whoever runs the demo should know, a line at a time. */
  readonly log: (text: string) => void
}

export interface Demo {
  /** Of the live page. */
  readonly url: string
  /** Ends what is running, open streams included, and resolves when the port is free. */
  close(): Promise<void>
}

/** The same visitors every time: pressing the button again adds nobody. */
const SEED = 17

/**
 * Starts the demo: a shop, the collector it sends to, the live journeys, and their attribution, in one server. The
 * shop, the tracker and the collector are the real ones; only the goods are not.
 *
 * @throws {Error} if the port is taken or the folder cannot be used.
 */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { port, host = '127.0.0.1', folder, language = 'en', log } = options
  const sink = createNdjsonSink({ folder })
  const network = createNetwork()
  const feeds = Object.fromEntries(LANGUAGES.map(one => [one, createLiveFeed(one)])) as Record<Language, LiveFeed>
  const show = (events: readonly StoredEvent[]) => {
    for (const feed of Object.values(feeds)) feed.add(events)
  }
  const parcels = createParcels({
    report: async envelope => {
      await sendBatches(collector, [envelope]).catch(error => log(`Demo: a parcel was lost. ${String(error)}`))
    },
  })
  const collector = createCollector({
    sink,
    log: { warn: log, error: log },
    onStored(events) {
      show(events)
      parcels.follow(events)
    },
  })
  const collect = toNodeListener(collector)
  // By the network and the same door as everybody else's.
  const overHttp = (request: Request) =>
    fetch(new URL('e', ownUrl()), { method: 'POST', body: request.body, duplex: 'half' } as RequestInit)
  const parts = {
    folder,
    language,
    network,
    files: await readServedFiles(),
    simulate: (count: number) => sendBatches(overHttp, simulateVisitors({ count, seed: SEED, now: Date.now() })),
    truth: (count: number) => truthOf(folder, { count, seed: SEED }),
  }

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) outgoing.setHeader(name, value)
    const { method = 'GET', headers } = incoming
    const url = urlOf(incoming)
    if (!url) return send(outgoing, text('This is no address.', 400))
    if (!isOwnHost(url, host))
      return send(outgoing, text(`The demo answers on this machine alone, at ${ownUrl()}`, 400))
    if (url.pathname === '/e') return network.cuts(incoming) ? undefined : collect(incoming, outgoing)
    if (url.pathname === '/live' && method === 'GET') {
      const asked = url.searchParams.get('lang')
      return streamEvents(feeds[isLanguage(asked) ? asked : language], network, outgoing)
    }

    const isForeign = headers.origin !== undefined && headers.origin !== url.origin
    send(outgoing, await replyTo({ method, url, isForeign, cookie: headers.cookie }, parts), method)
  }

  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(error => {
      log(`Demo: ${incoming.method} ${incoming.url} could not be answered. ${String(error)}`)
      if (outgoing.headersSent) outgoing.destroy()
      else send(outgoing, text('That did not work. The terminal says why.', 500))
    })
  })

  const ownUrl = () => `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}/`

  await sink.open()
  for await (const event of storedEvents(folder)) show([event])
  await listen(server, port, host)
  return {
    url: ownUrl(),
    async close() {
      parcels.stop()
      const closed = new Promise(resolve => server.close(resolve))
      server.closeAllConnections()
      await closed
      await sink.close()
    },
  }
}

/** The address asked for, or undefined if what came is none. */
function urlOf({ url = '/', headers }: IncomingMessage): URL | undefined {
  const base = `http://${headers.host ?? 'localhost'}`
  // As a path, so that `//elsewhere/` is no other host.
  return URL.canParse(base) && URL.canParse(base + url) && url.startsWith('/') ? new URL(base + url) : undefined
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

/** On this machine alone, the demo is asked for by a name of this machine: a stranger's page cannot rename it. */
function isOwnHost({ hostname }: URL, host: string): boolean {
  const isLocal = LOOPBACK.includes(host) || host === '::1'
  return !isLocal || LOOPBACK.includes(hostname)
}

function send(outgoing: ServerResponse, { status, type, body, headers = {} }: Reply, method = 'GET'): void {
  const length = Buffer.byteLength(body)
  outgoing.writeHead(status, {
    'cache-control': 'no-store',
    ...headers,
    'content-type': type,
    'content-length': length,
  })
  outgoing.end(method === 'HEAD' ? undefined : body)
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const remedy =
        cause.code === 'EADDRINUSE'
          ? 'Another program listens there: stop it, or choose another port.'
          : 'Choose another.'
      reject(new Error(`The demo could not listen on ${host}, port ${port} (${cause.code}). ${remedy}`, { cause }))
    })
    server.listen(port, host, resolve)
  })
}

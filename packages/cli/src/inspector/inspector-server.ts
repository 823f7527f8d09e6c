import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import type { InspectorFeed, InspectorUpdate } from './inspector-feed.ts'

export interface InspectorServer {
  readonly url: string
  close(): Promise<void>
}

/** The same from `src` and from `dist`. */
const ASSETS = new URL('../../assets/', import.meta.url)

const FILES: Readonly<Partial<Record<string, readonly [file: string, type: string]>>> = {
  '/': ['inspector/index.html', 'text/html; charset=utf-8'],
  '/assets/base.css': ['base.css', 'text/css; charset=utf-8'],
  '/assets/element.js': ['element.js', 'text/javascript; charset=utf-8'],
  '/assets/inspector/inspector.css': ['inspector/inspector.css', 'text/css; charset=utf-8'],
  '/assets/inspector/inspector.js': ['inspector/inspector.js', 'text/javascript; charset=utf-8'],
}

/** Events are shown as text by a script of this server; nothing else may run, load, frame or send. */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
}

const HOST = '127.0.0.1'
const LOOPBACK = [HOST, 'localhost']
const HEARTBEAT_MS = 20_000
/** A page that reads so slowly is let go; it connects again and gets everything at once. */
const MOST_WAITING_BYTES = 8_000_000
const MOST_CONNECTIONS = 50

/**
 * Serves the page that shows what comes to the collector: on this machine alone, whatever the collector listens on,
 * because it shows visitors' events.
 */
export async function startInspector(feed: InspectorFeed, port: number): Promise<InspectorServer> {
  const files = new Map<string, { readonly type: string; readonly body: Buffer }>()
  for (const [path, [file, type]] of Object.entries(FILES) as [string, readonly [string, string]][])
    files.set(path, { type, body: await readFile(new URL(file, ASSETS)) })

  const server = createServer((incoming, outgoing) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) outgoing.setHeader(name, value)
    const path = (incoming.url ?? '').split('?', 1)[0]!
    const file = files.get(path)
    if (!isOwnHost(incoming)) say(outgoing, 400, 'The inspector answers on this machine alone, by its own address.')
    else if (incoming.method !== 'GET') say(outgoing, 405, 'There is only something to look at here.')
    else if (path === '/live') stream(feed, outgoing)
    else if (file) outgoing.writeHead(200, { 'content-type': file.type }).end(file.body)
    else say(outgoing, 404, 'Nothing is here. The inspector is at /')
  })
  server.maxConnections = MOST_CONNECTIONS

  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        new Error(
          `The inspector could not listen on ${HOST}, port ${port} (${cause.code}). Choose another by --inspect-port; 0 takes any that is free.`,
          { cause },
        ),
      ),
    )
    server.listen(port, HOST, resolve)
  })
  return {
    url: `http://${HOST}:${(server.address() as AddressInfo).port}/`,
    async close() {
      const closed = new Promise(resolve => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

/** A stranger's page can give its own name the address of this machine; by that name nothing is answered. */
function isOwnHost({ headers }: IncomingMessage): boolean {
  const address = `http://${headers.host ?? ''}`
  return URL.canParse(address) && LOOPBACK.includes(new URL(address).hostname)
}

function say(outgoing: ServerResponse, status: number, text: string): void {
  outgoing.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}

/** Server-sent events: all there is, then what is new, until either side ends it. */
function stream(feed: InspectorFeed, outgoing: ServerResponse): void {
  const send = (text: string) => {
    if (outgoing.writableLength > MOST_WAITING_BYTES) outgoing.destroy()
    else outgoing.write(text)
  }
  outgoing.writeHead(200, { 'content-type': 'text/event-stream' })
  send(`retry: 1000\n\n${message('snapshot', feed.snapshot())}`)
  const unsubscribe = feed.subscribe(update => send(message('change', update)))
  const heartbeat = setInterval(() => send(':\n\n'), HEARTBEAT_MS)
  outgoing.on('close', () => {
    unsubscribe()
    clearInterval(heartbeat)
  })
}

// JSON has no line ends of its own, so one `data` line holds it.
function message(event: string, update: InspectorUpdate): string {
  return `event: ${event}\ndata: ${JSON.stringify(update)}\n\n`
}

import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRequire } from 'node:module'
import { createCollector } from '@jejak/collector'
import { toNodeListener } from '@jejak/collector/node'
import { createMemorySink } from '@jejak/collector/sinks/memory'
import type { StoredEvent } from '@jejak/events'

const require = createRequire(import.meta.url)
const TRACKER = readFileSync(require.resolve('@jejak/browser/jejak.js'))
const INSPECTOR = readFileSync(require.resolve('@jejak/browser/jejak-inspector.js'))

/** A page of a small shop, as somebody may have set it up. */
export interface ShopPage {
  /** What stands in the head, besides the title. */
  readonly head: string
  /** The shop's own script, `/shop.js`. */
  readonly script?: string
  readonly policy?: string
}

export interface FaultyShop {
  readonly url: string
  /** A collector on another origin that lets nobody's pages send. */
  readonly foreign: string
  /** An address at which nobody answers. */
  readonly closed: string
  /** What its collectors have stored. */
  readonly stored: readonly StoredEvent[]
  close(): Promise<void>
}

/** Serves pages by their names, the tracker, and the collector they send to. */
export async function openFaultyShop(pages: Readonly<Record<string, ShopPage>>): Promise<FaultyShop> {
  const stored: StoredEvent[] = []
  const onStored = (events: readonly StoredEvent[]) => void stored.push(...events)
  const log = { warn: () => {}, error: () => {} }
  const collect = toNodeListener(createCollector({ sink: createMemorySink(), log, onStored }))
  const refuse = toNodeListener(
    createCollector({ sink: createMemorySink(), log, onStored, allowedOrigins: ['https://other.example'] }),
  )

  const shop = createServer((incoming, outgoing) => {
    const { pathname } = new URL(incoming.url ?? '/', 'http://shop')
    const [, name = '', file] = pathname.split('/')
    const page = pages[name]
    if (pathname === '/e') collect(incoming, outgoing)
    else if (pathname === '/jejak.js') reply(outgoing, 200, 'text/javascript', TRACKER)
    else if (pathname === '/jejak-inspector.js') reply(outgoing, 200, 'text/javascript', INSPECTOR)
    else if (pathname === '/start-page.js') reply(outgoing, 200, 'text/html', '<!doctype html><p>Welcome')
    else if (page && file === 'shop.js') reply(outgoing, 200, 'text/javascript', page.script ?? '')
    else if (page && !file) {
      if (page.policy) outgoing.setHeader('content-security-policy', page.policy)
      const own = `<script src="/${name}/shop.js" defer></script>`
      reply(outgoing, 200, 'text/html', `<!doctype html><title>Shop</title>${page.head}${own}<h1>Shop</h1>`)
    } else reply(outgoing, 404, 'text/plain', 'Nothing is here.')
  })
  const foreign = createServer(refuse)
  const gone = createServer()
  const closed = `${await open(gone)}/e`
  await close(gone)
  const url = await open(shop)
  return {
    url,
    closed,
    foreign: `${await open(foreign)}/e`,
    stored,
    async close() {
      await Promise.all([shop, foreign].map(close))
    },
  }
}

function reply(outgoing: ServerResponse, status: number, type: string, body: string | Buffer): void {
  outgoing.writeHead(status, { 'content-type': `${type}; charset=utf-8` }).end(body)
}

async function open(server: Server): Promise<string> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function close(server: Server): Promise<void> {
  const closed = new Promise(resolve => server.close(resolve))
  server.closeAllConnections()
  await closed
}

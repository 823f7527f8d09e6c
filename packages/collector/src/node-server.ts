import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { notFound } from './answers.ts'
import type { Collector } from './handler.ts'
import { limitConnections } from './node-connections.ts'
import { toNodeListener } from './node-listener.ts'
import { optionError } from './option-error.ts'

export interface ListenOptions {
  /** 0 takes any that is free. Default: 8123. */
  readonly port?: number
  /** The address to listen on; `0.0.0.0` for all of this machine's. Default: `127.0.0.1`, this machine alone. */
  readonly host?: string
  /** Where events are sent. Any other path is not found. Default: `/e`. */
  readonly path?: string
  /**
   * How many connections there may be at a time. When another comes, the one that has kept us waiting longest is
   * closed: somebody who is slow on purpose, or a browser that may send more later, and then connects again. Each
   * needs an open file (`ulimit -n`) and about 20 kB of memory. Default: 5 000.
   */
  readonly maxConnections?: number
}

export interface ListeningCollector {
  /** Where pages on this machine send their events. */
  readonly url: string
  /** Takes no new requests, answers those under way (for ten seconds at most), and resolves when all is closed. */
  close(): Promise<void>
}

// Who takes longer than this to send a request holds a connection for nothing. A batch is small, but so is the
// bandwidth of a telephone in the countryside.
const HEADERS_TIMEOUT_MS = 15_000
const REQUEST_TIMEOUT_MS = 60_000
// Load balancers keep a connection for a minute: one that we close first may break the request they send just then.
const KEEP_ALIVE_TIMEOUT_MS = 75_000
const CLOSE_TIMEOUT_MS = 10_000
// Who neither sends nor takes anything for this long is gone, whatever state the connection is in.
const SILENCE_TIMEOUT_MS = 120_000
// How often the times above are looked after.
const CHECKING_INTERVAL_MS = 5_000

/**
 * A server of its own for a collector. Rejects with what to do if it cannot listen, such as when the port is taken.
 *
 * @throws TypeError for an option that cannot be used.
 */
export async function listen(collector: Collector, options: ListenOptions = {}): Promise<ListeningCollector> {
  const { port = 8123, host = '127.0.0.1', path = '/e', maxConnections = 5_000 } = options
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw optionError('port', 'a whole number from 0 to 65535', port, 'Leave it out for 8123.')
  if (typeof host !== 'string' || host === '')
    throw optionError('host', 'an address or a host name', host, 'Leave it out for 127.0.0.1.')
  if (typeof path !== 'string' || !/^\/[^?#]*$/.test(path))
    throw optionError('path', 'a path that begins with /', path, 'For example "/e".')
  if (!Number.isSafeInteger(maxConnections) || maxConnections < 1)
    throw optionError('maxConnections', 'a whole number above 0', maxConnections, 'Leave it out for 5 000.')

  const server = createServer({
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    connectionsCheckingInterval: CHECKING_INTERVAL_MS,
  })
  server.setTimeout(SILENCE_TIMEOUT_MS)
  limitConnections(server, maxConnections)
  const toCollector = toNodeListener(collector)
  const toNothing = toNodeListener(async () => notFound(path))
  const paths = new Set([path, `${path.replace(/\/$/, '')}/health`])
  let closing: Promise<void> | undefined

  server.on('request', (incoming, outgoing) => {
    outgoing.on('close', () => closing && server.closeIdleConnections())
    const known = paths.has((incoming.url ?? '').split('?', 1)[0]!)
    if (known) toCollector(incoming, outgoing)
    else toNothing(incoming, outgoing)
  })

  await startListening(server, port, host)
  return {
    url: `http://${hostInUrl(host)}:${(server.address() as AddressInfo).port}${path}`,
    close: () => (closing ??= stop(server)),
  }
}

async function startListening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, port, host)))
    server.listen(port, host, resolve)
  })
}

function listenError(cause: NodeJS.ErrnoException, port: number, host: string): Error {
  const advice: Readonly<Partial<Record<string, string>>> = {
    EADDRINUSE: 'Another program listens there: stop it, or choose another `port` (0 takes any that is free).',
    EACCES: 'Ports below 1024 are for administrators: choose a higher `port`.',
    EADDRNOTAVAIL: 'That is no address of this machine: choose `host` 127.0.0.1 or 0.0.0.0.',
    ENOTFOUND: 'Nobody knows that name: choose `host` 127.0.0.1 or 0.0.0.0.',
  }
  const remedy = advice[cause.code ?? ''] ?? 'Choose another `port` or `host`.'
  return new Error(`The collector could not listen on ${host}, port ${port} (${cause.code}). ${remedy}`, { cause })
}

async function stop(server: Server): Promise<void> {
  const impatience = setTimeout(() => server.closeAllConnections(), CLOSE_TIMEOUT_MS)
  await new Promise(resolve => server.close(resolve))
  clearTimeout(impatience)
}

function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

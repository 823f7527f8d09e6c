import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A site of a fault's own, for pages and scripts that the shop does not have. */
export interface OwnSite {
  /** `http://localhost:<port>`: of the same site as the shop, but not of the same origin. */
  readonly origin: string
  close(): Promise<void>
}

/** `files`: by their paths. */
export async function serveOwnSite(files: Readonly<Record<string, OwnFile>>): Promise<OwnSite> {
  const server = createServer((incoming, outgoing) => {
    const file = files[new URL(incoming.url ?? '/', 'http://localhost').pathname]
    if (!file) return outgoing.writeHead(404).end()
    return outgoing.writeHead(200, { 'content-type': `${file.type}; charset=utf-8` }).end(file.body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export interface OwnFile {
  readonly type: 'text/html' | 'text/javascript'
  readonly body: string
}

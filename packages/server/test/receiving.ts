import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { mkdtemp } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCollector } from '@jejak/collector'
import { toNodeListener } from '@jejak/collector/node'
import { createMemorySink } from '@jejak/collector/sinks/memory'
import type { MemorySink } from '@jejak/collector/sinks/memory'
import { onTestFinished } from 'vitest'

/** Answers a request itself (true), or leaves it to the collector. */
export type Fault = (request: IncomingMessage, response: ServerResponse) => boolean

export interface Receiver {
  readonly url: string
  readonly sink: MemorySink
  /** How many requests came. */
  readonly requests: () => number
  /** What happens from now on. */
  readonly breakWith: (fault: Fault | undefined) => void
}

/** A real collector on a port of this machine, which can be broken. */
export async function receiver(): Promise<Receiver> {
  const sink = createMemorySink()
  const listener = toNodeListener(createCollector({ sink, log: { warn: () => {}, error: () => {} } }))
  let fault: Fault | undefined
  let requests = 0
  const server = createServer((request, response) => {
    requests++
    if (!fault?.(request, response)) listener(request, response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/e`,
    sink,
    requests: () => requests,
    breakWith: next => (fault = next),
  }
}

export function answer(status: number, headers: Record<string, string> = {}): Fault {
  return (request, response) => {
    request.resume()
    response.writeHead(status, headers).end()
    return true
  }
}

export const newFolder = async (): Promise<string> => await mkdtemp(join(tmpdir(), 'jejak-spool-'))

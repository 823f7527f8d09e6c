import type { Collector, CollectorOptions } from '@jejak/collector'
import { exchangeLines } from './exchange-lines.ts'
import { createInspectedCollector } from './inspected-collector.ts'
import { createInspectorFeed } from './inspector-feed.ts'
import { startInspector } from './inspector-server.ts'

export interface Inspection {
  /** To listen with: it tells of all that comes. */
  readonly collector: Collector
  /** Of the page. */
  readonly url: string
  close(): Promise<void>
}

/** A collector whose requests are shown on a page of this machine and, by `write`, on the terminal. */
export async function startInspection(
  options: CollectorOptions,
  port: number,
  write: (text: string) => void,
): Promise<Inspection> {
  const feed = createInspectorFeed()
  const server = await startInspector(feed, port)
  // What was refused or given up is among what is shown.
  const log = { warn: () => {}, error: (message: string) => write(`${message}\n`) }
  const collector = createInspectedCollector({ ...options, log }, exchange => {
    feed.add(exchange)
    write(`${exchangeLines(exchange).join('\n')}\n`)
  })
  return { collector, url: server.url, close: () => server.close() }
}

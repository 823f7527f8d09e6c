import type { ServerResponse } from 'node:http'
import type { LiveFeed } from './live-feed.ts'
import type { Network } from './network.ts'

/** Keeps proxies and sleeping networks from closing a quiet stream. */
const HEARTBEAT_MS = 20_000

/** A page that reads so slowly is let go; it connects again and gets everything at once. */
const MOST_WAITING_BYTES = 4_000_000

/** Answers with server-sent events: all there is, then every change, until either side ends it. */
export function streamEvents(feed: LiveFeed, network: Network, outgoing: ServerResponse): void {
  const send = (text: string) => {
    if (outgoing.writableLength > MOST_WAITING_BYTES) outgoing.destroy()
    else outgoing.write(text)
  }
  outgoing.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  send(`retry: 1000\n\n${message('snapshot', { ...feed.snapshot(), online: network.isOnline })}`)

  const stops = [
    feed.subscribe(update => send(message('change', update))),
    network.subscribe(online => send(message('network', { online }))),
  ]
  const heartbeat = setInterval(() => send(':\n\n'), HEARTBEAT_MS)
  outgoing.on('close', () => {
    for (const stop of stops) stop()
    clearInterval(heartbeat)
  })
}

// JSON has no line ends of its own, so one `data` line holds it.
function message(event: string, data: object): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import { badRequest, bodyIsGone, failed } from './answers.ts'
import type { Collector } from './handler.ts'

/** Answers a request of `node:http`. */
export type NodeListener = (incoming: IncomingMessage, outgoing: ServerResponse) => void

const DISCARD_MS = 3_000

/**
 * Puts a collector into a server of `node:http`, Express or Connect:
 *
 *     createServer(toNodeListener(collector))
 *     app.post('/e', toNodeListener(collector))
 *
 * A body that `express.json()`, `express.text()` or `express.raw()` has read already is taken as they left it.
 */
export function toNodeListener(collector: Collector): NodeListener {
  return (incoming, outgoing) => {
    // Somebody else has answered already, so this answer cannot be given.
    respond(collector, incoming, outgoing).catch(() => outgoing.destroy())
  }
}

async function respond(collector: Collector, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const request = toRequest(incoming)
  const info = { ip: incoming.socket.remoteAddress }
  const response = request instanceof Response ? request : await collector(request, info).catch(failed)

  outgoing.statusCode = response.status
  for (const [name, value] of response.headers) outgoing.setHeader(name, value)
  outgoing.end(await response.text())
  // What is left of the body is thrown away, for a while: a client that is still sending would miss its answer if the
  // connection ended at once, and one that never stops must not hold it for ever.
  incoming.removeAllListeners('data').resume()
  if (!incoming.complete) setTimeout(() => incoming.complete || incoming.destroy(), DISCARD_MS).unref()
}

/** The request as the Fetch Standard has it, or the answer if it cannot be one. */
function toRequest(incoming: IncomingMessage): Request | Response {
  const { method = 'GET', url = '/', rawHeaders } = incoming
  try {
    const headers = new Headers()
    for (let index = 0; index < rawHeaders.length; index += 2) {
      const name = rawHeaders[index]!
      // HTTP/2 has the method and the path among them, under names that no header can have.
      if (!name.startsWith(':')) headers.append(name, rawHeaders[index + 1] ?? '')
    }
    const address = new URL(url, `http://${incoming.headers.host ?? 'localhost'}`)
    if (method === 'GET' || method === 'HEAD') return new Request(address, { method, headers })

    // Some parsers leave a `body` where they read nothing: what counts is whether the stream was read.
    if (!incoming.readableDidRead)
      return new Request(address, { method, headers, body: toStream(incoming), duplex: 'half' })
    const body = sentText(incoming)
    if (body === undefined) return bodyIsGone()
    // Parsers unpack, so these tell of another body.
    headers.delete('content-encoding')
    headers.delete('content-length')
    return new Request(address, { method, headers, body })
  } catch {
    return badRequest()
  }
}

/** The body as it arrives, piece by piece as it is asked for. Who stops asking does not break the connection. */
function toStream(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  let wanted = true
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        incoming
          .pause()
          .on('data', (piece: Buffer) => {
            incoming.pause()
            if (wanted) controller.enqueue(piece)
          })
          .on('end', () => wanted && controller.close())
          .on('error', error => wanted && controller.error(error))
      },
      pull() {
        incoming.resume()
      },
      cancel() {
        wanted = false
      },
    },
    { highWaterMark: 0 },
  )
}

/** What a body parser made of the body, turned back into what was sent. */
function sentText(incoming: IncomingMessage & { body?: unknown }): string | Uint8Array<ArrayBuffer> | undefined {
  const { body } = incoming
  if (typeof body === 'string' || body === undefined) return body
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body)
}

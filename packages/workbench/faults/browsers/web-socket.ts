import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import type { Duplex } from 'node:stream'

/** As much of a WebSocket as an inspector on this machine needs: Node 20 has none. */
export interface WebSocket {
  send(text: string): void
}

export interface WebSocketOptions {
  readonly onMessage: (text: string) => void
  readonly onClose: () => void
}

/** The kinds of frames, as RFC 6455 numbers them. */
const TEXT = 1
const CLOSE = 8
const PING = 9
const PONG = 10

export function openWebSocket(address: string, { onMessage, onClose }: WebSocketOptions): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const opening = request(address.replace(/^ws:/, 'http:'), {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': randomBytes(16).toString('base64'),
      },
    })
    opening.on('error', reject)
    opening.on('response', ({ statusCode }) => reject(new Error(`${address} answers ${statusCode}.`)))
    opening.on('upgrade', (_answer, socket, head) => {
      readFrames(socket, head, onMessage)
      // A browser that is killed resets it.
      socket.on('error', () => {})
      socket.on('close', onClose)
      resolve({ send: text => socket.write(frame(TEXT, Buffer.from(text))) })
    })
    opening.end()
  })
}

function readFrames(socket: Duplex, head: Buffer, onMessage: (text: string) => void): void {
  let waiting = head
  let message = Buffer.alloc(0)

  function read(): void {
    for (let found = parseFrame(waiting); found; found = parseFrame(waiting)) {
      const { kind, isLast, payload, length } = found
      waiting = waiting.subarray(length)
      if (kind === PING) socket.write(frame(PONG, payload))
      if (kind === CLOSE) socket.end()
      if (kind >= CLOSE) continue
      message = Buffer.concat([message, payload])
      if (!isLast) continue
      onMessage(message.toString())
      message = Buffer.alloc(0)
    }
  }

  socket.on('data', (data: Buffer) => {
    waiting = Buffer.concat([waiting, data])
    read()
  })
  read()
}

/** The first frame that is all there. A server masks none. */
function parseFrame(data: Buffer) {
  if (data.length < 2) return undefined
  const short = data[1]! & 0x7f
  const start = short < 126 ? 2 : short === 126 ? 4 : 10
  if (data.length < start) return undefined
  const size = short < 126 ? short : short === 126 ? data.readUInt16BE(2) : Number(data.readBigUInt64BE(2))
  const length = start + size
  if (data.length < length) return undefined
  return { kind: data[0]! & 0x0f, isLast: data[0]! > 0x7f, payload: data.subarray(start, length), length }
}

function frame(kind: number, payload: Buffer): Buffer {
  const { length } = payload
  const header = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10)
  header[0] = 0x80 | kind
  header[1] = 0x80 | (length < 126 ? length : length < 65_536 ? 126 : 127)
  if (header.length === 4) header.writeUInt16BE(length, 2)
  if (header.length === 10) header.writeBigUInt64BE(BigInt(length), 2)
  // The mask that every client has to put on: of zeros, it changes nothing.
  return Buffer.concat([header, Buffer.alloc(4), payload])
}

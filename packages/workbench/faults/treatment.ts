import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * How a request with events is treated. Store first and then fail, or fail before anything is stored: the difference is
 * what tells whether a sender loses or doubles.
 */
export interface Treatment {
  /** Whether the batch is handed to the collector. Default: true for an answer of 2xx, false otherwise. */
  readonly store?: boolean
  /** How often it is handed over, as by a proxy that replays requests. Default: 1. */
  readonly times?: number
  /** Answers this in place of what the collector says. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Whether pages of another origin may read the answer. Default: true. */
  readonly cors?: boolean
  /**
   * In place of a whole answer. `reset`: the connection is reset (RST) once the body was read; `resetAtOnce`: before it
   * is read, unless a function decides, which has to read it; `close`: it is closed (FIN) without an answer; `stall`: no
   * answer ever comes; `truncate`: the answer breaks off in the middle of its body; `slow`: its body comes one byte
   * every second.
   */
  readonly fault?: 'reset' | 'resetAtOnce' | 'close' | 'stall' | 'truncate' | 'slow'
}

/** What is answered, as long as nothing breaks. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const READABLE_BY_ALL = { 'access-control-allow-origin': '*', 'access-control-expose-headers': '*' }

/** Whether the collector gets the batch. */
export function isStored({ store, status = 200, fault }: Treatment): boolean {
  const isAnswered = fault === undefined || fault === 'truncate' || fault === 'slow'
  return store ?? (isAnswered && status >= 200 && status < 300)
}

/** What the treatment answers, in place of what the collector would. */
export function answerOf(treatment: Treatment, ofCollector: Answer | undefined): Answer {
  const { status, headers, body, cors = true } = treatment
  const isReplaced = status !== undefined || headers !== undefined || body !== undefined || !ofCollector
  const answer = isReplaced
    ? { status: status ?? 200, headers: { ...READABLE_BY_ALL, ...headers }, body: body ?? '' }
    : ofCollector
  return cors ? answer : { ...answer, headers: withoutCors(answer.headers) }
}

/** Gives the answer, or what the treatment makes of it. */
export function give(
  answer: Answer,
  { fault }: Treatment,
  { socket }: IncomingMessage,
  outgoing: ServerResponse,
): void {
  const { status, headers, body } = answer
  switch (fault) {
    case 'reset':
    case 'resetAtOnce':
      socket.resetAndDestroy()
      break
    case 'close':
      socket.destroy()
      break
    case 'stall':
      break
    case 'truncate': {
      const whole = Buffer.from(body || '{"accepted":1}')
      outgoing.writeHead(status, { ...headers, 'content-length': whole.length })
      outgoing.write(whole.subarray(0, whole.length / 2), () => socket.destroy())
      break
    }
    case 'slow':
      outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
      drip(Buffer.from(body), outgoing)
      break
    case undefined:
      outgoing.writeHead(status, headers).end(status === 204 ? undefined : body)
  }
}

function drip(body: Buffer, outgoing: ServerResponse): void {
  outgoing.flushHeaders()
  let sent = 0
  const timer = setInterval(() => {
    if (sent < body.length) outgoing.write(body.subarray(sent, ++sent))
    else outgoing.end()
  }, 1_000)
  outgoing.on('close', () => clearInterval(timer))
}

function withoutCors(headers: Answer['headers']): Answer['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('access-control-')))
}

import { quoted } from './in-words.ts'
import type { ReadBudget } from './read-budget.ts'

export type BodyReading =
  | { readonly json: unknown; readonly status?: never }
  | { readonly status: 400 | 413 | 415 | 503; readonly error: string }

const CONTENT_TYPES: readonly string[] = ['text/plain', 'application/json', '']

/**
 * The JSON a request carries, or the status and the words of the answer to what cannot be read. Never holds more than
 * `maxBytes` of it, packed or unpacked, whatever its headers say: what is longer is not read to its end. All that are
 * read at the same time hold no more than the budget.
 */
export async function readBody(request: Request, maxBytes: number, budget: ReadBudget): Promise<BodyReading> {
  const type = (request.headers.get('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase()
  if (!CONTENT_TYPES.includes(type))
    return { status: 415, error: `content-type: expected text/plain or application/json, got ${quoted(type)}` }

  const encoding = (request.headers.get('content-encoding') ?? 'identity').trim().toLowerCase()
  if (encoding !== 'identity' && encoding !== 'gzip' && encoding !== 'deflate')
    return { status: 415, error: `content-encoding: expected gzip, deflate or none, got ${quoted(encoding)}` }

  const tooLarge = {
    status: 413,
    error: `body: expected at most ${maxBytes} bytes, unpacked. Send fewer events at a time.`,
  } as const
  if (Number(request.headers.get('content-length')) > maxBytes) return tooLarge
  if (request.body === null) return { status: 400, error: 'body: expected a batch as JSON, got nothing' }

  let stream: Stream = request.body
  let packedExceeded = () => false
  if (encoding !== 'identity') {
    // Packed nothing is something: without a limit of its own, input that unpacks to nothing could go on for ever.
    const packed = limited(stream, maxBytes)
    packedExceeded = () => packed.exceeded()
    stream = packed.stream.pipeThrough(new DecompressionStream(encoding))
  }
  const outcome = await decode(stream, maxBytes, budget)
  if (packedExceeded() || outcome.fault === 'too large') return tooLarge
  if (outcome.fault === 'gave way')
    return { status: 503, error: 'body: too many are sent at once, and this one was slow. Send it again later.' }
  if (outcome.fault) return { status: 400, error: `body: ${unreadable(encoding)}` }
  return parse(outcome.text)
}

type Stream = ReadableStream<Uint8Array<ArrayBuffer>>

/** The stream, which fails at its byte number `maxBytes` + 1; its source is then told to stop. */
function limited(source: Stream, maxBytes: number): { readonly stream: Stream; exceeded(): boolean } {
  let bytes = 0
  const gate = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      bytes += chunk.byteLength
      if (bytes > maxBytes) controller.error(new RangeError('The body is too large.'))
      else controller.enqueue(chunk)
    },
  })
  return { stream: source.pipeThrough(gate), exceeded: () => bytes > maxBytes }
}

type Decoding =
  | { readonly text: string; readonly fault?: never }
  | { readonly fault: 'too large' | 'gave way' | 'unreadable' }

async function decode(stream: Stream, maxBytes: number, budget: ReadBudget): Promise<Decoding> {
  const reader = stream.getReader()
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let gaveWay = false
  // Its source is told to stop; that it may have failed meanwhile changes nothing.
  const stop = () => void reader.cancel().catch(() => {})
  const share = budget.begin(() => {
    gaveWay = true
    stop()
  })
  try {
    let text = ''
    let bytes = 0
    for (;;) {
      const { done, value } = await reader.read()
      if (gaveWay) return { fault: 'gave way' }
      if (done) return { text: text + decoder.decode() }
      bytes += value.byteLength
      share.add(value.byteLength)
      if (bytes > maxBytes) {
        stop()
        return { fault: 'too large' }
      }
      text += decoder.decode(value, { stream: true })
    }
  } catch {
    stop()
    return { fault: 'unreadable' }
  } finally {
    share.end()
  }
}

function unreadable(encoding: string): string {
  return encoding === 'identity'
    ? 'expected text in UTF-8, whole'
    : `expected ${encoding} data that holds text in UTF-8, whole`
}

function parse(text: string): BodyReading {
  try {
    return { json: JSON.parse(text) as unknown }
  } catch {
    return { status: 400, error: `body: expected a batch as JSON, got text beginning ${quoted(text)}` }
  }
}

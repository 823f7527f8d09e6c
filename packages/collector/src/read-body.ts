import { quoted } from './in-words.ts'

export type BodyReading =
  | { readonly json: unknown; readonly status?: never }
  | { readonly status: 400 | 413 | 415; readonly error: string }

const CONTENT_TYPES: readonly string[] = ['text/plain', 'application/json', '']

/**
 * The JSON a request carries, or the status and the words of the answer to what cannot be read. Never holds more than
 * `maxBytes` of it, packed or unpacked, whatever its headers say: what is longer is not read to its end.
 */
export async function readBody(request: Request, maxBytes: number): Promise<BodyReading> {
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

  // Packed nothing is something: without a limit of its own, input that unpacks to nothing could go on for ever.
  const packed = limited(request.body, maxBytes)
  const unpacked =
    encoding === 'identity' ? packed : limited(packed.stream.pipeThrough(new DecompressionStream(encoding)), maxBytes)

  const text = await decode(unpacked.stream).catch(() => undefined)
  if (packed.exceeded() || unpacked.exceeded()) return tooLarge
  if (text === undefined) return { status: 400, error: `body: ${unreadable(encoding)}` }
  return parse(text)
}

interface Limited {
  readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>
  exceeded(): boolean
}

/** The stream, which fails at its byte number `maxBytes` + 1; its source is then told to stop. */
function limited(source: ReadableStream<Uint8Array<ArrayBuffer>>, maxBytes: number): Limited {
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

async function decode(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let text = ''
  for await (const chunk of stream) text += decoder.decode(chunk, { stream: true })
  return text + decoder.decode()
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

import { createGunzip } from 'node:zlib'

/** Thrown after everything that could be unpacked was: the rest of the gzip data is missing or damaged. */
export class GzipFault extends Error {
  override readonly name = 'GzipFault'
}

/**
 * The bytes of a file, unpacked if they are gzip. That is told from the first two bytes, whatever the file's name.
 *
 * @throws {GzipFault} at the end, if gzip data are cut off or damaged.
 */
export async function* gunzipped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const rest = chunks[Symbol.asyncIterator]()
  let head: Uint8Array = new Uint8Array(0)
  while (head.length < 2) {
    const { done, value } = await rest.next()
    if (done) break
    head = head.length > 0 ? Buffer.concat([head, value]) : value
  }

  const all = (async function* () {
    yield head
    yield* { [Symbol.asyncIterator]: () => rest }
  })()
  yield* head[0] === 0x1f && head[1] === 0x8b ? gunzip(all) : all
}

/**
 * zlib's own stream forgets what it has unpacked but not handed over when it meets a fault. Here every chunk is taken
 * out before the next goes in, and the end is told only after that, so a fault costs nothing of what came before it.
 */
async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const stream = createGunzip({ chunkSize: 256 * 1024 })
  let unpacked: Uint8Array[] = []
  let fault: Error | undefined
  let over = false
  let proceed = () => {}
  const stop = () => {
    over = true
    proceed()
  }
  const done = (start: () => void) =>
    new Promise<void>(resolve => {
      proceed = resolve
      start()
    })
  const takeOut = () => {
    const taken = unpacked
    unpacked = []
    return taken
  }
  stream.on('data', (bytes: Uint8Array) => unpacked.push(bytes))
  stream.on('end', stop)
  stream.on('error', error => {
    fault = error
    stop()
  })

  try {
    for await (const chunk of chunks) {
      await done(() => stream.write(chunk, () => proceed()))
      yield* takeOut()
      if (over) break
    }
    if (!over) await done(() => stream.end())
    yield* takeOut()
  } finally {
    stream.destroy()
  }
  if (fault) throw new GzipFault(`the gzip data end here (${fault.message})`, { cause: fault })
}

// An endpoint of one's own, without any Jejak package: node examples/own-endpoint/server.mjs
// It keeps each event once, by its id or its order, and answers only when the event is on disk.
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { createServer } from 'node:http'

const MAX_BYTES = 1_000_000

const file = openSync(process.env.FILE ?? 'events.ndjson', 'a')
const seen = new Set()

const server = createServer((request, response) => {
  const answer = status => response.writeHead(status, { 'access-control-allow-origin': '*' }).end()
  if (request.method !== 'POST') return answer(405)

  const pieces = []
  let bytes = 0
  request.on('data', piece => {
    bytes += piece.length
    if (bytes <= MAX_BYTES) pieces.push(piece)
  })
  request.on('end', () => {
    if (bytes > MAX_BYTES) return answer(413)
    const events = readBatch(Buffer.concat(pieces))
    if (!events) return answer(400)
    try {
      store(events)
    } catch {
      return answer(503) // the disk may be full; the tracker keeps the events and comes again
    }
    answer(204)
  })
})

function readBatch(body) {
  try {
    return JSON.parse(body).events.filter(({ id }) => typeof id === 'string')
  } catch {
    return undefined
  }
}

function store(events) {
  const fresh = new Map(events.map(event => [keyOf(event), event]))
  for (const key of fresh.keys()) if (seen.has(key)) fresh.delete(key)
  writeSync(file, [...fresh.values()].map(event => `${JSON.stringify(event)}\n`).join(''))
  fsyncSync(file)
  for (const key of fresh.keys()) seen.add(key)
}

/** A thank-you page that is loaded again tells of its purchase again, in another event. */
function keyOf({ id, name, properties }) {
  return name === 'purchase' && properties?.transaction_id ? `purchase ${properties.transaction_id}` : id
}

server.listen(process.env.PORT ?? 4301, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/`)
})
process.once('SIGTERM', () => server.close(() => closeSync(file)))

// An endpoint of one's own, without any Jejak package: node examples/own-endpoint/server.mjs
// It keeps each event once, by its id, and answers only when the event is on disk.
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { createServer } from 'node:http'

const file = openSync(process.env.FILE ?? 'events.ndjson', 'a')
const seen = new Set()

const server = createServer(async (request, response) => {
  if (request.method !== 'POST') return response.writeHead(405, { allow: 'POST' }).end()
  try {
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) {
      body += chunk
      if (body.length > 1_000_000) return response.writeHead(413).end()
    }
    const { events } = JSON.parse(body)
    const fresh = events.filter(({ id }) => !seen.has(id))
    writeSync(file, fresh.map(event => `${JSON.stringify(event)}\n`).join(''))
    fsyncSync(file)
    for (const { id } of fresh) seen.add(id)
    response.writeHead(204, { 'access-control-allow-origin': '*' }).end()
  } catch (error) {
    response.writeHead(error instanceof SyntaxError || error instanceof TypeError ? 400 : 503).end()
  }
})
server.listen(process.env.PORT ?? 4301, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/`)
})
process.once('SIGTERM', () => server.close(() => closeSync(file)))

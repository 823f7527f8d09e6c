import { createServer } from 'node:http'
import { gunzipSync, inflateSync } from 'node:zlib'

/** What an event is known by, however a tracker writes it. */
const MARK = /mark-\d+-\d+/g

/**
 * A server for the pages and for what they send, which counts events by a mark that each carries. Its answer can be
 * changed: `accept`, `refuse` (503), `limit` (429 with `Retry-After`), or `cut` the connection.
 */
export async function createEndpoint(pages) {
  let mode = 'accept'
  let seen = new Map()
  let bytes = 0
  let requests = 0
  const server = createServer((request, response) => {
    // Finer clocks, for what takes microseconds.
    response.setHeader('cross-origin-opener-policy', 'same-origin')
    response.setHeader('cross-origin-embedder-policy', 'require-corp')
    const page = request.method === 'GET' && pages(new URL(request.url, 'http://x').pathname)
    if (page) return response.writeHead(200, { 'content-type': page.type }).end(page.body)
    const pieces = []
    request.on('data', piece => pieces.push(piece))
    request.on('error', () => {})
    request.on('end', () => {
      if (mode === 'cut') return request.socket.destroy()
      const body = Buffer.concat(pieces)
      const marks = marksIn(body, request.url)
      const isOfEvents = marks.length > 0
      if (isOfEvents) requests++
      if (mode === 'refuse') return response.writeHead(503).end()
      if (mode === 'limit') return response.writeHead(429, { 'retry-after': '2' }).end()
      for (const mark of marks) seen.set(mark, (seen.get(mark) ?? 0) + 1)
      if (isOfEvents) bytes += body.length
      const { peer } = answers
      response.writeHead(200, { 'content-type': 'application/json' }).end(peer ?? '{}')
    })
  })
  const answers = { peer: undefined }
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    begin(answer) {
      answers.peer = answer
      mode = 'accept'
      seen = new Map()
      bytes = 0
      requests = 0
    },
    answer(how) {
      mode = how
      if (how === 'cut') server.closeAllConnections()
    },
    counts: () => ({
      unique: seen.size,
      all: [...seen.values()].reduce((sum, count) => sum + count, 0),
      bytes,
      requests,
    }),
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Once for each event, in whatever way the body is written. */
function marksIn(body, url) {
  const texts = [body.toString('latin1'), url]
  for (const unpack of [gunzipSync, inflateSync]) {
    try {
      texts.push(unpack(body).toString('latin1'))
    } catch {
      // It is not packed so.
    }
  }
  for (const text of texts) {
    const marks = text.match(MARK)
    if (marks) return [...new Set(marks)]
  }
  // Base64, alone or as a field of a form.
  for (const piece of decodeURIComponent(texts[0].replaceAll('+', ' ').replace(/%(?![\da-f]{2})/gi, '')).split(
    /[=&]/,
  )) {
    const marks = Buffer.from(piece.replaceAll(' ', '+'), 'base64').toString('latin1').match(MARK)
    if (marks) return [...new Set(marks)]
  }
  return []
}

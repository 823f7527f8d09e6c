// A page with the script tag, and the collector it sends to, in one server: node examples/script-tag/serve.mjs
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { createCollector } from '@jejak/collector'
import { toNodeListener } from '@jejak/collector/node'
import { createNdjsonSink } from '@jejak/collector/sinks/ndjson'

const page = readFileSync(new URL('./index.html', import.meta.url))
const script = readFileSync(createRequire(import.meta.url).resolve('@jejak/browser/jejak.js'))

const sink = createNdjsonSink({ folder: process.env.FOLDER ?? 'events' })
const collect = toNodeListener(createCollector({ sink }))

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost')
  if (pathname === '/e') return collect(request, response)
  if (pathname === '/jejak.js') return response.setHeader('content-type', 'text/javascript').end(script)
  if (pathname === '/') return response.setHeader('content-type', 'text/html').end(page)
  response.writeHead(404).end()
})
server.listen(process.env.PORT ?? 4300, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/`)
})

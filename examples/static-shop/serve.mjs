// The pages, their script, and the collector they send to, in one server.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { createCollector } from '@jejak/collector'
import { toNodeListener } from '@jejak/collector/node'
import { createNdjsonSink } from '@jejak/collector/sinks/ndjson'

const file = name => readFileSync(new URL(name, import.meta.url), 'utf8')
const PAGES = { '/': file('index.html'), '/cart': file('cart.html'), '/checkout': file('checkout.html') }
const thankYou = file('thank-you.html')
const script = readFileSync(createRequire(import.meta.url).resolve('@jejak/browser/jejak-auto.js'))

const sink = createNdjsonSink({ folder: process.env.FOLDER ?? 'events' })
const collect = toNodeListener(createCollector({ sink }))

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost')
  const html = page => response.setHeader('content-type', 'text/html').end(page)
  if (pathname === '/e') return collect(request, response)
  if (pathname === '/jejak-auto.js') return response.setHeader('content-type', 'text/javascript').end(script)
  if (pathname === '/orders') return response.writeHead(303, { location: `/thank-you/T-${Date.now()}` }).end()
  const [, order] = /^\/thank-you\/(T-\d+)$/.exec(pathname) ?? []
  if (order) return html(thankYou.replaceAll('{order}', order))
  if (Object.hasOwn(PAGES, pathname)) return html(PAGES[pathname])
  response.writeHead(404).end()
})
server.listen(process.env.PORT ?? 4301, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/`)
})

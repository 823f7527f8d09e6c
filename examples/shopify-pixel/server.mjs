// The collector that the pixel sends to, and where Shopify's webhooks go: node examples/shopify-pixel/server.mjs
import { createServer } from 'node:http'
import { createCollector } from '@jejak/collector'
import { toNodeListener } from '@jejak/collector/node'
import { createNdjsonSink } from '@jejak/collector/sinks/ndjson'
import { createServerTracker, shopifyWebhook } from '@jejak/server'

const sink = createNdjsonSink({ folder: process.env.FOLDER ?? 'events' })
// A sandbox sends as the origin `null`; the shop's own pages, if they have the script tag too, as theirs.
const allowedOrigins = [process.env.SHOP ?? 'https://toko.example', 'null']
const collect = toNodeListener(createCollector({ sink, allowedOrigins }))

const server = createServer((request, response) => {
  if (request.url === '/e') return collect(request, response)
  if (request.url === '/shopify') return onWebhook(request, response)
  response.writeHead(404).end()
})
await new Promise(resolve => server.listen(process.env.PORT ?? 4303, '127.0.0.1', resolve))
const address = `http://127.0.0.1:${server.address().port}`

const tracker = createServerTracker({ endpoint: `${address}/e` })
const onWebhook = toNodeListener(shopifyWebhook({ tracker, secret: process.env.SHOPIFY_SECRET ?? 'from the admin' }))
console.log(`${address}/e`)

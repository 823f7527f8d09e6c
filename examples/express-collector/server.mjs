// A shop whose pages are made by Express, and the collector they send to.
import { randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import { createCollector } from '@jejak/collector'
import { toNodeListener } from '@jejak/collector/node'
import { createNdjsonSink } from '@jejak/collector/sinks/ndjson'
import express from 'express'

const PRODUCTS = {
  shirt: { item_id: 'SKU-1', item_name: 'Batik shirt', price: 150000, quantity: 1 },
  scarf: { item_id: 'SKU-2', item_name: 'Batik scarf', price: 90000, quantity: 1 },
}
const orders = new Map()
const app = express()

const sink = createNdjsonSink({ folder: process.env.FOLDER ?? 'events' })
app.post('/e', toNodeListener(createCollector({ sink })))
app.get('/jejak.js', (_, response) => {
  response.sendFile(createRequire(import.meta.url).resolve('@jejak/browser/jejak.js'))
})

app.get('/', (_, response) => {
  response.send(page('<a href="/products/shirt">Batik shirt</a>'))
})

app.get('/products/:name', ({ params: { name } }, response) => {
  const item = PRODUCTS[name]
  if (!item) return response.sendStatus(404)
  const content = `
    <h1>${item.item_name}</h1>
    <form method="post" action="/orders?product=${name}"><button>Buy</button></form>
    <a href="/products/scarf">With it goes a scarf</a>`
  response.send(page(content, ['view_item', worth(item)], ['begin_checkout', worth(item)]))
})

app.post('/orders', ({ query: { product } }, response) => {
  const id = randomUUID()
  if (!PRODUCTS[product]) return response.sendStatus(404)
  orders.set(id, { ...worth(PRODUCTS[product]), transaction_id: id })
  response.redirect(303, `/thanks/${id}`)
})

// Loaded again it tells of the order again; the collector stores an order once.
app.get('/thanks/:id', ({ params: { id } }, response) => {
  const order = orders.get(id)
  if (!order) return response.sendStatus(404)
  response.send(page('<h1>Thank you</h1>', ['purchase', order]))
})

const worth = item => ({ currency: 'IDR', value: item.price, items: [item] })

function page(content, onLoad, onSubmit) {
  const track = event => event && `jejak('track', ...${JSON.stringify(event).replaceAll('<', '\\u003c')})`
  return `<!doctype html>
    <html lang="en">
    <title>Toko</title>
    <script>window.jejak = window.jejak || function () { (jejak.q = jejak.q || []).push(arguments) }</script>
    <script async src="/jejak.js"></script>
    <body>${content}
    <script>
      ${track(onLoad) ?? ''}
      addEventListener('submit', () => ${track(onSubmit) ?? '{}'})
    </script>`
}

const server = app.listen(process.env.PORT ?? 3000, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/`)
})

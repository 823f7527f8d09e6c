import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'
import { findChromium } from '../setup/chromium.mjs'
import { median, spread } from './median.mjs'

const EVENTS = 1_000
const RUNS = 5

/** What one event costs the page's main thread, all in, by three ways to keep it. Runs take turns. */
export async function browserBench() {
  const server = await serve()
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] })
  const ways = {
    'jejak.track()': 'jejak',
    'one keepalive fetch per event': 'fetch',
    'one idb-keyval set per event': 'set',
  }
  const measured = Object.fromEntries(Object.keys(ways).map(name => [name, []]))
  try {
    for (let run = 0; run < RUNS; run++)
      for (const [name, way] of Object.entries(ways)) measured[name].push(await measure(browser, server.url, way))
  } finally {
    await browser.close()
    server.close()
  }
  const cheapest = median(measured['jejak.track()'].map(({ cpu }) => cpu))
  return {
    title: `Main thread in Chromium ${browser.version()}: a burst of ${EVENTS} events, ${RUNS} runs each`,
    head: [
      'way',
      'on the caller’s stack, µs per call',
      'CPU all in, µs per event',
      'spread',
      'ratio (CPU)',
      'requests',
      'tasks over 50 ms, in all runs',
      'longest, ms',
    ],
    rows: Object.entries(measured).map(([name, runs]) => {
      const cpu = runs.map(run => run.cpu)
      return [
        name,
        median(runs.map(run => run.stack)).toFixed(1),
        median(cpu).toFixed(0),
        spread(cpu, value => value.toFixed(0)),
        (median(cpu) / cheapest).toFixed(2),
        median(runs.map(run => run.requests)),
        runs.flatMap(run => run.longTasks).length,
        Math.max(0, ...runs.flatMap(run => run.longTasks)).toFixed(0),
      ]
    }),
    note: 'CPU is that of the main thread by the browser’s own accounting (thread ticks), until every event has arrived or is stored. Tasks over 50 ms, from the page’s start on, are those a visitor could feel.',
  }
}

async function measure(browser, url, way) {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${url}/${way}`)
  await page.waitForFunction('window.ready')
  const devtools = await context.newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  const before = await cpuSeconds(devtools)
  const result = await page.evaluate(events => window.burst(events), EVENTS)
  const cpu = ((await cpuSeconds(devtools)) - before) * 1e6
  const longTasks = await page.evaluate(() => new Promise(resolve => setTimeout(() => resolve(window.longTasks), 100)))
  await context.close()
  return { stack: (result.stackMs * 1_000) / EVENTS, cpu: cpu / EVENTS, requests: result.requests, longTasks }
}

async function cpuSeconds(devtools) {
  const { metrics } = await devtools.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration').value
}

async function serve() {
  const require = createRequire(import.meta.url)
  const files = {
    '/jejak.js': readFileSync(new URL('../../browser/dist/jejak.js', import.meta.url)),
    '/idb-keyval.js': readFileSync(new URL('./index.js', `file://${require.resolve('idb-keyval')}`)),
  }
  const server = createServer((request, response) => {
    const file = files[request.url]
    if (file) return response.setHeader('content-type', 'text/javascript').end(file)
    if (request.method === 'POST') return void request.resume().on('end', () => response.writeHead(204).end())
    response.setHeader('content-type', 'text/html').end(PAGES[request.url] ?? '')
  })
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }
}

const EVENT = `{ currency: 'IDR', value: 250000, items: [{ item_id: 'SKU-1', item_name: 'Batik', price: 250000, quantity: 1 }] }`
const page = script => `<!doctype html><title>bench</title><script>${WATCH}</script>${script}`
const WATCH = `
  window.longTasks = []
  const watch = new PerformanceObserver(list => longTasks.push(...list.getEntries().map(entry => entry.duration)))
  watch.observe({ type: 'longtask', buffered: true })`
const burst = (call, settled) => `
  window.burst = async count => {
    const requests = () => performance.getEntriesByType('resource').filter(entry => entry.initiatorType === 'fetch' || entry.initiatorType === 'beacon').length
    performance.setResourceTimingBufferSize(2000)
    const before = requests()
    const waiting = []
    const startedAt = performance.now()
    for (let index = 0; index < count; index++) ${call}
    const stackMs = performance.now() - startedAt
    ${settled}
    return { stackMs, requests: requests() - before }
  }
  window.ready = true`

const PAGES = {
  '/jejak': page(
    `<script src="/jejak.js" data-endpoint="/e" data-auto="false"></script><script>${burst(
      `jejak.track('add_to_cart', ${EVENT})`,
      'await jejak.flush()',
    )}</script>`,
  ),
  '/fetch': page(
    `<script>${burst(
      `waiting.push(fetch('/e', { method: 'POST', keepalive: index < 60, body: JSON.stringify({ id: crypto.randomUUID(), time: Date.now(), name: 'add_to_cart', properties: ${EVENT} }) }))`,
      'await Promise.all(waiting)',
    )}</script>`,
  ),
  '/set': page(
    `<script type="module">import { set } from '/idb-keyval.js'; ${burst(
      `{ const id = crypto.randomUUID(); waiting.push(set(id, { id, time: Date.now(), name: 'add_to_cart', properties: ${EVENT} })) }`,
      'await Promise.all(waiting)',
    )}</script>`,
  ),
}

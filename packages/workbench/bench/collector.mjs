import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { median, spread } from './median.mjs'

const RUNS = 3
const BATCHES = 1_000
const EVENTS_PER_BATCH = 20
const AT_ONCE = 16

const BIN = fileURLToPath(new URL('../../cli/bin/jejak.mjs', import.meta.url))

/** The least a server can do: append what it gets to a file, unchecked, and say yes before it is on disk. */
const PLAIN = `
  import { createWriteStream } from 'node:fs'
  import { createServer } from 'node:http'
  const file = createWriteStream(process.argv[1])
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk
    for (const event of JSON.parse(body).events) file.write(JSON.stringify(event) + '\\n')
    response.writeHead(204).end()
  })
  server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port + '/'))
  process.on('SIGTERM', () => process.exit())`

/** Batches over loopback: the collector, which checks, recognises doubles and syncs, beside the least there is. */
export async function collectorBench() {
  const folder = mkdtempSync(join(tmpdir(), 'jejak-bench-'))
  const servers = {
    'jejak collect': run => [BIN, 'collect', '--port', '0', '--folder', join(folder, `run-${run}`)],
    'appends unchecked, no fsync': run => ['--input-type=module', '-e', PLAIN, join(folder, `plain-${run}.ndjson`)],
  }
  const measured = Object.fromEntries(Object.keys(servers).map(name => [name, []]))
  for (let run = 0; run < RUNS; run++)
    for (const [name, args] of Object.entries(servers)) measured[name].push(await load(args(run)))
  rmSync(folder, { recursive: true })

  const own = median(measured['jejak collect'].map(({ perSecond }) => perSecond))
  return {
    title: `Collector on loopback: ${BATCHES} batches of ${EVENTS_PER_BATCH} events, ${AT_ONCE} at once, ${RUNS} runs each`,
    head: ['server', 'events/s', 'spread', 'p99 ms', 'ratio (own ÷ this)'],
    rows: Object.entries(measured).map(([name, runs]) => {
      const rates = runs.map(({ perSecond }) => perSecond)
      return [
        name,
        median(rates).toFixed(0),
        spread(rates, value => value.toFixed(0)),
        median(runs.map(({ p99 }) => p99)).toFixed(1),
        (own / median(rates)).toFixed(2),
      ]
    }),
    note: 'The sender takes its share of the same cores.',
  }
}

async function load(args) {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  const [address] = await new Promise(resolve => child.stdout.once('data', text => resolve(String(text).split('\n'))))
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  const bodies = Array.from({ length: BATCHES }, batch)
  const times = []
  const startedAt = performance.now()
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let body = bodies.pop(); body; body = bodies.pop()) times.push(await post(address, agent, body))
    }),
  )
  const seconds = (performance.now() - startedAt) / 1_000
  agent.destroy()
  child.kill()
  await new Promise(resolve => child.once('close', resolve))
  times.sort((a, b) => a - b)
  return { perSecond: (BATCHES * EVENTS_PER_BATCH) / seconds, p99: times[Math.floor(times.length * 0.99)] }
}

function post(address, agent, body) {
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    const sending = request(address, { method: 'POST', agent }, response => {
      if (response.statusCode >= 300) reject(new Error(`answered ${response.statusCode}`))
      response.resume().on('end', () => resolve(performance.now() - startedAt))
    })
    sending.on('error', reject).end(body)
  })
}

function batch() {
  const sent_at = Date.now()
  const events = Array.from({ length: EVENTS_PER_BATCH }, (_, sequence) => ({
    id: randomUUID(),
    name: 'view_item',
    stage: 'consideration',
    time: sent_at - sequence,
    visitor_id: 'v-1',
    session_id: 's-1',
    session_number: 1,
    sequence: sequence + 1,
    page: { url: 'https://toko.example/p/1', type: 'product' },
    consent: 'granted',
    properties: { currency: 'IDR', value: 250_000, items: [{ item_id: 'SKU-1', price: 250_000, quantity: 1 }] },
  }))
  return JSON.stringify({ schema: 1, sent_at, library: { name: 'bench', version: '0' }, events })
}

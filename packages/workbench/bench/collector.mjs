import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { median, spread } from './median.mjs'

const RUNS = 3
const BATCHES = 1_000
const EVENTS_PER_BATCH = 20
const AT_ONCE = 16
// What a run has not sent by then it does not send: 20 s for all of them.
const LONGEST_RUN_MS = 1_300

const BIN = fileURLToPath(new URL('../../cli/bin/jejak.mjs', import.meta.url))

/** The least a server can do: append what it gets to a file, unchecked, and say yes before it is on disk. */
const PLAIN = `
  import { createWriteStream } from 'node:fs'
  import { createServer } from 'node:http'
  const file = createWriteStream(process.argv[1] + '/events.ndjson')
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk
    for (const event of JSON.parse(body).events) file.write(JSON.stringify(event) + '\\n')
    response.writeHead(204).end()
  })
  server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port + '/'))
  process.on('SIGTERM', () => process.exit())`

const collect = folder => [BIN, 'collect', '--port', '0', '--folder', folder]

/** How many processes receive, and how each is started. */
const SERVERS = {
  'jejak collect': { processes: 1, start: collect },
  'jejak collect, 2 processes on one folder': { processes: 2, start: collect },
  'appends unchecked, no fsync': { processes: 1, start: folder => ['--input-type=module', '-e', PLAIN, folder] },
}

/**
 * Batches over loopback: the collector, which checks, recognises doubles and syncs, beside the least there is. All are
 * killed at the end: what was acknowledged must be in the files, once.
 */
export async function collectorBench() {
  const measured = Object.fromEntries(Object.keys(SERVERS).map(name => [name, []]))
  for (let run = 0; run < RUNS; run++)
    for (const [name, server] of Object.entries(SERVERS)) measured[name].push(await load(server))

  const own = median(measured['jejak collect'].map(({ perSecond }) => perSecond))
  return {
    title: `Collector on loopback: up to ${BATCHES} batches of ${EVENTS_PER_BATCH} events, ${AT_ONCE} at once, ${RUNS} runs each`,
    head: ['server', 'events/s', 'spread', 'p50 ms', 'p99 ms', 'peak MB', 'lost', 'doubled', 'ratio (own ÷ this)'],
    rows: Object.entries(measured).map(([name, runs]) => {
      const each = of => runs.map(run => run[of])
      const sum = of => each(of).reduce((a, b) => a + b, 0)
      return [
        name,
        median(each('perSecond')).toFixed(0),
        spread(each('perSecond'), value => value.toFixed(0)),
        median(each('p50')).toFixed(1),
        median(each('p99')).toFixed(1),
        Math.max(...each('peakMegabytes')).toFixed(0),
        `${sum('lost')} of ${sum('acknowledged')}`,
        String(sum('doubled')),
        (own / median(each('perSecond'))).toFixed(2),
      ]
    }),
    note: 'Lost: acknowledged, and not in the files after kill -9. Peak: the most memory of one process, where the system tells it. The sender takes its share of the same cores.',
  }
}

async function load({ processes, start }) {
  const folder = mkdtempSync(join(tmpdir(), 'jejak-bench-'))
  const servers = await Promise.all(Array.from({ length: processes }, async () => serve(start(folder))))
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  const bodies = Array.from({ length: BATCHES }, batch)
  const acknowledged = []
  const times = []
  const startedAt = performance.now()
  const send = async (_, sender) => {
    const { address } = servers[sender % servers.length]
    while (bodies.length > 0 && performance.now() - startedAt < LONGEST_RUN_MS) {
      const { ids, body } = bodies.pop()
      times.push(await post(address, agent, body))
      acknowledged.push(...ids)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, send))
  const seconds = (performance.now() - startedAt) / 1_000
  agent.destroy()
  const peaks = servers.map(({ child }) => peakMegabytes(child.pid))
  await Promise.all(servers.map(kill))
  const stored = storedIds(folder)
  const distinct = new Set(stored)
  rmSync(folder, { recursive: true })

  times.sort((a, b) => a - b)
  return {
    perSecond: acknowledged.length / seconds,
    p50: times[Math.floor(times.length * 0.5)],
    p99: times[Math.floor(times.length * 0.99)],
    peakMegabytes: Math.max(...peaks),
    acknowledged: acknowledged.length,
    lost: acknowledged.filter(id => !distinct.has(id)).length,
    doubled: stored.length - distinct.size,
  }
}

async function serve(args) {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  const [address] = await new Promise(resolve => child.stdout.once('data', text => resolve(String(text).split('\n'))))
  return { child, address }
}

async function kill({ child }) {
  const ended = new Promise(resolve => child.once('close', resolve))
  child.kill('SIGKILL')
  await ended
}

function storedIds(folder) {
  return readdirSync(folder)
    .filter(name => name.endsWith('.ndjson'))
    .flatMap(name => readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1))
    .map(line => JSON.parse(line).id)
}

function peakMegabytes(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1_000
  } catch {
    return NaN
  }
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
  const body = JSON.stringify({ schema: 1, sent_at, library: { name: 'bench', version: '0' }, events })
  return { ids: events.map(({ id }) => id), body }
}

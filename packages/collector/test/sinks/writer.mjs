// A process that writes to an NDJSON sink until it is killed, for tests. It says on stdout what it was promised:
// `stored <ids>` after each write that resolved, `failed <reason>` after each that did not.
import { writeSync } from 'node:fs'
import { createViteServer } from 'vitest/node'

const [folder, firstEvent, eventsPerWrite, bytesPerEvent, writes] = process.argv
  .slice(2)
  .map(text => Number(text) || text)
const conditions = ['@jejak/source', 'module', 'node', 'import', 'default']
const sources = await createViteServer({
  root: new URL('../..', import.meta.url).pathname,
  configFile: false,
  logLevel: 'error',
  server: { middlewareMode: true, watch: null, ws: false },
  optimizeDeps: { noDiscovery: true },
  resolve: { conditions },
  ssr: { resolve: { conditions } },
})
const { createNdjsonSink } = await sources.ssrLoadModule('/src/sinks/ndjson.ts')
const { storedEvent } = await sources.ssrLoadModule('/test/sending.ts')

const sink = createNdjsonSink({ folder })
const properties = { text: 'x'.repeat(bytesPerEvent) }
let next = firstEvent

async function write() {
  const events = Array.from({ length: eventsPerWrite }, () => storedEvent(next++, { properties }))
  try {
    const { stored } = await sink.write(events)
    say(`stored ${stored.map(({ id }) => id).join(' ')}`)
  } catch (error) {
    say(`failed ${error.message}`)
  }
}

// Synchronous: what was said before the process is killed has been said.
function say(text) {
  writeSync(1, `${text}\n`)
}

async function writeInTurn() {
  for (let n = 0; n < writes; n++) await write()
}

await Promise.all([writeInTurn(), writeInTurn(), writeInTurn()])
await sink.close()
await sources.close()

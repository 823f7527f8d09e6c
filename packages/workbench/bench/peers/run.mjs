// `npm run bench:browser`: what trackers cost a page, Jejak's beside its peers', in one run and in turns. Writes
// docs/benchmarks.md. `--runs 3`, `--only Jejak,Snowplow`, `--slow-down 4`; `--no-write` leaves the document as it is.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { findChromium } from '../../setup/chromium.mjs'
import { bundle, installPeers } from './bundles.mjs'
import { measureCost } from './cost.mjs'
import { describe } from './document.mjs'
import { createEndpoint } from './endpoint.mjs'
import { measureFaults } from './faults.mjs'
import { PAGE } from './page.mjs'
import { NOTHING, TRACKERS } from './trackers.mjs'

const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36'

const { values: asked } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    'slow-down': { type: 'string', default: '1' },
    'no-faults': { type: 'boolean', default: false },
    'no-write': { type: 'boolean', default: false },
  },
})
const wanted = asked.only.split(',').filter(Boolean)
const trackers = TRACKERS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
if (trackers.length === 0) {
  console.error(`bench:browser: --only: there are ${TRACKERS.map(({ name }) => name).join(', ')}; got ${asked.only}`)
  process.exit(2)
}

installPeers(trackers)
const bundles = new Map()
for (const tracker of [...trackers, NOTHING]) bundles.set(tracker.name, await bundle(tracker))

const endpoint = await createEndpoint(path => {
  const name = path.startsWith('/tracker/') && decodeURIComponent(path.slice('/tracker/'.length))
  if (name) return { type: 'text/javascript', body: bundles.get(name).bytes }
  return path === '/' || path === '/other' ? { type: 'text/html', body: PAGE } : undefined
})
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-blink-features=AutomationControlled'],
})
const open = async () =>
  Object.assign(await browser.newContext({ userAgent: USER_AGENT }), { shop: `${endpoint.url}/` })

const costs = new Map([...trackers, NOTHING].map(({ name }) => [name, []]))
const faults = new Map()
try {
  for (let run = 0; run < Number(asked.runs); run++) {
    for (const peer of [...trackers, NOTHING]) {
      console.error(`run ${run + 1}: ${peer.name}`)
      costs.get(peer.name).push(await measureCost({ open, endpoint, peer, slowDown: Number(asked['slow-down']) }))
    }
  }
  if (!asked['no-faults']) {
    for (const peer of trackers) {
      console.error(`faults: ${peer.name}`)
      faults.set(peer.name, await measureFaults({ open, endpoint, peer }))
    }
  }
} finally {
  await browser.close()
  endpoint.close()
}

const text = describe({
  trackers,
  bundles,
  costs,
  faults,
  runs: Number(asked.runs),
  slowDown: Number(asked['slow-down']),
  version: browser.version(),
})
console.log(text)
if (!asked['no-write']) {
  const file = fileURLToPath(new URL('../../../../docs/benchmarks.md', import.meta.url))
  writeFileSync(file, text)
  spawnSync('npx', ['oxfmt', file], { stdio: 'ignore' })
}

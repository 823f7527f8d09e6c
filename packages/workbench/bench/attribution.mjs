import { randomUUID } from 'node:crypto'
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { attribute, buildJourneys, createChannelRules, readEvents } from '@jejak/attribution'
import { median, spread } from './median.mjs'

const RUNS = 3
const VISITORS = 20_000
const EVENTS_PER_VISITOR = 5

/** From a file to the credits of all models, beside only parsing the same file line by line. */
export async function attributionBench() {
  const folder = mkdtempSync(join(tmpdir(), 'jejak-bench-'))
  const file = join(folder, 'events.ndjson')
  writeFileSync(file, events())
  const ways = {
    'readEvents → buildJourneys → attribute, 8 models': attributeFile,
    'readline and JSON.parse alone': parseFile,
  }
  const measured = Object.fromEntries(Object.keys(ways).map(name => [name, []]))
  for (let run = 0; run < RUNS; run++)
    for (const [name, work] of Object.entries(ways)) {
      const { user, system } = process.cpuUsage()
      await work(file)
      const after = process.cpuUsage()
      measured[name].push((after.user - user + after.system - system) / 1e6)
    }
  rmSync(folder, { recursive: true })

  const parsing = median(measured['readline and JSON.parse alone'])
  return {
    title: `Attribution of ${(VISITORS * EVENTS_PER_VISITOR).toLocaleString('en-US')} events, ${RUNS} runs each`,
    head: ['way', 'CPU s', 'spread', 'ratio to parsing'],
    rows: Object.entries(measured).map(([name, runs]) => [
      name,
      median(runs).toFixed(2),
      spread(runs, value => value.toFixed(2)),
      (median(runs) / parsing).toFixed(2),
    ]),
    note: 'Parsing is what no reader of the file can go below.',
  }
}

async function attributeFile(file) {
  const { journeys } = await buildJourneys(readEvents(file), { channels: createChannelRules() })
  await attribute(journeys)
}

async function parseFile(file) {
  for await (const line of createInterface({ input: createReadStream(file) })) JSON.parse(line)
}

function events() {
  const sources = ['google', 'instagram', 'newsletter', 'tiktok', 'bing']
  const mediums = ['cpc', 'paid_social', 'email', 'referral', 'organic']
  const lines = []
  for (let visitor = 0; visitor < VISITORS; visitor++)
    for (let step = 0; step < EVENTS_PER_VISITOR; step++) {
      const time = 1_790_000_000_000 + visitor * 60_000 + step * 3_600_000
      const bought = step === EVENTS_PER_VISITOR - 1 && visitor % 10 === 0
      lines.push(
        JSON.stringify({
          id: randomUUID(),
          name: bought ? 'purchase' : 'page_view',
          stage: bought ? 'purchase' : 'awareness',
          time,
          visitor_id: `v-${visitor}`,
          session_id: `s-${visitor}-${step}`,
          session_number: step + 1,
          sequence: 1,
          page: { url: 'https://toko.example/' },
          touch: {
            landing: 'https://toko.example/',
            utm_source: sources[(visitor + step) % 5],
            utm_medium: mediums[(visitor * 3 + step) % 5],
          },
          consent: 'granted',
          properties: bought ? { transaction_id: `T-${visitor}`, currency: 'IDR', value: 1_000 } : {},
          received_at: time,
          corrected_time: time,
        }),
      )
    }
  return `${lines.join('\n')}\n`
}

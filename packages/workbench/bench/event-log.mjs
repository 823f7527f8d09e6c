import { createHash } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'

const SOURCES = ['google', 'instagram', 'newsletter', 'tiktok', 'bing']
const MEDIUMS = ['cpc', 'paid_social', 'email', 'referral', 'organic']
const EVENTS_PER_VISITOR = 5

/** Writes a log as a collector stores it, NDJSON: five events a visitor, every tenth visitor buying with the last. */
export function writeEventLog(file, events) {
  const out = openSync(file, 'w')
  let lines = []
  const flush = () => {
    writeSync(out, `${lines.join('\n')}\n`)
    lines = []
  }
  for (let event = 0; event < events; event++) {
    lines.push(JSON.stringify(eventOf(Math.floor(event / EVENTS_PER_VISITOR), event % EVENTS_PER_VISITOR)))
    if (lines.length === 10_000) flush()
  }
  if (lines.length > 0) flush()
  closeSync(out)
}

function eventOf(visitor, step) {
  const time = 1_790_000_000_000 + visitor * 6_000 + step * 3_600_000
  const bought = step === EVENTS_PER_VISITOR - 1 && visitor % 10 === 0
  return {
    id: uuidOf(`${visitor}/${step}`),
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
      utm_source: SOURCES[(visitor + step) % 5],
      utm_medium: MEDIUMS[(visitor * 3 + step) % 5],
    },
    consent: 'granted',
    properties: bought ? { transaction_id: `T-${visitor}`, currency: 'IDR', value: 1_000 } : {},
    received_at: time,
    corrected_time: time,
  }
}

function uuidOf(text) {
  const hex = createHash('md5').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newEventId } from '@jejak/events'
import type { StoredEvent } from '@jejak/events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runJejak, startJejak } from './jejak-process.ts'

// Somebody asks what is stored of them, and to be erased: `jejak export`, `erase` and `retain` on real files.

const DAY = 86_400_000
const NOW = Date.now()
let folder: string
let events: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jejak-people-'))
  events = join(folder, 'events')
})
afterEach(() => rmSync(folder, { recursive: true }))

const event = (name: string, daysAgo: number, facts: Partial<StoredEvent>): StoredEvent => ({
  id: newEventId({ time: NOW - daysAgo * DAY }),
  name,
  stage: null,
  time: NOW - daysAgo * DAY,
  visitor_id: 'phone',
  session_id: 'session',
  session_number: 1,
  sequence: 1,
  consent: 'granted',
  properties: {},
  received_at: NOW - daysAgo * DAY,
  corrected_time: NOW - daysAgo * DAY,
  ...facts,
})

/** Ani on her phone and on the family's laptop, where Budi is too; somebody else. */
const ALL = [
  event('page_view', 400, { visitor_id: 'phone' }),
  event('login', 300, { visitor_id: 'phone', user_id: 'ani' }),
  event('page_view', 200, { visitor_id: 'laptop' }),
  event('purchase', 100, { visitor_id: 'laptop', user_id: 'ani', properties: { transaction_id: 'T-1' } }),
  event('login', 50, { visitor_id: 'laptop', user_id: 'budi' }),
  event('page_view', 20, { visitor_id: 'stranger' }),
]

function store(): void {
  mkdirSync(events)
  writeFileSync(join(events, 'events-2026-01-01.ndjson'), ALL.map(one => `${JSON.stringify(one)}\n`).join(''))
}

const namesIn = (text: string): string[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as StoredEvent)
    .map(({ name, visitor_id }) => `${name} ${visitor_id}`)
const stored = (): string[] =>
  namesIn(
    readdirSync(events)
      .filter(name => name.endsWith('.ndjson'))
      .map(name => readFileSync(join(events, name), 'utf8'))
      .join(''),
  )

test('export writes what is stored of a user, on each of their devices, for nobody else to read', async () => {
  store()
  const output = join(folder, 'ani.ndjson')
  const { code, stdout: said } = await runJejak(['export', '--user', 'ani', events, '-o', output])
  expect([code, said]).toEqual([0, `4 events written to ${output}.\n`])
  expect(namesIn(readFileSync(output, 'utf8'))).toEqual([
    'page_view phone',
    'login phone',
    'page_view laptop',
    'purchase laptop',
  ])
  expect(statSync(output).mode & 0o777).toBe(0o600)
  const { stdout } = await runJejak(['export', '--visitor', 'stranger', events])
  expect(namesIn(stdout)).toEqual(['page_view stranger'])
})

test('erase takes out the same events, and says on which devices the user was known, and who else', async () => {
  store()
  const dry = await runJejak(['erase', '--user', 'ani', '--dry-run', events])
  expect(dry.stdout).toBe('4 events would be erased, 2 stay.\n')
  expect(stored()).toHaveLength(6)
  const { code, stdout, stderr } = await runJejak(['erase', '--user', 'ani', events])
  expect([code, stdout]).toEqual([0, 'Erased 4 events, 2 stay.\n'])
  expect(stderr).toContain('Known on 2 devices: phone, laptop.')
  expect(stderr).toContain(
    'Others were known there too: laptop. Events that name them stay; those that name nobody go.',
  )
  expect(stored()).toEqual(['login laptop', 'page_view stranger'])
  const again = await runJejak(['erase', '--user', 'ani', events])
  expect(again.stdout).toBe('Erased 0 events, 2 stay.\n')
})

test('erase does nothing while a collector uses the folder, and export works meanwhile', async () => {
  store()
  const collector = await startJejak(['collect', '--port', '0', '--folder', events])
  const { code, stderr } = await runJejak(['erase', '--visitor', 'stranger', events])
  expect([code, stderr]).toEqual([1, expect.stringContaining('A collector is using')])
  expect((await runJejak(['export', '--visitor', 'stranger', events])).code).toBe(0)
  await collector.stop()
  expect((await runJejak(['erase', '--visitor', 'stranger', events])).stdout).toBe('Erased 1 event, 5 stay.\n')
})

test('a user whose ids are stored as hashes is found by the id and the key', async () => {
  const key = join(folder, 'key')
  writeFileSync(key, '0123456789abcdef0123456789abcdef\n')
  const collector = await startJejak(['collect', '--port', '0', '--folder', events, '--hash-key', key])
  const { received_at, corrected_time, ...sent } = event('login', 0, { user_id: 'ani@toko.id' })
  const body = JSON.stringify({ schema: 1, sent_at: NOW, library: { name: 'test', version: '1' }, events: [sent] })
  expect((await fetch(collector.url, { method: 'POST', body })).status).toBe(200)
  await collector.stop()
  expect((await runJejak(['export', '--user', 'ani@toko.id', events])).stdout).toBe('')
  const { stdout } = await runJejak(['export', '--user', 'Ani@toko.id', '--hash-key', key, events])
  expect(namesIn(stdout)).toEqual(['login phone'])
  expect(stdout).not.toContain('ani@')
  expect((await runJejak(['erase', '--user', 'ani@toko.id', '--hash-key', key, events])).stdout).toBe(
    'Erased 1 event, 0 stay.\n',
  )
})

test('retain keeps what happened within so many days', async () => {
  store()
  const { code, stdout } = await runJejak(['retain', '--days', '150', events])
  expect([code, stdout]).toEqual([0, 'Erased 3 events, 3 stay.\n'])
  expect(stored()).toEqual(['purchase laptop', 'login laptop', 'page_view stranger'])
})

test.each([
  [['erase', 'events'], 'whose? Name somebody by --user <id> or --visitor <id>'],
  [['export', 'events'], 'whose? Name somebody'],
  [['retain', 'events'], "required option '--days <number>' not specified"],
  [['retain', '--days', '0', 'events'], '--days'],
])('%j ends with 2 and says what is missing', async (args, message) => {
  store()
  const { code, stderr } = await runJejak(args, { cwd: folder })
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)])
})

test('only what a sink writes is rewritten', async () => {
  store()
  writeFileSync(join(folder, 'events.csv'), 'a,b\n')
  const { code, stderr } = await runJejak(['erase', '--visitor', 'x', 'events.csv'], { cwd: folder })
  expect([code, stderr]).toEqual([2, expect.stringContaining('events.csv cannot be rewritten: name .ndjson')])
})

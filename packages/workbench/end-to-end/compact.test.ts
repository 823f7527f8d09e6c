import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { yearOfAShop } from '../../attribution/test/report/year-of-a-shop.ts'
import { runJejak } from './jejak-process.ts'

// Stored events as Parquet: the same events, the same figures, and columns that others can ask by.

const folder = mkdtempSync(join(tmpdir(), 'jejak-compact-'))
const lines = join(folder, 'events.ndjson')
const parquet = join(folder, 'parquet')
const events = yearOfAShop({ people: 200, end: Date.UTC(2026, 2, 1) })
const daysThere = (): string[] => readdirSync(parquet).toSorted()

beforeAll(async () => {
  // Each is there twice.
  const text = events.map(event => `${JSON.stringify(event)}\n`).join('')
  writeFileSync(lines, text + text)
  const { code, stderr } = await runJejak(['compact', lines, '-o', parquet])
  if (code !== 0) throw new Error(stderr)
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true }))

test('there is a file for each day, and nothing besides', () => {
  const days = new Set(events.map(({ corrected_time }) => `day=${new Date(corrected_time).toISOString().slice(0, 10)}`))
  expect(daysThere()).toEqual([...days].toSorted())
  expect(new Set(daysThere().flatMap(day => readdirSync(join(parquet, day))))).toEqual(new Set(['events.parquet']))
})

test.each([
  ['attribute', '--json'],
  ['journeys', '--json'],
])('jejak %s says the same of it as of the lines it was made of', async (command, ...options) => {
  const [before, after] = await Promise.all([
    runJejak([command, lines, ...options]),
    runJejak([command, parquet, ...options]),
  ])
  // What was read is told too: the lines have each event twice.
  const { read: _, ...told } = JSON.parse(before.stdout) as { read: unknown }
  expect([after.code, JSON.parse(after.stdout)]).toMatchObject([0, told])
})

test('others find the columns they ask by, and the whole event', async () => {
  const file = await asyncBufferFromFile(join(parquet, daysThere()[0]!, 'events.parquet'))
  const [row] = await parquetReadObjects({ file, compressors })
  const event = events.find(({ id }) => id === row!['id'])!
  expect(row).toMatchObject({
    name: event.name,
    visitor_id: event.visitor_id,
    time: new Date(event.corrected_time),
    consent: event.consent,
  })
  expect(JSON.parse(row!['event'] as string)).toEqual(event)
})

test('compacting again changes nothing', async () => {
  const day = join(parquet, daysThere()[0]!, 'events.parquet')
  const before = readFileSync(day)
  await runJejak(['compact', parquet, '-o', parquet, '-q'])
  expect(readFileSync(day).equals(before)).toBe(true)
})

test('a Parquet file of somebody else is not taken for ours', async () => {
  const { parquetWriteBuffer } = await import('hyparquet-writer')
  const foreign = join(folder, 'foreign.parquet')
  writeFileSync(foreign, new Uint8Array(parquetWriteBuffer({ columnData: [{ name: 'event_name', data: ['a'] }] })))
  const { code, stderr } = await runJejak(['attribute', foreign])
  expect([code, stderr]).toEqual([
    1,
    expect.stringContaining('has no column `event`, so it was not written by jejak compact'),
  ])
})

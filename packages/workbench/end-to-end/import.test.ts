import { createHmac } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { runJejak } from './jejak-process.ts'
import { ndjson, order, visit } from './sample-events.ts'
import { storedEvents } from './stored-events.ts'

// From a table of offline contacts to the credit of their channels.

const KEY = 'a secret of the shop alone'
const hash = (text: string) => createHmac('sha256', KEY).update(text).digest('hex')

let folder: string
let store: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jejak-import-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  store = join(folder, 'store')
  mkdirSync(store)
})

function table(name: string, ...rows: readonly string[]): string {
  const file = join(folder, name)
  writeFileSync(file, rows.join('\r\n'))
  return file
}

/** What the collector has: Ani, then known as `user`, buys on the 4th after she came by search on the 2nd. */
function collected(user: string): void {
  const events = [visit('v1', 0, { referrer: 'https://www.google.com/' }), order('v1', 48, 'T-1', 150_000)]
  writeFileSync(join(store, 'events-2026-11-04.ndjson'), ndjson(events.map(event => ({ ...event, user_id: user }))))
}

async function credits(): Promise<Record<string, number>> {
  const { stdout } = await runJejak(['attribute', store, '--model', 'linear', '--json', '-q'])
  const { models } = JSON.parse(stdout) as { models: [{ credits: { key: string; conversions: number }[] }] }
  return Object.fromEntries(models[0].credits.map(({ key, conversions }) => [key, conversions]))
}

test('a shop visit, a call and a printed code share the credit with the search, once however often they are imported', async () => {
  collected('U-7')
  const contacts = table(
    'contacts.csv',
    'Waktu,Jenis,user_id,code,location_id,Catatan',
    '2026-11-02 21:00,Print code,U-7,LEBARAN-7,,',
    '2026-11-03 10:15,Shop visit,U-7,,kemang,"asked for a shirt,\nsize M"',
    '2026-11-03 14:00,call,U-7,,,',
    '2026-11-06 09:00,call,U-7,,,after she had bought',
  )
  const args = ['import', contacts, '-o', store, '--map', 'time=Waktu,kind=Jenis', '--time-zone', 'Asia/Jakarta']
  expect(await runJejak(args)).toMatchObject({ code: 0, stdout: `4 contacts added to ${store}\n` })
  expect(await runJejak(args)).toMatchObject({ code: 0, stdout: `0 contacts added to ${store}, 4 there before\n` })
  expect(await credits()).toEqual({ 'Organic Search': 0.25, Print: 0.25, Store: 0.25, Call: 0.25 })
  expect(storedEvents(store)).toHaveLength(6)
})

test('what is new in a longer table is added', async () => {
  const rows = ['time,kind,user_id', '2026-11-03T10:00:00+07:00,call,U-7']
  await runJejak(['import', table('contacts.csv', ...rows), '-o', store])
  const longer = table('contacts.csv', ...rows, '2026-11-04T10:00:00+07:00,call,U-7')
  const { stdout } = await runJejak(['import', longer, '-o', store])
  expect(stdout).toBe(`1 contact added to ${store}, 1 there before\n`)
})

test('rows that cannot be used are named with their line and the reason, and the others are kept', async () => {
  const contacts = table(
    'contacts.csv',
    'time,kind,user_id,channel',
    '2026-11-03T10:00:00+07:00,call,U-7,',
    '03/11/2026,call,U-7,',
    '2026-11-03T10:00:00+07:00,wedding,U-7,',
    '2026-11-03T10:00:00+07:00,call,ani@example.com,',
    '2026-11-03T10:00:00+07:00,call',
    '2026-11-03T10:00:00+07:00,event,U-8,Fairs',
  )
  const { code, stdout, stderr } = await runJejak(['import', contacts, '-o', store])
  expect({ code, stdout }).toEqual({ code: 0, stdout: `2 contacts added to ${store}, 4 rows left out\n` })
  for (const fault of [
    ':3: time: expected ISO 8601',
    ':4: kind: expected store_visit',
    ':5: user_id: holds an e-mail address',
    ':6: expected 4 fields, got 2',
  ])
    expect(stderr).toContain(`${contacts}${fault}`)
  expect(stderr).not.toContain('ani@')
})

test('a phone number becomes the hash by which the shop identifies the customer, and is stored nowhere', async () => {
  collected(hash('+628123456789'))
  const key = table('key.txt', KEY, '')
  const calls = table('calls.csv', 'time;kind;Nomor', '2026-11-03T10:00:00+07:00;call;0812 3456 789')
  const args = ['import', calls, '-o', store, '--map', 'phone=Nomor', '--country-code', '62']
  const without = await runJejak(args)
  expect(without).toMatchObject({ code: 2, stdout: '' })
  expect(without.stderr).toMatch(/--hash-key/)
  expect((await runJejak([...args, '--hash-key', key])).code).toBe(0)
  expect(await credits()).toEqual({ 'Organic Search': 0.5, Call: 0.5 })
  expect(JSON.stringify(storedEvents(store))).not.toContain('3456')
})

test('a table of which nothing can be used ends with 1, and without its columns it is named', async () => {
  const zoneless = table('zoneless.csv', 'time,kind,user_id', '2026-11-03 10:00,call,U-7')
  const { code, stderr } = await runJejak(['import', zoneless, '-o', store])
  expect(code).toBe(1)
  expect(stderr).toMatch(/:2: time: names no time zone; .*--time-zone Asia\/Jakarta/)
  const other = await runJejak(['import', table('other.csv', 'a,b', '1,2'), '-o', store])
  expect(other.code).toBe(1)
  expect(other.stderr).toMatch(/`kind`|`name`/)
})

import { createPostgresSink } from '@jejak/collector/sinks/postgres'
import { newEventId } from '@jejak/events'
import type { StoredEvent } from '@jejak/events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findPostgres, startPostgres } from '../../collector/test/sinks/postgres-server.ts'
import type { PostgresServer } from '../../collector/test/sinks/postgres-server.ts'
import { runJejak, startJejak } from './jejak-process.ts'

// `jejak collect --postgres`, with a real server, from the shell to attribution.

const programs = findPostgres()
let server: PostgresServer

describe.skipIf(!programs)('with a database', () => {
  beforeAll(async () => {
    server = await startPostgres(programs!)
  }, 60_000)
  afterAll(async () => await server?.remove())

  test('what is received is a row, and what psql writes of it is read by jejak attribute', async () => {
    const env = { DATABASE_URL: server.connectionString }
    const collector = await startJejak(['collect', '--port', '0', '--postgres'], { env })
    const event = (name: string, facts: object) => ({
      id: newEventId({ time: Date.now() }),
      name,
      stage: null,
      time: Date.now(),
      visitor_id: 'visitor-1',
      session_id: 'session-1',
      session_number: 1,
      sequence: 1,
      page: { url: 'https://toko.example/' },
      consent: 'granted',
      properties: {},
      ...facts,
    })
    const events = [
      event('page_view', { touch: { landing: 'https://toko.example/', utm_source: 'news', utm_medium: 'email' } }),
      event('purchase', { sequence: 2, properties: { transaction_id: 'T-1', currency: 'IDR', value: 1, items: [] } }),
    ]
    const body = JSON.stringify({ schema: 1, sent_at: Date.now(), library: { name: 'test', version: '1' }, events })
    for (const accepted of [2, 0]) {
      const answer = await fetch(collector.url, { method: 'POST', body })
      expect(await answer.json()).toMatchObject({ accepted, refused: [] })
    }
    expect((await collector.stop()).stderr).toContain('writing them to the database postgres, table jejak.events')

    const rows = await server.query<{ event: object }>('SELECT event FROM jejak.events ORDER BY seq')
    const input = rows.map(row => `${JSON.stringify(row.event)}\n`).join('')
    const { stdout } = await runJejak(['attribute', '-', '--model', 'last-touch', '--csv'], { input })
    expect(stdout).toMatch(/Email/)
  })

  test('a person is exported and erased, and what is old taken out, as in files', async () => {
    const sink = createPostgresSink({ connectionString: server.connectionString })
    const stored = (number: number, facts: object): StoredEvent => ({
      id: newEventId({ time: Date.now() + number }),
      name: 'login',
      stage: null,
      time: Date.now(),
      session_id: 's',
      session_number: 1,
      sequence: number,
      visitor_id: 'phone',
      consent: 'granted',
      properties: {},
      received_at: Date.now(),
      corrected_time: Date.now(),
      ...facts,
    })
    await server.query('DELETE FROM jejak.events')
    await sink.write([
      stored(1, {}),
      stored(2, { user_id: 'ani' }),
      stored(3, { visitor_id: 'laptop', user_id: 'ani' }),
      stored(4, { visitor_id: 'laptop', user_id: 'budi' }),
      stored(5, { visitor_id: 'other', corrected_time: Date.now() - 400 * 86_400_000 }),
    ])
    await sink.close()
    const env = { DATABASE_URL: server.connectionString }
    const exported = await runJejak(['export', '--user', 'ani', '--postgres'], { env })
    const sequences = exported.stdout
      .split('\n')
      .filter(Boolean)
      .map(line => (JSON.parse(line) as StoredEvent).sequence)
    expect(sequences).toEqual([1, 2, 3])
    const dry = await runJejak(['erase', '--user', 'ani', '--dry-run', '--postgres'], { env })
    expect(dry.stdout).toBe('3 events would be erased, 2 stay.\n')
    const erased = await runJejak(['erase', '--user', 'ani', '--postgres'], { env })
    expect(erased.stdout).toBe('Erased 3 events, 2 stay.\n')
    expect(erased.stderr).toContain('Known on 2 devices: phone, laptop.')
    expect(erased.stderr).toContain('Others were known there too: laptop.')
    const retained = await runJejak(['retain', '--days', '395', '--postgres'], { env })
    expect(retained.stdout).toBe('Erased 1 event, 1 stay.\n')
  })

  test('a database that is not there is said at the start, without its password', async () => {
    const { code, stderr } = await runJejak([
      'collect',
      '--port',
      '0',
      '--postgres',
      'postgres://shop:secret@127.0.0.1:1/x',
    ])
    expect([code, stderr]).toEqual([1, expect.stringContaining('Could not use the database (')])
    expect(stderr).not.toContain('secret')
  })
})

test('without an address it says where it would look for one', async () => {
  const { code, stderr } = await runJejak(['collect', '--postgres'], { env: { DATABASE_URL: undefined } })
  expect([code, stderr]).toEqual([2, expect.stringContaining('--postgres: no address, and DATABASE_URL is not set')])
})

import { newEventId } from '@jejak/events'
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

import { createCollector } from '@jejak/collector'
import { createPostgresSink } from '@jejak/collector/sinks/postgres'
import type { PostgresSinkOptions } from '@jejak/collector/sinks/postgres'
import type { StoredEvent } from '@jejak/events'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { batchOf, envelope, idOf, quietLog, requestOf, storedEvent } from '../sending.ts'
import { findPostgres, startPostgres } from './postgres-server.ts'
import type { PostgresServer } from './postgres-server.ts'
import { testSink } from './sink-contract.ts'

// A real server, which the tests start by themselves. Where PostgreSQL is not installed they are passed over.

const programs = findPostgres()
let server: PostgresServer
let schemas = 0

describe.skipIf(!programs)('PostgreSQL', () => {
  beforeAll(async () => {
    server = await startPostgres(programs!)
  }, 60_000)
  afterAll(async () => await server?.remove())

  function open(options: Partial<PostgresSinkOptions> = {}) {
    const { schema = `shop_${++schemas}` } = options
    const sink = createPostgresSink({ connectionString: server.connectionString, ...options, schema })
    onTestFinished(() => sink.close())
    const read = async (): Promise<StoredEvent[]> => {
      await sink.open().catch(() => {})
      const rows = await server.query<{ event: StoredEvent }>(`SELECT event FROM ${schema}.events ORDER BY seq`)
      return rows.map(({ event }) => event)
    }
    return { sink, schema, read }
  }

  testSink(async () => open())

  test('two collectors that start at once on one empty database store each event once', async () => {
    const first = open()
    const second = open({ schema: first.schema })
    const numbers = Array.from({ length: 200 }, (_, n) => n)
    const results = await Promise.all(
      numbers.flatMap(n => [first.sink.write([storedEvent(n)]), second.sink.write([storedEvent(n)])]),
    )
    expect(results.reduce((sum, { stored }) => sum + stored.length, 0)).toBe(200)
    expect(new Set((await first.read()).map(({ id }) => id)).size).toBe(200)
  })

  test('tables of the first version are brought up to date, and what they hold is known', async () => {
    await server.query(`
      CREATE SCHEMA old;
      CREATE TABLE old.migrations (version int PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now());
      INSERT INTO old.migrations (version) VALUES (1);
      CREATE TABLE old.events (seq bigint GENERATED ALWAYS AS IDENTITY, id uuid PRIMARY KEY, name text NOT NULL,
        stage text, visitor_id text NOT NULL, user_id text, corrected_time timestamptz NOT NULL,
        received_at timestamptz NOT NULL, event json NOT NULL)`)
    const old = storedEvent(1)
    await server.query(
      `INSERT INTO old.events (id, name, visitor_id, corrected_time, received_at, event) VALUES ($1, 'x', 'v', now(), now(), $2)`,
      [old.id, JSON.stringify(old)],
    )
    const { sink, read } = open({ schema: 'old' })
    expect(await sink.write([old, storedEvent(2)])).toMatchObject({ stored: [{ id: idOf(2) }], duplicates: 1 })
    expect((await read()).map(({ id }) => id)).toEqual([idOf(1), idOf(2)])
    const indexes = await server.query(
      `SELECT indexname FROM pg_indexes WHERE schemaname = 'old' AND tablename = 'events'`,
    )
    expect(indexes).toHaveLength(4)
  })

  test('tables of a version that is not known yet are left alone, and it is said', async () => {
    await server.query(
      `CREATE SCHEMA newer; CREATE TABLE newer.migrations (version int PRIMARY KEY); INSERT INTO newer.migrations VALUES (99)`,
    )
    await expect(open({ schema: 'newer' }).sink.open()).rejects.toThrow(/those of a newer version .*\(99, .*update it/)
  })

  test('the columns are those of the event', async () => {
    const { sink, schema } = open()
    await sink.write([storedEvent(1, { user_id: 'ani\u0000', corrected_time: 1_700_000_000_123, stage: 'decision' })])
    const rows = await server.query(`SELECT name, stage, visitor_id, user_id, corrected_time FROM ${schema}.events`)
    expect(rows).toEqual([
      {
        name: storedEvent(1).name,
        stage: 'decision',
        visitor_id: storedEvent(1).visitor_id,
        user_id: 'ani',
        corrected_time: new Date(1_700_000_000_123),
      },
    ])
  })

  test('a person is exported and erased, and what is old taken out, by SQL', async () => {
    const { sink, schema, read } = open()
    const old = { corrected_time: Date.now() - 400 * 86_400_000 }
    await sink.write([storedEvent(1, { user_id: 'ani' }), storedEvent(2, old), storedEvent(3)])
    await server.query(`DELETE FROM ${schema}.events WHERE user_id = $1`, ['ani'])
    await server.query(`DELETE FROM ${schema}.events WHERE corrected_time < now() - interval '395 days'`)
    expect((await read()).map(({ id }) => id)).not.toContain(idOf(1))
    expect((await read()).map(({ id }) => id)).not.toContain(idOf(2))
  })

  describe('a server that is killed', () => {
    test('has everything that was called stored, once each, and the sink goes on when it is back', async () => {
      const { sink, read } = open()
      await sink.open()
      const promised = new Set<string>()
      let number = 0
      for (let round = 0; round < 3; round++) {
        const writes = Array.from({ length: 300 }, async () => {
          const n = ++number
          const { stored } = await sink.write([storedEvent(n)])
          for (const { id } of stored) promised.add(id)
          return n
        })
        await Promise.race(writes)
        await server.kill()
        const outcomes = await Promise.allSettled(writes)
        await server.start()
        // As a sender does: what was not called stored comes again.
        const missing = outcomes.flatMap((outcome, place) =>
          outcome.status === 'rejected' ? [number - 299 + place] : [],
        )
        await sink.write(missing.map(n => storedEvent(n)))
        const ids = (await read()).map(({ id }) => id)
        expect([...promised].filter(id => !ids.includes(id))).toEqual([])
        expect(new Set(ids).size).toBe(ids.length)
        expect(ids).toHaveLength(number)
      }
    }, 60_000)

    test('makes a collector answer 503, without a word of the address or the password', async () => {
      const { sink } = open({ connectionString: 'postgres://shop:secret@127.0.0.1:1/shop' })
      const log = quietLog()
      const collector = createCollector({ sink, log })
      const response = await collector(requestOf(JSON.stringify(batchOf([envelope(1)]))))
      expect(response.status).toBe(503)
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(log.errors).toEqual([expect.stringContaining('Could not use the database (')])
      expect(log.errors.join('') + (await response.text())).not.toContain('secret')
    })
  })
})

test.each([
  [{ connectionString: '' }, 'connectionString: expected an address such as postgres://'],
  [{ connectionString: 'secret' }, 'got string "6 characters"'],
  [{ connectionString: 'postgres://x', schema: 'a; drop' }, 'schema: expected a name of small letters, digits and _'],
])('%j is refused', (options, message) => {
  expect(() => createPostgresSink(options)).toThrow(TypeError)
  expect(() => createPostgresSink(options)).toThrow(message)
})

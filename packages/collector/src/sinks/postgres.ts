import type { StoredEvent } from '@jejak/events'
import type { Pool, PoolClient } from 'pg'
import { optionError } from '../option-error.ts'
import { messageOf } from '../log.ts'
import { MIGRATIONS } from './postgres-schema.ts'
import type { EventSink, WriteResult } from './sink.ts'

export interface PostgresSinkOptions {
  /** `postgres://user:password@host:5432/database`; `?sslmode=verify-full` and the like as libpq has them. */
  readonly connectionString: string
  /** The schema that the tables are in. It is made if it is not there. Default: `jejak`. */
  readonly schema?: string
}

export interface PostgresSink extends EventSink {
  /**
   * Connects, and brings the tables to the form that this version has: whatever is stored stays. The first write does
   * this by itself; called at the start, it tells what is wrong before there is anything to lose.
   */
  open(): Promise<void>
}

/** More than this waiting means that the database is slower than the events: senders have to wait, not our memory. */
const MAX_WAITING_EVENTS = 50_000
const MAX_EVENTS_AT_ONCE = 5_000
const CONNECT_MS = 5_000
const STATEMENT_MS = 20_000

interface Job {
  readonly events: readonly StoredEvent[]
  readonly resolve: (result: WriteResult) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Stores events as rows of `events` in a PostgreSQL database (12 and later): each id once, for ever, however many
 * collectors write. A write that has resolved is committed, to the disk of the server. Writes that come while one is
 * under way share the next statement.
 *
 * Needs the package `pg`. The whole event is in `event`, as JSON in the collector's words; `psql -AtXc "select event
 * from jejak.events order by seq"` writes what `jejak attribute -` reads.
 *
 * @throws TypeError for an option that cannot be used.
 */
export function createPostgresSink(options: PostgresSinkOptions): PostgresSink {
  const { connectionString, schema = 'jejak' } = options
  if (typeof connectionString !== 'string' || !/^postgres(ql)?:\/\//.test(connectionString))
    throw optionError(
      'connectionString',
      'an address such as postgres://user:password@localhost:5432/shop',
      // Not the address itself: the password is in it.
      typeof connectionString === 'string' ? `${connectionString.length} characters` : connectionString,
      'Is an environment variable unset?',
    )
  if (typeof schema !== 'string' || !/^[a-z_][a-z\d_]{0,62}$/.test(schema))
    throw optionError('schema', 'a name of small letters, digits and _', schema, 'For example "jejak".')

  let opening: Promise<Pool> | undefined
  const waiting: Job[] = []
  let waitingEvents = 0
  let working: Promise<void> | undefined
  let closed = false

  async function connect(): Promise<Pool> {
    const { default: pg } = await import('pg').catch((cause: unknown) => {
      throw new Error('The PostgreSQL sink needs the package pg: npm install pg', { cause })
    })
    const pool = new pg.Pool({
      connectionString,
      max: 2,
      connectionTimeoutMillis: CONNECT_MS,
      statement_timeout: STATEMENT_MS,
      query_timeout: 2 * STATEMENT_MS,
      application_name: 'jejak collector',
    })
    // A connection that ends while nobody uses it is replaced when somebody needs one.
    pool.on('error', () => {})
    try {
      await migrate(pool)
      return pool
    } catch (error) {
      await pool.end()
      throw databaseError('use', error)
    }
  }

  async function migrate(pool: Pool): Promise<void> {
    await inTransaction(pool, async client => {
      // Several collectors may start at once: one at a time changes tables.
      await client.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`jejak ${schema}`])
      await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`)
      await client.query(
        `CREATE TABLE IF NOT EXISTS ${schema}.migrations (version int PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())`,
      )
      const { rows } = await client.query<{ version: number | null }>(
        `SELECT max(version) AS version FROM ${schema}.migrations`,
      )
      const version = rows[0]?.version ?? 0
      if (version > MIGRATIONS.length)
        throw new Error(
          `the tables are those of a newer version of @jejak/collector (${version}, this one knows ${MIGRATIONS.length}): update it`,
        )
      for (const [place, statements] of MIGRATIONS.entries()) {
        if (place < version) continue
        for (const statement of statements(schema)) await client.query(statement)
        await client.query(`INSERT INTO ${schema}.migrations (version) VALUES ($1)`, [place + 1])
      }
    })
  }

  async function inTransaction(pool: Pool, work: (client: PoolClient) => Promise<void>): Promise<void> {
    const client = await pool.connect()
    try {
      await client.query('BEGIN')
      await work(client)
      await client.query('COMMIT')
      client.release()
    } catch (error) {
      // Rolled back with its connection.
      client.release(true)
      throw error
    }
  }

  async function ready(): Promise<Pool> {
    opening ??= connect().catch((error: unknown) => {
      opening = undefined
      throw error
    })
    return await opening
  }

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      const jobs: Job[] = []
      for (let events = 0; waiting.length > 0 && events < MAX_EVENTS_AT_ONCE;) {
        const job = waiting.shift()!
        jobs.push(job)
        events += job.events.length
      }
      try {
        const stored = await insert(jobs.flatMap(({ events }) => events))
        for (const { events, resolve } of jobs) {
          // An id that came several times is stored for the first that brought it.
          const own = events.filter(({ id }) => stored.delete(id))
          resolve({ stored: own, duplicates: events.length - own.length })
        }
      } catch (error) {
        for (const { reject } of jobs) reject(error)
      }
      for (const { events } of jobs) waitingEvents -= events.length
    }
    working = undefined
  }

  /** Gives back the ids that were not there. */
  async function insert(events: readonly StoredEvent[]): Promise<Set<string>> {
    const pool = await ready()
    try {
      const columns = [
        events.map(({ id }) => id),
        events.map(({ name }) => text(name)),
        events.map(({ stage }) => stage),
        events.map(({ visitor_id }) => text(visitor_id)),
        events.map(({ user_id }) => (user_id === undefined ? null : text(user_id))),
        events.map(({ corrected_time }) => corrected_time),
        events.map(({ received_at }) => received_at),
        events.map(event => JSON.stringify(event)),
      ]
      const { rows } = await pool.query<{ id: string }>(insertInto(schema), columns)
      return new Set(rows.map(({ id }) => id))
    } catch (error) {
      throw databaseError('write to', error)
    }
  }

  return {
    async open() {
      await ready()
    },

    async write(events) {
      if (closed) throw new Error('The sink of this database is closed: nothing can be written to it any more.')
      if (events.length === 0) return { stored: [], duplicates: 0 }
      if (waitingEvents + events.length > MAX_WAITING_EVENTS)
        throw new Error('The database is slower than the events arrive: they have to be sent again later.')
      waitingEvents += events.length
      return new Promise((resolve, reject) => {
        waiting.push({ events, resolve, reject })
        working ??= work()
      })
    },

    async close() {
      const wasClosed = closed
      closed = true
      await working
      if (!wasClosed) await (await opening?.catch(() => undefined))?.end()
    },
  }
}

/** One statement is one transaction. Its commit waits for the disk, whatever the database does by default. */
function insertInto(schema: string): string {
  return `
    WITH durable AS (SELECT set_config('synchronous_commit', 'on', true))
    INSERT INTO ${schema}.events (id, name, stage, visitor_id, user_id, corrected_time, received_at, event)
    SELECT id, name, stage, visitor_id, user_id, to_timestamp(corrected / 1000), to_timestamp(received / 1000), event
    FROM durable, unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::float8[], $7::float8[], $8::json[])
      WITH ORDINALITY AS given (id, name, stage, visitor_id, user_id, corrected, received, event, place)
    ORDER BY place
    ON CONFLICT (id) DO NOTHING
    RETURNING id`
}

/** A column of text cannot hold this one character; the event itself keeps it. */
function text(value: string): string {
  return value.replaceAll('\u0000', '')
}

/** What the database says, which never holds the address or its password. */
function databaseError(action: string, cause: unknown): Error {
  return new Error(
    `Could not ${action} the database (${messageOf(cause) || (cause as { code?: string }).code}). Senders keep their events and send them again.`,
    {
      cause,
    },
  )
}

import type { StoredEvent } from '@jejak/events'

export interface PostgresEventsOptions {
  readonly connectionString: string
  /** The schema that the sink has its tables in. Default: `jejak`. */
  readonly schema?: string
}

/** Whose events are meant: theirs by name, and what names nobody of the devices that the users were known on. */
export interface People {
  readonly users: readonly string[]
  readonly visitors: readonly string[]
}

/** The events that a PostgreSQL sink has stored, for whoever has to answer for them. */
export interface PostgresEvents {
  /** The visitors that these users were known as, and those of them that others were known as too. */
  linkedTo(users: readonly string[]): Promise<{ readonly linked: string[]; readonly shared: string[] }>
  /** In the order in which they were stored. */
  of(people: People): AsyncIterable<StoredEvent>
  /** How many there are, and how many of other people stay. With `isDry` nothing is erased. */
  erase(people: People, isDry: boolean): Promise<ErasedRows>
  /** The same of what happened before a moment, in milliseconds since the epoch. */
  eraseBefore(time: number, isDry: boolean): Promise<ErasedRows>
  close(): Promise<void>
}

export interface ErasedRows {
  readonly removed: number
  readonly kept: number
}

const AT_ONCE = 1_000

/** @throws {Error} if the database cannot be reached, or `pg` is not installed. */
export async function openPostgresEvents(options: PostgresEventsOptions): Promise<PostgresEvents> {
  const { connectionString, schema = 'jejak' } = options
  if (!/^[a-z_][a-z\d_]{0,62}$/.test(schema))
    throw new TypeError(`schema: expected a name such as jejak, got ${schema}`)
  const { default: pg } = await import('pg').catch((cause: unknown) => {
    throw new Error('PostgreSQL needs the package pg: npm install pg', { cause })
  })
  const client = new pg.Client({ connectionString, application_name: 'jejak' })
  await client.connect()
  const table = `${schema}.events`
  const theirs = `(
    user_id = ANY($1) OR visitor_id = ANY($2) OR event->>'device_visitor_id' = ANY($2)
    OR (user_id IS NULL AND visitor_id IN (SELECT visitor_id FROM ${table} WHERE user_id = ANY($1)))
  )`

  async function count(where: string, values: unknown[]): Promise<number> {
    const { rows } = await client.query<{ count: string }>(
      `SELECT count(*) AS count FROM ${table} WHERE ${where}`,
      values,
    )
    return Number(rows[0]!.count)
  }

  async function remove(where: string, values: unknown[], isDry: boolean): Promise<ErasedRows> {
    const removed = isDry
      ? await count(where, values)
      : ((await client.query(`DELETE FROM ${table} WHERE ${where}`, values)).rowCount ?? 0)
    return { removed, kept: (await count('true', [])) - (isDry ? removed : 0) }
  }

  return {
    async linkedTo(users) {
      const { rows } = await client.query<{ visitor_id: string; shared: boolean }>(
        `SELECT visitor_id, bool_or(user_id <> ALL($1)) AS shared FROM ${table}
         WHERE user_id IS NOT NULL AND visitor_id IN (SELECT visitor_id FROM ${table} WHERE user_id = ANY($1))
         GROUP BY visitor_id ORDER BY min(seq)`,
        [users],
      )
      return {
        linked: rows.map(({ visitor_id }) => visitor_id),
        shared: rows.filter(({ shared }) => shared).map(({ visitor_id }) => visitor_id),
      }
    },

    async *of({ users, visitors }) {
      for (let last = '0'; ;) {
        const { rows } = await client.query<{ seq: string; event: StoredEvent }>(
          `SELECT seq, event FROM ${table} WHERE seq > $3 AND ${theirs} ORDER BY seq LIMIT ${AT_ONCE}`,
          [users, visitors, last],
        )
        for (const { event } of rows) yield event
        if (rows.length < AT_ONCE) return
        last = rows.at(-1)!.seq
      }
    },

    erase: ({ users, visitors }, isDry) => remove(theirs, [users, visitors], isDry),
    eraseBefore: (time, isDry) => remove('corrected_time < to_timestamp($1::float8 / 1000)', [time], isDry),
    close: () => client.end(),
  }
}

/**
 * What has to be done to the tables for each version, in order. A version that was released is never changed: what is
 * to be otherwise is another one.
 */
export const MIGRATIONS: readonly ((schema: string) => readonly string[])[] = [
  schema => [
    `CREATE TABLE ${schema}.events (
      seq bigint GENERATED ALWAYS AS IDENTITY,
      id uuid PRIMARY KEY,
      name text NOT NULL,
      stage text,
      visitor_id text NOT NULL,
      user_id text,
      corrected_time timestamptz NOT NULL,
      received_at timestamptz NOT NULL,
      event json NOT NULL
    )`,
  ],
  schema => [
    // For whoever exports or erases a person, keeps events for so long, or reads some days.
    `CREATE INDEX events_by_visitor ON ${schema}.events (visitor_id)`,
    `CREATE INDEX events_by_user ON ${schema}.events (user_id) WHERE user_id IS NOT NULL`,
    `CREATE INDEX events_by_time ON ${schema}.events USING brin (corrected_time)`,
  ],
]

import type { PostgresEvents } from '@jejak/collector/sinks/postgres-events'
import { Option } from 'commander'
import type { Command } from 'commander'
import { UsageError } from '../errors.ts'

// What the commands have in common that can work on a database in place of files.

export interface DatabaseOptions {
  readonly postgres?: string | true
}

export function withDatabaseOption(command: Command): Command {
  return command.addOption(
    new Option('--postgres [url]', 'in a PostgreSQL database in place of files (without an address: DATABASE_URL)'),
  )
}

/** @throws {UsageError} if there is none. */
export function databaseAddress(postgres: string | true): string {
  // Whoever can list processes can read what stands on a command line.
  const address = postgres === true ? process.env['DATABASE_URL'] : postgres
  if (address) return address
  throw new UsageError(
    '--postgres: no address, and DATABASE_URL is not set: postgres://user:password@localhost:5432/shop',
  )
}

/**
 * Does something with the events in the database, if one was asked for. Gives back undefined where files were.
 *
 * @throws {UsageError} if both were, or neither.
 */
export async function inDatabase<Result>(
  sources: readonly string[],
  { postgres }: DatabaseOptions,
  work: (events: PostgresEvents) => Promise<Result>,
): Promise<Result | undefined> {
  if (postgres === undefined) {
    if (sources.length > 0) return undefined
    throw new UsageError("missing required argument 'events': files, folders or globs, or --postgres")
  }
  if (sources.length > 0) throw new UsageError(`--postgres takes the place of files: leave out "${sources[0]}"`)
  const { openPostgresEvents } = await import('@jejak/collector/sinks/postgres-events')
  const events = await openPostgresEvents({ connectionString: databaseAddress(postgres) })
  try {
    return await work(events)
  } finally {
    await events.close()
  }
}

import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

export interface PostgresServer {
  readonly connectionString: string
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>
  /** As a loss of power would: none of its processes says goodbye. */
  kill(): Promise<void>
  start(): Promise<void>
  remove(): Promise<void>
}

/** The folder of PostgreSQL's programs, if it is installed: Debian keeps them apart from all others. */
export function findPostgres(): string | undefined {
  const versions = '/usr/lib/postgresql'
  const debian = existsSync(versions)
    ? readdirSync(versions)
        .toSorted((a, b) => Number(b) - Number(a))
        .map(version => join(versions, version, 'bin'))
    : []
  return [...debian, ...(process.env['PATH'] ?? '').split(':')].find(folder => existsSync(join(folder, 'initdb')))
}

/** A server of its own, on this machine alone, with an empty database. It will not run as root: then it is `postgres`. */
export async function startPostgres(programs: string): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'jejak-postgres-'))
  const account = process.getuid?.() === 0 ? accountOf('postgres') : undefined
  if (account) chownSync(folder, account.uid, account.gid)
  const data = join(folder, 'data')
  const made = spawnSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'jejak', '--auth=trust', '--no-sync', '--no-locale', '--encoding=UTF8'],
    { ...account, cwd: folder, encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(made.stderr || String(made.error))
  const port = await freePort()
  const connectionString = `postgres://jejak@127.0.0.1:${port}/postgres`
  let server: ChildProcess | undefined

  async function query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString })
    await client.connect()
    try {
      return (await client.query<Row & pg.QueryResultRow>(text, [...values])).rows
    } finally {
      await client.end()
    }
  }

  async function start(): Promise<void> {
    // Its own group, so that none of its processes is left behind.
    server = spawn(join(programs, 'postgres'), ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder], {
      ...account,
      cwd: folder,
      detached: true,
      stdio: 'ignore',
    })
    for (;;) {
      try {
        await query('SELECT 1')
        return
      } catch (error) {
        if (server.exitCode !== null) throw error
        await new Promise(resolve => setTimeout(resolve, 50))
      }
    }
  }

  async function kill(): Promise<void> {
    if (!server || server.exitCode !== null || server.signalCode !== null) return
    process.kill(-server.pid!, 'SIGKILL')
    await once(server, 'close')
  }

  await start()
  return {
    connectionString,
    query,
    start,
    kill,
    async remove() {
      await kill()
      rmSync(folder, { recursive: true })
    },
  }
}

function accountOf(name: string): { uid: number; gid: number } {
  const id = (option: string): number => Number(spawnSync('id', [option, name], { encoding: 'utf8' }).stdout)
  return { uid: id('-u'), gid: id('-g') }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

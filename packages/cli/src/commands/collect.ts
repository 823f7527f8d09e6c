import { createCollector } from '@jejak/collector'
import type { EventSink } from '@jejak/collector'
import { listen } from '@jejak/collector/node'
import { createNdjsonSink } from '@jejak/collector/sinks/ndjson'
import { Command } from 'commander'
import { startInspection } from '../inspector/start-inspection.ts'
import { listOf, wholeNumber } from '../option-parsers.ts'
import { databaseAddress } from './database-input.ts'
import { readSecret } from './secret-file.ts'
import { untilStopped } from '../until-stopped.ts'

interface CollectOptions {
  readonly folder: string
  readonly port: number
  readonly host: string
  readonly path: string
  readonly origin?: readonly string[]
  readonly writeKey?: readonly string[]
  readonly postgres?: string | true
  readonly hashKey?: string
  readonly redact: boolean
  readonly visitorCookie: boolean
  readonly leave?: readonly string[]
  readonly inspect?: true
  readonly inspectPort: number
}

export function collectCommand(): Command {
  return new Command('collect')
    .summary('receive events and write them to files')
    .description(
      'Receives batches of events and writes one JSON line for each, on disk before it answers. Listens on this machine only, unless --host says otherwise.',
    )
    .option('--folder <folder>', 'where the files go', 'events')
    .option('-p, --port <number>', 'port to listen on; 0 takes any free one', wholeNumber(0, 65_535), portOr(8123))
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--path <path>', 'path to receive at', '/e')
    .option('--origin <origins>', 'pages that may send, such as https://toko.example (default: any)', listOf<string>())
    .option('--write-key <keys>', 'accept only batches with one of these keys', listOf<string>())
    .option('--postgres [url]', 'write to a PostgreSQL database in place of files (without an address: DATABASE_URL)')
    .option('--hash-key <file>', 'a file with a secret: ids of users and accounts are stored as hashes made with it')
    .option('--visitor-cookie', 'know visitors by a cookie too whose browser erases what scripts store', false)
    .option('--no-redact', 'store e-mail addresses, telephone and card numbers in texts and addresses as they come')
    .option('--leave <names>', 'properties in which they are left, such as store_phone', listOf<string>())
    .option('--inspect', 'show what comes, what was answered and what to mend, here and on a page of this machine')
    .option('--inspect-port <number>', 'port of that page; 0 takes any free one', wholeNumber(0, 65_535), 8124)
    .addHelpText(
      'after',
      '\nExamples:\n  jejak collect --folder events --origin https://toko.example\n  DATABASE_URL=postgres://shop:secret@localhost/shop jejak collect --postgres\n  jejak collect --inspect',
    )
    .action(collect)
}

async function collect(options: CollectOptions): Promise<void> {
  const { folder, port, host, path, origin, writeKey, hashKey, redact, leave, visitorCookie, inspect, inspectPort } =
    options
  const key = hashKey === undefined ? undefined : readSecret(hashKey)
  const { sink, place } = await openSink(folder, options.postgres)
  const settings = {
    sink,
    ...(origin ? { allowedOrigins: origin } : {}),
    ...(writeKey ? { writeKeys: writeKey } : {}),
    ...(key === undefined ? {} : { hashKey: key }),
    redact: redact && (leave ?? true),
    visitorCookie,
  }
  const inspection = inspect && (await startInspection(settings, inspectPort, text => process.stderr.write(text)))
  const server = await listen(inspection ? inspection.collector : createCollector(settings), { port, host, path })
  process.stdout.write(`${server.url}\n`)
  process.stderr.write(`Receiving events at ${server.url}, writing them to ${place}. Ctrl+C stops.\n`)
  if (inspection) process.stderr.write(`Open ${inspection.url} to see them as they come.\n`)

  await untilStopped()
  await server.close()
  await inspection?.close()
  await sink.close()
}

async function openSink(
  folder: string,
  postgres: CollectOptions['postgres'],
): Promise<{ sink: EventSink; place: string }> {
  if (postgres === undefined) {
    const sink = createNdjsonSink({ folder })
    await sink.open()
    return { sink, place: `${folder}/` }
  }
  const connectionString = databaseAddress(postgres)
  const { createPostgresSink } = await import('@jejak/collector/sinks/postgres')
  const sink = createPostgresSink({ connectionString })
  await sink.open()
  return { sink, place: `the database ${new URL(connectionString).pathname.slice(1)}, table jejak.events` }
}

/** The port of the environment, as hosting platforms and `npm start` set it. */
export function portOr(otherwise: number): number {
  const named = process.env['PORT']
  return named ? wholeNumber(0, 65_535)(named) : otherwise
}

import { createCollector } from '@jejak/collector'
import { listen } from '@jejak/collector/node'
import { createNdjsonSink } from '@jejak/collector/sinks/ndjson'
import { Command } from 'commander'
import { listOf, wholeNumber } from '../option-parsers.ts'
import { untilStopped } from '../until-stopped.ts'

interface CollectOptions {
  readonly folder: string
  readonly port: number
  readonly host: string
  readonly path: string
  readonly origin?: readonly string[]
  readonly writeKey?: readonly string[]
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
    .addHelpText('after', '\nExample:\n  jejak collect --folder events --origin https://toko.example')
    .action(collect)
}

async function collect({ folder, port, host, path, origin, writeKey }: CollectOptions): Promise<void> {
  const sink = createNdjsonSink({ folder })
  await sink.open()
  const collector = createCollector({
    sink,
    ...(origin ? { allowedOrigins: origin } : {}),
    ...(writeKey ? { writeKeys: writeKey } : {}),
  })
  const server = await listen(collector, { port, host, path })
  process.stdout.write(`${server.url}\n`)
  process.stderr.write(`Receiving events at ${server.url}, writing them to ${folder}/. Ctrl+C stops.\n`)

  await untilStopped()
  await server.close()
  await sink.close()
}

/** The port of the environment, as hosting platforms and `npm start` set it. */
export function portOr(otherwise: number): number {
  const named = process.env['PORT']
  return named ? wholeNumber(0, 65_535)(named) : otherwise
}

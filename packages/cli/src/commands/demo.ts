import { Command } from 'commander'
import { startDemo } from '../demo/start-demo.ts'
import { wholeNumber } from '../option-parsers.ts'
import { untilStopped } from '../until-stopped.ts'
import { portOr } from './collect.ts'

interface DemoOptions {
  readonly port: number
  readonly folder: string
}

export function demoCommand(): Command {
  return new Command('demo')
    .summary('a shop, its live journeys and their attribution, on this machine')
    .description(
      'Runs a small shop with the tracker in it, a collector, a live view of the journeys and their attribution: one process, this machine only, no network.',
    )
    .option('-p, --port <number>', 'port to listen on; 0 takes any free one', wholeNumber(0, 65_535), portOr(4100))
    .option('--folder <folder>', 'where the collected events are kept', 'jejak-data')
    .action(demo)
}

async function demo({ port, folder }: DemoOptions): Promise<void> {
  const server = await startDemo({ port, folder, log: text => process.stderr.write(`${text}\n`) })
  process.stdout.write(`${server.url}\n`)
  process.stderr.write(
    `\nOpen ${server.url} : the shop, and its journeys as they happen. Ctrl+C stops.\n` +
      `Events are kept in ${folder}/ ; meanwhile try: npx jejak attribute ${folder}\n`,
  )
  await untilStopped()
  await server.close()
}

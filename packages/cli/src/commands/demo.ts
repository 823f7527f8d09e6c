import { Command, Option } from 'commander'
import { startDemo } from '../demo/start-demo.ts'
import { LANGUAGES } from '../demo/words/language.ts'
import type { Language } from '../demo/words/language.ts'
import { wholeNumber } from '../option-parsers.ts'
import { untilStopped } from '../until-stopped.ts'
import { portOr } from './collect.ts'

interface DemoOptions {
  readonly port: number
  readonly folder: string
  readonly language: Language
}

export function demoCommand(): Command {
  return new Command('demo')
    .summary('a shop, its live journeys and their report, on this machine')
    .description(
      'Runs a small shop with the tracker in it, a collector, a live view of the journeys and the report about them: one process, this machine only, no network.',
    )
    .option('-p, --port <number>', 'port to listen on; 0 takes any free one', wholeNumber(0, 65_535), portOr(4100))
    .option('--folder <folder>', 'where the collected events are kept', 'jejak-data')
    .addOption(
      new Option('--language <language>', 'of the pages, until another is chosen in them')
        .choices(LANGUAGES)
        .default('en'),
    )
    .action(demo)
}

async function demo({ port, folder, language }: DemoOptions): Promise<void> {
  const server = await startDemo({ port, folder, language, log: text => process.stderr.write(`${text}\n`) })
  process.stdout.write(`${server.url}\n`)
  process.stderr.write(
    `\nOpen ${server.url} : the shop, and its journeys as they happen. Ctrl+C stops.\n` +
      `Events are kept in ${folder}/ ; meanwhile try: npx jejak attribute ${folder}\n`,
  )
  await untilStopped()
  await server.close()
}

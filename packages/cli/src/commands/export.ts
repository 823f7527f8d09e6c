import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { printable, readEvents } from '@jejak/attribution'
import { Command } from 'commander'
import { someText } from '../option-parsers.ts'
import { formatCount } from '../output/numbers.ts'
import { complain, say } from './event-input.ts'
import { findPeople, withPersonOptions } from './person-input.ts'
import type { PersonOptions } from './person-input.ts'

interface ExportOptions extends PersonOptions {
  readonly output: string
}

export function exportCommand(): Command {
  return withPersonOptions(
    new Command('export').argument('<events...>', 'files (.ndjson, .ndjson.gz), folders or globs'),
  )
    .summary('what is stored of a person')
    .description(
      'Writes the stored events of a person as lines of JSON, for whoever asks what is known of them. Collectors may work meanwhile.',
    )
    .option('-o, --output <file>', 'where to write it; - is standard output', someText, '-')
    .addHelpText('after', '\nExample:\n  jejak export --user U-1024 events -o U-1024.ndjson')
    .action(exportEvents)
}

async function exportEvents(sources: readonly string[], options: ExportOptions): Promise<void> {
  const { output } = options
  const { includes } = await findPeople(sources, options)
  let count = 0
  async function* lines(): AsyncGenerator<string> {
    for await (const event of readEvents(sources, { onBadRow: complain })) {
      if (!includes({ ...event })) continue
      count++
      yield `${JSON.stringify(event)}\n`
    }
  }
  if (output === '-') for await (const line of lines()) process.stdout.write(line)
  // It is about a person: nobody else on the machine is to read it.
  else await pipeline(lines, createWriteStream(output, { mode: 0o600 }))
  const events = formatCount(count, 'event')
  if (output === '-') say(`${events}.`)
  else process.stdout.write(`${events} written to ${printable(output)}.\n`)
}

import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { printable, readEvents } from '@jejak/attribution'
import type { StoredEvent } from '@jejak/events'
import { Command } from 'commander'
import { someText } from '../option-parsers.ts'
import { formatCount } from '../output/numbers.ts'
import { inDatabase, withDatabaseOption } from './database-input.ts'
import type { DatabaseOptions } from './database-input.ts'
import { complain, say } from './event-input.ts'
import { findPeople, whoIsAsked, withPersonOptions } from './person-input.ts'
import type { PersonOptions } from './person-input.ts'

interface ExportOptions extends PersonOptions, DatabaseOptions {
  readonly output: string
}

export function exportCommand(): Command {
  return withDatabaseOption(
    withPersonOptions(new Command('export').argument('[events...]', 'files (.ndjson, .ndjson.gz), folders or globs')),
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
  const asked = whoIsAsked(options)
  const isDone = await inDatabase(sources, options, async events => {
    await write(events.of(asked), options)
    return true
  })
  if (isDone) return
  const { includes } = await findPeople(sources, options)
  await write(readEvents(sources, { onBadRow: complain }), options, event => includes({ ...event }))
}

async function write(
  events: AsyncIterable<StoredEvent>,
  { output }: ExportOptions,
  isMeant: (event: StoredEvent) => boolean = () => true,
): Promise<void> {
  let count = 0
  async function* lines(): AsyncGenerator<string> {
    for await (const event of events) {
      if (!isMeant(event)) continue
      count++
      yield `${JSON.stringify(event)}\n`
    }
  }
  if (output === '-') for await (const line of lines()) process.stdout.write(line)
  // It is about a person: nobody else on the machine is to read it.
  else await pipeline(lines, createWriteStream(output, { mode: 0o600 }))
  const written = formatCount(count, 'event')
  if (output === '-') say(`${written}.`)
  else process.stdout.write(`${written} written to ${printable(output)}.\n`)
}

import { Command } from 'commander'
import { wholeNumber } from '../option-parsers.ts'
import { inDatabase, withDatabaseOption } from './database-input.ts'
import type { DatabaseOptions } from './database-input.ts'
import { reportErased, reportRewriting, rewriteEvents, timeOf } from './person-input.ts'

interface RetainOptions extends DatabaseOptions {
  readonly days: number
  readonly dryRun: boolean
}

const DAY_MS = 86_400_000

export function retainCommand(): Command {
  return withDatabaseOption(
    new Command('retain').argument('[events...]', 'files (.ndjson, .ndjson.gz), folders or globs'),
  )
    .summary('keep stored events for so long only')
    .description(
      'Erases events that happened longer ago than a number of days from files that a collector has written. Files are replaced as `jejak erase` does it. Meant to be run each night, by cron or a systemd timer.',
    )
    .requiredOption('--days <number>', 'how long events are kept', wholeNumber(1, 36_500))
    .option('--dry-run', 'only say what would be erased', false)
    .addHelpText('after', '\nExample:\n  jejak retain --days 395 events')
    .action(retain)
}

async function retain(sources: readonly string[], options: RetainOptions): Promise<void> {
  const { days, dryRun } = options
  const oldest = Date.now() - days * DAY_MS
  const rows = await inDatabase(sources, options, async events => await events.eraseBefore(oldest, dryRun))
  if (rows) return reportErased(rows, dryRun)
  reportRewriting(await rewriteEvents(sources, event => timeOf(event) >= oldest, dryRun), dryRun)
}

import { Command } from 'commander'
import { inDatabase, withDatabaseOption } from './database-input.ts'
import type { DatabaseOptions } from './database-input.ts'
import {
  findPeople,
  reportDevices,
  reportErased,
  reportRewriting,
  rewriteEvents,
  whoIsAsked,
  withPersonOptions,
} from './person-input.ts'
import type { PersonOptions } from './person-input.ts'

interface EraseOptions extends PersonOptions, DatabaseOptions {
  readonly dryRun: boolean
}

export function eraseCommand(): Command {
  return withDatabaseOption(
    withPersonOptions(new Command('erase').argument('[events...]', 'files (.ndjson, .ndjson.gz), folders or globs')),
  )
    .summary('take a person out of stored events')
    .description(
      'Erases the events of a person from files that a collector has written. Each file is replaced at once: whoever interrupts it leaves the old file or the new one, whole. Collectors that use the folder have to be stopped for that long; what is sent meanwhile waits in the browsers.',
    )
    .option('--dry-run', 'only say what would be erased', false)
    .addHelpText(
      'after',
      '\nExamples:\n  jejak erase --user U-1024 --dry-run events\n  jejak erase --user U-1024 events',
    )
    .action(erase)
}

async function erase(sources: readonly string[], options: EraseOptions): Promise<void> {
  const { dryRun, user } = options
  const asked = whoIsAsked(options)
  const rows = await inDatabase(sources, options, async events => {
    const { linked, shared } = await events.linkedTo(asked.users)
    if (user.length > 0) reportDevices(linked, shared)
    return await events.erase(asked, dryRun)
  })
  if (rows) return reportErased(rows, dryRun)
  const { includes, linked, shared } = await findPeople(sources, options)
  if (user.length > 0) reportDevices([...linked], [...shared])
  reportRewriting(await rewriteEvents(sources, event => !includes(event), dryRun), dryRun)
}

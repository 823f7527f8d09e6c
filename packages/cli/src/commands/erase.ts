import { Command } from 'commander'
import { formatCount } from '../output/numbers.ts'
import { say } from './event-input.ts'
import { findPeople, reportRewriting, rewriteEvents, withPersonOptions } from './person-input.ts'
import type { PersonOptions } from './person-input.ts'

interface EraseOptions extends PersonOptions {
  readonly dryRun: boolean
}

export function eraseCommand(): Command {
  return withPersonOptions(
    new Command('erase').argument('<events...>', 'files (.ndjson, .ndjson.gz), folders or globs'),
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
  const { includes, linked, shared } = await findPeople(sources, options)
  if (user.length > 0)
    say(`Known on ${formatCount(linked.size, 'device')}${linked.size > 0 ? `: ${[...linked].join(', ')}` : ''}.`)
  if (shared.size > 0)
    say(
      `Others were known there too: ${[...shared].join(', ')}. Events that name them stay; those that name nobody go.`,
    )
  reportRewriting(await rewriteEvents(sources, event => !includes(event), dryRun), dryRun)
}

import { formatCsv, stageFunnel } from '@jejak/attribution'
import type { StageFunnel } from '@jejak/attribution'
import { DEFAULT_STAGE_MODEL } from '@jejak/events'
import type { Command } from 'commander'
import { jsonText } from '../output/json.ts'
import { formatDuration, formatNumber, formatShare } from '../output/numbers.ts'
import { formatTable } from '../output/table.ts'
import { eventCommand, openEvents, say, withOutputOptions } from './event-input.ts'
import type { EventInputOptions } from './event-input.ts'

export function journeysCommand(): Command {
  return withOutputOptions(eventCommand('journeys', DEFAULT_STAGE_MODEL))
    .summary('how far customers came, and how long it took')
    .description(
      'The stages of the customer journey as a funnel: how many reached each, how many moved on to a later one, and the median time until they did.',
    )
    .addHelpText('after', EXAMPLES)
    .action(showJourneys)
}

const EXAMPLES = `
Examples:
  jejak journeys events
  jejak journeys events --stage-model canonical --json
  jejak journeys 'events/events-2026-11-*.ndjson' --stage-model b2b`

async function showJourneys(sources: readonly string[], options: EventInputOptions): Promise<void> {
  const events = openEvents(sources, options)
  const funnel = await stageFunnel(events, { stageModel: options.stageModel, includeBots: options.bots })
  events.report(funnel.bots)
  if (!options.quiet) {
    const who = funnel.unit === 'account' ? 'accounts' : 'persons'
    say(`${formatNumber(funnel.persons)} ${who}, read by the stage model ${funnel.model}.`)
    say('')
  }
  const write = options.json
    ? jsonText({ ...funnel, read: events.summary })
    : options.csv
      ? funnelCsv(funnel)
      : funnelTable(funnel)
  process.stdout.write(write)
}

function funnelTable({ stages }: StageFunnel): string {
  return formatTable(
    ['stage', 'reached', 'of all', 'moved on', 'of those', 'median time'],
    stages.map(({ stage, reached, share, movedOn, movedOnShare, medianMs }) => [
      stage,
      formatNumber(reached),
      formatShare(share),
      formatNumber(movedOn),
      formatShare(movedOnShare),
      medianMs === null ? '–' : formatDuration(medianMs),
    ]),
  )
}

function funnelCsv({ stages }: StageFunnel): string {
  return formatCsv(
    ['stage', 'reached', 'share', 'moved_on', 'moved_on_share', 'median_ms'],
    stages.map(({ stage, reached, share, movedOn, movedOnShare, medianMs }) => {
      return [stage, reached, share, movedOn, movedOnShare, medianMs]
    }),
  )
}

import { createChannelRules, GLANCES, printable, readEvents } from '@jejak/attribution'
import type { BadRow, ChannelRules, GlancedEvents, ReadSummary } from '@jejak/attribution'
import { STAGE_MODELS } from '@jejak/events'
import type { StageModelName, StoredEvent } from '@jejak/events'
import { Command, Option } from 'commander'
import { listOf } from '../option-parsers.ts'
import { formatCount, formatNumber } from '../output/numbers.ts'
import { startProgress } from '../output/progress.ts'
import { mappingFor, withMappingOptions } from './mapping-input.ts'
import type { MappingInputOptions } from './mapping-input.ts'

// What the commands that read events have in common: their arguments, and how they tell what they met.

export interface EventInputOptions extends MappingInputOptions {
  readonly stageModel: StageModelName
  readonly bots: boolean
  readonly ownHost?: readonly string[]
  readonly paymentHost?: readonly string[]
  readonly strict?: 'ga4'
  readonly json?: boolean
  readonly csv?: boolean
  readonly quiet?: boolean
}

/** More faults than these are counted, not shown: a wrong file should not fill the screen. */
export const FAULTS_SHOWN = 10

/** The heading of the options that say how events are read. */
export const EVENT_OPTIONS = 'Events:'

export function eventCommand(name: string, defaultModel: StageModelName, argument: string = '<events...>'): Command {
  const command = new Command(name)
    .argument(argument, 'files (NDJSON, CSV or Parquet; .gz too), folders or globs; - reads standard input')
    .optionsGroup(EVENT_OPTIONS)
  return withMappingOptions(command)
    .addOption(
      new Option('--stage-model <name>', 'how the seven stages are read as fewer')
        .choices(Object.keys(STAGE_MODELS))
        .default(defaultModel),
    )
    .option('--bots', 'count programs that read pages by themselves too', false)
    .option('--own-host <hosts>', 'further hosts of the shop: coming from these is no new contact', listOf<string>())
    .option('--payment-host <hosts>', 'further payment pages: coming back is no new contact', listOf<string>())
    .addOption(new Option('--strict <rules>', 'name channels exactly as GA4 does').choices(['ga4']))
}

export function withOutputOptions(command: Command): Command {
  return command
    .optionsGroup('Output:')
    .addOption(new Option('--json', 'write JSON').conflicts('csv'))
    .option('--csv', 'write CSV')
    .option('-q, --quiet', 'say nothing besides the result and errors')
}

export function channelRulesOf({ ownHost, paymentHost, strict }: EventInputOptions): ChannelRules {
  return createChannelRules({
    ...(ownHost ? { ownHosts: ownHost } : {}),
    ...(paymentHost ? { paymentHosts: paymentHost } : {}),
    ...(strict ? { strict } : {}),
  })
}

export interface EventInput extends AsyncIterable<StoredEvent>, GlancedEvents {
  readonly summary: ReadSummary
  /** Says on stderr what was read and what was passed over, `bots` events of programs among it. */
  report(bots: number): void
}

/** Reads events, with a progress bar where somebody may be looking, and tells of bad rows as they come. */
export function openEvents(sources: readonly string[], options: EventInputOptions): EventInput {
  const { quiet = false, timeZone, timeUnit } = options
  const mapping = mappingFor(options)
  let progress = startProgress({ label: 'reading', total: undefined, quiet: true })
  let faults = 0
  const source = readEvents(sources, {
    ...(mapping && { mapping }),
    ...(timeZone !== undefined && { timeZone }),
    ...(timeUnit !== undefined && { timeUnit }),
    onBadRow(row) {
      if (++faults <= FAULTS_SHOWN) complain(row)
    },
    onProgress({ bytes, totalBytes }) {
      if (bytes === 0) progress = startProgress({ label: 'reading', total: totalBytes, quiet })
      progress.set(bytes)
    },
  })
  return {
    async *[Symbol.asyncIterator]() {
      try {
        yield* source
      } finally {
        progress.done()
      }
    },
    async *[GLANCES](isWhole) {
      try {
        yield* source[GLANCES](isWhole)
      } finally {
        progress.done()
      }
    },
    get summary() {
      return source.summary
    },
    report(bots) {
      const { bad, duplicates, rows, files } = source.summary
      if (bad > 0) say(`${formatNumber(bad)} of ${formatNumber(rows)} rows could not be used and are not counted.`)
      if (quiet) return
      const repeated = duplicates > 0 ? `, ${formatNumber(duplicates)} of them again and not counted twice` : ''
      if (bots > 0) say(`${formatCount(bots, 'event')} made by programs: left out; see --bots.`)
      say(`Read ${formatCount(rows, 'event')} from ${formatCount(files, 'file')}${repeated}.`)
    },
  }
}

export function complain({ file, line, reason }: BadRow): void {
  say(`${file}:${line}: ${reason}`)
}

/** One line on stderr. */
export function say(text: string): void {
  process.stderr.write(`${printable(text)}\n`)
}

import { createChannelRules, EVENT_MAPPINGS, readEvents } from '@jejak/attribution'
import type { BadRow, ChannelRules, EventMapping, EventMappingName, ReadSummary } from '@jejak/attribution'
import { STAGE_MODELS } from '@jejak/events'
import type { StageModelName, StoredEvent } from '@jejak/events'
import { Command, InvalidArgumentError, Option } from 'commander'
import { listOf } from '../option-parsers.ts'
import { formatNumber } from '../output/numbers.ts'
import { startProgress } from '../output/progress.ts'
import { printable } from '../output/table.ts'

// What the commands that read events have in common: their arguments, and how they tell what they met.

export interface EventInputOptions {
  readonly from?: EventMappingName
  readonly map?: Readonly<Record<string, string>>
  readonly timeZone?: string
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

export function eventCommand(name: string, defaultModel: StageModelName, argument: string = '<events...>'): Command {
  return new Command(name)
    .argument(argument, 'files (NDJSON, CSV or Parquet, packed with gzip or not), folders or globs; - reads standard input')
    .addOption(new Option('--from <log>', 'whose log it is, if not ours').choices(Object.keys(EVENT_MAPPINGS)))
    .option(
      '--map <fields>',
      'which column of a foreign log means what: name=event,time=timestamp,visitor_id=user,url=page; repeatable',
      mappingOf,
    )
    .option('--time-zone <name>', 'of times in a foreign log that name none (default: UTC)')
    .addOption(
      new Option('--stage-model <name>', 'how the seven stages are read as fewer')
        .choices(Object.keys(STAGE_MODELS))
        .default(defaultModel),
    )
    .option('--bots', 'count programs that read pages by themselves too', false)
    .option('--own-host <hosts>', 'further hosts of the shop: coming from these is no new contact', listOf<string>())
    .option(
      '--payment-host <hosts>',
      'further payment pages: coming back from these is no new contact',
      listOf<string>(),
    )
    .addOption(new Option('--strict <rules>', 'name channels exactly as GA4 does').choices(['ga4']))
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

export interface EventInput extends AsyncIterable<StoredEvent> {
  readonly summary: ReadSummary
  /** Says on stderr what was read and what was passed over, `bots` events of programs among it. */
  report(bots: number): void
}

/** Reads events, with a progress bar where somebody may be looking, and tells of bad rows as they come. */
export function openEvents(sources: readonly string[], options: EventInputOptions): EventInput {
  const { quiet = false, timeZone } = options
  const mapping = mappingFor(options)
  let progress = startProgress({ label: 'reading', total: undefined, quiet: true })
  let faults = 0
  const source = readEvents(sources, {
    ...(mapping && { mapping }),
    ...(timeZone !== undefined && { timeZone }),
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
    get summary() {
      return source.summary
    },
    report(bots) {
      const { bad, duplicates, rows, files } = source.summary
      if (bad > 0) say(`${formatNumber(bad)} of ${formatNumber(rows)} rows could not be used and are not counted.`)
      if (quiet) return
      const repeated = duplicates > 0 ? `, ${formatNumber(duplicates)} of them again and counted once` : ''
      if (bots > 0) say(`${formatNumber(bots)} events were made by programs and are left out; see --bots.`)
      say(`Read ${formatNumber(rows)} events from ${formatNumber(files)} ${files === 1 ? 'file' : 'files'}${repeated}.`)
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

/** The mapping of a known log, with single fields from elsewhere where that was asked for. */
function mappingFor({ from, map }: EventInputOptions): EventMapping | undefined {
  if (!from && !map) return undefined
  return { ...(from && EVENT_MAPPINGS[from]), ...map } as EventMapping
}

function mappingOf(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const pairs = text.split(',').map(part => {
    const at = part.indexOf('=')
    return [part.slice(0, Math.max(0, at)).trim(), part.slice(at + 1).trim()] as const
  })
  if (pairs.some(([field, column]) => field === '' || column === '')) {
    throw new InvalidArgumentError('Expected fields as FIELD=COLUMN, apart by commas, such as name=event,time=timestamp.')
  }
  return { ...before, ...Object.fromEntries(pairs) }
}

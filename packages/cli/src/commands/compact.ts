import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { appendFile, mkdir, mkdtemp, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { gzipSync } from 'node:zlib'
import { readEvents } from '@jejak/attribution'
import type { StoredEvent } from '@jejak/events'
import { Command } from 'commander'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { someText } from '../option-parsers.ts'
import { formatCount } from '../output/numbers.ts'
import { complain, say } from './event-input.ts'

interface CompactOptions {
  readonly output: string
  readonly quiet?: boolean
}

/** Every reader of Parquet knows gzip, and Node has nothing better before 22. */
const PACKING = { codec: 'GZIP', compressors: { GZIP: gzipSync }, rowGroupSize: 100_000 } as const

/** So much text of a day is gathered before it is written: a year has few days, and each has its own file. */
const MOST_GATHERED = 1_000_000

export function compactCommand(): Command {
  return new Command('compact')
    .argument('<events...>', 'files (.ndjson, .ndjson.gz, .parquet), folders or globs')
    .summary('stored events as Parquet, a file for each day')
    .description(
      'Writes stored events as Parquet, each once, a folder for each day (UTC) on which they happened: small, and read by DuckDB, Spark, BigQuery and the like, and by jejak itself. The columns that questions are asked by stand for themselves, and the whole event is in `event`. The file of a day is replaced by what is read now.',
    )
    .requiredOption('-o, --output <folder>', 'where the files go', someText)
    .option('-q, --quiet', 'say nothing besides the result and errors')
    .addHelpText(
      'after',
      '\nExamples:\n  jejak compact events -o parquet\n  duckdb -c "select name, count(*) from \'parquet/**/*.parquet\' group by all"',
    )
    .action(compact)
}

async function compact(sources: readonly string[], { output, quiet = false }: CompactOptions): Promise<void> {
  await mkdir(output, { recursive: true })
  // Beside the result, on the same disk; the name begins so that nothing takes it for a day.
  const scratch = await mkdtemp(join(output, '.unfinished-'))
  try {
    const count = await sortByDay(sources, scratch)
    const days = (await readdir(scratch)).toSorted()
    for (const day of days) {
      const events = await readDay(join(scratch, day))
      const bytes = await writeDay(join(output, `day=${day}`), events)
      if (!quiet) say(`${day}: ${formatCount(events.length, 'event')}, ${formatCount(bytes, 'byte')}`)
    }
    process.stdout.write(`${formatCount(count, 'event')} of ${formatCount(days.length, 'day')} written to ${output}\n`)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function sortByDay(sources: readonly string[], scratch: string): Promise<number> {
  const gathered = new Map<string, string[]>()
  let length = 0
  let count = 0
  const flush = async (): Promise<void> => {
    for (const [day, lines] of gathered) await appendFile(join(scratch, day), lines.join(''))
    gathered.clear()
    length = 0
  }
  for await (const event of readEvents(sources, { onBadRow: complain })) {
    const day = new Date(event.corrected_time).toISOString().slice(0, 10)
    const line = `${JSON.stringify(event)}\n`
    gathered.set(day, [...(gathered.get(day) ?? []), line])
    count++
    if ((length += line.length) > MOST_GATHERED) await flush()
  }
  await flush()
  return count
}

async function readDay(file: string): Promise<StoredEvent[]> {
  const events: StoredEvent[] = []
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity }))
    events.push(JSON.parse(line) as StoredEvent)
  return events
}

/** On the disk before it takes the place of what was there. Gives back its size in bytes. */
async function writeDay(folder: string, events: readonly StoredEvent[]): Promise<number> {
  const bytes = new Uint8Array(parquetWriteBuffer({ columnData: columnsOf(events), ...PACKING }))
  await mkdir(folder, { recursive: true })
  const file = join(folder, 'events.parquet')
  const unfinished = join(folder, `.${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}`)
  const handle = await open(unfinished, 'w')
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(unfinished, file)
  return bytes.length
}

function columnsOf(events: readonly StoredEvent[]): Parameters<typeof parquetWriteBuffer>[0]['columnData'] {
  const texts = (name: string, read: (event: StoredEvent) => string | null | undefined) => ({
    name,
    type: 'STRING' as const,
    data: events.map(event => read(event) ?? null),
  })
  const times = (name: string, read: (event: StoredEvent) => number) => ({
    name,
    type: 'TIMESTAMP' as const,
    data: events.map(event => new Date(read(event))),
  })
  return [
    texts('id', ({ id }) => id),
    texts('name', ({ name }) => name),
    texts('stage', ({ stage }) => stage),
    times('time', ({ corrected_time }) => corrected_time),
    times('received_at', ({ received_at }) => received_at),
    texts('visitor_id', ({ visitor_id }) => visitor_id),
    texts('user_id', ({ user_id }) => user_id),
    texts('account_id', ({ account_id }) => account_id),
    texts('session_id', ({ session_id }) => session_id),
    texts('consent', ({ consent }) => consent),
    { name: 'bot', type: 'BOOLEAN', data: events.map(({ bot }) => bot ?? false) },
    texts('event', event => JSON.stringify(event)),
  ]
}

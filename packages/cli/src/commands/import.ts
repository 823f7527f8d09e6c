import { CONTACT_FIELDS, CONTACT_KINDS, contactMapping, readEvents } from '@jejak/attribution'
import type { EventMapping } from '@jejak/attribution'
import { createNdjsonSink } from '@jejak/collector/sinks/ndjson'
import type { StoredEvent } from '@jejak/events'
import { Command } from 'commander'
import { UsageError } from '../errors.ts'
import { timeZoneOf } from '../option-parsers.ts'
import { helpList } from '../output/help-list.ts'
import { formatCount, formatNumber } from '../output/numbers.ts'
import { complain, FAULTS_SHOWN, say } from './event-input.ts'
import { columnsOf } from './mapping-input.ts'
import type { ColumnsOfFields } from './mapping-input.ts'
import { readSecret } from './secret-file.ts'

interface ImportOptions {
  readonly folder: string
  readonly map?: ColumnsOfFields
  readonly timeZone?: string
  readonly hashKey?: string
  readonly countryCode?: string
  readonly quiet?: boolean
}

/** So many events are handed to the folder at once. */
const TOGETHER = 500

export function importCommand(): Command {
  return new Command('import')
    .argument('<tables...>', 'files (CSV, NDJSON or Parquet; .gz too), folders or globs; - reads standard input')
    .summary('add contacts that no page saw')
    .description(
      'Adds shop visits, calls, events attended and printed codes to a folder of events, so that journeys have them among the visits of pages. A row is one contact of one person. Importing a table again adds what is new in it.',
    )
    .option('-o, --folder <folder>', 'where the events are, and go', 'events')
    .option(
      '--map <fields>',
      'columns that have other names, as time=Tanggal,kind=Jenis; repeatable',
      columnsOf(CONTACT_FIELDS),
    )
    .option('--time-zone <name>', 'of times that name none; without it such rows are left out', timeZoneOf)
    .option('--hash-key <file>', 'a file with a secret, to make hashes of e-mail addresses and phone numbers')
    .option('--country-code <digits>', 'what a 0 at the beginning of a phone number stands for, such as 62')
    .option('-q, --quiet', 'say nothing besides the result and errors')
    .addHelpText('after', `\nFields: ${CONTACT_FIELDS.join(', ')}\n`)
    .addHelpText(
      'after',
      helpList(
        'Kinds, and their channels where the table has none:',
        Object.entries(CONTACT_KINDS).map(([kind, { channel }]) => [kind, channel]),
      ),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  jejak import contacts.csv -o events --time-zone Asia/Jakarta\n  jejak import calls.csv --map time=Waktu,phone=Nomor --hash-key key.txt --country-code 62',
    )
    .action(importContacts)
}

async function importContacts(tables: readonly string[], options: ImportOptions): Promise<void> {
  const { folder, timeZone, quiet } = options
  let faults = 0
  const contacts = readEvents(tables, {
    mapping: mappingOf(options),
    ...(timeZone !== undefined && { timeZone }),
    onBadRow(row) {
      if (++faults <= FAULTS_SHOWN) complain(row)
    },
  })
  const sink = createNdjsonSink({ folder })
  let stored = 0
  let waiting: StoredEvent[] = []
  const store = async () => {
    stored += (await sink.write(waiting)).stored.length
    waiting = []
  }
  try {
    for await (const contact of contacts) if (waiting.push(contact) >= TOGETHER) await store()
    await store()
  } finally {
    await sink.close()
  }

  const { rows, bad } = contacts.summary
  if (bad > FAULTS_SHOWN) say(`… and ${formatNumber(bad - FAULTS_SHOWN)} more rows.`)
  const known = rows - bad - stored
  const besides = [
    ...(known > 0 ? [`${formatNumber(known)} there before`] : []),
    ...(bad > 0 ? [`${formatCount(bad, 'row')} left out`] : []),
  ]
  process.stdout.write(`${[`${formatCount(stored, 'contact')} added to ${folder}`, ...besides].join(', ')}\n`)
  if (bad > 0 && bad === rows) throw new Error('no row of it could be used')
  if (stored > 0 && !quiet) say(`See what they brought: jejak attribute ${folder}`)
}

function mappingOf({ map, timeZone, hashKey, countryCode }: ImportOptions): EventMapping {
  const personal = (['email', 'phone'] as const).find(field => map?.[field] !== undefined)
  if (personal && hashKey === undefined)
    throw new UsageError(`--map ${personal}=… needs --hash-key <file>: it is only kept as a hash, made with a secret`)
  try {
    return contactMapping({
      ...(map && { columns: map }),
      hasTimeZone: timeZone !== undefined,
      ...(hashKey !== undefined && { hashKey: readSecret(hashKey) }),
      ...(countryCode !== undefined && { countryCode }),
    })
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message.replace('contactMapping: ', 'import: '))
    throw error
  }
}

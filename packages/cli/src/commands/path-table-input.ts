import { readPathTable, transformPaths } from '@jejak/attribution'
import type { PathStore, PathTransform } from '@jejak/attribution'
import { InvalidArgumentError } from 'commander'
import type { Command } from 'commander'
import { UsageError } from '../errors.ts'
import { daysOf, someText } from '../option-parsers.ts'
import { formatCount, formatNumber } from '../output/numbers.ts'
import { startProgress } from '../output/progress.ts'
import { complain, FAULTS_SHOWN, say } from './event-input.ts'

// How a table of counted paths is asked for on the command line, in place of events.

export interface PathTableInputOptions {
  readonly paths?: string
  readonly separator?: string
  readonly columns?: Readonly<Record<string, string>>
  readonly step?: number
  readonly transform?: readonly PathTransform[]
  readonly quiet?: boolean
}

/** The heading of these options. */
export const PATH_TABLE_OPTIONS = 'Table of paths, in place of events:'

const COLUMNS = ['path', 'conversions', 'value', 'nulls']

export function withPathTableOptions(command: Command): Command {
  return command
    .optionsGroup(PATH_TABLE_OPTIONS)
    .option('--paths <file>', 'read a table of counted paths in place of events: CSV, .gz too; - reads standard input')
    .option('--separator <text>', 'what stands between the channels of a path (default: >)', someText)
    .option('--columns <names>', 'columns by other names than usual: path=journey,conversions=orders', columnsOf)
    .option('--step <time>', 'for models that go by time: how far apart steps are taken to lie (default: 1d)', daysOf)
}

export async function readPaths(file: string, options: PathTableInputOptions): Promise<PathStore> {
  const { separator, columns, transform, quiet = false } = options
  let progress = startProgress({ label: 'reading', total: undefined, quiet: true })
  let faults = 0
  const { paths, summary } = await readPathTable(file, {
    ...(separator !== undefined && { separator }),
    ...(columns && { columns }),
    onBadRow(row) {
      if (++faults <= FAULTS_SHOWN) complain(row)
    },
    onProgress({ bytes, totalBytes }) {
      if (bytes === 0) progress = startProgress({ label: 'reading', total: totalBytes, quiet })
      progress.set(bytes)
    },
  })
    .catch((error: unknown) => {
      throw inOptions(error, file)
    })
    .finally(() => progress.done())
  const { rows, bad } = summary
  if (bad > 0) say(`${formatNumber(bad)} of ${formatNumber(rows)} rows could not be used and are not counted.`)
  if (!quiet) {
    const over = `${formatCount(paths.size, 'distinct path')} over ${formatCount(paths.channels.length, 'channel')}`
    say(`Read ${formatCount(rows, 'row')} with ${over}.`)
  }
  return transform ? transformPaths(paths, transform) : paths
}

/** What the library says of its options, said of ours. */
function inOptions(error: unknown, file: string): unknown {
  if (!(error instanceof Error)) return error
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Error(`There is no file "${file}"`)
  const said = error.message.replace(/^readPathTable: /, '')
  const here = said.replace(
    /name the one that is meant in `columns`$/,
    'say which is meant, as in --columns conversions=NAME',
  )
  return here === said ? new Error(said) : new UsageError(here)
}

function columnsOf(text: string): Readonly<Record<string, string>> {
  const pairs = text.split(',').map(part => {
    const at = part.indexOf('=')
    return [part.slice(0, Math.max(0, at)).trim(), part.slice(at + 1).trim()] as const
  })
  const wrong = pairs.some(([column, name]) => !COLUMNS.includes(column) || name === '')
  if (wrong)
    throw new InvalidArgumentError(
      `Expected columns as ${COLUMNS[0]}=NAME, apart by commas; there are ${COLUMNS.join(', ')}.`,
    )
  return Object.fromEntries(pairs)
}

import { readPathTable } from '@jejak/attribution'
import type { PathStore } from '@jejak/attribution'
import { InvalidArgumentError } from 'commander'
import type { Command } from 'commander'
import { daysOf } from '../option-parsers.ts'
import { formatNumber } from '../output/numbers.ts'
import { startProgress } from '../output/progress.ts'
import { complain, FAULTS_SHOWN, say } from './event-input.ts'

// How a table of counted paths is asked for on the command line, in place of events.

export interface PathTableInputOptions {
  readonly paths?: string
  readonly separator?: string
  readonly columns?: Readonly<Record<string, string>>
  readonly step: number
  readonly quiet?: boolean
}

const COLUMNS = ['path', 'conversions', 'value', 'nulls']

export function withPathTableOptions(command: Command): Command {
  return command
    .option('--paths <file>', 'read a table of paths in place of events: CSV with a path, how often it converted and what for')
    .option('--separator <text>', 'what stands between the channels of a path (default: >)')
    .option('--columns <names>', 'columns by other names than usual: path=journey,conversions=orders', columnsOf)
    .option('--step <time>', 'for models that go by time: how far apart the steps of a path are taken to lie', daysOf, 1)
}

export async function readPaths(file: string, options: PathTableInputOptions): Promise<PathStore> {
  const { separator, columns, quiet = false } = options
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
  }).finally(() => progress.done())
  const { rows, bad } = summary
  if (bad > 0) say(`${formatNumber(bad)} of ${formatNumber(rows)} rows could not be used and are not counted.`)
  if (!quiet) say(`Read ${formatNumber(rows)} rows with ${formatNumber(paths.size)} distinct paths over ${formatNumber(paths.channels.length)} channels.`)
  return paths
}

function columnsOf(text: string): Readonly<Record<string, string>> {
  const pairs = text.split(',').map(part => {
    const at = part.indexOf('=')
    return [part.slice(0, Math.max(0, at)).trim(), part.slice(at + 1).trim()] as const
  })
  const wrong = pairs.some(([column, name]) => !COLUMNS.includes(column) || name === '')
  if (wrong) throw new InvalidArgumentError(`Expected columns as ${COLUMNS[0]}=NAME, apart by commas; there are ${COLUMNS.join(', ')}.`)
  return Object.fromEntries(pairs)
}

import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { writeEventLog } from './event-log.mjs'
import { median, spread } from './median.mjs'
import { writePathTable } from './path-tables.mjs'

const run = promisify(execFile)

const HEURISTICS = ['first-touch', 'last-touch', 'last-non-direct', 'linear', 'position']

/** What path tables are shared out by. Heavy work is measured fewer times. */
const PATH_WAYS = {
  read: { kind: 'read', runs: 3 },
  heuristics: { models: HEURISTICS, runs: 3 },
  'markov-1': { models: ['markov:order=1'], runs: 3 },
  'markov-2': { models: ['markov:order=2'], runs: 2 },
  'markov-3': { models: ['markov:order=3'], runs: 1 },
  shapley: { models: ['shapley'], runs: 3 },
}

const INTERVAL_MODELS = { heuristics: HEURISTICS, 'markov-1': ['markov:order=1'], shapley: ['shapley'] }

const tables = {
  s20: { rows: 1_000_000, channels: 20 },
  s100: { rows: 1_000_000, channels: 100 },
  small: { rows: 10_000, channels: 12 },
}

/** Path tables: 1e6 journeys over 20 and over 100 channels, from path strings and from the counted paths. */
export const pathsBench = benchOf(
  'Path tables of 1,000,000 journeys',
  ['s20', 's100'].flatMap(table => [
    { name: `paths/${table}/split`, input: table, kind: 'split', runs: 3 },
    ...Object.entries(PATH_WAYS).flatMap(([way, task]) => {
      const ofTable = { input: table, baseline: `paths/${table}/split` }
      if (task.kind === 'read') return [{ ...ofTable, ...task, name: `paths/${table}/read` }]
      return ['strings', 'store'].map(kind => ({ ...ofTable, kind, ...task, name: `paths/${table}/${way}/${kind}` }))
    }),
  ]),
  'Ratios are to `readFileSync`, `split` at line ends and `split` at ">" of the same file. `strings` begins with the ' +
    'file, `store` with the counted paths (its peak memory includes reading). ' +
    'ChannelAttribution is skipped: it is an R and Python package of native code, which npm does not have.',
)

/** What chance does to the credits: 200 refits. */
export const intervalBench = benchOf(
  'Intervals from 200 refits on a path table of 10,000 rows',
  [
    { name: 'interval/split', input: 'small', kind: 'split', runs: 3 },
    ...Object.entries(INTERVAL_MODELS).flatMap(([way, models]) => {
      const task = { input: 'small', kind: 'store', models, runs: 3 }
      const once = { ...task, name: `interval/${way}/once`, baseline: 'interval/split' }
      const interval = { samples: 200, seed: 1 }
      return [once, { ...task, name: `interval/${way}/200-refits`, baseline: once.name, interval }]
    }),
  ],
  'Ratios of 200 refits are to the same model run once.',
)

/** Event logs: from a file to the credits of the default models, beside only parsing the same file line by line. */
export const eventsBench = benchOf(
  'Event logs',
  [
    { size: '1e5', runs: 3 },
    { size: '1e6', runs: 2 },
    { size: '1e7', runs: 1, large: true },
  ].flatMap(({ size, ...rest }) => [
    { ...rest, name: `events/${size}/parse`, input: size, kind: 'lines' },
    { ...rest, name: `events/${size}/attribute`, input: size, kind: 'events', baseline: `events/${size}/parse` },
  ]),
  'From NDJSON to the credits of the default models; ratios are to `readline` and `JSON.parse` of the same file, which ' +
    'is what no reader of it can go below. 1e7 events (6 GB of log) only with --large or by name.',
)

/** A part of the bench: its measurements by name, and what runs those that are wanted. */
function benchOf(title, measurements, note) {
  const bench = async ({ wanted, named = () => false, large = false }) => {
    const chosen = measurements.filter(one => wanted(one.name) && (!one.large || large || named(one.name)))
    const baselines = measurements.filter(one => chosen.some(({ baseline }) => baseline === one.name))
    const all = measurements.filter(one => chosen.includes(one) || baselines.includes(one))
    const measured = await measure(all)
    const results = all.map(task => resultOf(task, measured))
    return {
      title,
      head: ['measurement', 'CPU s', 'spread', 'wall s', 'peak MB', 'ratio', 'of'],
      rows: results.map(rowOf),
      results,
      note,
    }
  }
  return Object.assign(bench, { measurements: measurements.map(({ name }) => name) })
}

/** Runs every task as often as it says, one after the other in rounds, so that a busy minute hits all alike. */
async function measure(tasks) {
  const folder = mkdtempSync(join(tmpdir(), 'jejak-bench-'))
  const files = new Map()
  const measured = new Map(tasks.map(({ name }) => [name, []]))
  try {
    for (let round = 0; round < Math.max(0, ...tasks.map(({ runs }) => runs)); round++) {
      for (const { name, input, runs, ...task } of tasks) {
        if (round >= runs) continue
        if (!files.has(input)) files.set(input, writeInput(join(folder, input), input))
        measured.get(name).push(await runAlone({ ...task, file: files.get(input) }))
      }
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  return measured
}

function writeInput(file, input) {
  if (Object.hasOwn(tables, input)) writePathTable(file, tables[input])
  else writeEventLog(file, Number(input))
  return file
}

async function runAlone(task) {
  const script = new URL('./attribution-task.mjs', import.meta.url).pathname
  try {
    const { stdout } = await run(process.execPath, [script, JSON.stringify(task)], { timeout: 30 * 60_000 })
    return JSON.parse(stdout)
  } catch (error) {
    return {
      skipped: String(error.stderr || error.message)
        .trim()
        .split('\n')
        .at(-1),
    }
  }
}

function resultOf({ name, baseline }, measured) {
  const runs = measured.get(name)
  const skipped = runs.find(run => run.skipped !== undefined)?.skipped
  if (skipped !== undefined) return { name, skipped }
  const cpu = runs.map(run => run.cpu_s)
  const of = measured.get(baseline)?.map(run => run.cpu_s) ?? []
  return {
    name,
    runs: runs.length,
    cpu_s: median(cpu),
    cpu_s_lowest: Math.min(...cpu),
    cpu_s_highest: Math.max(...cpu),
    wall_s: median(runs.map(run => run.wall_s)),
    peak_rss_mb: Math.round(median(runs.map(run => run.peak_rss_mb))),
    ...(of.length > 0 && !of.includes(undefined) && { ratio: median(cpu) / median(of), of: baseline }),
    ...(runs[0].note && { note: runs[0].note }),
  }
}

function rowOf({ name, skipped, cpu_s, cpu_s_lowest, cpu_s_highest, wall_s, peak_rss_mb, ratio, of }) {
  if (skipped !== undefined) return [name, `skipped: ${skipped}`, '', '', '', '', '']
  const digits = value => value.toFixed(cpu_s < 1 ? 3 : 2)
  return [
    name,
    digits(cpu_s),
    spread([cpu_s_lowest, cpu_s_highest], digits),
    digits(wall_s),
    String(peak_rss_mb),
    ratio === undefined ? '' : ratio.toFixed(2),
    of ?? '',
  ]
}

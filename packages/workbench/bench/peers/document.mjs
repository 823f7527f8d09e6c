import { cpus } from 'node:os'
import { median, spread } from '../median.mjs'
import { FAULTS } from './faults.mjs'
import { NOTHING } from './trackers.mjs'

/** What was measured, as `docs/benchmarks.md`. */
export function describe({ trackers, bundles, costs, faults, runs, slowDown, version }) {
  const idle = key => median(costs.get(NOTHING.name).map(run => run[key]))
  const net = (name, key) => costs.get(name).map(run => run[key] - (NET.has(key) ? idle(key) : 0))
  const best = key =>
    Math.min(
      ...trackers.filter(({ name, keeps }) => keeps && name !== 'Jejak').map(({ name }) => median(net(name, key))),
    )
  const cell = (name, key, digits = 0) => {
    const values = net(name, key)
    return `${median(values).toFixed(digits)} (${spread(values, value => value.toFixed(digits))})`
  }
  const ratio = key => {
    const own = costs.get('Jejak') && median(net('Jejak', key))
    return own === undefined || !Number.isFinite(best(key)) ? '–' : (own / best(key)).toFixed(2)
  }
  const table = (head, rows) =>
    [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')

  const cost = table(
    [
      'tracker',
      'bundle, brotli',
      'gzip',
      'start, CPU ms',
      'one call, µs',
      'one event all in, CPU µs',
      `500 calls refused, CPU ms`,
      'bytes per event',
      'requests for 100',
      'arrived',
      'tasks over 50 ms',
    ],
    trackers.map(({ name, version: own }) => [
      own ? `${name} ${own}` : name,
      bundles.get(name).brotli.toLocaleString('en'),
      bundles.get(name).gzip.toLocaleString('en'),
      cell(name, 'initMs', 1),
      cell(name, 'callUs'),
      cell(name, 'eventUs'),
      cell(name, 'refusedMs'),
      median(costs.get(name).map(run => run.bytes)).toFixed(0),
      median(costs.get(name).map(run => run.requests)),
      `${(100 * median(costs.get(name).map(run => run.arrived))).toFixed(0)} %`,
      costs.get(name).reduce((sum, run) => sum + run.longTasks, 0),
    ]),
  )
  const goals = table(
    ['what', 'Jejak to the best peer that keeps its events', 'goal'],
    [
      ['start, CPU', ratio('initMs'), '≤ 0.3'],
      ['one event all in, CPU', ratio('eventUs'), '≤ 0.4'],
      ['500 calls while the endpoint refuses, CPU', ratio('refusedMs'), '≤ 0.1'],
      ['bytes per event', ratio('bytes'), '≤ 0.3'],
    ],
  )
  const names = Object.keys(FAULTS)
  const lost = table(
    ['tracker', ...names.map(name => FAULTS[name].title)],
    trackers
      .filter(({ name }) => faults.has(name))
      .map(({ name }) => [
        name,
        ...names.map(fault => {
          const { lost: count, doubled } = faults.get(name)[fault]
          return `${count > 0 ? `**${count}**` : 0}${doubled > 0 ? ` (+${doubled})` : ''}`
        }),
      ]),
  )
  return `# Benchmarks

Made by \`npm run bench:browser\` on ${new Date().toISOString().slice(0, 10)}: Chromium ${version}, Node ${process.versions.node}, ${cpus().length} cores${slowDown > 1 ? `, the browser slowed down ${slowDown} times` : ''}, ${runs} runs of each in turns; ${runs === 2 ? 'the greater of the two' : 'medians'}, and from the least to the greatest. The machine was shared with other work: judge ratios, not figures. Every tracker is set up as its documentation says, bundled by esbuild and pointed at one local endpoint.

## What it costs a page

CPU is that of the page's main thread by the browser's own accounting, less that of the same page without a tracker. "Start" is loading, compiling and setting up; "one event all in" is of 100 calls at 10 ms each, until six seconds later, sending included.

${cost}

${goals}

"Keeps its events" are those with a store that outlives the page: Snowplow, RudderStack, Amplitude, Mixpanel and Jejak.

## What is lost under faults

Of 20 events unless it says otherwise, counted by the endpoint up to 15 seconds later, one trial each: how many never arrived, and (+) how many arrivals were of events that had come before. Second arrivals of Jejak's have the same id, and its collector stores them once. A page that is opened again tracks nothing by itself here: what a tracker sends only when the next event comes (Snowplow does so) has not arrived, as with a visitor who looks no further.

${lost}
`
}

/** What the same page costs without a tracker is taken off these. */
const NET = new Set(['initMs', 'eventUs', 'refusedMs', 'callUs'])

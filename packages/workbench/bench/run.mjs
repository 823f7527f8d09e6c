// `npm run bench`: what Jejak costs, beside a plain baseline in the same run. Prints what it measured as tables for
// people and one line of JSON a measurement for programs; judge ratios, not figures: they move with the machine.
// `npm run bench -- --only paths/s20` (or just `paths/s20`) picks parts or measurements; `--large` adds the largest.
import { eventsBench, intervalBench, pathsBench } from './attribution.mjs'
import { browserBench } from './browser.mjs'
import { collectorBench } from './collector.mjs'
import { sizeBench } from './size.mjs'

const parts = {
  size: sizeBench,
  browser: browserBench,
  collector: collectorBench,
  paths: pathsBench,
  interval: intervalBench,
  events: eventsBench,
}
/** Names for several parts at once. */
const groups = { attribution: ['paths', 'interval', 'events'] }

const { only, large } = readArguments(process.argv.slice(2))
const chosen = only.flatMap(name => groups[name] ?? [name])
for (const name of chosen) {
  if (Object.keys(parts).some(part => partHas(part, name))) continue
  const measurements = Object.values(parts).flatMap(part => part.measurements ?? [])
  console.error(
    `bench: there is no part and no measurement "${name}". Parts: ${Object.keys(parts).join(', ')}; ` +
      `${Object.keys(groups).join(', ')} for several. Measurements: ${measurements.join(', ')}, ` +
      'or the beginning of such a name up to a slash',
  )
  process.exit(2)
}

for (const [name, part] of Object.entries(parts)) {
  if (chosen.length > 0 && !chosen.some(choice => partHas(name, choice))) continue
  const wanted = measurement => chosen.length === 0 || chosen.some(choice => begins(measurement, choice))
  const named = measurement => chosen.some(choice => choice !== name && begins(measurement, choice))
  const { title, head, rows, results, note } = await part({ wanted, named, large })
  console.log(`\n## ${title}\n`)
  for (const cells of [head, head.map(() => '---'), ...rows]) console.log(`| ${cells.join(' | ')} |`)
  console.log(`\n${note}\n`)
  const lines = results ?? rows.map(cells => Object.fromEntries(head.map((column, at) => [column, cells[at]])))
  for (const line of lines) console.log(JSON.stringify({ part: name, ...line }))
}

/** Whether the part is meant, or a measurement of it. */
function partHas(part, name) {
  return name === part || (parts[part].measurements ?? []).some(measurement => begins(measurement, name))
}

/** A name means itself and all below it: `paths/s20` also `paths/s20/read`. */
function begins(measurement, name) {
  return measurement === name || measurement.startsWith(`${name}/`)
}

function readArguments(words) {
  const only = []
  let large = false
  for (let at = 0; at < words.length; at++) {
    const [flag, value] = words[at].startsWith('--') ? words[at].split(/=(.*)/s) : ['--only', words[at]]
    if (flag === '--large') large = true
    else if (flag === '--only') only.push(...(value ?? words[++at] ?? '').split(','))
    else {
      console.error(`bench: there is no option ${flag}; there are --only NAME and --large`)
      process.exit(2)
    }
  }
  return { only, large }
}

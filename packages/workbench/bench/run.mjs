// `npm run bench`: what Jejak costs, beside a plain baseline in the same run. Prints what it measured; judge ratios,
// not figures: they move with the machine. `npm run bench -- browser` runs one part alone.
import { attributionBench } from './attribution.mjs'
import { browserBench } from './browser.mjs'
import { collectorBench } from './collector.mjs'
import { sizeBench } from './size.mjs'

const parts = { size: sizeBench, browser: browserBench, collector: collectorBench, attribution: attributionBench }
const chosen = process.argv.slice(2)
const unknown = chosen.find(name => !Object.hasOwn(parts, name))
if (unknown) {
  console.error(`bench: there is no part "${unknown}"; there are ${Object.keys(parts).join(', ')}`)
  process.exit(2)
}

for (const [name, part] of Object.entries(parts)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  const { title, head, rows, note } = await part()
  console.log(`\n## ${title}\n`)
  for (const cells of [head, head.map(() => '---'), ...rows]) console.log(`| ${cells.join(' | ')} |`)
  console.log(`\n${note}`)
}

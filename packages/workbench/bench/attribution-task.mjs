// One measurement of the attribution bench, alone in its process, so that its memory is its own. Takes a task as JSON
// and prints one line of JSON.
import { createReadStream, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import {
  attribute,
  attributePaths,
  buildJourneys,
  createChannelRules,
  parseModel,
  readEvents,
  readPathTable,
} from '@jejak/attribution'

const tasks = {
  /** What no reader of path strings in JavaScript does without. */
  split:
    ({ file }) =>
    () => {
      const channels = new Set()
      let conversions = 0
      for (const line of readFileSync(file, 'utf8').split('\n')) {
        const [path = '', count] = line.split(',')
        for (const channel of path.split('>')) channels.add(channel.trim())
        if (count) conversions += Number(count)
      }
      return `${channels.size} channels`
    },
  read:
    ({ file }) =>
    async () =>
      `${(await readPathTable(file)).paths.size} distinct paths`,
  /** From path strings to credits. */
  strings: ({ file, models, workers }) => {
    const made = models.map(parseModel)
    return async () => notesOf(await attributePaths((await readPathTable(file)).paths, made, { workers }))
  },
  /** From the counted paths to credits. */
  store: async ({ file, models, workers, interval }) => {
    const made = models.map(parseModel)
    const { paths } = await readPathTable(file)
    return async () => notesOf(await attributePaths(paths, made, { workers, ...(interval && { interval }) }))
  },
  lines:
    ({ file }) =>
    async () => {
      for await (const line of createInterface({ input: createReadStream(file) })) JSON.parse(line)
    },
  events:
    ({ file }) =>
    async () => {
      const { journeys } = await buildJourneys(readEvents(file), { channels: createChannelRules() })
      return `${(await attribute(journeys)).paths.size} distinct paths`
    },
}

try {
  const task = JSON.parse(process.argv[2])
  const work = await tasks[task.kind](task)
  const before = process.cpuUsage()
  const began = performance.now()
  const note = await work()
  const { user, system } = process.cpuUsage(before)
  const peak_rss_mb = process.resourceUsage().maxRSS / 1024
  console.log(
    JSON.stringify({ cpu_s: (user + system) / 1e6, wall_s: (performance.now() - began) / 1000, peak_rss_mb, note }),
  )
} catch (error) {
  console.log(JSON.stringify({ skipped: String(error?.message ?? error).split('\n')[0] }))
}

function notesOf(results) {
  return results.flatMap(({ notes = [] }) => notes).join(' ')
}

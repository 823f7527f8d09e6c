// Attribution from code: node examples/attribution-in-code/attribute.mjs <files or folders …>
import { attribute, buildJourneys, createChannelRules, markov, readEvents, timeDecay } from '@jejak/attribution'

const events = readEvents(process.argv.slice(2), {
  onBadRow: ({ file, line, reason }) => console.error(`${file}:${line}: ${reason}`),
})

const { journeys } = await buildJourneys(events, { channels: createChannelRules(), lookbackDays: 30 })
const { totals, models } = await attribute(journeys, { models: [timeDecay({ halfLifeDays: 3 }), markov()] })

console.log(`${totals.conversions} purchases from ${totals.journeys} journeys`)
for (const { model, credits } of models) {
  for (const { key, conversions } of credits) console.log(`${model}\t${key}\t${conversions.toFixed(2)}`)
}

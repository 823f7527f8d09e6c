// A log of visits and orders, made up so that it is known what each channel truly does: node simulate.mjs [world]
import { mkdirSync, writeFileSync } from 'node:fs'
import { causalTruth, simulatePeople, WORLDS } from '@jejak/attribution'

const FIRST_DAY = Date.UTC(2026, 0, 1)
const world = WORLDS[process.argv[2] ?? 'intent']
const luck = { people: 5_000, seed: 1 }

const at = days => new Date(FIRST_DAY + days * 86_400_000).toISOString()
const rows = []
for (const { number, contacts, boughtAt } of simulatePeople(world, luck)) {
  if (contacts.length === 0) continue // who never came is in no shop's log
  for (const { time, channel } of contacts) rows.push(`${at(time)},person-${number},page_view,${channel},`)
  if (boughtAt !== undefined) rows.push(`${at(boughtAt)},person-${number},purchase,,order-${number}`)
}

// The truth is an experiment: each channel is taken away from everybody in turn, and the purchases lost are counted.
const { channels } = await causalTruth(world, luck)
const truth = Object.fromEntries(channels.map(({ key, conversions }) => [key, Math.max(0, conversions)]))

mkdirSync('events', { recursive: true })
writeFileSync('events/visits.csv', `at,person,event,channel,order\n${rows.sort().join('\n')}\n`)
writeFileSync('events/truth.json', JSON.stringify(truth))
console.log(`events/visits.csv: ${rows.length} rows. ${world.meaning}`)

// Each model's credit beside the truth.
import { readFileSync } from 'node:fs'
import {
  attribute,
  buildJourneys,
  createChannelRules,
  hazard,
  lastTouch,
  markov,
  readEvents,
  shapley,
} from '@jejak/attribution'

const truth = JSON.parse(readFileSync('events/truth.json', 'utf8'))
const visits = readEvents('events/visits.csv', {
  mapping: { name: 'event', time: 'at', visitor_id: 'person', channel: 'channel', transaction_id: 'order' },
})

const { journeys } = await buildJourneys(visits, { channels: createChannelRules(), lookbackDays: 60 })
const { models } = await attribute(journeys, { models: [lastTouch, markov(), shapley(), hazard()] })

const sharesOf = credits => {
  const total = Object.values(credits).reduce((sum, credit) => sum + credit, 0)
  return Object.keys(truth).map(channel => (credits[channel] ?? 0) / total)
}
const percent = share => `${(100 * share).toFixed(1)} %`.padStart(10)
const line = (name, cells) => console.log(name.padEnd(16) + cells.join(''))

const trueShares = sharesOf(truth)
const shares = models.map(({ credits }) => sharesOf(Object.fromEntries(credits.map(c => [c.key, c.conversions]))))
line(
  '',
  ['truth', ...models.map(({ model }) => model)].map(name => name.padStart(12)),
)
Object.keys(truth).forEach((channel, at) => {
  line(channel, [trueShares[at], ...shares.map(share => share[at])].map(percent))
})
const misplaced = share => share.reduce((sum, part, at) => sum + Math.abs(part - trueShares[at]), 0) / 2
line('misplaced', [' '.repeat(10), ...shares.map(share => percent(misplaced(share)))])

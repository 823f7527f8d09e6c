import { attribute, buildJourneys, causalTruth, createChannelRules, MODELS, parseModel } from '@jejak/attribution'
import type { CausalTruth } from '@jejak/attribution'
import type { StoredEvent } from '@jejak/events'
import { loggedChannel } from '../simulation/arrivals.ts'
import { DEMO_WORLD, simulatedVisitorIds } from '../simulation/simulate-visitors.ts'
import { storedEvents } from '../stored-events.ts'

/** What the truth page shows. */
export interface DemoTruth {
  readonly visitors: number
  /** First orders: in the simulated world each person buys once. */
  readonly orders: number
  readonly truth: CausalTruth
  /** The channel that causes most first. */
  readonly channels: readonly { readonly name: string; readonly share: number }[]
  /** The model that is nearest to the truth first. */
  readonly models: readonly ModelBesideTruth[]
}

interface ModelBesideTruth {
  readonly name: string
  /** Of its credit, by channel in the order of `channels`. */
  readonly shares: readonly number[]
  /** The part of its credit that is at the wrong channel, 0 to 1: half of the sum of all differences. */
  readonly misplaced: number
}

/** Those that need stages say nothing of this world, which has none; `custom` is an agreement of one's own. */
const LEFT_OUT = ['custom', 'u-shaped', 'w-shaped', 'full-path']

/**
 * The credit of every model, from the events that the collector has stored of the simulated visitors, beside what their
 * world knows: how many orders each channel caused. Undefined if none of them has come.
 */
export async function truthOf(
  folder: string,
  { count, seed }: { readonly count: number; readonly seed: number },
): Promise<DemoTruth | undefined> {
  const visitors = simulatedVisitorIds({ count, seed })
  const events = await untilFirstOrder(storedEvents(folder), visitors)
  if (events.length === 0) return undefined

  const truth = await causalTruth(DEMO_WORLD, { people: count, seed })
  const lost = truth.channels.map(({ key, conversions }) => ({
    name: loggedChannel(key),
    share: Math.max(0, conversions),
  }))
  const channels = inShares(lost).toSorted((a, b) => b.share - a.share)

  const names = Object.keys(MODELS).filter(name => !LEFT_OUT.includes(name))
  const { journeys } = await buildJourneys(events, { channels: createChannelRules() })
  const { models, totals } = await attribute(journeys, { models: names.map(parseModel), conversions: ['purchase'] })
  const compared = models.map(({ model, credits }) => {
    const given = new Map([...credits].map(({ key, conversions }) => [key, conversions]))
    const shares = inShares(channels.map(({ name }) => ({ name, share: given.get(name) ?? 0 }))).map(one => one.share)
    return {
      name: model,
      shares,
      misplaced: distance(
        shares,
        channels.map(({ share }) => share),
      ),
    }
  })
  return {
    visitors: visitors.size,
    orders: totals.conversions,
    truth,
    channels,
    models: compared.toSorted((a, b) => a.misplaced - b.misplaced),
  }
}

/** What these visitors did up to their first order, with which their simulated world ends for them. */
async function untilFirstOrder(
  all: AsyncIterable<StoredEvent>,
  visitors: ReadonlySet<string>,
): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = []
  const ordered = new Map<string, number>()
  for await (const event of all) {
    if (!visitors.has(event.visitor_id)) continue
    events.push(event)
    const { visitor_id: id, corrected_time: time } = event
    if (event.name === 'purchase') ordered.set(id, Math.min(time, ordered.get(id) ?? Infinity))
  }
  return events.filter(({ visitor_id: id, corrected_time: time }) => time <= (ordered.get(id) ?? Infinity))
}

function inShares<Part extends { readonly share: number }>(parts: readonly Part[]): Part[] {
  const total = parts.reduce((sum, { share }) => sum + share, 0)
  return parts.map(part => ({ ...part, share: total === 0 ? 0 : part.share / total }))
}

function distance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, share, index) => sum + Math.abs(share - b[index]!), 0) / 2
}

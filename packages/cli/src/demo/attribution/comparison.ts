import type { AttributionResult } from '@jejak/attribution'
import { formatNumber } from '../../output/numbers.ts'

interface ChannelCredits {
  readonly channel: string
  /** In the order of the models. */
  readonly credits: readonly { readonly conversions: number; readonly value: number }[]
  /** The least and the most conversions that any model gives. */
  readonly least: number
  readonly most: number
}

/** Several models side by side, channel by channel. */
export interface Comparison {
  readonly models: readonly string[]
  /** The most credited channel first. */
  readonly channels: readonly ChannelCredits[]
  /** For people: what is to be seen. */
  readonly sentence: string
}

export function comparisonOf({ models, totals }: AttributionResult): Comparison {
  const names = models.map(({ model }) => model)
  const tables = models.map(({ credits }) => new Map(credits.map(credit => [credit.key, credit])))
  const channels = [...(tables[0]?.keys() ?? [])].map(channel => {
    const credits = tables.map(table => table.get(channel) ?? { conversions: 0, value: 0 })
    const conversions = credits.map(credit => credit.conversions)
    return { channel, credits, least: Math.min(...conversions), most: Math.max(...conversions) }
  })
  const ranked = channels.toSorted((a, b) => meanOf(b) - meanOf(a))
  return { models: names, channels: ranked, sentence: sentenceOf(names, ranked, totals.conversions) }
}

function meanOf({ credits }: ChannelCredits): number {
  return credits.reduce((sum, { conversions }) => sum + conversions, 0) / credits.length
}

function sentenceOf(models: readonly string[], channels: readonly ChannelCredits[], orders: number): string {
  const leaders = models.map((_, index) => {
    return channels.reduce((best, other) => {
      return other.credits[index]!.conversions > best.credits[index]!.conversions ? other : best
    })
  })
  const [leader] = channels
  if (!leader) return 'No order has a touch before it, so there is no credit to share out.'
  const ledBy = leaders.filter(({ channel }) => channel === leader.channel).length
  const first =
    ledBy === models.length
      ? `Every model gives ${leader.channel} the most credit.`
      : `${leader.channel} has the most credit on average, and under ${ledBy} of ${models.length} models.`

  const disputed = channels.reduce((widest, other) => (spreadOf(other) > spreadOf(widest) ? other : widest))
  if (spreadOf(disputed) < 0.5) return `${first} The models hardly differ: most orders followed a single contact.`
  const nameOf = (amount: number) => models[disputed.credits.findIndex(({ conversions }) => conversions === amount)]
  return (
    `${first} The models disagree most about ${disputed.channel}: ${formatNumber(disputed.least, 1)} of ${formatNumber(orders)} orders by ` +
    `“${nameOf(disputed.least)}”, ${formatNumber(disputed.most, 1)} by “${nameOf(disputed.most)}”.`
  )
}

function spreadOf({ least, most }: ChannelCredits): number {
  return most - least
}

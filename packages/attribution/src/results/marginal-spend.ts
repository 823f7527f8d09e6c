import { compareText } from '../compare-text.ts'
import { groupBy } from '../group-by.ts'
import type { ModelSettings } from '../models/model.ts'
import type { DailySpendLine } from './daily-spend.ts'
import { optionsText } from './output/attribution-rows.ts'

/** What a little more money went along with, by model and key. */
export interface MarginalSpend {
  readonly model: string
  readonly options: ModelSettings
  readonly key: string
  /** Days on which the model had a line of any key; those without one of this key count as 0. */
  readonly days: number
  readonly meanCost: number
  /** All cost by all conversions, for comparison. */
  readonly averageCpa: number | null
  /**
   * Between the first half of the days and the second: the cost that was added a day for each conversion that was added
   * a day. Null unless cost and conversions moved the same way.
   */
  readonly betweenHalves: number | null
  /** By the curve: the cost of one more conversion at the mean cost of a day. Null where the curve does not rise. */
  readonly incrementalCpa: number | null
  /** The curve `conversions = base + gain * ln(1 + cost / meanCost)`, by least squares over the days; null without one. */
  readonly curve: { readonly base: number; readonly gain: number; readonly gainError: number } | null
  /** Whether the rise is more than chance: the gain is above twice its standard error, on 14 days or more. */
  readonly isClear: boolean
}

/** To be shown wherever these numbers are. */
export const MARGINAL_CAVEAT: string =
  'Money follows demand: where more is spent on days on which more is sold anyway, these numbers flatter the channel. ' +
  'They describe what went together; only an experiment tells what more money would bring.'

/**
 * The marginal reading of spend: not what a conversion cost on average but what the last ones did, from how credit went
 * along with cost from day to day. The curve is concave, as channels saturate: its slope at the mean cost `m` is
 * `gain / (2 m)` conversions for a unit of money, and the incremental CPA is the inverse.
 *
 * See `MARGINAL_CAVEAT`.
 *
 * @param lines what `joinDailySpend` gives; best of credits by the day of the touch.
 */
export function marginalSpend(lines: readonly DailySpendLine[]): MarginalSpend[] {
  const modelOf = ({ model, options }: DailySpendLine): string => JSON.stringify([model, optionsText(options)])
  const dates = new Map(
    Array.from(groupBy(lines, modelOf), ([id, own]) => [
      id,
      [...new Set(own.map(({ date }) => date))].sort(compareText),
    ]),
  )
  const groups = groupBy(lines, ({ model, options, key }) => JSON.stringify([model, optionsText(options), key]))
  return Array.from(groups.values(), own => {
    const { model, options, key } = own[0]!
    const byDate = new Map(own.map(line => [line.date, line]))
    const days = dates.get(modelOf(own[0]!))!.map(date => byDate.get(date) ?? NO_LINE)
    const cost = sumOf(days, 'cost')
    const conversions = sumOf(days, 'conversions')
    const meanCost = cost / days.length
    const curve = meanCost > 0 ? fitCurve(days, meanCost) : null
    return {
      model,
      options,
      key,
      days: days.length,
      meanCost,
      averageCpa: conversions > 0 ? cost / conversions : null,
      betweenHalves: betweenHalves(days),
      incrementalCpa: curve && curve.gain > 0 ? (2 * meanCost) / curve.gain : null,
      curve,
      isClear: curve !== null && days.length >= 14 && curve.gain > 2 * curve.gainError,
    }
  })
}

type Day = Pick<DailySpendLine, 'cost' | 'conversions'>

const NO_LINE: Day = { cost: 0, conversions: 0 }

function betweenHalves(days: readonly Day[]): number | null {
  const half = days.length >> 1
  if (half === 0) return null
  const [before, after] = [days.slice(0, half), days.slice(-half)]
  const cost = sumOf(after, 'cost') - sumOf(before, 'cost')
  const conversions = sumOf(after, 'conversions') - sumOf(before, 'conversions')
  return cost * conversions > 0 ? cost / conversions : null
}

function fitCurve(days: readonly Day[], meanCost: number): MarginalSpend['curve'] {
  const n = days.length
  const x = days.map(({ cost }) => Math.log1p(Math.max(0, cost) / meanCost))
  const y = days.map(({ conversions }) => conversions)
  const meanX = x.reduce((sum, one) => sum + one, 0) / n
  const meanY = y.reduce((sum, one) => sum + one, 0) / n
  const spread = x.reduce((sum, one) => sum + (one - meanX) ** 2, 0)
  if (n < 3 || !(spread > 1e-12)) return null
  const gain = x.reduce((sum, one, at) => sum + (one - meanX) * (y[at]! - meanY), 0) / spread
  const base = meanY - gain * meanX
  const rest = x.reduce((sum, one, at) => sum + (y[at]! - base - gain * one) ** 2, 0)
  return { base, gain, gainError: Math.sqrt(rest / (n - 2) / spread) }
}

function sumOf(days: readonly Day[], name: 'cost' | 'conversions'): number {
  return days.reduce((sum, day) => sum + day[name], 0)
}

import { compareText } from '../compare-text.ts'
import { isMiss } from '../journey.ts'
import type { Journey } from '../journey.ts'
import { createPathStore } from '../paths/path-store.ts'
import { currencyCode } from './journey-tally.ts'
import { quantilesOf } from './time-to-convert.ts'
import { groupingOf } from './touch-grouping.ts'
import type { TouchGrouping } from './touch-grouping.ts'

export interface TopPathsOptions {
  /** By what touches are grouped. Default `channel`. */
  readonly by?: TouchGrouping
  /** How many paths. Default 20. */
  readonly limit?: number
  /** Only conversions of this name. Default: all. */
  readonly conversion?: string
  /** Only money in this currency counts as value. Default: all money, which must then be in one currency. */
  readonly currency?: string
  /** Takes touches of the same group in a row as one. Default false. */
  readonly collapse?: boolean
}

export interface TopPath {
  readonly path: readonly string[]
  readonly conversions: number
  readonly value: number
  readonly nulls: number
  /** The part of those who took it that converted. */
  readonly conversionRate: number
  /** From the first touch to the conversion: of half of them it took less. Null where none converted. */
  readonly medianDays: number | null
}

const DAY_MS = 86_400_000

/** The paths that most conversions took, with how long they took; the same number of conversions by name. */
export async function topPaths(
  journeys: Iterable<Journey> | AsyncIterable<Journey>,
  options: TopPathsOptions = {},
): Promise<TopPath[]> {
  const { by = 'channel', limit = 20, conversion: asked, collapse = false } = options
  const { keyOf } = groupingOf(by, 'topPaths')
  const currency = currencyCode(options.currency)
  const store = createPathStore()
  const lags = new Map<string, number[]>()
  const currencies = new Set<string>()

  for await (const journey of journeys) {
    const { touches, conversion } = journey
    if (!(conversion ? asked === undefined || conversion.name === asked : isMiss(journey, asked))) continue
    const keys = touches.map(keyOf).filter((key, at, all) => !collapse || at === 0 || key !== all[at - 1])
    if (!conversion) {
      store.add(keys, { nulls: 1 })
      continue
    }
    const own = conversion.value === 0 ? null : currencyCode(conversion.currency)
    if (conversion.value !== 0) currencies.add(own ?? '')
    if (currency === null && currencies.size > 1) {
      throw new RangeError(
        `topPaths: value in ${[...currencies].join(' and ')} cannot be added up; name one with \`currency\``,
      )
    }
    store.add(keys, { conversions: 1, value: currency === null || own === currency ? conversion.value : 0 })
    const text = JSON.stringify(keys)
    const first = touches[0]?.time ?? conversion.time
    const days = (conversion.time - first) / DAY_MS
    const known = lags.get(text)
    if (known) known.push(days)
    else lags.set(text, [days])
  }

  return Array.from(store, ({ touches, conversions, value, nulls }) => {
    const path = touches.map(id => store.channels[id]!)
    return { path, conversions, value, nulls }
  })
    .filter(({ path, conversions }) => path.length > 0 && conversions > 0)
    .map(row => ({ row, text: JSON.stringify(row.path) }))
    .sort((a, b) => b.row.conversions - a.row.conversions || compareText(a.text, b.text))
    .slice(0, limit)
    .map(({ row, text }) => ({
      ...row,
      conversionRate: row.conversions / (row.conversions + row.nulls),
      medianDays: quantilesOf(Float64Array.from(lags.get(text) ?? [])).median,
    }))
}

import { compareText } from '../compare-text.ts'
import type { ModelSettings } from '../models/model.ts'
import type { ModelResult } from './attribution-result.ts'
import { rankCorrelation, totalVariation } from './rank-correlation.ts'

/** Models side by side, and how far they are apart. */
export interface ModelComparison {
  readonly models: readonly { readonly model: string; readonly options: ModelSettings }[]
  /** The keys the models agree on least come first; then by name. */
  readonly keys: readonly KeyComparison[]
  /** Each two models, in their order. */
  readonly pairs: readonly ModelPair[]
}

export interface KeyComparison {
  readonly key: string
  /** Its share of all credited conversions by each model, in their order. */
  readonly shares: readonly number[]
  readonly lowest: number
  readonly highest: number
  /** `highest - lowest`. */
  readonly spread: number
}

export interface ModelPair {
  /** Places in `models`. */
  readonly first: number
  readonly second: number
  /**
   * The total variation distance of their shares: the part of all credit that one gives to other keys than the other.
   * 0 is agreement, 1 is none.
   */
  readonly distance: number
  /** Spearman's rank correlation of the shares, ties at their mean rank: 1 where the order is the same. Null where one
   * of them makes no difference between keys. */
  readonly rankCorrelation: number | null
}

/** Compares models that ran on the same journeys: the `models` of one table. */
export function compareModels(models: readonly ModelResult[]): ModelComparison {
  const shares = models.map(({ credits }) => new Map(credits.map(({ key, share }) => [key, share])))
  const names = [...new Set(shares.flatMap(of => [...of.keys()]))].sort(compareText)
  const columns = shares.map(of => names.map(key => of.get(key) ?? 0))
  const keys = names.map((key, place) => {
    const own = columns.map(column => column[place]!)
    const lowest = own.reduce((least, share) => Math.min(least, share), Infinity)
    const highest = own.reduce((most, share) => Math.max(most, share), -Infinity)
    return { key, shares: own, lowest, highest, spread: highest - lowest }
  })
  return {
    models: models.map(({ model, options }) => ({ model, options })),
    keys: keys.sort((a, b) => b.spread - a.spread || compareText(a.key, b.key)),
    pairs: models.flatMap((_, first) =>
      models.slice(first + 1).map((_other, after) => {
        const second = first + 1 + after
        const [one, other] = [columns[first]!, columns[second]!]
        return { first, second, distance: totalVariation(one, other), rankCorrelation: rankCorrelation(one, other) }
      }),
    ),
  }
}

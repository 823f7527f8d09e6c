import type { Bounds, ModelResult } from '../attribution-result.ts'
import type { ModelSettings } from '../../models/model.ts'
import { effectsOf, listOf } from './attribution-rows.ts'
import type { AttributedModels } from './attribution-rows.ts'

/** The models of one table, or of several one after the other, as programs read them. */
export interface AttributionJson {
  readonly models: readonly ModelJson[]
}

export interface ModelJson {
  readonly name: string
  readonly options: ModelSettings
  /** Of which table, where there is more than one. */
  readonly by?: string
  readonly conversion?: string
  readonly credits: readonly CreditJson[]
}

export interface CreditJson {
  readonly key: string
  readonly conversions: number
  readonly value: number
  /** The part of the conversions that would be lost without the key. */
  readonly removal_effect?: number
  /** Of the conversions. */
  readonly interval?: Bounds
  readonly value_interval?: Bounds
}

/**
 * What a program wants of results, in the order in which models were asked for. `JSON.stringify` writes it with every
 * digit of the numbers, and any name as it is: in JSON text cannot do harm.
 */
export function attributionJson(tables: AttributedModels | readonly AttributedModels[]): AttributionJson {
  const list = listOf(tables)
  return {
    models: list.flatMap(({ models, by, conversion }) =>
      models.map(result => ({
        name: result.model,
        options: result.options,
        ...(list.length > 1 && by !== undefined && { by }),
        ...(list.length > 1 && conversion !== undefined && { conversion }),
        credits: creditsOf(result),
      })),
    ),
  }
}

function creditsOf(result: ModelResult): CreditJson[] {
  const effects = effectsOf(result)
  return result.credits.map(({ key, conversions, value, interval }) => {
    const effect = effects.get(key)
    return {
      key,
      conversions,
      value,
      ...(effect && { removal_effect: effect.conversions }),
      ...(interval && { interval: interval.conversions, value_interval: interval.value }),
    }
  })
}

import type { ModelSettings } from '../../models/model.ts'
import type { AttributionTable, ModelResult } from '../attribution-result.ts'

/** One model's credit of one key, with all there is to say of it: a row of a flat file. */
export interface AttributionRow {
  readonly conversion: string
  /** By what touches were grouped. */
  readonly by: string
  readonly model: string
  /** As they are written after the model's name: `order=2,self-transitions=kept`. */
  readonly options: string
  readonly key: string
  readonly conversions: number
  readonly value: number
  readonly share: number
  /** Empty where no value has a currency. */
  readonly currency: string
  /** The part of the conversions that would be lost without the key; null for models that do not say. */
  readonly removal_effect: number | null
  // The bounds of the intervals; null where none were asked for.
  readonly conversions_low: number | null
  readonly conversions_high: number | null
  readonly value_low: number | null
  readonly value_high: number | null
  readonly share_low: number | null
  readonly share_high: number | null
}

export const ATTRIBUTION_COLUMNS: readonly (keyof AttributionRow)[] = [
  'conversion',
  'by',
  'model',
  'options',
  'key',
  'conversions',
  'value',
  'share',
  'currency',
  'removal_effect',
  'conversions_low',
  'conversions_high',
  'value_low',
  'value_high',
  'share_low',
  'share_high',
]

/** What a table's rows say besides the models: any of it may be left out, as where paths were attributed alone. */
export type AttributedModels = Pick<AttributionTable, 'models'> &
  Partial<Pick<AttributionTable, 'by' | 'conversion' | 'totals'>>

/** Results as flat rows: table after table, model after model, key after key, as they are there. */
export function attributionRows(tables: AttributedModels | readonly AttributedModels[]): AttributionRow[] {
  return listOf(tables).flatMap(({ by = 'channel', conversion = '', totals, models }) =>
    models.flatMap(result => {
      const effects = effectsOf(result)
      return result.credits.map(({ key, conversions, value, share, interval }) => ({
        conversion,
        by,
        model: result.model,
        options: optionsText(result.options),
        key,
        conversions,
        value,
        share,
        currency: totals?.currency ?? '',
        removal_effect: effects.get(key)?.conversions ?? null,
        conversions_low: interval?.conversions[0] ?? null,
        conversions_high: interval?.conversions[1] ?? null,
        value_low: interval?.value[0] ?? null,
        value_high: interval?.value[1] ?? null,
        share_low: interval?.share[0] ?? null,
        share_high: interval?.share[1] ?? null,
      }))
    }),
  )
}

/** Options as they are written after a model's name. In the text of an option, `%2C` stands for a comma. */
export function optionsText(options: ModelSettings): string {
  return Object.entries(options)
    .map(([name, value]) => `${name}=${String(value).replaceAll(',', '%2C')}`)
    .join(',')
}

export function effectsOf({ removalEffects = [] }: ModelResult): ReadonlyMap<string, RemovalEffectOf> {
  return new Map(removalEffects.map(effect => [effect.key, effect]))
}

type RemovalEffectOf = NonNullable<ModelResult['removalEffects']>[number]

/** The tables of a result, a table, or a list of them: as a list. */
export function listOf(tables: AttributedModels | readonly AttributedModels[]): readonly AttributedModels[] {
  if (Array.isArray(tables)) return tables as readonly AttributedModels[]
  const one = tables as AttributedModels & { readonly tables?: readonly AttributedModels[] }
  return one.tables ?? [one]
}

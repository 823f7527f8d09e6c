import type { Model } from '../models/model.ts'
import { DEFAULT_MODELS, MODELS } from '../models/registry.ts'
import type { RunOptions } from '../run-options.ts'
import type { ModelResult } from './attribution-result.ts'
import { fitModel } from './fit-models.ts'
import type { Counted } from './fit-models.ts'
import { intervalSettings, withIntervals } from './intervals.ts'
import type { IntervalOptions, IntervalSettings } from './intervals.ts'

/** Runs each model on what was counted, one after the other, and then the intervals of all of them. */
export async function runModels(
  models: readonly Model[],
  counted: Counted,
  interval: IntervalSettings | undefined,
  run: RunOptions,
): Promise<ModelResult[]> {
  const results: ModelResult[] = []
  for (const model of models) {
    run.signal?.throwIfAborted()
    run.onProgress?.({ label: model.name, done: results.length, total: models.length })
    results.push(await fitModel(model, counted, run))
  }
  run.onProgress?.({ label: 'models', done: models.length, total: models.length })
  return interval ? withIntervals(results, models, counted, interval, run) : results
}

/** The options of an interval with the defaults filled in; undefined if none is asked for. */
export function settingsOf(interval: IntervalOptions | boolean | undefined): IntervalSettings | undefined {
  return interval ? intervalSettings(interval) : undefined
}

export function runOf({ signal, onProgress, workers }: RunOptions): RunOptions {
  return { ...(signal && { signal }), ...(onProgress && { onProgress }), ...(workers && { workers }) }
}

export function defaultModels(): Model[] {
  return DEFAULT_MODELS.map(name => MODELS[name].create({}))
}

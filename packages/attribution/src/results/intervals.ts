import { setImmediate } from 'node:timers/promises'
import type { CreditAmount } from '../models/credit.ts'
import type { Model } from '../models/model.ts'
import type { CountedPaths, PathCounts } from '../paths/counted-paths.ts'
import type { RunOptions } from '../run-options.ts'
import type { Bounds, ModelResult } from './attribution-result.ts'
import { drawCounts, journeyIdentities } from './drawn-counts.ts'
import { prepareModel } from './fit-models.ts'
import type { Counted, DrawnCounts } from './fit-models.ts'
import { rowsByPath } from './rows-by-path.ts'

export interface IntervalOptions {
  /** The probability with which an interval is to hold the true credit, above 0 and below 1. Default 0.95. */
  readonly level?: number
  /** How often the data is drawn anew and every model fitted again. Default 200; at least 2. */
  readonly samples?: number
  /** The same seed draws the same. A whole number. Default 1. */
  readonly seed?: number
}

export type IntervalSettings = Required<IntervalOptions>

/** Fills in the defaults. @throws RangeError that says which option is out of range. */
export function intervalSettings(options: IntervalOptions | true): IntervalSettings {
  const { level = 0.95, samples = 200, seed = 1 } = options === true ? {} : options
  if (!(level > 0 && level < 1)) {
    throw new RangeError(`interval: \`level\` must be a number between 0 and 1, such as 0.95, got ${level}`)
  }
  if (!Number.isInteger(samples) || samples < 2 || samples > 1_000_000) {
    throw new RangeError(`interval: \`samples\` must be a whole number from 2 to 1000000, such as 200, got ${samples}`)
  }
  if (!Number.isSafeInteger(seed)) throw new RangeError(`interval: \`seed\` must be a whole number, got ${seed}`)
  return { level, samples, seed }
}

/**
 * Adds to each result between which bounds it lies, as far as chance in who came is concerned: the percentile interval
 * of the Poisson bootstrap (see `drawCounts`), in which every model is fitted again to each sample. All models of a
 * table are fitted to the same samples.
 *
 * It says nothing of what a model gets wrong however many people come.
 *
 * Source: N. Chamandy, O. Muralidharan, A. Najmi, S. Naidu, "Estimating uncertainty for massive data streams", Google,
 * 2012, for the Poisson bootstrap; B. Efron, R. Tibshirani, "An introduction to the bootstrap", 1993, chapter 13, for
 * percentile intervals.
 */
export async function withIntervals(
  results: readonly ModelResult[],
  models: readonly Model[],
  counted: Counted,
  { level, samples, seed }: IntervalSettings,
  options: RunOptions = {},
): Promise<ModelResult[]> {
  const { signal, onProgress } = options
  const draw = drawnCounts(counted, seed)
  // The work within each fit is not worth a report.
  const within: RunOptions = { ...(signal && { signal }), ...(options.workers && { workers: options.workers }) }
  const fits = results.map((result, at) => ({
    refit: prepareModel(models[at]!, counted, within),
    credits: createSamples(
      result.credits.map(({ key }) => key),
      samples,
    ),
    effects: createSamples(
      (result.removalEffects ?? []).map(({ key }) => key),
      samples,
    ),
  }))

  let paused = performance.now()
  for (let sample = 0; sample < samples; sample++) {
    signal?.throwIfAborted()
    const counts = draw(sample)
    for (const { refit, credits, effects } of fits) {
      const answer = refit(counts)
      const { credits: drawn, removalEffects = [] } = answer instanceof Promise ? await answer : answer
      credits.take(sample, drawn)
      effects.take(sample, removalEffects)
    }
    onProgress?.({ label: 'intervals', done: sample + 1, total: samples })
    if (performance.now() - paused > 50) {
      await setImmediate()
      paused = performance.now()
    }
  }

  return results.map((result, at) => {
    const { credits, effects } = fits[at]!
    const shares = credits.shares()
    return {
      ...result,
      credits: result.credits.map((credit, place) => ({
        ...credit,
        interval: {
          conversions: boundsOf(credits.conversions[place]!, level),
          value: boundsOf(credits.value[place]!, level),
          share: boundsOf(shares[place]!, level),
        },
      })),
      ...(result.removalEffects && {
        removalEffects: result.removalEffects.map((effect, place) => ({
          ...effect,
          interval: {
            conversions: boundsOf(effects.conversions[place]!, level),
            value: boundsOf(effects.value[place]!, level),
          },
        })),
      }),
    }
  })
}

/** Where there are journeys, they are drawn and the paths follow from them; else the paths are. */
function drawnCounts({ paths, journeys }: Counted, seed: number): (sample: number) => DrawnCounts {
  if (!journeys) {
    const draw = drawCounts(paths, seed)
    return sample => ({ paths: draw(sample) })
  }
  const draw = drawCounts(journeys, seed, journeyIdentities(journeys))
  const pathOf = rowsByPath(journeys, paths)
  return sample => {
    const counts = draw(sample)
    return { journeys: counts, paths: summedByPath(counts, pathOf, paths) }
  }
}

function summedByPath(counts: PathCounts, pathOf: Int32Array, { size }: CountedPaths): PathCounts {
  const sums = {
    conversions: new Float64Array(size),
    value: new Float64Array(size),
    squares: new Float64Array(size),
    nulls: new Float64Array(size),
  }
  for (const name of ['conversions', 'value', 'squares', 'nulls'] as const) {
    const to = sums[name]
    const from = counts[name]
    for (let row = 0; row < from.length; row++) to[pathOf[row]!]! += from[row]!
  }
  return sums
}

/** What each sample gave each key; 0 where it gave nothing. */
function createSamples(keys: readonly string[], samples: number) {
  const places = new Map(keys.map((key, place) => [key, place]))
  const conversions = keys.map(() => new Float64Array(samples))
  const value = keys.map(() => new Float64Array(samples))
  return {
    conversions,
    value,
    take(sample: number, amounts: Iterable<CreditAmount>): void {
      for (const amount of amounts) {
        const place = places.get(amount.key)
        if (place === undefined) continue
        conversions[place]![sample]! += amount.conversions
        value[place]![sample]! += amount.value
      }
    },
    /** Each key's part of the sample's conversions. */
    shares(): Float64Array[] {
      const totals = new Float64Array(samples)
      for (const column of conversions) for (let at = 0; at < samples; at++) totals[at]! += column[at]!
      return conversions.map(column => column.map((count, at) => (totals[at] === 0 ? 0 : count / totals[at]!)))
    },
  }
}

/** The quantiles between which `level` of the samples lie, each at place p (n + 1), which allows for so few samples. */
function boundsOf(samples: Float64Array, level: number): Bounds {
  const sorted = samples.toSorted()
  const quantile = (p: number): number => {
    const place = Math.min(Math.max(p * (sorted.length + 1) - 1, 0), sorted.length - 1)
    const below = Math.floor(place)
    const low = sorted[below]!
    const high = sorted[Math.min(below + 1, sorted.length - 1)]!
    return low === high ? low : low + (high - low) * (place - below)
  }
  const tail = (1 - level) / 2
  return [quantile(tail), quantile(1 - tail)]
}

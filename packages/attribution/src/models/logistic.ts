import { setImmediate } from 'node:timers/promises'
import type { CountedPaths } from '../paths/counted-paths.ts'
import type { RunOptions } from '../run-options.ts'
import { collapseToSets, countSets, learnableCounts } from './channel-sets.ts'
import type { ChannelSets, SetCounts } from './channel-sets.ts'
import { creditsOf, listed, shareByWeights, weighTouches } from './channel-sets-credits.ts'
import { signaturesOf } from './channel-sets-draws.ts'
import { createBags } from './logistic-bags.ts'
import { fitLogistic, probabilityOf } from './logistic-fit.ts'
import type { PathAttribution, PathModel } from './model.ts'

export interface LogisticOptions {
  /** How many regressions are fitted, each to a draw of its own. Default 200. */
  readonly bags?: number
  /** Which part of the journeys is drawn for each, above 0, at most 1. Default 0.5. */
  readonly sampleRows?: number
  /** With what probability each channel is in a regression, above 0, at most 1. Default 0.5. */
  readonly sampleChannels?: number
  /** What the draws are made from, a whole number. The same seed gives the same result. Default 1. */
  readonly seed?: number
  /** How strongly coefficients are drawn to 0: the lambda of lambda / 2 * sum of squares. Above 0. Default 1. */
  readonly ridge?: number
}

/**
 * The bagged logistic regression of X. Shao and L. Li, "Data-driven multi-touch attribution models", KDD 2011. Whether
 * a journey converts is explained by which channels are on it,
 *
 *     log(p / (1 - p)) = b_0 + sum over the channels c of the journey of b_c
 *
 * and fitted many times over, each time to a random part of the journeys and of the channels; a channel's coefficient
 * is the mean over the regressions it was in. Leaving others out in turn keeps channels that mostly appear together
 * from taking each other's part. Each conversion, and its value, is shared among the distinct channels of its journey:
 *
 *     share of c = max(0, b_c) / sum over the journey's channels of max(0, b); evenly where all are 0
 *
 * Negative coefficients (journeys with the channel convert less often) get no credit wherever there is one that is not;
 * a note says whose they are. `learned` has each `coefficient` and its standard deviation over the regressions,
 * `coefficient_spread`. `score` is the mean of the probabilities that all regressions give.
 *
 * Journeys are drawn with replacement (a Poisson count for each set of channels, conversions and nulls apart, so that
 * fractional counts work too), each channel by a coin. The draws are told from what came of the channels' journeys, not
 * from names or order. Fitted by Newton's method with an intercept and a small ridge penalty on the other coefficients,
 * which keeps them finite where a channel always or never converts. Sets of channels whose conversions or nulls are
 * negative on balance teach nothing. A draw in which all journeys convert, or none, is left out; if that is all of
 * them, as where there are no nulls, nothing can be learned and channels share evenly.
 *
 * For intervals, refits use a tenth of the regressions, at least 10: their draws differ between refits, so such an
 * interval is a little too wide rather than too narrow.
 *
 * Use it where channels come in many combinations and nulls are recorded: it compares journeys that are alike but for
 * one channel. Not with few conversions to a channel, nor to see what works only together: effects are taken to add up.
 *
 * @throws RangeError if an option is out of range.
 */
export function logistic(options: LogisticOptions = {}): PathModel {
  const settings = checked(options)
  const { bags, sampleRows, sampleChannels, seed, ridge } = settings
  return {
    kind: 'path',
    name: 'logistic',
    options: { bags, 'sample-rows': sampleRows, 'sample-channels': sampleChannels, seed, ridge },
    attribute(paths, run = {}) {
      const sets = collapseToSets(paths)
      return fit(sets, countSets(sets, paths.counts), settings, run)
    },
    prepare(paths: CountedPaths, run = {}) {
      const sets = collapseToSets(paths)
      const fewer = { ...settings, bags: Math.min(bags, Math.max(10, Math.ceil(bags / 10))) }
      return counts => fit(sets, countSets(sets, counts), fewer, { ...run, onProgress: () => {} })
    },
  }
}

async function fit(
  sets: ChannelSets,
  counts: SetCounts,
  settings: Required<LogisticOptions>,
  { signal, onProgress }: RunOptions,
): Promise<PathAttribution> {
  const { names } = sets
  const n = names.length
  const learnable = learnableCounts(counts)
  const drawBag = createBags(sets, learnable, signaturesOf(sets, learnable), settings)
  const models: Float64Array[] = []
  const means = new Float64Array(n)
  const squares = new Float64Array(n)
  const times = new Float64Array(n)
  const report = (done: number) => onProgress?.({ label: 'logistic regressions', done, total: settings.bags })

  report(0)
  let breath = performance.now()
  for (let bag = 0; bag < settings.bags; bag++) {
    signal?.throwIfAborted()
    const { channels, rows } = drawBag(bag)
    const fitted = fitLogistic(rows, channels.length, settings.ridge)
    if (fitted) {
      // The intercept is kept behind the coefficients; a channel that was not in this one has 0.
      const model = new Float64Array(n + 1)
      model[n] = fitted[0]!
      for (const [at, channel] of channels.entries()) {
        const coefficient = fitted[at + 1]!
        model[channel] = coefficient
        const difference = coefficient - means[channel]!
        means[channel]! += difference / ++times[channel]!
        squares[channel]! += difference * (coefficient - means[channel]!)
      }
      models.push(model)
    }
    if (performance.now() - breath > 50) {
      report(bag + 1)
      await setImmediate()
      breath = performance.now()
    }
  }
  report(settings.bags)

  const weights = means.map(mean => Math.max(0, mean))
  const placeOf = new Map(names.map((name, at) => [name, at]))
  return {
    credits: creditsOf(names, shareByWeights(sets, counts, weights)),
    learned: names.map((key, at) => ({
      key,
      values: {
        coefficient: means[at]!,
        coefficient_spread: times[at]! > 1 ? Math.sqrt(squares[at]! / (times[at]! - 1)) : 0,
      },
    })),
    notes: notesOf(names, means, models.length, settings.bags),
    weigh: path => weighTouches(path, channel => weights[placeOf.get(channel) ?? -1] ?? 0),
    score(path) {
      const places = Array.from(new Set(path), name => placeOf.get(name) ?? -1).filter(place => place !== -1)
      if (models.length === 0) return rateOf(learnable)
      return models.reduce((sum, model) => sum + probabilityOf(model, n, places), 0) / models.length
    },
  }
}

/** The rate at which all journeys convert: the best guess where nothing could be learned. */
function rateOf({ conversions, nulls }: SetCounts): number {
  const converted = conversions.reduce((sum, count) => sum + count, 0)
  const all = nulls.reduce((sum, count) => sum + count, converted)
  return all > 0 ? converted / all : 0
}

function notesOf(names: readonly string[], means: Float64Array, fitted: number, bags: number): string[] {
  if (fitted === 0) {
    return ['All journeys convert, or none: nothing can be learned, and the channels of a journey share it evenly.']
  }
  const notes: string[] = []
  if (fitted < bags) {
    notes.push(`Of ${bags} regressions ${bags - fitted} were left out: in their draws all journeys convert, or none.`)
  }
  const negative = names.filter((_, at) => means[at]! < 0)
  if (negative.length > 0) {
    notes.push(`The coefficients of these are negative and count as 0: ${listed(negative)}.`)
  }
  return notes
}

function checked(options: LogisticOptions): Required<LogisticOptions> {
  const { bags = 200, sampleRows = 0.5, sampleChannels = 0.5, seed = 1, ridge = 1 } = options
  const fault = (name: string, expected: string, got: unknown) =>
    new RangeError(`logistic: \`${name}\` must be ${expected}, got ${String(got)}`)
  if (!(Number.isInteger(bags) && bags >= 1 && bags <= 100_000))
    throw fault('bags', 'a whole number from 1 to 100000', bags)
  if (!(sampleRows > 0 && sampleRows <= 1)) throw fault('sampleRows', 'above 0 and at most 1', sampleRows)
  if (!(sampleChannels > 0 && sampleChannels <= 1))
    throw fault('sampleChannels', 'above 0 and at most 1', sampleChannels)
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31))
    throw fault('seed', 'a whole number from 0 to 2147483647', seed)
  if (!(ridge > 0 && ridge < Infinity)) throw fault('ridge', 'a finite number above 0', ridge)
  return { bags, sampleRows, sampleChannels, seed, ridge }
}

import type { Model } from '../models/model.ts'
import type { CountedPaths } from '../paths/counted-paths.ts'
import { timedFromPaths } from '../paths/timed-from-paths.ts'
import type { RunOptions } from '../run-options.ts'
import { defaultModels, runModels, runOf, settingsOf } from './run-models.ts'
import type { ModelResult } from './attribution-result.ts'
import { creditsByShares, timedShares } from './fit-models.ts'
import type { IntervalOptions } from './intervals.ts'

export interface AttributePathsOptions extends RunOptions {
  /** As in `AttributeOptions`. */
  readonly interval?: IntervalOptions | boolean
  /**
   * Lets models that go by time run on paths, which have no times, as if every step had taken so many days. Default:
   * such models are refused.
   */
  readonly stepDays?: number
}

/**
 * Runs models on counted paths alone, for those who have a path table and no journeys.
 * @param models Default: those in `DEFAULT_MODELS`, less those that need the times of touches, unless `stepDays` is
 *   there.
 * @throws RangeError (as a rejection) if a model needs the times of touches and there is no `stepDays`.
 */
export async function attributePaths(
  paths: CountedPaths,
  models?: readonly Model[],
  options: AttributePathsOptions = {},
): Promise<ModelResult[]> {
  const { stepDays } = options
  const run = models ?? defaultModels().filter(model => stepDays !== undefined || !needsTimes(model))
  const timed = run.filter(needsTimes)
  if (timed.length > 0 && stepDays === undefined) {
    throw new RangeError(
      `attributePaths: the model "${timed[0]!.name}" needs the times of touches; give it journeys, or say with ` +
        '`stepDays` how long a step took',
    )
  }

  const rules = timed.filter(model => model.kind === 'rule')
  const journeys = timed.length > 0 ? timedFromPaths(paths, stepDays) : undefined
  const shares = new Map(journeys ? rules.map(rule => [rule, timedShares(rule, journeys)]) : [])
  const followed = new Map(Array.from(shares, ([rule, own]) => [rule, creditsByShares(paths, own)(paths.counts)]))
  const counted = { paths, followed, shares, ...(journeys && { journeys }) }
  return runModels(run, counted, settingsOf(options.interval), runOf(options))
}

function needsTimes(model: Model): boolean {
  return model.kind === 'timed' || (model.kind === 'rule' && model.timed)
}

import type { Model } from '../models/model.ts'
import { ontoSteps } from '../models/onto-steps.ts'
import type { SteppedRule } from '../models/onto-steps.ts'
import type { CountedPaths } from '../paths/counted-paths.ts'
import { timedFromPaths } from '../paths/timed-from-paths.ts'
import type { RunOptions } from '../run-options.ts'
import { defaultModels, runModels, runOf, settingsOf } from './run-models.ts'
import type { ModelResult } from './attribution-result.ts'
import type { IntervalOptions } from './intervals.ts'

export interface AttributePathsOptions extends RunOptions {
  /** As in `AttributeOptions`. */
  readonly interval?: IntervalOptions | boolean
  /**
   * Lets models that go by time run on paths, which have no times, as if every step had taken so many days; `step` of a
   * model goes before it. Default: such models are refused.
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
  const asked = models ?? defaultModels().filter(model => stepDays !== undefined || !needsTimes(model))
  const run = asked.map(model => {
    const isSteppable =
      model.kind === 'rule' && model.timed && (stepDays ?? (model as SteppedRule).stepDays) !== undefined
    return isSteppable ? ontoSteps(model, (model as SteppedRule).stepDays ?? stepDays) : model
  })
  const timed = run.find(needsTimes)
  if (timed && stepDays === undefined) {
    throw new RangeError(
      `attributePaths: the model "${timed.name}" needs the times of touches; give it journeys, or say with ` +
        '`stepDays` how long a step took',
    )
  }

  const counted = { paths, followed: new Map(), ...(timed && { journeys: timedFromPaths(paths, stepDays) }) }
  return runModels(run, counted, settingsOf(options.interval), runOf(options))
}

function needsTimes(model: Model): boolean {
  return model.kind === 'timed' || (model.kind === 'rule' && model.timed)
}

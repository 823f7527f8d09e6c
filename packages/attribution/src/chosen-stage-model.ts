import { JOURNEY_STAGES, STAGE_MODELS } from '@jejak/events'
import type { StageModel, StageModelName } from '@jejak/events'

/** A stage model, with its stages in order. */
export interface ChosenStageModel extends StageModel {
  /** The name it was chosen by; `own` for a model that came as an object. */
  readonly name: StageModelName | 'own'
  /** The model's stage names, each once, in the order of `JOURNEY_STAGES`. */
  readonly order: readonly string[]
}

/** Whose journeys a stage model reads. A visitor that was identified is a person. */
export function unitOf({ unit }: Pick<StageModel, 'unit'>): 'person' | 'account' {
  return unit === 'account' ? 'account' : 'person'
}

/**
 * The stage model of that name, or a shop's own, checked.
 *
 * @throws {TypeError} if there is no such model, or an own one is incomplete.
 */
export function chooseStageModel(model: StageModelName | StageModel): ChosenStageModel {
  if (typeof model === 'object' && model !== null) return chosen('own', checkedModel(model))
  if (Object.hasOwn(STAGE_MODELS, model)) return chosen(model, STAGE_MODELS[model])
  throw new TypeError(
    `\`stageModel\`: there is no model "${model}"; there are ${Object.keys(STAGE_MODELS).join(', ')}, ` +
      'or pass a model of your own: { unit, stages }',
  )
}

function chosen(name: StageModelName | 'own', { unit, stages }: StageModel): ChosenStageModel {
  return { name, unit, stages, order: [...new Set(JOURNEY_STAGES.map(stage => stages[stage]))] }
}

function checkedModel(model: StageModel): StageModel {
  if (model.unit !== 'visitor' && model.unit !== 'account') {
    throw new TypeError(`\`stageModel.unit\`: expected "visitor" or "account", got ${JSON.stringify(model.unit)}`)
  }
  for (const stage of JOURNEY_STAGES) {
    const name: unknown = model.stages?.[stage]
    if (typeof name !== 'string' || name === '') {
      throw new TypeError(
        `\`stageModel.stages\`: expected the model's name for "${stage}", got ${JSON.stringify(name)}`,
      )
    }
  }
  return model
}

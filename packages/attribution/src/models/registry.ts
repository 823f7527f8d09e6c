import { markov } from './markov.ts'
import type { MarkovOptions } from './markov.ts'
import type { Model } from './model.ts'
import { firstTouch, lastNonDirect, lastTouch, linear, positionBased, timeDecay } from './rules.ts'
import type { LastNonDirectOptions, PositionWeights, TimeDecayOptions } from './rules.ts'
import { shapley } from './shapley.ts'

/** The options of all models together; each model takes its own. */
export interface ModelOptions extends LastNonDirectOptions, TimeDecayOptions, MarkovOptions {
  /** The weights of `position-based`. Default 0.4, 0.2, 0.4. */
  readonly weights?: PositionWeights
}

export interface ModelDescription {
  /** One sentence: how it gives credit. */
  readonly meaning: string
  /** When to use it, and when not. */
  readonly use: string
  /** @throws RangeError if an option of this model is out of range. */
  create(options?: ModelOptions): Model
}

export type ModelName =
  | 'first'
  | 'last'
  | 'last-non-direct'
  | 'linear'
  | 'position-based'
  | 'time-decay'
  | 'markov'
  | 'shapley'

/** Every model by name, from the simplest to those that learn. */
export const MODELS: Readonly<Record<ModelName, ModelDescription>> = {
  first: {
    meaning: 'All credit goes to the first touch.',
    use: 'To see what brings new people; it is blind to everything after the first contact.',
    create: () => firstTouch,
  },
  last: {
    meaning: 'All credit goes to the last touch.',
    use: 'As the baseline most tools report; it rewards whatever stands next to the till.',
    create: () => lastTouch,
  },
  'last-non-direct': {
    meaning: 'All credit goes to the last touch that is not Direct, or to the last one if all are.',
    use: 'To compare with the last click of Google Analytics; as one-sided as the last touch.',
    create: lastNonDirect,
  },
  linear: {
    meaning: 'Every touch gets the same credit, repeated ones each time.',
    use: 'As the neutral rule when nothing is known yet; repetition, as in retargeting, collects credit.',
    create: () => linear,
  },
  'position-based': {
    meaning: 'The first and the last touch get 40 % each, those between share 20 %.',
    use: 'Where first contact and closing are known to matter; the answer is put in by hand.',
    create: options => positionBased(options?.weights),
  },
  'time-decay': {
    meaning: 'A touch gets half as much credit for every seven days it lies before the conversion.',
    use: 'For short decisions such as a sale; what began a long one would get next to nothing.',
    create: timeDecay,
  },
  markov: {
    meaning:
      'Each channel gets credit in proportion to the conversions that would be lost if journeys ended where they reach it.',
    use: 'Where journeys without a conversion are recorded too; with few journeys there is little to learn from.',
    create: markov,
  },
  shapley: {
    meaning:
      'The distinct channels of a journey share its conversion evenly, which is the Shapley value of the sum game.',
    use: 'For a fair split that repetition cannot inflate; it does not look at journeys that failed.',
    create: shapley,
  },
}

/**
 * The model of that name.
 * @throws RangeError if there is none of that name, with the names there are, or if an option of it is out of range.
 */
export function modelByName(name: string, options: ModelOptions = {}): Model {
  if (!isModelName(name)) {
    throw new RangeError(`There is no attribution model "${name}". There are: ${Object.keys(MODELS).join(', ')}`)
  }
  return MODELS[name].create(options)
}

function isModelName(name: string): name is ModelName {
  return Object.hasOwn(MODELS, name)
}

import { MODELS } from '@jejak/attribution'
import type { ModelName, ModelSettings } from '@jejak/attribution'

/** The model's name with those of its options that are not as usual: `markov order=2`. */
export function modelTitle(model: string, options: ModelSettings): string {
  const usual = Object.hasOwn(MODELS, model) ? (MODELS[model as ModelName].create({}).options ?? {}) : {}
  const own = Object.entries(options).filter(([key, value]) => usual[key] !== value)
  return [model, ...own.map(([key, value]) => `${key}=${value}`)].join(' ')
}

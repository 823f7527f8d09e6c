import { MODELS, parseModel } from '@jejak/attribution'
import type { ModelName, ModelSettings } from '@jejak/attribution'

/**
 * The model's name with those of its options that make it what it is, as they are written to ask for it:
 * `markov:order=2`.
 */
export function modelTitle(model: string, options: ModelSettings): string {
  const usual = Object.hasOwn(MODELS, model) ? (MODELS[model as ModelName].create({}).options ?? {}) : {}
  let own = Object.entries(options).filter(([key, value]) => usual[key] !== value)
  // Some options follow from others.
  for (const [key] of own) {
    const others = own.filter(([other]) => other !== key)
    if (isMadeBy(titleOf(model, others), options)) own = others
  }
  return titleOf(model, own)
}

function titleOf(model: string, options: readonly (readonly [string, string | number | boolean])[]): string {
  const list = options.map(([key, value]) => `${key}=${String(value).replaceAll(',', '%2C')}`).join(',')
  return list === '' ? model : `${model}:${list}`
}

function isMadeBy(title: string, options: ModelSettings): boolean {
  try {
    const made = parseModel(title).options ?? {}
    const keys = Object.keys(made)
    return keys.length === Object.keys(options).length && keys.every(key => made[key] === options[key])
  } catch {
    return false
  }
}

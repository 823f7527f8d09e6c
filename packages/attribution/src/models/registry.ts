import { CHAIN_ENTRIES } from './chain-entries.ts'
import type { ChainName } from './chain-entries.ts'
import { GAME_ENTRIES } from './game-entries.ts'
import type { GameName } from './game-entries.ts'
import type { ModelEntry } from './model-entry.ts'
import type { Model } from './model.ts'
import { RULE_ENTRIES } from './rule-entries.ts'
import type { RuleName } from './rule-entries.ts'
import { SET_ENTRIES } from './set-entries.ts'
import type { SetName } from './set-entries.ts'
import { TIME_ENTRIES } from './time-entries.ts'
import type { TimeName } from './time-entries.ts'

export type ModelName = RuleName | ChainName | GameName | SetName | TimeName

/** Every model by name, from the simplest to those that learn. */
export const MODELS: Readonly<Record<ModelName, ModelEntry>> = {
  ...RULE_ENTRIES,
  ...CHAIN_ENTRIES,
  ...GAME_ENTRIES,
  ...SET_ENTRIES,
  ...TIME_ENTRIES,
}

/** The models that run where none is asked for: one of each kind that works on everything. */
export const DEFAULT_MODELS: readonly ModelName[] = [
  'first-touch',
  'last-touch',
  'last-non-direct',
  'linear',
  'position',
  'time-decay',
  'markov',
  'shapley',
]

/**
 * The model that a text names, with its options after a colon, apart by commas: `last-touch`, `markov:order=2`,
 * `time-decay:half-life=7d`.
 * @throws RangeError that names the model or the option, says what was expected and what came.
 */
export function parseModel(text: string): Model {
  const colon = text.indexOf(':')
  const name = colon === -1 ? text : text.slice(0, colon)
  if (!isModelName(name)) {
    throw new RangeError(`There is no attribution model "${name}". There are: ${Object.keys(MODELS).join(', ')}`)
  }
  const entry = MODELS[name]
  const parts = colon === -1 ? [] : text.slice(colon + 1).split(',')
  return entry.create(Object.fromEntries(parts.map(part => settingOf(name, entry, part))))
}

function settingOf(name: ModelName, { options }: ModelEntry, part: string): [string, unknown] {
  const [, key = '', value = ''] = /^\s*([^=]*?)\s*=(.*)$/s.exec(part) ?? [undefined, part.trim()]
  if (!Object.hasOwn(options, key)) {
    const known = Object.keys(options)
    const hint = known.length === 0 ? 'it takes none' : `it takes ${known.map(option => `${option}=…`).join(', ')}`
    throw new RangeError(`The model "${name}" has no option "${key}": ${hint}`)
  }
  try {
    return [key, options[key]!.read(value)]
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new RangeError(`The option "${key}" of the model "${name}": expected ${error.message}, got "${value}"`)
  }
}

function isModelName(name: string): name is ModelName {
  return Object.hasOwn(MODELS, name)
}

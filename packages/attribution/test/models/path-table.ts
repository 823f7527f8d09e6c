import { attributePaths, createPathStore } from '@jejak/attribution'
import type { ModelResult, OrderRule, PathModel, PathOutcome, PathStore, TransitionRow } from '@jejak/attribution'

/** A path store from rows such as `'A > B': { conversions: 1 }`. */
export function pathTable(rows: Readonly<Record<string, PathOutcome>>): PathStore {
  const paths = createPathStore()
  for (const [path, outcome] of Object.entries(rows)) paths.add(path.split(' > '), outcome)
  return paths
}

export async function run(model: OrderRule | PathModel, paths: PathStore): Promise<ModelResult> {
  const [result] = await attributePaths(paths, [model])
  return result as ModelResult
}

export function conversionsOf(result: ModelResult): Record<string, number> {
  return Object.fromEntries(result.credits.map(({ key, conversions }) => [key, conversions]))
}

export function valueOf(result: ModelResult): Record<string, number> {
  return Object.fromEntries(result.credits.map(({ key, value }) => [key, value]))
}

export function removalEffectsOf(result: ModelResult): Record<string, number> {
  return Object.fromEntries((result.removalEffects ?? []).map(({ key, conversions }) => [key, conversions]))
}

/** The rows of the fitted chain; none where the model has none. */
export function rowsOf(result: ModelResult): readonly TransitionRow[] {
  return (result.kind === 'path' && result.transitions?.()) || []
}

/** The transitions as `from>to`, with `(start)`, `(conversion)` and `(null)` as the literature writes them. */
export function transitionsOf(result: ModelResult): Record<string, number> {
  const steps: Record<string, number> = {}
  for (const { from, to, conversion, none } of rowsOf(result)) {
    const state = from[0] ?? '(start)'
    for (const { key, probability } of to) steps[`${state}>${key}`] = probability
    if (conversion > 0) steps[`${state}>(conversion)`] = conversion
    if (none > 0) steps[`${state}>(null)`] = none
  }
  return steps
}

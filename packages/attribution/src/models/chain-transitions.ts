import { compareText } from '../compare-text.ts'
import type { ChainWeights } from './chain-weights.ts'
import type { WindowChain } from './chain-windows.ts'
import { outgoing } from './chain-task.ts'
import type { TransitionRow } from './model.ts'

/**
 * The chain as rows with names: the start, then each state by its channels. The start leads to whole windows: in a chain
 * of order 2 or more, the names of such a window are joined by ` > `.
 * @param keepStays whether steps from a state to itself are counted.
 */
export function transitionRows(chain: WindowChain, weights: ChainWeights, keepStays: boolean): TransitionRow[] {
  const { size, order, names, windows, into, from } = chain
  const channelsOf = Array.from({ length: size }, (_, state) =>
    Array.from(windows.subarray(state * order, state * order + order))
      .filter(rank => rank >= 0)
      .map(rank => names[rank]!),
  )
  const out = outgoing(size, into, from)

  const begun = channelsOf.map((channels, state) => ({ key: channels.join(' > '), weight: weights.starts[state]! }))
  const rows = channelsOf.map((channels, state) => {
    const steps: { key: string; weight: number }[] = []
    for (let at = out.starts[state]!; at < out.starts[state + 1]!; at++) {
      steps.push({ key: channelsOf[out.to[at]!]!.at(-1)!, weight: weights.moves[out.moves[at]!]! })
    }
    if (keepStays) steps.push({ key: channels.at(-1)!, weight: weights.stays[state]! })
    return rowOf(channels, steps, weights.conversions[state]!, weights.nulls[state]!)
  })
  // Channels that are on no path are states of a chain of order 1 all the same: nothing leads there.
  if (order === 1) {
    const walked = new Set(channelsOf.map(([channel]) => channel))
    for (const name of names) if (!walked.has(name)) rows.push(rowOf([name], [], 0, 0))
  }
  return [rowOf([], begun, 0, 0), ...rows.sort((a, b) => compareNames(a.from, b.from))]
}

function rowOf(
  from: readonly string[],
  steps: readonly { key: string; weight: number }[],
  conversions: number,
  nulls: number,
): TransitionRow {
  const weight = steps.reduce((sum, step) => sum + step.weight, conversions + nulls)
  const part = (of: number): number => (weight === 0 ? 0 : of / weight)
  return {
    from,
    weight,
    to: steps
      .map(step => ({ key: step.key, probability: part(step.weight) }))
      .filter(({ probability }) => probability > 0)
      .sort((a, b) => b.probability - a.probability || compareText(a.key, b.key)),
    conversion: part(conversions),
    none: part(nulls),
  }
}

function compareNames(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < a.length && at < b.length; at++) {
    const order = compareText(a[at]!, b[at]!)
    if (order !== 0) return order
  }
  return a.length - b.length
}

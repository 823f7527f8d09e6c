import { withCounts } from '../paths/counted-paths.ts'
import type { CountedPaths } from '../paths/counted-paths.ts'
import type { RunOptions } from '../run-options.ts'
import { createEffectsSolver } from './chain-effects.ts'
import type { EffectsSolver, Visited } from './chain-effects.ts'
import { createScore } from './chain-score.ts'
import { finish } from './chain-steps.ts'
import { transitionRows } from './chain-transitions.ts'
import { weightsOf } from './chain-weights.ts'
import { windowsOf } from './chain-windows.ts'
import type { WindowChain } from './chain-windows.ts'
import type { CreditAmount } from './credit.ts'
import { creditPaths } from './credit-paths.ts'
import { chooseOrder } from './markov-order.ts'
import type { ChosenOrder } from './markov-order.ts'
import type { PathAttribution, PathModel, RemovalEffect, TransitionRow } from './model.ts'
import { linear, sharesOfPath } from './rules.ts'

export interface MarkovOptions {
  /**
   * How many of the last channels the next step depends on, 1 to `MAX_MARKOV_ORDER`; default 1. `auto` takes the order
   * that tells best what journeys do which it has not learned from.
   */
  readonly order?: number | 'auto'
  /** The highest order that `auto` tries. Default 4. */
  readonly maxOrder?: number
  /**
   * Whether steps from a state to itself (touches of the same channel in a row) are counted: `collapsed`, the default,
   * or `kept`. This changes the transitions that are reported and no credit.
   */
  readonly selfTransitions?: 'collapsed' | 'kept'
}

export const MAX_MARKOV_ORDER = 8

/**
 * The removal effects of a Markov chain, exact and deterministic, for any number of channels.
 *
 * Journeys are walks from a start through states to a conversion or to none. A state of a chain of order k is a window
 * of k channels in a row; the start leads to the first whole window, and a path of fewer channels is one short state.
 * Each path weighs as often as it was taken, whether it converted or not; where the paths have no nulls, every walk
 * converts. With W_j all that comes into state j, w_ij what moves there from state i, and c_j the conversions in j:
 *
 *     u_j = 1 where the window of j contains channel i, else  sum over h of (w_hj / W_j) u_h
 *     removal effect  RE_i = sum over j of c_j u_j / sum over j of c_j  = P(visit i and convert) / P(convert)
 *     conversions_i = RE_i / sum(RE) * total conversions
 *
 * u_j is the probability that a walk which is in j has visited i. In a chain of order 1, with Q the transition
 * probabilities between channels, s those from the start, b those to a conversion and N = (I - Q)^-1, this is
 * RE_i = (s N)_i (N b)_i / (N_ii s N b). For the value, c_j is replaced by the value of the paths that end in j.
 *
 * Source: E. Anderl, I. Becker, F. von Wangenheim, J. H. Schumann, "Mapping the customer journey: lessons learned from
 * graph-based online attribution modeling", International Journal of Research in Marketing 33, 2016. States, weights,
 * values and normalisation are those of ChannelAttribution (D. Altomare and D. Loris), the field's reference, which
 * estimates by simulation what is solved here.
 *
 * A path whose conversions or nulls are negative on balance cannot be walked: there it counts as 0, while its amounts
 * remain part of the totals that are shared out. Where no effect is left to share by, the value goes by the removal
 * effects of conversions, and where there are none either, evenly to the touches of each path.
 *
 * `weigh` reads one path by the removal effects of its channels; a channel with several touches shares its effect among
 * them. `score` is said in `createScore`. `prepare` chooses an order of `auto` once, by the paths as they are.
 *
 * Use it where journeys without a conversion were recorded: then it tells channels that carry people on from channels
 * that merely appear. Not with few journeys or on paths that all converted, from which little can be learned; nor with
 * an order so high that most windows were seen once. And it is no experiment: removal in the model is not removal in
 * the world.
 *
 * @throws RangeError if an option is not supported.
 */
export function markov(options: MarkovOptions = {}): PathModel {
  const { order = 1, maxOrder = 4, selfTransitions = 'collapsed' } = options
  if (order !== 'auto') checkOrder('order', order, ', or "auto"')
  checkOrder('maxOrder', maxOrder, '')
  if (selfTransitions !== 'collapsed' && selfTransitions !== 'kept') {
    throw new RangeError(`markov: \`selfTransitions\` must be "collapsed" or "kept", got "${String(selfTransitions)}"`)
  }
  const keepStays = selfTransitions === 'kept'

  return {
    kind: 'path',
    name: 'markov',
    options: { order, ...(order === 'auto' && { 'max-order': maxOrder }), 'self-transitions': selfTransitions },
    async attribute(paths, run = {}) {
      const fit = await fitOf(paths, order, maxOrder, run)
      return attributeByRemoval(fit, paths, paths.counts, keepStays, run)
    },
    prepare(paths, run = {}) {
      let fit: Promise<Fit> | undefined
      return async counts =>
        attributeByRemoval(await (fit ??= fitOf(paths, order, maxOrder, run)), paths, counts, keepStays, run)
    },
  }
}

function checkOrder(name: string, order: number, or: string): void {
  if (Number.isInteger(order) && order >= 1 && order <= MAX_MARKOV_ORDER) return
  throw new RangeError(`markov: \`${name}\` must be a whole number from 1 to ${MAX_MARKOV_ORDER}${or}, got ${order}`)
}

/** What does not depend on the counts. */
interface Fit {
  readonly chain: WindowChain
  readonly solve: EffectsSolver
  readonly chosen?: ChosenOrder
}

async function fitOf(paths: CountedPaths, order: number | 'auto', maxOrder: number, run: RunOptions): Promise<Fit> {
  if (order !== 'auto') {
    const chain = await finish(windowsOf(paths, order), `markov order ${order}: windows`, run)
    return { chain, solve: createEffectsSolver(chain) }
  }
  const chosen = await finish(chooseOrder(paths, maxOrder), 'markov: choosing the order', run)
  return { ...(await fitOf(paths, chosen.order, maxOrder, run)), chosen }
}

async function attributeByRemoval(
  { chain, solve, chosen }: Fit,
  paths: CountedPaths,
  counts: CountedPaths['counts'],
  keepStays: boolean,
  run: RunOptions,
): Promise<PathAttribution> {
  const { names } = chain
  const weights = weightsOf(chain, counts)
  const { conversions, value, unsettled } = await solve(weights, run)

  const evenly = (): Record<'conversions' | 'value', Float64Array> => perTouch(withCounts(paths, counts), names)
  const sharedConversions = shareOut(weights.totals.conversions, [conversions.through]) ?? evenly().conversions
  const sharedValue = shareOut(weights.totals.value, [value.through, conversions.through]) ?? evenly().value
  const removalEffects = names.map((key, i) => ({
    key,
    conversions: removalEffect(conversions, i),
    value: removalEffect(value, i),
  }))
  const notes = [
    ...(chosen ? [`The order ${chosen.order} was chosen out of 1 to ${chosen.scores.length}.`] : []),
    ...(unsettled.length > 0
      ? [`Not exact to nine digits, as walks go round in circles for long: ${unsettled.map(i => names[i]).join(', ')}.`]
      : []),
  ]

  let transitions: TransitionRow[] | undefined
  let score: ReturnType<typeof createScore> | undefined
  return {
    credits: names.map((key, i) => ({ key, conversions: sharedConversions[i]!, value: sharedValue[i]! })),
    removalEffects,
    transitions: () => (transitions ??= transitionRows(chain, weights, keepStays)),
    ...(chosen && { orders: chosen.scores }),
    ...(notes.length > 0 && { notes }),
    weigh: createWeigh(removalEffects),
    score: channels => (score ??= createScore(chain, weights))(channels),
  }
}

function removalEffect({ through, past }: Visited, rank: number): number {
  const all = through[rank]! + past[rank]!
  return all === 0 ? 0 : through[rank]! / all
}

/** A path's touches by the removal effects of its channels. */
function createWeigh(effects: readonly RemovalEffect[]): (channels: readonly string[]) => number[] {
  const effectOf = new Map(effects.map(({ key, conversions }) => [key, conversions]))
  return channels => {
    const touches = new Map<string, number>()
    for (const channel of channels) touches.set(channel, (touches.get(channel) ?? 0) + 1)
    const weights = channels.map(channel => (effectOf.get(channel) ?? 0) / touches.get(channel)!)
    return weights.some(weight => weight > 0) ? weights : channels.map(() => 1)
  }
}

/** Shares `total` out in proportion to the first effects that do not cancel out; undefined where all do. */
function shareOut(total: number, candidates: readonly Float64Array[]): Float64Array | undefined {
  for (const effects of candidates) {
    const sum = effects.reduce((all, effect) => all + effect, 0)
    const size = effects.reduce((all, effect) => all + Math.abs(effect), 0)
    // Where effects of either sign cancel, what is left is rounding error: nothing to share by.
    if (size > 0 && Math.abs(sum) > size * 1e-12) return effects.map(effect => (effect / sum) * total)
  }
  return undefined
}

function perTouch(paths: CountedPaths, names: readonly string[]): { conversions: Float64Array; value: Float64Array } {
  const credits = new Map<string, CreditAmount>()
  for (const credit of creditPaths(paths, channels => sharesOfPath(linear, channels))) credits.set(credit.key, credit)
  return {
    conversions: Float64Array.from(names, name => credits.get(name)?.conversions ?? 0),
    value: Float64Array.from(names, name => credits.get(name)?.value ?? 0),
  }
}

import type { PathStore } from '../paths.ts'
import { rewardByVisit } from './absorbing-chain.ts'
import type { RewardByVisit } from './absorbing-chain.ts'
import { compareText } from '../compare-text.ts'
import type { CreditAmount } from './credit.ts'
import { creditPaths } from './credit-paths.ts'
import type { PathAttribution, PathModel, TransitionRow } from './model.ts'
import { linear, sharesOfPath } from './rules.ts'

export interface MarkovOptions {
  /** How many of the last channels the next step depends on. Only 1, the default, is supported so far. */
  readonly order?: number
  /**
   * Whether steps from a channel to itself are counted. `collapsed`, the default, makes one touch of touches of the
   * same channel in a row. In a chain of order 1 this changes the transitions that are reported and no credit.
   */
  readonly selfTransitions?: 'collapsed' | 'kept'
}

/**
 * The removal effects of a first-order Markov chain, exact and deterministic.
 *
 * Journeys are walks from a start through channels to a conversion or to none. Each path weighs as often as it was
 * taken, whether it converted or not; where the paths have no nulls, every walk converts. With Q the transition
 * probabilities between channels, s those from the start, b those from a channel to a conversion, N = (I - Q)⁻¹ the
 * expected visits and h = N b the probability of converting from a channel (h_s = s h from the start):
 *
 *     P(visit i)      = (s N)_i / N_ii
 *     removal effect  RE_i = P(visit i and convert) / P(convert) = (s N)_i h_i / (N_ii h_s)
 *     conversions_i   = RE_i / sum(RE) * total conversions
 *
 * RE_i is the part of the conversions that would be lost if walks ended without success where they reach channel i.
 * For the value, b_j is replaced by b_j times the mean value of a conversion on paths ending in j, and the effects are
 * normalised to the total value.
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
 * Use it where journeys without a conversion were recorded: then it tells channels that carry people on from channels
 * that merely appear. Not with few journeys or on paths that all converted, from which little can be learned; and it is
 * no experiment: removal in the model is not removal in the world.
 *
 * @throws RangeError if `order` or `selfTransitions` is not supported; when it is asked, RangeError beyond
 *   `MAX_MARKOV_CHANNELS` channels.
 */
export function markov(options: MarkovOptions = {}): PathModel {
  const { order = 1, selfTransitions = 'collapsed' } = options
  if (order !== 1) throw new RangeError(`markov: \`order\` must be 1, the only order supported so far, got ${order}`)
  if (selfTransitions !== 'collapsed' && selfTransitions !== 'kept') {
    throw new RangeError(`markov: \`selfTransitions\` must be "collapsed" or "kept", got "${String(selfTransitions)}"`)
  }

  return {
    kind: 'path',
    name: 'markov',
    attribute: paths => attributeByRemoval(paths, selfTransitions === 'kept'),
  }
}

/** The chain is solved as a dense matrix, in time that grows with the cube: at this size half a minute and 300 MB. */
export const MAX_MARKOV_CHANNELS = 3_000

function attributeByRemoval(paths: PathStore, keepSelfTransitions: boolean): PathAttribution {
  const counts = countTransitions(paths, keepSelfTransitions)
  const { names, conversions, nulls, values, totals } = counts
  const exits = conversions.map((weight, i) => weight + at(nulls, i))
  const [converting, earning] = rewardByVisit({ ...counts, exits }, [conversions, values]) as [
    RewardByVisit,
    RewardByVisit,
  ]

  const evenly = () => perTouch(paths, names)
  const sharedConversions = shareOut(totals.conversions, [converting.through]) ?? evenly().conversions
  const sharedValue = shareOut(totals.value, [earning.through, converting.through]) ?? evenly().value

  return {
    credits: names.map((key, i) => ({ key, conversions: at(sharedConversions, i), value: at(sharedValue, i) })),
    removalEffects: names.map((key, i) => ({
      key,
      conversions: removalEffect(converting, i),
      value: removalEffect(earning, i),
    })),
    transitions: transitionRows(counts),
  }
}

function removalEffect({ through, past }: RewardByVisit, state: number): number {
  return ratio(at(through, state), at(through, state) + at(past, state))
}

/** The paths as weights of a chain. All arrays are by state, and states are in the order of their names. */
interface TransitionCounts {
  readonly names: readonly string[]
  readonly starts: Float64Array
  /** `moves[from * n + to]` */
  readonly moves: Float64Array
  readonly conversions: Float64Array
  readonly nulls: Float64Array
  /** The value of paths by their last channel: its weight there times b_j times the mean value. */
  readonly values: Float64Array
  /** What there is to share: the totals of all paths that have touches. */
  readonly totals: { conversions: number; value: number }
}

function countTransitions(paths: PathStore, keepSelfTransitions: boolean): TransitionCounts {
  // In the order of names, the result does not depend on the order in which the channels were met.
  const names = [...paths.channels].sort(compareText)
  const n = names.length
  if (n > MAX_MARKOV_CHANNELS) {
    throw new RangeError(
      `markov: ${n} channels are more than the ${MAX_MARKOV_CHANNELS} it can solve; group the rare ones ` +
        `under one name, or leave this model out`,
    )
  }
  const stateOfName = new Map(names.map((name, state) => [name, state]))
  const stateOfId = paths.channels.map(name => stateOfName.get(name) as number)

  const starts = new Float64Array(n)
  const moves = new Float64Array(n * n)
  const conversions = new Float64Array(n)
  const nulls = new Float64Array(n)
  const values = new Float64Array(n)
  const totals = { conversions: 0, value: 0 }

  for (const path of paths) {
    const states = path.touches.map(id => stateOfId[id] as number)
    const last = states.at(-1)
    if (last === undefined) continue
    const converted = Math.max(0, path.conversions)
    const lost = Math.max(0, path.nulls)

    let from: number | undefined
    for (const to of states) {
      if (from === undefined) add(starts, to, converted + lost)
      else if (from !== to || keepSelfTransitions) add(moves, from * n + to, converted + lost)
      from = to
    }
    add(conversions, last, converted)
    add(nulls, last, lost)
    add(values, last, path.value)
    totals.conversions += path.conversions
    totals.value += path.value
  }
  return { names, starts, moves, conversions, nulls, values, totals }
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

function perTouch(paths: PathStore, names: readonly string[]): { conversions: Float64Array; value: Float64Array } {
  const credits = new Map<string, CreditAmount>()
  for (const credit of creditPaths(paths, channels => sharesOfPath(linear, channels))) credits.set(credit.key, credit)
  return {
    conversions: Float64Array.from(names, name => credits.get(name)?.conversions ?? 0),
    value: Float64Array.from(names, name => credits.get(name)?.value ?? 0),
  }
}

function transitionRows({ names, starts, moves, conversions, nulls }: TransitionCounts): TransitionRow[] {
  const n = names.length
  return [
    transitionRow([], names, starts, 0, 0),
    ...names.map((name, i) =>
      transitionRow([name], names, moves.subarray(i * n, i * n + n), at(conversions, i), at(nulls, i)),
    ),
  ]
}

function transitionRow(
  from: readonly string[],
  names: readonly string[],
  moves: Float64Array,
  conversions: number,
  nulls: number,
): TransitionRow {
  const weight = moves.reduce((sum, move) => sum + move, conversions + nulls)
  return {
    from,
    weight,
    to: names
      .map((key, to) => ({ key, probability: ratio(at(moves, to), weight) }))
      .filter(({ probability }) => probability > 0)
      .sort((a, b) => b.probability - a.probability || compareText(a.key, b.key)),
    conversion: ratio(conversions, weight),
    none: ratio(nulls, weight),
  }
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole
}

function add(numbers: Float64Array, index: number, amount: number): void {
  numbers[index] = at(numbers, index) + amount
}

// Indices here are in range by construction; the compiler cannot know.
function at(numbers: Float64Array, index: number): number {
  return numbers[index] as number
}

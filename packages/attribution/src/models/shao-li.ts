import type { CountedPaths } from '../paths/counted-paths.ts'
import { collapseToSets, countSets, learnableCounts } from './channel-sets.ts'
import type { ChannelSets, SetCounts } from './channel-sets.ts'
import {
  creditsOf,
  inProportion,
  listed,
  shareEvenly,
  shareLocally,
  totalsOf,
  weighTouches,
} from './channel-sets-credits.ts'
import type { PathAttribution, PathModel, Refit } from './model.ts'
import { ratesOf, scoreChannels, scoreMembers } from './shao-li-scores.ts'
import type { Rates } from './shao-li-scores.ts'

export interface ShaoLiOptions {
  /**
   * Over which other channels j a channel's interactions are averaged: `journey`, the default and the paper's, over
   * those of the same journey; `seen`, over all that ever were in a journey with it; `all`, over all there are, where a
   * pair that was never seen counts as without interaction.
   */
  readonly pairs?: 'journey' | 'seen' | 'all'
  /**
   * What is normalised: `total`, the default, the contributions of each channel summed over all conversions; `journey`,
   * the contributions within each journey, so that every conversion is shared among its own channels.
   */
  readonly share?: 'total' | 'journey'
}

/**
 * The probabilistic model of X. Shao and L. Li, "Data-driven multi-touch attribution models", KDD 2011: the rate at
 * which journeys with a channel convert, and half of what each pair does beyond its two.
 *
 *     C(i) = p_i + 1 / (2 (N - 1)) * sum over j other than i of (p_ij - p_i - p_j)
 *
 * with p_i = conversions / (conversions + nulls) of all journeys with channel i, p_ij of those with both i and j. As
 * the authors compute it "at each positive user level", j runs over the N channels of the journey; alone on its journey
 * a channel has C(i) = p_i. The contributions of a channel are summed over all conversions and normalised to their
 * total, as the public code of eeghor/mta does; `learned` has them before that (`contribution`), with the mean
 * `score` C(i) of a conversion and the `probability` p_i. For the value each conversion counts with what it was worth.
 *
 * A contribution can be negative: with i and j a journey converts far less often than with j alone. In a journey they
 * sum to half the mean of its p_ij times N, never below 0. With `share: 'total'` a negative sum is left as it is and
 * told in a note; where a single journey is shared out (`share: 'journey'`, and touch by touch) it counts as 0, and
 * where none is above 0 the channels share evenly.
 *
 * Rates of journeys that never ended, one way or the other, are 0. Sets of channels whose conversions or nulls are
 * negative on balance teach nothing. Where contributions cancel out, value goes by those of conversions, and else the
 * channels of each journey share evenly. With one channel the model gives it all.
 *
 * Use it for a quick look at which channels go with conversion, where nulls are recorded. Not where one channel simply
 * reaches people who would buy anyway: it takes rates as they are, with no third channel held fixed.
 *
 * @throws RangeError if an option is unknown; when it is asked, RangeError if there are more than 8 million pairs.
 */
export function shaoLi(options: ShaoLiOptions = {}): PathModel {
  const { pairs = 'journey', share = 'total' } = options
  if (pairs !== 'journey' && pairs !== 'seen' && pairs !== 'all') {
    throw new RangeError(`shaoLi: \`pairs\` must be "journey", "seen" or "all", got "${String(pairs)}"`)
  }
  if (share !== 'total' && share !== 'journey') {
    throw new RangeError(`shaoLi: \`share\` must be "total" or "journey", got "${String(share)}"`)
  }
  const prepare = (paths: CountedPaths): Refit => {
    const sets = collapseToSets(paths)
    return counts => fit(sets, countSets(sets, counts), pairs, share)
  }

  return {
    kind: 'path',
    name: 'shao-li',
    options: { pairs, share },
    attribute(paths, { signal } = {}) {
      signal?.throwIfAborted()
      return prepare(paths)(paths.counts)
    },
    prepare,
  }
}

type Pairs = NonNullable<ShaoLiOptions['pairs']>
/** Writes the contribution of each member of a set, from the beginning of the array. */
type Score = (members: Int32Array, from: number, to: number, scores: Float64Array) => void

function fit(sets: ChannelSets, counts: SetCounts, pairs: Pairs, share: 'total' | 'journey'): PathAttribution {
  const learnable = learnableCounts(counts)
  const rates = ratesOf(sets, learnable)
  const fixed = pairs === 'journey' ? undefined : scoreChannels(rates, pairs)
  const score: Score = (members, from, to, scores) => {
    if (!fixed) return scoreMembers(rates, members, from, to, scores)
    for (let at = from; at < to; at++) scores[at - from] = fixed[members[at]!]!
  }
  const clamped: Score = (members, from, to, scores) => {
    score(members, from, to, scores)
    for (let at = 0; at < to - from; at++) scores[at] = Math.max(0, scores[at]!)
  }

  const { contributions, valueContributions, conversionsOf } = contributionsOf(sets, counts, learnable, score)
  const totals = totalsOf(counts)
  const sharedOfTotal = share === 'total' ? inProportion(totals.conversions, contributions) : undefined
  const local = shareLocally(sets, counts, clamped)
  const even = shareEvenly(sets, counts)
  const amounts =
    share === 'journey'
      ? local
      : {
          conversions: sharedOfTotal ?? even.conversions,
          value:
            inProportion(totals.value, valueContributions) ?? inProportion(totals.value, contributions) ?? even.value,
        }

  const { names } = sets
  return {
    credits: creditsOf(names, amounts),
    learned: names.map((key, at) => ({
      key,
      values: {
        probability: rates.single[at]!,
        score: fixed?.[at] ?? (conversionsOf[at]! > 0 ? contributions[at]! / conversionsOf[at]! : rates.single[at]!),
        contribution: contributions[at]!,
      },
    })),
    notes: notesOf(sets, counts, contributions, share, totals.conversions !== 0 && share === 'total' && !sharedOfTotal),
    weigh: weighBy(names, rates, fixed),
  }
}

function contributionsOf(
  { names, size, starts, members }: ChannelSets,
  counts: SetCounts,
  learnable: SetCounts,
  score: Score,
) {
  const contributions = new Float64Array(names.length)
  const valueContributions = new Float64Array(names.length)
  const conversionsOf = new Float64Array(names.length)
  const scores = new Float64Array(names.length)
  for (let set = 0; set < size; set++) {
    const conversions = learnable.conversions[set]!
    const value = counts.value[set]!
    if (conversions === 0 && value === 0) continue
    const from = starts[set]!
    score(members, from, starts[set + 1]!, scores)
    for (let at = from; at < starts[set + 1]!; at++) {
      contributions[members[at]!]! += conversions * scores[at - from]!
      valueContributions[members[at]!]! += value * scores[at - from]!
      conversionsOf[members[at]!]! += conversions
    }
  }
  return { contributions, valueContributions, conversionsOf }
}

function weighBy(
  names: readonly string[],
  rates: Rates,
  fixed: Float64Array | undefined,
): NonNullable<PathAttribution['weigh']> {
  const placeOf = new Map(names.map((name, at) => [name, at]))
  return path => {
    const places = Int32Array.from(new Set(path), name => placeOf.get(name) ?? -1).filter(place => place !== -1)
    const scores = new Float64Array(places.length)
    if (fixed) for (const [at, place] of places.entries()) scores[at] = fixed[place]!
    else scoreMembers(rates, places, 0, places.length, scores)
    const scoreOf = new Map(Array.from(places, (place, at) => [names[place]!, Math.max(0, scores[at]!)]))
    return weighTouches(path, channel => scoreOf.get(channel) ?? 0)
  }
}

function notesOf(
  sets: ChannelSets,
  counts: SetCounts,
  contributions: Float64Array,
  share: string,
  evenly: boolean,
): string[] {
  const notes: string[] = []
  if (!counts.nulls.some(count => count > 0)) {
    notes.push('There are no journeys without a conversion: all rates are 1, and nothing is learned from them.')
  }
  if (evenly) notes.push('The contributions cancel out or say nothing: the channels of a journey share it evenly.')
  const negative = sets.names.filter((_, at) => contributions[at]! < 0)
  if (negative.length > 0 && !evenly) {
    notes.push(
      share === 'total'
        ? `Journeys convert less often with these than without, and their credit is negative: ${listed(negative)}.`
        : `Journeys convert less often with these than without; on such journeys they get nothing: ${listed(negative)}.`,
    )
  }
  return notes
}

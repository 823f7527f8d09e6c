import { creditByRule, prepareRule } from '../models/credit-paths.ts'
import { rankCredits } from '../models/credit.ts'
import type { CreditAmount } from '../models/credit.ts'
import type {
  Attribution,
  Model,
  OrderRule,
  PathModel,
  Refit,
  RuleModel,
  TimedAttribution,
  TimedModel,
} from '../models/model.ts'
import { withCounts } from '../paths/counted-paths.ts'
import type { CountedPaths, PathCounts } from '../paths/counted-paths.ts'
import type { TimedPaths } from '../paths/timed-paths.ts'
import type { RunOptions } from '../run-options.ts'
import type { ModelResult } from './attribution-result.ts'

/** All that models learn from, for one table. */
export interface Counted {
  readonly paths: CountedPaths
  /** The journeys one by one, where a model or an interval needs them. The channels need not have the same ids. */
  readonly journeys?: TimedPaths
  /** The credits of the rules that went by what paths do not tell, and were followed journey by journey. */
  readonly followed: ReadonlyMap<RuleModel, Iterable<CreditAmount>>
  /** The part of each touch of `journeys` by these rules, for intervals. */
  readonly shares?: ReadonlyMap<RuleModel, Float64Array>
}

/** Counts drawn anew: of the paths, and of the journeys if there are any. */
export interface DrawnCounts {
  readonly paths: PathCounts
  readonly journeys?: PathCounts
}

/** What a model would have said of other counts. */
export type RefitModel = (counts: DrawnCounts) => Attribution | Promise<Attribution>

/** Runs a model on what was counted. */
export async function fitModel(model: Model, counted: Counted, options: RunOptions): Promise<ModelResult> {
  const { channels } = counted.paths
  const named = { model: model.name, options: model.options ?? {} }
  if (model.kind === 'rule') {
    const credits = counted.followed.get(model) ?? creditByRule(model as OrderRule, counted.paths)
    return { ...named, kind: 'rule', credits: rankCredits(credits, channels) }
  }
  if (model.kind === 'path') {
    const { credits, ...learned } = await model.attribute(counted.paths, options)
    return { ...named, kind: 'path', credits: rankCredits(credits, channels), ...learned }
  }
  const { credits, ...learned } = await attributeTimed(model, counted, options)
  return { ...named, kind: 'timed', credits: rankCredits(credits, channels), ...learned }
}

/** Makes a model ready to be asked again and again with other counts of the same paths. */
export function prepareModel(model: Model, counted: Counted, options: RunOptions): RefitModel {
  const { paths, journeys, shares } = counted
  if (model.kind === 'path') {
    const refit = preparePathModel(model, paths, options)
    return counts => refit(counts.paths)
  }
  if (model.kind === 'timed') {
    const own = journeysOf(counted, model)
    return counts => model.attribute(withCounts(own, journeyCounts(counts)), options)
  }
  const ownShares = shares?.get(model)
  if (ownShares && journeys) {
    const refit = creditsByShares(journeys, ownShares)
    return counts => ({ credits: refit(journeyCounts(counts)) })
  }
  const refit = prepareRule(model as OrderRule, paths)
  return counts => refit(counts.paths)
}

function preparePathModel(model: PathModel, paths: CountedPaths, options: RunOptions): Refit {
  return model.prepare?.(paths, options) ?? (counts => model.attribute(withCounts(paths, counts), options))
}

function attributeTimed(
  model: TimedModel,
  counted: Counted,
  options: RunOptions,
): TimedAttribution | Promise<TimedAttribution> {
  return model.attribute(journeysOf(counted, model), options)
}

function journeysOf({ journeys }: Counted, { name }: Model): TimedPaths {
  if (journeys) return journeys
  throw new RangeError(`The model "${name}" needs the times of touches, which these paths do not have`)
}

function journeyCounts({ journeys, paths }: DrawnCounts): PathCounts {
  return journeys ?? paths
}

/** The credits that known parts of touches make of any counts. */
function creditsByShares(
  { channels, size, starts, touches }: CountedPaths,
  shares: Float64Array,
): (counts: PathCounts) => CreditAmount[] {
  return ({ conversions, value }) => {
    const counted = new Float64Array(channels.length)
    const earned = new Float64Array(channels.length)
    for (let path = 0; path < size; path++) {
      const count = conversions[path]!
      const money = value[path]!
      if (count === 0 && money === 0) continue
      for (let at = starts[path]!; at < starts[path + 1]!; at++) {
        const share = shares[at]!
        if (share === 0) continue
        counted[touches[at]!]! += count * share
        earned[touches[at]!]! += money * share
      }
    }
    return channels.map((key, id) => ({ key, conversions: counted[id]!, value: earned[id]! }))
  }
}

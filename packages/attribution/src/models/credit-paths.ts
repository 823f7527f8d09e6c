import { namesOf } from '../paths/counted-paths.ts'
import type { CountedPaths, PathCounts } from '../paths/counted-paths.ts'
import { weightsByLength } from './by-length.ts'
import { createCreditTable } from './credit.ts'
import type { CreditAmount, CreditTable } from './credit.ts'
import type { OrderRule, Refit, TouchInOrder } from './model.ts'
import { normalise } from './rules.ts'

/** Shares out the conversions and the value of each path among its own touches, as a rule says. */
export function creditByRule(rule: OrderRule, paths: CountedPaths): CreditAmount[] {
  const { size, starts, touches, counts } = paths
  const sharesOf = createPathSharer(rule, paths)
  const conversions = new Float64Array(paths.channels.length)
  const value = new Float64Array(paths.channels.length)
  for (let path = 0; path < size; path++) {
    const converted = counts.conversions[path]!
    const earned = counts.value[path]!
    const start = starts[path]!
    const length = starts[path + 1]! - start
    // Without touches there is nobody to credit; without an outcome there is nothing.
    if (length === 0 || (converted === 0 && earned === 0)) continue
    const shares = sharesOf(start, length)
    for (let at = 0; at < length; at++) {
      const share = shares[at]!
      if (share === 0) continue
      const channel = touches[start + at]!
      conversions[channel]! += converted * share
      value[channel]! += earned * share
    }
  }
  return amountsOf(paths.channels, conversions, value)
}

/**
 * The part of each channel in the credit of each path: path `p` has the entries from `starts[p]` up to, without,
 * `starts[p + 1]`. Only parts above 0; a channel that a path has more than once has one entry there.
 */
export interface PathShares {
  readonly starts: Uint32Array
  /** Channel ids. */
  readonly channels: Int32Array
  readonly shares: Float64Array
}

/** What a rule says of each path, whatever came of it. */
export function sharesByPath(rule: OrderRule, paths: CountedPaths): PathShares {
  const { size, starts: from, touches } = paths
  const sharesOf = createPathSharer(rule, paths)
  const starts = new Uint32Array(size + 1)
  const channels = new Int32Array(touches.length)
  const parts = new Float64Array(touches.length)
  // Where a channel's entry is, if it has one in the path that is being read.
  const entryOf = new Int32Array(paths.channels.length)
  let entries = 0
  for (let path = 0; path < size; path++) {
    const first = entries
    const start = from[path]!
    const length = from[path + 1]! - start
    const shares = length === 0 ? [] : sharesOf(start, length)
    for (let at = 0; at < length; at++) {
      const share = shares[at]!
      if (share === 0) continue
      const channel = touches[start + at]!
      const known = entryOf[channel]!
      if (known >= first && known < entries && channels[known] === channel) parts[known]! += share
      else {
        entryOf[channel] = entries
        channels[entries] = channel
        parts[entries++] = share
      }
    }
    starts[path + 1] = entries
  }
  return { starts, channels: channels.slice(0, entries), shares: parts.slice(0, entries) }
}

/** As `PathModel.prepare`, for rules: the shares are worked out once, each refit then only adds up. */
export function prepareRule(rule: OrderRule, paths: CountedPaths): Refit {
  const { starts, channels, shares } = sharesByPath(rule, paths)
  const { size, channels: names } = paths
  return (counts: PathCounts) => {
    const conversions = new Float64Array(names.length)
    const value = new Float64Array(names.length)
    for (let path = 0; path < size; path++) {
      const converted = counts.conversions[path]!
      const earned = counts.value[path]!
      if (converted === 0 && earned === 0) continue
      for (let entry = starts[path]!; entry < starts[path + 1]!; entry++) {
        const channel = channels[entry]!
        conversions[channel]! += converted * shares[entry]!
        value[channel]! += earned * shares[entry]!
      }
    }
    return { credits: amountsOf(names, conversions, value) }
  }
}

/**
 * As `creditByRule`, for what is no rule.
 * @param sharesOf the part of each touch of a path, given the names of its channels; the parts sum to 1.
 */
export function creditPaths(
  paths: CountedPaths,
  sharesOf: (channels: readonly string[]) => readonly number[],
): CreditTable {
  const { size, starts, touches, counts } = paths
  const credits = createCreditTable()
  for (let path = 0; path < size; path++) {
    const conversions = counts.conversions[path]!
    const value = counts.value[path]!
    const start = starts[path]!
    const end = starts[path + 1]!
    if (start === end || (conversions === 0 && value === 0)) continue
    const channels = namesOf(touches.subarray(start, end), paths.channels)
    const shares = sharesOf(channels)
    for (const [at, channel] of channels.entries()) {
      const share = shares[at]!
      credits.add(channel, conversions * share, value * share)
    }
  }
  return credits
}

/** What gives the shares of a path's touches, given where they begin and how many they are; good until the next call. */
type PathSharer = (start: number, length: number) => ArrayLike<number>

function createPathSharer(rule: OrderRule, paths: CountedPaths): PathSharer {
  const { touches } = paths
  const ofLength = weightsByLength(rule)
  if (ofLength) {
    const ofEachLength = new Map<number, ArrayLike<number>>()
    return (_, length) => {
      const known = ofEachLength.get(length)
      if (known) return known
      const shares = Float64Array.from(ofLength(length))
      normalise(shares, shares.length, rule.name, length)
      ofEachLength.set(length, shares)
      return shares
    }
  }

  // One object a channel, and one array, for all paths: rules keep nothing of them.
  const touchOf: readonly TouchInOrder[] = paths.channels.map(channel => ({ channel }))
  const ofPath: TouchInOrder[] = []
  let shares = new Float64Array(64)
  return (start, length) => {
    ofPath.length = length
    for (let at = 0; at < length; at++) ofPath[at] = touchOf[touches[start + at]!]!
    const weights = rule.weigh(ofPath)
    if (weights.length > shares.length) shares = new Float64Array(2 * weights.length)
    for (let at = 0; at < weights.length; at++) shares[at] = weights[at]!
    normalise(shares, weights.length, rule.name, length)
    return shares
  }
}

function amountsOf(names: readonly string[], conversions: Float64Array, value: Float64Array): CreditAmount[] {
  return names.map((key, channel) => ({ key, conversions: conversions[channel]!, value: value[channel]! }))
}

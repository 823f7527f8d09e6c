import { compareText } from '../compare-text.ts'
import type { CountedPaths } from '../paths/counted-paths.ts'

/** What part a channel plays on the paths that converted. */
export interface ChannelRole {
  readonly key: string
  /** Conversions with the channel anywhere on their path, and their value. Over all channels more than there were. */
  readonly involved: number
  readonly value: number
  /** Those whose path it began: the opener. A path of one touch is begun and closed by it. */
  readonly opened: number
  /** Those in which it had a touch that was not the last one: an assist, as in Google Analytics. */
  readonly assisted: number
  /** Those whose last touch it was: the closer. */
  readonly closed: number
  /** Those in which it had no other company. */
  readonly alone: number
  /** `assisted / closed`: above 1 it helps more than it closes. Infinity where it never closed, 0 where it did nothing. */
  readonly assistRatio: number
  /** `opened / closed`, read likewise. */
  readonly openRatio: number
  /** Journeys without a conversion that it was on. */
  readonly withoutConversion: number
  /** Of the journeys it was on, the part that converted; 0 where it was on none. This is no effect: see the models. */
  readonly conversionRate: number
}

/**
 * Openers, assists and closers, counted from paths. A channel counts once for each conversion in each role, however
 * often it was touched. Most involved first, then by name.
 */
export function channelRoles(paths: CountedPaths): ChannelRole[] {
  const { channels, size, starts, touches, counts } = paths
  const roles = channels.map(key => ({
    key,
    involved: 0,
    value: 0,
    opened: 0,
    assisted: 0,
    closed: 0,
    alone: 0,
    withoutConversion: 0,
  }))
  for (let path = 0; path < size; path++) {
    const conversions = counts.conversions[path]!
    const ids = touches.subarray(starts[path], starts[path + 1])
    if (ids.length === 0) continue
    const distinct = new Set(ids)
    const assisting = new Set(ids.subarray(0, -1))
    for (const id of distinct) {
      const role = roles[id]!
      role.involved += conversions
      role.value += counts.value[path]!
      role.withoutConversion += counts.nulls[path]!
      if (distinct.size === 1) role.alone += conversions
      if (assisting.has(id)) role.assisted += conversions
    }
    roles[ids[0]!]!.opened += conversions
    roles[ids[ids.length - 1]!]!.closed += conversions
  }
  return roles
    .map(role => ({
      ...role,
      assistRatio: ratio(role.assisted, role.closed),
      openRatio: ratio(role.opened, role.closed),
      conversionRate: role.involved === 0 ? 0 : role.involved / (role.involved + role.withoutConversion),
    }))
    .sort((a, b) => b.involved - a.involved || compareText(a.key, b.key))
}

function ratio(part: number, of: number): number {
  return part === 0 ? 0 : of === 0 ? Infinity : part / of
}

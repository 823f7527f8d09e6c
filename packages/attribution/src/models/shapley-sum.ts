import { compareText } from '../compare-text.ts'
import type { CountedPaths, PathCounts } from '../paths/counted-paths.ts'
import type { ChannelSets, SetCounts } from './channel-sets.ts'
import { creditsOf, shareEvenly, weighTouches } from './channel-sets-credits.ts'
import type { LearnedOfChannel, PathAttribution } from './model.ts'

/** The Shapley value of the sum game: an even share for each distinct channel of a journey. */
export function creditBySum(sets: ChannelSets, counts: SetCounts): PathAttribution {
  return { credits: creditsOf(sets.names, shareEvenly(sets, counts)), weigh: path => weighTouches(path, () => 1) }
}

/** Positions beyond this are told as one: nobody reads them apart, and a journey may have thousands. */
const LAST_POSITION = 50

/**
 * The same credit by channel and position: `position_1` for the conversions it earned at the start of journeys,
 * `value_position_1` for their value. A channel that stands in a journey more than once earns evenly where it stands.
 */
export function creditByPosition(paths: CountedPaths, counts: PathCounts): LearnedOfChannel[] {
  const { channels, size, starts, touches } = paths
  const width = LAST_POSITION + 1
  const conversions = new Float64Array(channels.length * width)
  const value = new Float64Array(channels.length * width)
  const touchesOf = new Int32Array(channels.length)
  for (let path = 0; path < size; path++) {
    const from = starts[path]!
    const to = starts[path + 1]!
    let distinct = 0
    for (let at = from; at < to; at++) if (touchesOf[touches[at]!]!++ === 0) distinct++
    for (let at = from; at < to; at++) {
      const id = touches[at]!
      const share = 1 / (distinct * touchesOf[id]!)
      const cell = id * width + Math.min(at - from, LAST_POSITION)
      conversions[cell]! += counts.conversions[path]! * share
      value[cell]! += counts.value[path]! * share
    }
    for (let at = from; at < to; at++) touchesOf[touches[at]!] = 0
  }
  return channels
    .map((key, id) => ({ key, values: cellsOf(conversions, value, id * width) }))
    .sort((a, b) => compareText(a.key, b.key))
}

function cellsOf(conversions: Float64Array, value: Float64Array, from: number): Record<string, number> {
  const cells: Record<string, number> = {}
  for (let position = 0; position <= LAST_POSITION; position++) {
    const name = position === LAST_POSITION ? 'later_positions' : `position_${position + 1}`
    if (conversions[from + position] !== 0) cells[name] = conversions[from + position]!
    if (value[from + position] !== 0) cells[`value_${name}`] = value[from + position]!
  }
  return cells
}

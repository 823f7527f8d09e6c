import { mix } from './channel-sets.ts'
import type { ChannelSets, SetCounts } from './channel-sets.ts'
import { keyOf, poissonOf, uniformOf } from './channel-sets-draws.ts'
import type { LogisticRows } from './logistic-fit.ts'

/** A draw of journeys and channels for one regression. */
export interface Bag {
  /** The places of the channels that are in it. */
  readonly channels: readonly number[]
  /** Journeys by which of those channels they have, numbered as in `channels`. */
  readonly rows: LogisticRows
}

export interface BagOptions {
  readonly sampleRows: number
  readonly sampleChannels: number
  readonly seed: number
}

/** Up to so many channels in a bag, a table has a row for each of their combinations. */
const TABLE_CHANNELS = 16

/** Draws bag by number: the same number always gives the same bag. */
export function createBags(
  sets: ChannelSets,
  counts: SetCounts,
  signatures: Int32Array,
  { sampleRows, sampleChannels, seed }: BagOptions,
): (bag: number) => Bag {
  const { names, size, starts, members } = sets
  const placeInBag = new Int32Array(names.length)
  const table = { conversions: new Float64Array(0), nulls: new Float64Array(0) }

  return bag => {
    const key = keyOf(seed, bag)
    const channels: number[] = []
    placeInBag.fill(-1)
    for (let channel = 0; channel < names.length; channel++) {
      if (uniformOf(key ^ signatures[channel]!) < sampleChannels) placeInBag[channel] = channels.push(channel) - 1
    }
    const rows = channels.length <= TABLE_CHANNELS ? combined(channels.length) : bySet()
    // What is drawn for a row depends on the channels it has, in no order.
    const hashOf = (row: number) => {
      let hash = 0
      for (let at = rows.starts[row]!; at < rows.starts[row + 1]!; at++) {
        hash = (hash + mix(signatures[channels[rows.members[at]!]!]! ^ 0x27d4eb2f)) | 0
      }
      return mix(key ^ hash)
    }
    for (let row = 0; row < rows.conversions.length; row++) {
      const hash = hashOf(row)
      rows.conversions[row] = poissonOf(sampleRows * rows.conversions[row]!, hash ^ 0x165667b1)
      rows.nulls[row] = poissonOf(sampleRows * rows.nulls[row]!, hash ^ 0x5bd1e995)
    }
    return { channels, rows: withoutEmpty(rows) }
  }

  /** Sets that differ only in channels that are not in the bag are one row. */
  function combined(width: number): LogisticRows {
    const cells = 2 ** width
    if (table.nulls.length < cells) {
      table.conversions = new Float64Array(cells)
      table.nulls = new Float64Array(cells)
    }
    table.conversions.fill(0, 0, cells)
    table.nulls.fill(0, 0, cells)
    for (let set = 0; set < size; set++) {
      let mask = 0
      for (let at = starts[set]!; at < starts[set + 1]!; at++) {
        const place = placeInBag[members[at]!]!
        if (place !== -1) mask |= 1 << place
      }
      table.conversions[mask]! += counts.conversions[set]!
      table.nulls[mask]! += counts.nulls[set]!
    }
    const masks: number[] = []
    for (let mask = 0; mask < cells; mask++) if (table.conversions[mask]! + table.nulls[mask]! > 0) masks.push(mask)
    const ids: number[] = []
    const ends = [0]
    for (const mask of masks) {
      for (let place = 0; place < width; place++) if ((mask >> place) & 1) ids.push(place)
      ends.push(ids.length)
    }
    return {
      starts: Uint32Array.from(ends),
      members: Int32Array.from(ids),
      conversions: Float64Array.from(masks, mask => table.conversions[mask]!),
      nulls: Float64Array.from(masks, mask => table.nulls[mask]!),
    }
  }

  function bySet(): LogisticRows {
    const kept = new Int32Array(members.length)
    const ends = new Uint32Array(size + 1)
    let length = 0
    for (let set = 0; set < size; set++) {
      for (let at = starts[set]!; at < starts[set + 1]!; at++) {
        const place = placeInBag[members[at]!]!
        if (place !== -1) kept[length++] = place
      }
      ends[set + 1] = length
    }
    return { starts: ends, members: kept, conversions: counts.conversions.slice(), nulls: counts.nulls.slice() }
  }
}

/** Rows of which nothing was drawn would only be gone through in vain. */
function withoutEmpty({ starts, members, conversions, nulls }: LogisticRows): LogisticRows {
  let kept = 0
  let length = 0
  for (let row = 0; row < conversions.length; row++) {
    if (conversions[row] === 0 && nulls[row] === 0) continue
    const from = starts[row]!
    const to = starts[row + 1]!
    members.copyWithin(length, from, to)
    length += to - from
    conversions[kept] = conversions[row]!
    nulls[kept] = nulls[row]!
    starts[++kept] = length
  }
  return { starts, members, conversions: conversions.subarray(0, kept), nulls: nulls.subarray(0, kept) }
}

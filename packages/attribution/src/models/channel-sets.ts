import { compareText } from '../compare-text.ts'
import type { CountedPaths, PathCounts } from '../paths/counted-paths.ts'

/**
 * The distinct sets of channels of paths: what a model reads that goes by who took part, not by order or repetition.
 * Set `s` has the channels `members[starts[s]]` up to, without, `members[starts[s + 1]]`, as places in `names`, rising.
 */
export interface ChannelSets {
  /** The names of all channels of the paths, in order: of these, not of ids, depends in which order things are done. */
  readonly names: readonly string[]
  readonly size: number
  readonly starts: Uint32Array
  readonly members: Int32Array
  /** The set of each path, so that other counts of the same paths can be added up; -1 for a path without touches. */
  readonly setOfPath: Int32Array
}

/** What came of the journeys of each set of channels. */
export interface SetCounts {
  readonly conversions: Float64Array
  readonly value: Float64Array
  readonly nulls: Float64Array
}

/** Finds the distinct sets of channels. In time it grows with the touches, in memory with the paths. */
export function collapseToSets(paths: CountedPaths): ChannelSets {
  const { channels, size: pathCount, starts: from, touches } = paths
  const order = Array.from(channels.keys()).sort((a, b) => compareText(channels[a]!, channels[b]!))
  const placeOf = new Int32Array(channels.length)
  for (const [place, id] of order.entries()) placeOf[id] = place

  const lastSeenIn = new Int32Array(channels.length)
  const scratch = new Int32Array(channels.length)
  const table = createSetTable()
  const setOfPath = new Int32Array(pathCount)
  for (let path = 0; path < pathCount; path++) {
    const end = from[path + 1]!
    let length = 0
    for (let at = from[path]!; at < end; at++) {
      const place = placeOf[touches[at]!]!
      if (lastSeenIn[place] === path + 1) continue
      lastSeenIn[place] = path + 1
      scratch[length++] = place
    }
    setOfPath[path] = length === 0 ? -1 : table.add(sortStart(scratch, length), length)
  }
  return { names: order.map(id => channels[id]!), ...table.sets(), setOfPath }
}

/** Adds the counts of the paths up by set. Paths without touches are left out. */
export function countSets({ size, setOfPath }: ChannelSets, counts: PathCounts): SetCounts {
  const conversions = new Float64Array(size)
  const value = new Float64Array(size)
  const nulls = new Float64Array(size)
  for (let path = 0; path < setOfPath.length; path++) {
    const set = setOfPath[path]!
    if (set === -1) continue
    conversions[set]! += counts.conversions[path]!
    value[set]! += counts.value[path]!
    nulls[set]! += counts.nulls[path]!
  }
  return { conversions, value, nulls }
}

/**
 * The counts that something can be learned from: sets whose conversions or nulls are negative on balance (more was
 * taken back than there was) have none.
 */
export function learnableCounts({ conversions, value, nulls }: SetCounts): SetCounts {
  return { conversions: conversions.map(atLeastZero), value, nulls: nulls.map(atLeastZero) }
}

function atLeastZero(count: number): number {
  return count > 0 ? count : 0
}

function createSetTable() {
  let size = 0
  let members = new Int32Array(1024)
  let starts = new Uint32Array(257)
  let hashes = new Int32Array(256)
  // Open addressing: a set's number + 1 in the first free slot from where its hash points to.
  let slots = new Int32Array(1024)

  function isAt(set: number, places: Int32Array, length: number): boolean {
    const start = starts[set]!
    if (starts[set + 1]! - start !== length) return false
    for (let at = 0; at < length; at++) if (members[start + at] !== places[at]) return false
    return true
  }

  function append(places: Int32Array, length: number, hash: number, slot: number): number {
    const set = size++
    if (size === starts.length) {
      starts = larger(starts, 2 * size + 1)
      hashes = larger(hashes, 2 * size)
    }
    const start = starts[set]!
    if (start + length > members.length) members = larger(members, Math.max(2 * members.length, start + length))
    for (let at = 0; at < length; at++) members[start + at] = places[at]!
    starts[set + 1] = start + length
    hashes[set] = hash
    slots[slot] = set + 1
    if (2 * size > slots.length) rehash()
    return set
  }

  function rehash(): void {
    slots = new Int32Array(2 * slots.length)
    for (let set = 0; set < size; set++) {
      let slot = hashes[set]! & (slots.length - 1)
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1)
      slots[slot] = set + 1
    }
  }

  return {
    add(places: Int32Array, length: number): number {
      let hash = 0x811c9dc5
      for (let at = 0; at < length; at++) hash = mix(hash ^ places[at]!)
      let slot = hash & (slots.length - 1)
      for (let entry = slots[slot]!; entry !== 0; entry = slots[slot]!) {
        if (hashes[entry - 1] === hash && isAt(entry - 1, places, length)) return entry - 1
        slot = (slot + 1) & (slots.length - 1)
      }
      return append(places, length, hash, slot)
    },
    sets: () => ({ size, starts: starts.slice(0, size + 1), members: members.slice(0, starts[size]) }),
  }
}

/** Scatters the bits of a number, so that numbers that are alike do not stay so (the finish of MurmurHash3). */
export function mix(bits: number): number {
  let mixed = bits
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}

/** Sorts the first `length` numbers in place. Journeys have few channels, where insertion is the fastest. */
function sortStart(numbers: Int32Array, length: number): Int32Array {
  if (length > 32) {
    numbers.subarray(0, length).sort()
    return numbers
  }
  for (let at = 1; at < length; at++) {
    const number = numbers[at]!
    let before = at
    for (; before > 0 && numbers[before - 1]! > number; before--) numbers[before] = numbers[before - 1]!
    numbers[before] = number
  }
  return numbers
}

function larger<Numbers extends Int32Array | Uint32Array>(numbers: Numbers, length: number): Numbers {
  const grown = new (numbers.constructor as new (length: number) => Numbers)(length)
  grown.set(numbers)
  return grown
}

import { compareText } from '../compare-text.ts'
import type { CountedPaths } from '../paths/counted-paths.ts'
import type { Steps } from './chain-steps.ts'

/**
 * The states and moves of a chain of order k, and how each path walks over them: all that does not depend on how often
 * a path was taken. A state is a window of k channels in a row; a path with fewer is one short state of its own.
 *
 * States are numbered by how early a path can be there, then by the names of their channels, and moves by where they
 * lead to: so the numbers, and with them the last digits of every sum, do not depend on the order of the paths.
 */
export interface WindowChain {
  readonly order: number
  /** The names of the channels in their order; their places are the ranks in `windows`. */
  readonly names: readonly string[]
  /** The number of states. */
  readonly size: number
  /** `order` ranks for each state, in order of time; a short state is filled up with -1. */
  readonly windows: Int32Array
  /** The moves into state j are numbers `into[j]` up to, without, `into[j + 1]`; moves to itself are not among them. */
  readonly into: Uint32Array
  /** By move: the state it comes from. */
  readonly from: Int32Array
  /** By path: the state it begins in and the one it ends in; -1 for a path without touches. */
  readonly firsts: Int32Array
  readonly lasts: Int32Array
  /** The moves of path p are `walk[walks[p]]` up to `walk[walks[p + 1]]`; `~j` stands for state j once more. */
  readonly walks: Uint32Array
  readonly walk: Int32Array
}

/** Finds the windows of `order` channels on these paths. Each step is some ten thousand touches. */
export function* windowsOf(paths: CountedPaths, order: number): Steps<WindowChain> {
  const { starts, touches, size: pathCount } = paths
  const names = [...paths.channels].sort(compareText)
  const rankOfName = new Map(names.map((name, rank) => [name, rank]))
  const ranks = Int32Array.from(paths.channels, name => rankOfName.get(name)!)

  const states = createWindowTable(order)
  const moves = createMoveTable()
  const firsts = new Int32Array(pathCount).fill(-1)
  const lasts = new Int32Array(pathCount).fill(-1)
  const walks = new Uint32Array(pathCount + 1)
  let walk = new Int32Array(1024)
  let walked = 0
  let seen = 0

  for (let path = 0; path < pathCount; path++) {
    const start = starts[path]!
    const end = starts[path + 1]!
    if (end > start) {
      let state = states.numberOf(touches, ranks, start, Math.min(end - start, order), 0)
      firsts[path] = state
      if (walked + end - start > walk.length) walk = longer(walk, 2 * (walked + end - start))
      for (let at = start + order; at < end; at++) {
        const rank = ranks[touches[at]!]!
        let move = moves.find(state, rank)
        if (move === -1) {
          const to = states.numberOf(touches, ranks, at - order + 1, order, at - order + 1 - start)
          move = moves.add(state, rank, to)
        }
        const to = moves.to(move)
        states.early(to, at - order + 1 - start)
        walk[walked++] = to === state ? ~state : move
        state = to
      }
      lasts[path] = state
    }
    walks[path + 1] = walked
    seen += end - start
    if (seen > 50_000) {
      seen = 0
      yield path / pathCount
    }
  }

  const place = states.places(names.length)
  const { into, from, placeOfMove } = moves.sorted(place)
  for (let at = 0; at < walked; at++) {
    const move = walk[at]!
    walk[at] = move < 0 ? ~place[~move]! : placeOfMove[move]!
  }
  for (let path = 0; path < pathCount; path++) {
    if (firsts[path] === -1) continue
    firsts[path] = place[firsts[path]!]!
    lasts[path] = place[lasts[path]!]!
  }
  return {
    order,
    names,
    size: place.length,
    windows: states.placed(place),
    into,
    from,
    firsts,
    lasts,
    walks,
    walk: walk.subarray(0, walked),
  }
}

interface WindowTable {
  /** The number of the window of `length` touches from `start` on, which is given one if it has none. */
  numberOf(touches: Int32Array, ranks: Int32Array, start: number, length: number, depth: number): number
  /** Tells that a path is in this state after `depth` moves. */
  early(state: number, depth: number): void
  /** The place of each state in the order of depth, then of ranks. */
  places(channels: number): Int32Array
  placed(place: Int32Array): Int32Array
}

function createWindowTable(order: number): WindowTable {
  let size = 0
  let windows = new Int32Array(256 * order)
  let depths = new Int32Array(256)
  let slots = new Int32Array(1024)

  function hashAt(state: number): number {
    let hash = 0
    for (let at = 0; at < order; at++) hash = mixed(hash, windows[state * order + at]!)
    return hash
  }

  function rehash(): void {
    slots = new Int32Array(2 * slots.length)
    for (let state = 0; state < size; state++) {
      let slot = hashAt(state) & (slots.length - 1)
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1)
      slots[slot] = state + 1
    }
  }

  return {
    numberOf(touches, ranks, start, length, depth) {
      // The candidate is written where the next window would be, and compared from there.
      if ((size + 1) * order > windows.length) {
        windows = longer(windows, 2 * windows.length)
        depths = longer(depths, 2 * depths.length)
      }
      const own = size * order
      let hash = 0
      for (let at = 0; at < order; at++) {
        const rank = at < length ? ranks[touches[start + at]!]! : -1
        windows[own + at] = rank
        hash = mixed(hash, rank)
      }
      let slot = hash & (slots.length - 1)
      for (let entry = slots[slot]!; entry !== 0; entry = slots[slot]!) {
        const other = (entry - 1) * order
        let at = 0
        while (at < order && windows[other + at] === windows[own + at]) at++
        if (at === order) {
          if (depths[entry - 1]! > depth) depths[entry - 1] = depth
          return entry - 1
        }
        slot = (slot + 1) & (slots.length - 1)
      }
      depths[size] = depth
      slots[slot] = ++size
      if (2 * size > slots.length) rehash()
      return size - 1
    },
    early(state, depth) {
      if (depths[state]! > depth) depths[state] = depth
    },
    places(channels) {
      let sequence: Int32Array = Int32Array.from({ length: size }, (_, state) => state)
      for (let at = order - 1; at >= 0; at--) {
        sequence = sortedBy(sequence, state => windows[state * order + at]! + 1, channels + 1)
      }
      let deepest = 0
      for (let state = 0; state < size; state++) deepest = Math.max(deepest, depths[state]!)
      sequence = sortedBy(sequence, state => depths[state]!, deepest + 1)
      const place = new Int32Array(size)
      for (let at = 0; at < size; at++) place[sequence[at]!] = at
      return place
    },
    placed(place) {
      const placed = new Int32Array(size * order)
      for (let state = 0; state < size; state++) {
        placed.set(windows.subarray(state * order, state * order + order), place[state]! * order)
      }
      return placed
    },
  }
}

interface MoveTable {
  /** The number of the move from this state with this channel, or -1. */
  find(from: number, channel: number): number
  add(from: number, channel: number, to: number): number
  to(move: number): number
  /** Moves by where they lead to, then by where they come from, without those that stay. */
  sorted(place: Int32Array): { into: Uint32Array; from: Int32Array; placeOfMove: Int32Array }
}

function createMoveTable(): MoveTable {
  let size = 0
  let froms = new Int32Array(256)
  let channels = new Int32Array(256)
  let tos = new Int32Array(256)
  let slots = new Int32Array(1024)

  function slotOf(from: number, channel: number): number {
    let slot = mixed(from, channel) & (slots.length - 1)
    for (let entry = slots[slot]!; entry !== 0; entry = slots[slot]!) {
      if (froms[entry - 1] === from && channels[entry - 1] === channel) return slot
      slot = (slot + 1) & (slots.length - 1)
    }
    return slot
  }

  return {
    find: (from, channel) => slots[slotOf(from, channel)]! - 1,
    to: move => tos[move]!,
    add(from, channel, to) {
      if (size === froms.length) {
        froms = longer(froms, 2 * size)
        channels = longer(channels, 2 * size)
        tos = longer(tos, 2 * size)
      }
      froms[size] = from
      channels[size] = channel
      tos[size] = to
      slots[slotOf(from, channel)] = ++size
      if (2 * size > slots.length) {
        slots = new Int32Array(2 * slots.length)
        for (let move = 0; move < size; move++) slots[slotOf(froms[move]!, channels[move]!)] = move + 1
      }
      return size - 1
    },
    sorted(place) {
      const leading: number[] | Int32Array = new Int32Array(size)
      let count = 0
      for (let move = 0; move < size; move++) if (froms[move] !== tos[move]) leading[count++] = move
      let sequence: Int32Array = leading.subarray(0, count)
      sequence = sortedBy(sequence, move => place[froms[move]!]!, place.length)
      sequence = sortedBy(sequence, move => place[tos[move]!]!, place.length)
      const into = new Uint32Array(place.length + 1)
      const from = new Int32Array(count)
      const placeOfMove = new Int32Array(size).fill(-1)
      for (let at = 0; at < count; at++) {
        const move = sequence[at]!
        from[at] = place[froms[move]!]!
        into[place[tos[move]!]! + 1]!++
        placeOfMove[move] = at
      }
      for (let state = 0; state < place.length; state++) into[state + 1]! += into[state]!
      return { into, from, placeOfMove }
    },
  }
}

/** The same numbers, stably by a key from 0 up to, without, `keys`. */
export function sortedBy(numbers: Int32Array, keyOf: (number: number) => number, keys: number): Int32Array {
  const ends = new Uint32Array(keys + 1)
  for (let at = 0; at < numbers.length; at++) ends[keyOf(numbers[at]!) + 1]!++
  for (let key = 0; key < keys; key++) ends[key + 1]! += ends[key]!
  const sorted = new Int32Array(numbers.length)
  for (let at = 0; at < numbers.length; at++) sorted[ends[keyOf(numbers[at]!)]!++] = numbers[at]!
  return sorted
}

function mixed(hash: number, number: number): number {
  const product = Math.imul(hash ^ Math.imul(number + 1, 0x9e3779b1), 0x85ebca6b)
  return product ^ (product >>> 15)
}

function longer(numbers: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(length)
  copy.set(numbers)
  return copy
}

import type { VisitTask } from './chain-kernel.ts'
import type { ChainWeights } from './chain-weights.ts'
import { sortedBy } from './chain-windows.ts'
import type { WindowChain } from './chain-windows.ts'

/** After how many sweeps over its states a chain is solved by elimination, or given up. */
const MOST_SWEEPS = 1_000

/**
 * What does not change with the weights of a chain: its states in the order in which they are gone through, numbered by
 * their place there. Only those from `coreStart` up to `coreEnd` can lead to each other in circles.
 */
export interface ChainRoute {
  /** By place: the number of the state in the chain. */
  readonly sequence: Int32Array
  readonly coreStart: number
  readonly coreEnd: number
  /** By place: `order` channels, filled up with -1. */
  readonly windows: Int32Array
  /** The moves into a place, as in the chain but by place; `moves` has the number of each in the chain. */
  readonly into: Uint32Array
  readonly from: Int32Array
  readonly moves: Int32Array
}

/**
 * Puts first the states to which no circle leads and last those from which none starts: these need a single sweep. What
 * is left in between, the core, has all the circles. There, states that lead to the same ones stand side by side, so that
 * what a sweep reads is near in memory to what it has just read: else it waits for memory most of the time.
 */
export function routeOf(chain: WindowChain): ChainRoute {
  const { size, order, windows, into, from } = chain
  const { sequence, coreStart, coreEnd } = coreInTheMidst(chain)
  const core = byLastChannels(sequence.subarray(coreStart, coreEnd), chain)
  sequence.set(core, coreStart)

  const place = new Int32Array(size)
  for (let at = 0; at < size; at++) place[sequence[at]!] = at
  const route = {
    sequence,
    coreStart,
    coreEnd,
    windows: new Int32Array(windows.length),
    into: new Uint32Array(size + 1),
    from: new Int32Array(from.length),
    moves: new Int32Array(from.length),
  }
  let moved = 0
  for (let at = 0; at < size; at++) {
    const state = sequence[at]!
    route.windows.set(windows.subarray(state * order, state * order + order), at * order)
    for (let move = into[state]!; move < into[state + 1]!; move++) {
      route.moves[moved] = move
      route.from[moved++] = place[from[move]!]!
    }
    route.into[at + 1] = moved
  }
  return route
}

/** These states by all their channels but the first, then by the first. */
function byLastChannels(states: Int32Array, { order, names, windows }: WindowChain): Int32Array {
  let sorted = sortedBy(states, state => windows[state * order]! + 1, names.length + 1)
  for (let at = order - 1; at > 0; at--) {
    sorted = sortedBy(sorted, state => windows[state * order + at]! + 1, names.length + 1)
  }
  return sorted
}

/** All states, those of the core in the midst of them. */
function coreInTheMidst({ size, into, from }: WindowChain): Pick<ChainRoute, 'sequence' | 'coreStart' | 'coreEnd'> {
  const sequence = new Int32Array(size)
  const placed = new Uint8Array(size)
  const outOf = outgoing(size, into, from)

  const arriving = new Int32Array(size)
  for (let state = 0; state < size; state++) arriving[state] = into[state + 1]! - into[state]!
  let head = 0
  for (let state = 0; state < size; state++) if (arriving[state] === 0) sequence[head++] = state
  for (let done = 0; done < head; done++) {
    const state = sequence[done]!
    placed[state] = 1
    for (let at = outOf.starts[state]!; at < outOf.starts[state + 1]!; at++) {
      const to = outOf.to[at]!
      if (--arriving[to]! === 0) sequence[head++] = to
    }
  }

  const leaving = new Int32Array(size)
  for (let state = 0; state < size; state++) leaving[state] = outOf.starts[state + 1]! - outOf.starts[state]!
  let tail = size
  for (let state = size - 1; state >= 0; state--) {
    if (leaving[state] === 0 && placed[state] === 0) sequence[--tail] = state
  }
  for (let done = size - 1; done >= tail; done--) {
    const state = sequence[done]!
    placed[state] = 1
    for (let move = into[state]!; move < into[state + 1]!; move++) {
      const before = from[move]!
      if (--leaving[before]! === 0 && placed[before] === 0) sequence[--tail] = before
    }
  }

  let core = head
  for (let state = 0; state < size; state++) if (placed[state] === 0) sequence[core++] = state
  return { sequence, coreStart: head, coreEnd: tail }
}

/** The moves by where they come from. */
export function outgoing(
  size: number,
  into: Uint32Array,
  from: Int32Array,
): { readonly starts: Uint32Array; readonly moves: Int32Array; readonly to: Int32Array } {
  const starts = new Uint32Array(size + 1)
  for (let move = 0; move < from.length; move++) starts[from[move]! + 1]!++
  for (let state = 0; state < size; state++) starts[state + 1]! += starts[state]!
  const next = starts.slice()
  const moves = new Int32Array(from.length)
  const to = new Int32Array(from.length)
  for (let state = 0; state < size; state++) {
    for (let move = into[state]!; move < into[state + 1]!; move++) {
      const at = next[from[move]!]!++
      moves[at] = move
      to[at] = state
    }
  }
  return { starts, moves, to }
}

/** @param shared whether other threads have to see the task. */
export function taskOf(chain: WindowChain, route: ChainRoute, weights: ChainWeights, shared: boolean): VisitTask {
  const { size, order } = chain
  const { sequence, windows, into, from, moves } = route
  const channels = chain.names.length
  const flows = byPlace(weights.flows)
  const parts = new Float64Array(from.length)
  for (let place = 0; place < size; place++) {
    const flow = flows[place]!
    if (flow === 0) continue
    for (let move = into[place]!; move < into[place + 1]!; move++) parts[move] = weights.moves[moves[move]!]! / flow
  }
  const seen = shared ? inSharedMemory : <Numbers>(numbers: Numbers): Numbers => numbers
  return {
    size,
    order,
    channels,
    windows: seen(windows),
    coreStart: route.coreStart,
    coreEnd: route.coreEnd,
    into: seen(into),
    from: seen(from),
    parts: seen(parts),
    flows: seen(flows),
    conversions: seen(byPlace(weights.conversions)),
    values: seen(byPlace(weights.values)),
    sweeps: MOST_SWEEPS,
    answers: seen(new Float64Array(4 * channels)),
    solved: seen(new Int32Array(channels)),
    next: seen(new Int32Array(1)),
  }

  function byPlace(numbers: Float64Array): Float64Array {
    return Float64Array.from(sequence, state => numbers[state]!)
  }
}

function inSharedMemory<Numbers extends Int32Array | Uint32Array | Float64Array>(numbers: Numbers): Numbers {
  const make = numbers.constructor as new (buffer: SharedArrayBuffer) => Numbers
  const copy = new make(new SharedArrayBuffer(numbers.byteLength))
  copy.set(numbers)
  return copy
}

/** A chain as `createVisitSolver` reads it. The arrays may lie in shared memory. */
export interface VisitTask {
  readonly size: number
  readonly order: number
  /** The number of channels. */
  readonly channels: number
  /** `order` channels a state, filled up with -1. */
  readonly windows: Int32Array
  /** States are gone through by number. Only these, from the first to before the second, can lead to each other in circles. */
  readonly coreStart: number
  readonly coreEnd: number
  /** By state j: the moves into it are `into[j]` up to `into[j + 1]`. */
  readonly into: Uint32Array
  /** By move: where it comes from, and which part it is of all that comes into the state where it leads. */
  readonly from: Int32Array
  readonly parts: Float64Array
  /** By state: all that comes into it. */
  readonly flows: Float64Array
  /** By state, what is earned where walks end: conversions, which are 0 or more, and their value. */
  readonly conversions: Float64Array
  readonly values: Float64Array
  /** After how many sweeps to give up. */
  readonly sweeps: number
  /** Four numbers a channel: conversions of walks that visit it and of those that do not; then the same of value. */
  readonly answers: Float64Array
  /** By channel: 1 if the answer is exact but for rounding, 2 if the sweeps were not enough. */
  readonly solved: Int32Array
  /** Which block of channels is next, for all who solve this task. */
  readonly next: Int32Array
}

/**
 * Makes a function that solves a task for one block of eight channels: for each state the probability u_j that a walk
 * which is there has seen the channel before or sees it there,
 *
 *     u_j = 1 where the window of j contains the channel,
 *     u_j = sum over moves i -> j of part_ij u_i elsewhere,
 *
 * by Gauss-Seidel sweeps from 0 upwards, in the order in which paths meet the states. All numbers are sums of positive
 * ones, so that the smallest keep their digits too. Every few sweeps the slowest mode of what is still missing, which
 * shrinks by a factor that is then known, is added at once (Aitken). A sweep that changes u by d leaves an error of at
 * most the sum of flow_j |d_j| in the conversions: below 1e-13 of them, and no u_j changing by as much, it ends.
 *
 * Self-contained, as worker threads are given its text: it may use nothing but its arguments and what is in every
 * global scope. Eight numbers are written out by name as arrays of them would cost three times as much.
 */
export function createVisitSolver(task: VisitTask): (block: number) => void {
  const { order, channels, windows, coreStart, coreEnd, into, from, parts, flows } = task
  const { size, conversions, values, answers, solved } = task
  const seen = new Float64Array(8 * size)
  // Of the core: what was seen before the last measured sweep.
  const before = new Float64Array(8 * (coreEnd - coreStart))
  // A bit for each channel of the block that is in the window of the state.
  const inside = new Uint8Array(size)
  const moved = new Float64Array(8)
  const earned = new Float64Array(8)
  const visits = new Float64Array(8)

  /** Goes through these states once. */
  function sweep(start: number, end: number): void {
    let move = into[start]!
    for (let state = start; state < end; state++) {
      let s0 = 0
      let s1 = 0
      let s2 = 0
      let s3 = 0
      let s4 = 0
      let s5 = 0
      let s6 = 0
      let s7 = 0
      for (const last = into[state + 1]!; move < last; move++) {
        const part = parts[move]!
        const at = from[move]! * 8
        s0 += part * seen[at]!
        s1 += part * seen[at + 1]!
        s2 += part * seen[at + 2]!
        s3 += part * seen[at + 3]!
        s4 += part * seen[at + 4]!
        s5 += part * seen[at + 5]!
        s6 += part * seen[at + 6]!
        s7 += part * seen[at + 7]!
      }
      const fixed = inside[state]!
      const at = state * 8
      seen[at] = fixed & 1 ? 1 : s0
      seen[at + 1] = fixed & 2 ? 1 : s1
      seen[at + 2] = fixed & 4 ? 1 : s2
      seen[at + 3] = fixed & 8 ? 1 : s3
      seen[at + 4] = fixed & 16 ? 1 : s4
      seen[at + 5] = fixed & 32 ? 1 : s5
      seen[at + 6] = fixed & 64 ? 1 : s6
      seen[at + 7] = fixed & 128 ? 1 : s7
    }
  }

  /** Goes through the core once and measures what that changed. Returns a bit for each channel that is not settled. */
  function measuredSweep(): number {
    before.set(seen.subarray(8 * coreStart, 8 * coreEnd))
    sweep(coreStart, coreEnd)
    moved.fill(0)
    earned.fill(0)
    visits.fill(0)
    let changing = 0
    for (let state = coreStart; state < coreEnd; state++) {
      const flow = flows[state]!
      const reward = conversions[state]!
      const at = 8 * state
      const old = at - 8 * coreStart
      for (let lane = 0; lane < 8; lane++) {
        const now = seen[at + lane]!
        const change = Math.abs(now - before[old + lane]!)
        if (change > 1e-13 * now) changing |= 1 << lane
        moved[lane]! += flow * change
        earned[lane]! += reward * now
        visits[lane]! += flow * now
      }
    }
    return open(0, 1e-16) & (changing | open(1e-13, 1e-15))
  }

  /** A bit for each channel of which more is missing than these parts of what is earned and of all visits. */
  function open(ofEarned: number, ofVisits: number): number {
    let bits = 0
    for (let lane = 0; lane < 8; lane++) {
      if (moved[lane]! > Math.max(ofEarned * earned[lane]!, ofVisits * visits[lane]!)) bits |= 1 << lane
    }
    return bits
  }

  /** Sweeps over the core until nothing changes. Returns a bit for each channel that did not get there. */
  function settle(): number {
    const movedBefore = new Float64Array(8)
    for (let count = 0; count < task.sweeps; count += 6) {
      for (let plain = 0; plain < 4; plain++) sweep(coreStart, coreEnd)
      if (measuredSweep() === 0) return 0
      movedBefore.set(moved)
      if (measuredSweep() === 0) return 0
      leap(moved.map((change, lane) => change / movedBefore[lane]!))
    }
    // What rounding keeps in motion is settled as well as can be.
    return open(1e-11, 1e-14)
  }

  /** Adds all that is to come if every further sweep changes the same by its factor of the one before. */
  function leap(factors: Float64Array): void {
    const further = factors.map(factor => (factor > 0 && factor < 1 ? factor / (1 - factor) : 0))
    for (let at = 8 * coreStart; at < 8 * coreEnd; at++) {
      const sum = seen[at]! + (seen[at]! - before[at - 8 * coreStart]!) * further[at & 7]!
      if (sum > 0) seen[at] = Math.min(1, sum)
    }
  }

  return block => {
    const first = block * 8
    seen.fill(0)
    inside.fill(0)
    for (let state = 0; state < size; state++) {
      for (let at = state * order; at < state * order + order; at++) {
        const lane = windows[at]! - first
        if (lane < 0 || lane > 7) continue
        inside[state]! |= 1 << lane
        seen[state * 8 + lane] = 1
      }
    }
    sweep(0, coreStart)
    const unsettled = settle()
    sweep(coreEnd, size)

    for (let lane = 0; lane < 8 && first + lane < channels; lane++) {
      let [through, past, valueThrough, valuePast] = [0, 0, 0, 0]
      for (let state = 0; state < size; state++) {
        if (flows[state] === 0) continue
        const part = seen[state * 8 + lane]!
        through += conversions[state]! * part
        past += conversions[state]! * (1 - part)
        valueThrough += values[state]! * part
        valuePast += values[state]! * (1 - part)
      }
      answers.set([through, past, valueThrough, valuePast], 4 * (first + lane))
      solved[first + lane] = unsettled & (1 << lane) ? 2 : 1
    }
  }
}

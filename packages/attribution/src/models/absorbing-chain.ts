import type { Steps } from './chain-steps.ts'

/** Walks that begin somewhere, move between n states and are absorbed in the end. All weights are 0 or more. */
export interface AbsorbingChain {
  /** With what weight a walk begins in each state. */
  readonly starts: Float64Array
  /** n × n weights of the moves, row by row: `moves[from * n + to]`. Moves from a state to itself change nothing. */
  readonly moves: Float64Array
  /** With what weight a walk is absorbed from each state. A state can reach an exit, or nothing leads to it. */
  readonly exits: Float64Array
}

/** What walks bring in, told apart by each state whether they visit it. In the unit of the rewards. */
export interface RewardByVisit {
  /** By state: what the walks bring in that visit it. */
  readonly through: Float64Array
  /** By state: what the walks bring in that never do. Both sum to the same total for every state. */
  readonly past: Float64Array
}

/**
 * Solves an absorbing Markov chain exactly: for each of its n states, what the walks earn that visit it.
 *
 * With N the fundamental matrix of the chain (J. G. Kemeny and J. L. Snell, "Finite Markov Chains", 1960, chapter 3),
 * s the starts and b the rewards, `through` is (s N)_i (N b)_i / N_ii. It is found without N: eliminating a state
 * means to replace each move into it by where walks go from there, and when all states but one are eliminated, what
 * still reaches it is read off. Half of the states are eliminated to solve for the other half, and so on down, which
 * is O(n³) for all of them together.
 *
 * Probabilities are computed as parts of sums of what leaves a state, never as differences (W. K. Grassmann, M. I.
 * Taksar and D. P. Heyman, "Regenerative analysis and steady state distributions for Markov chains", Operations
 * Research 33, 1985). As nothing is subtracted, every digit is kept even where walks hardly ever end, and no pivoting
 * is needed. Deterministic; about 24 n² bytes of memory.
 *
 * @param rewards any number of rewards, each by state: what is earned there in all, that is, the mean reward of a walk
 *   that passes the state times the weight of all that leaves it. May be negative.
 * @returns the answer for each of the rewards, in steps.
 */
export function* rewardByVisit(chain: AbsorbingChain, rewards: readonly Float64Array[]): Steps<RewardByVisit[]> {
  const n = chain.starts.length
  let solved = 0
  const answers = rewards.map(() => ({ through: new Float64Array(n), past: new Float64Array(n) }))

  function* solve(system: System, states: readonly number[]): Generator<void> {
    const [state] = states
    if (state === undefined) return
    if (states.length > 1) {
      const half = states.length >> 1
      yield* solve(yield* without(system, 0, half), states.slice(half))
      yield* solve(yield* without(system, half, states.length), states.slice(0, half))
      return
    }
    solved++
    const { cells, width } = system
    const leaving = at(cells, 1) || 1 // where nothing leaves, nothing came
    for (const [r, { through, past }] of answers.entries()) {
      through[state] = (at(cells, width) * at(cells, 2 + r)) / leaving
      past[state] = at(cells, width + 2 + r)
    }
  }

  const work = solve(systemOf(chain, rewards), [...chain.starts.keys()])
  while (!work.next().done) yield solved / n
  return answers
}

/** A row for each state and one for the start; a column for each state, one for the exits and one for each reward. */
interface System {
  readonly size: number
  readonly width: number
  readonly cells: Float64Array
}

function systemOf({ starts, moves, exits }: AbsorbingChain, rewards: readonly Float64Array[]): System {
  const size = starts.length
  const width = size + 1 + rewards.length
  const cells = new Float64Array((size + 1) * width)
  for (let i = 0; i < size; i++) {
    cells.set(moves.subarray(i * size, i * size + size), i * width)
    cells[i * width + size] = at(exits, i)
    for (const [r, reward] of rewards.entries()) cells[i * width + size + 1 + r] = at(reward, i)
  }
  cells.set(starts, size * width)
  return { size, width, cells }
}

/** The system as it is for those who do not see the states from `from` up to `to`. */
function* without(system: System, from: number, to: number): Generator<void, System> {
  const count = to - from
  const all = withFirst(system, from, to)
  yield* eliminateFirst(all, count)

  const size = all.size - count
  const width = all.width - count
  const cells = new Float64Array((size + 1) * width)
  for (let i = 0; i <= size; i++) {
    const start = (i + count) * all.width
    cells.set(all.cells.subarray(start + count, start + all.width), i * width)
  }
  return { size, width, cells }
}

/** A copy in which the states from `from` up to `to` come first. */
function withFirst({ size, width, cells }: System, from: number, to: number): System {
  const copy = new Float64Array(cells.length)
  for (let i = 0; i <= size; i++) {
    const row = cells.subarray(i * width, i * width + width)
    const target = (i < from ? i + to - from : i < to ? i - from : i) * width
    copy.set(row.subarray(from, to), target)
    copy.set(row.subarray(0, from), target + to - from)
    copy.set(row.subarray(to), target + to)
  }
  return { size, width, cells: copy }
}

/** Replaces every move into one of the first `count` states by where walks go from there. Works in place. */
function* eliminateFirst({ size, width, cells }: System, count: number): Generator<void> {
  // Four states at a time, as memory is slower than arithmetic: each row is then read and written a fourth as often.
  for (let first = 0; first < count; first += 4) {
    const after = Math.min(first + 4, count)
    if (size > 200) yield // below, the work between two turns of the event loop is short anyway

    // The rows of these states become the probabilities of where walks go that leave all of them.
    for (let k = first; k < after; k++) {
      for (let q = first; q < k; q++) addRow(k, q, q + 1)
      let leaving = 0
      for (let j = k + 1; j <= size; j++) leaving += at(cells, k * width + j)
      if (leaving === 0) leaving = 1 // where nothing leaves, nothing came
      for (let j = k + 1; j < width; j++) cells[k * width + j] = at(cells, k * width + j) / leaving
    }
    for (let k = after - 2; k >= first; k--) {
      for (let q = k + 1; q < after; q++) addRow(k, q, after)
    }

    // A block that is not full is filled up with its last state, into which nothing then moves a second time.
    const last = after - 1
    const [a, b, c, d] = [first, Math.min(first + 1, last), Math.min(first + 2, last), Math.min(first + 3, last)]
    const [rowA, rowB, rowC, rowD] = [rowOf(a), rowOf(b), rowOf(c), rowOf(d)]
    for (let i = after; i <= size; i++) {
      const row = rowOf(i)
      const toA = at(row, a)
      const toB = b > a ? at(row, b) : 0
      const toC = c > b ? at(row, c) : 0
      const toD = d > c ? at(row, d) : 0
      if (toA === 0 && toB === 0 && toC === 0 && toD === 0) continue
      for (let j = after; j < width; j++) {
        row[j] = at(row, j) + (toA * at(rowA, j) + toB * at(rowB, j)) + (toC * at(rowC, j) + toD * at(rowD, j))
      }
    }
  }

  function rowOf(state: number): Float64Array {
    return cells.subarray(state * width, state * width + width)
  }

  /** Sends what moves from state `k` to state `q` on to where `q` leads, as far as that is at column `from` or later. */
  function addRow(k: number, q: number, from: number): void {
    const moved = at(cells, k * width + q)
    for (let j = from; j < width; j++) {
      cells[k * width + j] = at(cells, k * width + j) + moved * at(cells, q * width + j)
    }
  }
}

// Indices here are in range by construction; the compiler cannot know.
function at(numbers: Float64Array, index: number): number {
  return numbers[index] as number
}

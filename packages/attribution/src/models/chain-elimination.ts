import type { VisitTask } from './chain-kernel.ts'

/** Up to how many states of the core a channel is solved for by elimination where sweeps do not settle. */
export const MOST_ELIMINATED = 1_500

/**
 * Solves what `createVisitSolver` solves, for one channel, by eliminating the states of the core one by one: cubic in
 * their number, but exact however long walks go round in circles. Nothing is subtracted (W. K. Grassmann, M. I. Taksar,
 * D. P. Heyman, 1985), so every digit is kept.
 * @param starts by state: the weight of the walks that begin there.
 */
export function eliminate(task: VisitTask, starts: Float64Array, channel: number): void {
  const { size, order, windows, coreStart, coreEnd, into, from, parts, flows, conversions, values } = task
  const seen = new Float64Array(size)
  // Where a state stands among those that are eliminated; -1 for all others.
  const row = new Int32Array(size).fill(-1)
  const core: number[] = []

  const contains = (state: number): boolean => windows.subarray(state * order, state * order + order).includes(channel)
  for (let state = 0; state < size; state++) if (contains(state)) seen[state] = 1
  for (let state = 0; state < coreStart; state++) follow(state)
  for (let state = coreStart; state < coreEnd; state++) {
    if (seen[state] === 0) row[state] = core.push(state) - 1
  }
  solveCore()
  for (let state = coreEnd; state < size; state++) follow(state)

  let [through, past, valueThrough, valuePast] = [0, 0, 0, 0]
  for (let state = 0; state < size; state++) {
    if (flows[state] === 0) continue
    const part = seen[state]!
    through += conversions[state]! * part
    past += conversions[state]! * (1 - part)
    valueThrough += values[state]! * part
    valuePast += values[state]! * (1 - part)
  }
  task.answers.set([through, past, valueThrough, valuePast], 4 * channel)
  task.solved[channel] = 1

  function follow(state: number): void {
    if (contains(state)) return
    let sum = 0
    for (let move = into[state]!; move < into[state + 1]!; move++) sum += parts[move]! * seen[from[move]!]!
    seen[state] = sum
  }

  function solveCore(): void {
    const n = core.length
    const cells = new Float64Array(n * n)
    const hits = new Float64Array(n)
    const misses = new Float64Array(n)
    for (const [j, state] of core.entries()) {
      misses[j] = flows[state] === 0 ? 0 : starts[state]! / flows[state]!
      for (let move = into[state]!; move < into[state + 1]!; move++) {
        const before = from[move]!
        if (row[before]! >= 0) cells[j * n + row[before]!]! += parts[move]!
        else {
          hits[j]! += parts[move]! * seen[before]!
          misses[j]! += parts[move]! * (1 - seen[before]!)
        }
      }
    }
    for (let k = n - 1; k >= 0; k--) {
      let leaving = hits[k]! + misses[k]!
      for (let i = 0; i < k; i++) leaving += cells[k * n + i]!
      if (leaving === 0) leaving = 1 // where nothing leaves, nothing came
      hits[k]! /= leaving
      misses[k]! /= leaving
      for (let i = 0; i < k; i++) cells[k * n + i]! /= leaving
      for (let j = 0; j < k; j++) {
        const part = cells[j * n + k]!
        if (part === 0) continue
        hits[j]! += part * hits[k]!
        misses[j]! += part * misses[k]!
        for (let i = 0; i < k; i++) cells[j * n + i]! += part * cells[k * n + i]!
      }
    }
    for (const [j, state] of core.entries()) {
      let sum = hits[j]!
      for (let i = 0; i < j; i++) sum += cells[j * n + i]! * seen[core[i]!]!
      seen[state] = Math.min(1, sum)
    }
  }
}

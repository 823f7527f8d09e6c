import { setImmediate } from 'node:timers/promises'
import type { RunOptions } from '../run-options.ts'

/** Long work in pieces: it yields, now and then, how much of it is done (0 to 1), and returns its result. */
export type Steps<Result> = Generator<number, Result, void>

/** For how long the event loop may wait, in milliseconds. */
const LONGEST_TURN_MS = 20

/** Does the work to its end, letting others run in between. @throws the signal's reason, as a rejection. */
export async function finish<Result>(steps: Steps<Result>, label: string, options: RunOptions): Promise<Result> {
  const { signal, onProgress } = options
  signal?.throwIfAborted()
  onProgress?.({ label, done: 0, total: 1 })
  let turn = performance.now()
  for (;;) {
    const step = steps.next()
    if (step.done) {
      onProgress?.({ label, done: 1, total: 1 })
      return step.value
    }
    if (performance.now() - turn < LONGEST_TURN_MS) continue
    onProgress?.({ label, done: step.value, total: 1 })
    await setImmediate()
    signal?.throwIfAborted()
    turn = performance.now()
  }
}

import { Worker } from 'node:worker_threads'
import type { RunOptions } from '../run-options.ts'
import { createVisitSolver } from './chain-kernel.ts'
import type { VisitTask } from './chain-kernel.ts'
import type { Steps } from './chain-steps.ts'

/** Below so many moves times channels, starting a thread takes longer than it saves. */
const LEAST_WORK_FOR_THREADS = 5_000_000

/** How many threads are worth starting for a task of this size; 0: none. */
export function threadsFor(
  chain: { size: number; moves: number; channels: number },
  { workers = 0 }: RunOptions,
): number {
  if ((chain.moves + chain.size) * chain.channels < LEAST_WORK_FOR_THREADS) return 0
  return Math.min(Math.max(0, Math.floor(workers)), Math.ceil(chain.channels / 8))
}

/** Solves the task in this thread, a block of channels a step. */
export function* solveHere(task: VisitTask): Steps<void> {
  const solve = createVisitSolver(task)
  for (let block = 0; block * 8 < task.channels; block++) {
    solve(block)
    yield Math.min(1, ((block + 1) * 8) / task.channels)
  }
}

/**
 * Solves the task, which lies in shared memory, on worker threads. The same numbers come out as in one thread, to the
 * last bit: each block of channels is solved alone, whoever does it.
 * @throws whatever keeps the threads from running, such as a policy that forbids them; the signal's reason when aborted.
 */
export async function solveOnThreads(
  task: VisitTask,
  threads: number,
  label: string,
  { signal, onProgress }: RunOptions,
): Promise<void> {
  const blocks = Math.ceil(task.channels / 8)
  let done = 0
  onProgress?.({ label, done: 0, total: 1 })
  const workers = Array.from({ length: threads }, () => new Worker(WORKER_SOURCE, { eval: true, workerData: task }))
  const stopped = new AbortController()
  try {
    await Promise.all(
      workers.map(
        worker =>
          new Promise<void>((resolve, reject) => {
            worker.on('message', () => onProgress?.({ label, done: ++done / blocks, total: 1 }))
            worker.on('error', reject)
            worker.on('exit', () => resolve())
            const abort = (): void => reject(signal?.reason as Error)
            signal?.addEventListener('abort', abort, { signal: stopped.signal })
          }),
      ),
    )
  } finally {
    stopped.abort()
    await Promise.all(workers.map(worker => worker.terminate()))
  }
}

// The text of the function itself, as then it does not matter whether this file is source, built or part of a bundle:
// a worker that is a file of its own would have to be found from each of them.
const WORKER_SOURCE = `
const { parentPort, workerData } = require('node:worker_threads')
const solve = (${createVisitSolver.toString()})(workerData)
for (;;) {
  const block = Atomics.add(workerData.next, 0, 1)
  if (block * 8 >= workerData.channels) break
  solve(block)
  parentPort.postMessage(block)
}`

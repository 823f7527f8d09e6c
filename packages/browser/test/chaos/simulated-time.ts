import type { Luck } from './luck.ts'

/** Whose work it is: what is dead does none any more, what is frozen does it later. */
export interface Worker {
  readonly isDead: boolean
  readonly isFrozen: boolean
  /** Takes work that has to wait until the worker is frozen no more. */
  park(work: Work): void
}

export type Work = () => void | Promise<void>

/** An event loop of its own, in which a day passes in no time, and always in the same order. */
export interface SimulatedTime {
  /** Milliseconds since it began. It never goes back. */
  readonly now: number
  /** What `Date.now()` says: somebody may set that clock. */
  wallClock(): number
  /** Sets the clock. */
  jump(ms: number): void
  /** Does `work` when `ms` milliseconds have passed. Gives back how to call it off. */
  later(ms: number, work: Work, worker?: Worker): () => void
  /** Does so much of the work that is due now, or within a few milliseconds. */
  run(tasks: number): Promise<void>
  /** Lets time pass. */
  pass(ms: number): Promise<void>
}

export interface TimeOptions {
  readonly luck: Luck
  /** Told of what no work has caught. */
  readonly onError: (error: unknown) => void
}

interface Task {
  readonly due: number
  readonly work: Work
  readonly worker: Worker | undefined
  isOff: boolean
}

/** 2026-03-02, a Monday. */
const START = Date.UTC(2026, 2, 2, 9)
/** What takes longer than that is waited for, not run. */
const SOON_MS = 10
/** No schedule needs that many; whoever does never rests. */
const MOST_TASKS = 150_000

const turn = globalThis.setImmediate

export function createSimulatedTime({
  luck,
  onError,
}: TimeOptions): SimulatedTime & { databaseTask(work: Work): void } {
  const tasks: Task[] = []
  let now = 0
  let offset = START
  let lastDatabaseTask = 0
  let done = 0

  function later(ms: number, work: Work, worker?: Worker): () => void {
    const task: Task = { due: now + Math.max(0, ms || 0), work, worker, isOff: false }
    let index = tasks.length
    while (index > 0 && tasks[index - 1]!.due > task.due) index--
    tasks.splice(index, 0, task)
    return () => {
      task.isOff = true
    }
  }

  async function runOne(until: number): Promise<boolean> {
    while (tasks[0]?.isOff) tasks.shift()
    if (!tasks[0] || tasks[0].due > until) return false
    if (++done > MOST_TASKS) throw new Error(`It does not come to rest: ${MOST_TASKS} tasks were run.`)
    const { due, work, worker } = tasks.shift()!
    now = Math.max(now, due)
    if (worker?.isDead) return true
    if (worker?.isFrozen) worker.park(work)
    else
      try {
        await work()
      } catch (error) {
        onError(error)
      }
    await settle()
    return true
  }

  return {
    get now() {
      return now
    },
    wallClock: () => Math.floor(offset + now),
    jump(ms) {
      offset += ms
    },
    later,
    databaseTask(work) {
      // One after the other, as the library expects; sometimes with a pause, so that other things come in between.
      lastDatabaseTask = Math.max(lastDatabaseTask, now + luck.pick([0, 0, 0, 0, 0, 0.4, 1, 2]))
      later(lastDatabaseTask - now, work)
    },
    async run(count) {
      await settle()
      for (let step = 0; step < count; step++) if (!(await runOne(now + SOON_MS))) return
    },
    async pass(ms) {
      const end = now + ms
      await settle()
      while (await runOne(end));
      now = end
    },
  }
}

/** Lets every promise that can go on do so. */
function settle(): Promise<void> {
  return new Promise(resolve => turn(resolve))
}

/**
 * While `body` runs, fake-indexeddb, which does each step by `setImmediate`, does it in the simulated time; and a
 * rejection that nobody handles is told to `onError`.
 */
export async function inSimulatedTime<Result>(
  time: { databaseTask(work: Work): void },
  onError: (error: unknown) => void,
  body: () => Promise<Result>,
): Promise<Result> {
  const others = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection')
  process.on('unhandledRejection', onError)
  globalThis.setImmediate = ((work: Work) => time.databaseTask(work)) as unknown as typeof setImmediate
  try {
    return await body()
  } finally {
    globalThis.setImmediate = turn
    process.off('unhandledRejection', onError)
    for (const listener of others) process.on('unhandledRejection', listener)
  }
}

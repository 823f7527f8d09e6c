import type { SimulatedTime, Worker } from './simulated-time.ts'

/** The Web Locks that the tabs of one browser share: the exclusive ones. */
export interface SimulatedLocks {
  /** What a tab has as `navigator.locks`. */
  of(tab: Worker): { request: LockManager['request'] }
  /** Gives back what a tab held, and takes it out of every queue. */
  release(tab: Worker): void
}

interface Claim {
  readonly tab: Worker
  grant(): void
  reject(reason: Error): void
}

type Use = (lock: unknown) => unknown

export function createSimulatedLocks(time: SimulatedTime): SimulatedLocks {
  /** The first of a queue holds the lock. */
  const queues = new Map<string, Claim[]>()

  function leave(queue: Claim[], claim: Claim): void {
    const wasFirst = queue[0] === claim
    queue.splice(queue.indexOf(claim), 1)
    if (wasFirst) queue[0]?.grant()
  }

  function request(tab: Worker, name: string, ...details: unknown[]): Promise<unknown> {
    if (tab.isDead) return new Promise(() => {})
    const use = details.pop() as Use
    const { ifAvailable, steal, signal } = (details[0] ?? {}) as LockOptions
    const queue = queues.get(name) ?? []
    queues.set(name, queue)

    return new Promise((resolve, reject) => {
      if (ifAvailable && queue.length > 0) return void time.later(0, () => resolve(attempt(use, null)), tab)
      const claim: Claim = {
        tab,
        reject,
        grant() {
          const hold = async () => {
            try {
              return await use({ name, mode: 'exclusive' })
            } finally {
              // It may have been stolen meanwhile, or its tab may be dead.
              if (queue.includes(claim)) leave(queue, claim)
            }
          }
          time.later(0, () => resolve(hold()), tab)
        },
      }
      signal?.addEventListener('abort', () => {
        if (queue.indexOf(claim) < 1) return
        leave(queue, claim)
        reject(signal.reason as Error)
      })
      if (steal) {
        const holder = queue.shift()
        if (holder) time.later(0, () => holder.reject(new DOMException('It was stolen.', 'AbortError')), holder.tab)
        queue.unshift(claim)
      } else queue.push(claim)
      if (queue[0] === claim) claim.grant()
    })
  }

  return {
    of: tab => ({ request: request.bind(undefined, tab) as LockManager['request'] }),
    release(tab) {
      for (const queue of queues.values()) {
        const others = queue.filter(claim => claim.tab !== tab)
        const isFree = queue[0] !== others[0]
        queue.splice(0, queue.length, ...others)
        if (isFree) queue[0]?.grant()
      }
    },
  }
}

async function attempt(use: Use, lock: unknown): Promise<unknown> {
  return use(lock)
}

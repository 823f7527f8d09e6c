import type { BrowserStorage } from './browser-storage.ts'

/** How long the others wait for a tab that says no more that it is at work: longer than a request may take. */
const CLAIM_MS = 60_000

export interface OneTabOptions {
  readonly name: string
  readonly storage: BrowserStorage
  readonly now: () => number
  readonly random: () => number
}

export interface OneTab {
  /** Does `work`, unless another tab is at it. Gives back whether it was done. */
  run(work: () => Promise<void>): Promise<boolean>
  /** To be called before each step: says that the work goes on. Gives back false if another tab has taken it over. */
  readonly renew: () => boolean
}

/**
 * By the browser's locks, which end with their tab, however it ends; but not while it is frozen, so that a claim that was
 * not renewed is taken over.
 */
export function createOneTab({ name, storage, now, random }: OneTabOptions): OneTab {
  let claim = 0
  const isOurs = () => (storage.read('claim') ?? claim) === claim
  const begin = () => {
    // The fraction tells whose it is.
    storage.write('claim', (claim = now() + CLAIM_MS + random()))
  }
  const isClaimed = () => {
    const left = Number(storage.read('claim')) - now()
    return left > 0 && left <= CLAIM_MS + 1
  }

  return {
    renew() {
      const goesOn = isOurs()
      if (goesOn) begin()
      return goesOn
    },
    async run(work) {
      let isTaken = false
      let isDone = false
      const hold = async () => {
        begin()
        isDone = true
        await work()
        if (isOurs()) storage.write('claim', undefined)
      }
      const steal = !!storage.read('claim') && !isClaimed()
      try {
        await navigator.locks.request(name, steal ? { steal } : { ifAvailable: true }, async lock => {
          isTaken = true
          if (lock) await hold()
        })
      } catch (error) {
        if (isTaken) throw error
        // There are none on plain http or in a sandboxed frame.
        if (!isClaimed()) await hold()
      }
      return isDone
    },
  }
}

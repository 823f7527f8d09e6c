import type { BrowserStorage } from './browser-storage.ts'

/** Up to a second, two, four … and never more than five minutes. */
const FIRST_WAIT_MS = 1_000
export const LONGEST_WAIT_MS: number = 5 * 60_000
/** A server that asks for more patience is taken to be mistaken. */
const LONGEST_HOLD_MS = 24 * 60 * 60_000

/** How long an endpoint that fails is left alone: by this page, and by those that follow. */
export interface BackOff {
  /** Counts a failure. Gives back how long to wait for the next attempt, in milliseconds: with full jitter. */
  next(): number
  /** For so long the endpoint itself wants to be left alone. */
  hold(ms: number): void
  /** For how long it still does; 0 if it does not. */
  held(): number
  /** It works again; or the visitor is another one. */
  reset(): void
}

export interface BackOffOptions {
  readonly storage: BrowserStorage
  readonly now: () => number
  readonly random: () => number
}

export function createBackOff({ storage, now, random }: BackOffOptions): BackOff {
  let failures = Number(storage.read('failed')) || 0
  /** Until when, and how long that was when it was said. */
  let wish: readonly [number, number] = [0, 0]

  return {
    next() {
      const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures)
      storage.write('failed', ++failures)
      return random() * longest
    },
    hold(ms) {
      if (ms <= LONGEST_HOLD_MS) storage.write('hold', (wish = [now() + ms, ms]))
    },
    held() {
      // Another tab may have been told.
      const [until, ms] = (storage.read('hold') ?? wish) as typeof wish
      const left = until - now()
      // More than that is the work of somebody who has set the clock.
      return left > 0 && left <= ms ? left : 0
    },
    reset() {
      if (failures) storage.write('failed', undefined)
      storage.write('hold', undefined)
      failures = 0
      wish = [0, 0]
    },
  }
}

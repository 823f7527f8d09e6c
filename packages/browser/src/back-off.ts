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
  let until = Number(storage.read('hold'))

  return {
    next() {
      const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures)
      storage.write('failed', ++failures)
      return random() * longest
    },
    hold(ms) {
      storage.write('hold', (until = now() + ms))
    },
    held() {
      // A clock that was set makes it any number.
      const left = until - now()
      return left > 0 && left <= LONGEST_HOLD_MS ? left : 0
    },
    reset() {
      if (failures) storage.write('failed', undefined)
      if (until) storage.write('hold', undefined)
      failures = until = 0
    },
  }
}

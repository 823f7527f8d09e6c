import type { BrowserStorage } from './browser-storage.ts'

export interface OneTabOptions {
  readonly name: string
  readonly storage: BrowserStorage
  readonly now: () => number
  /** How long a tab may be silent, where it has to say itself that it is still at work. */
  readonly leaseMs: number
}

/** Does `work` in one tab at a time. If `patient`, after the tab that is at it; otherwise not at all then. */
export type OneTab = (work: (renew: () => void) => Promise<void>, patient: boolean) => Promise<void>

/** By the browser's locks, which end with their tab, however it ends. */
export function createOneTab({ name, storage, now, leaseMs }: OneTabOptions): OneTab {
  return async (work, patient) => {
    try {
      await navigator.locks.request(name, { ifAvailable: !patient }, lock => (lock ? work(() => {}) : undefined))
    } catch {
      // There are none on plain http or in a sandboxed frame. Two tabs at once would be a waste, but not a mistake.
      const left = Number(storage.read('lease')) - now()
      if (left > 0 && left <= leaseMs) return
      await work(() => storage.write('lease', now() + leaseMs))
      storage.write('lease', undefined)
    }
  }
}

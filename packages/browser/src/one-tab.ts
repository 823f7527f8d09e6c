import type { BrowserStorage } from './browser-storage.ts'

/** How long other tabs wait, where a tab has to say itself that it is at work: more than a request may take. */
const LEASE_MS = 60_000

export interface OneTabOptions {
  readonly name: string
  readonly storage: BrowserStorage
  readonly now: () => number
}

/** Does `work` in one tab at a time. If `patient`, after the tab that is at it; otherwise not at all then. */
export type OneTab = (work: () => Promise<void>, patient: boolean) => Promise<void>

/** By the browser's locks, which end with their tab, however it ends. */
export function createOneTab({ name, storage, now }: OneTabOptions): OneTab {
  return async (work, patient) => {
    try {
      await navigator.locks.request(name, { ifAvailable: !patient }, async lock => lock && work())
    } catch {
      // There are none on plain http or in a sandboxed frame. Two tabs at once would be a waste, but not a mistake.
      const left = Number(storage.read('lease')) - now()
      if (left > 0 && left <= LEASE_MS) return
      storage.write('lease', now() + LEASE_MS)
      await work()
      storage.write('lease', undefined)
    }
  }
}

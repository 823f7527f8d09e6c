import { listen } from './listen.ts'

/** The few small things that have to outlive a page: in `localStorage`, where the tabs of a site see the same. */
export interface BrowserStorage {
  /** What was written under `key`; undefined when there is nothing, nothing readable, or no storage at all. */
  read(key: string): unknown
  /** Writes `value`, or removes what is there when it is undefined. Says whether the browser has done so. */
  write(key: string, value: unknown): boolean
  /** The keys that begin with `start`. */
  keys(start: string): string[]
  /** Calls `onChange` when another tab wrote something, with its key, and without one when any may have. */
  watch(onChange: (key?: string) => void, signal: AbortSignal): void
}

/** A storage of its own for every tracker name. Each caller keeps in memory what it works with. */
export function createBrowserStorage(name: string): BrowserStorage {
  return {
    read(key) {
      try {
        return JSON.parse(localStorage.getItem(`${name}.${key}`)!)
      } catch {
        return undefined
      }
    },
    write(key, value) {
      try {
        if (value === undefined) localStorage.removeItem(`${name}.${key}`)
        else localStorage.setItem(`${name}.${key}`, JSON.stringify(value))
        return true
      } catch {
        return false // full, or forbidden here
      }
    },
    keys(start) {
      try {
        return Object.keys(localStorage)
          .filter(key => key.startsWith(`${name}.${start}`))
          .map(key => key.slice(name.length + 1))
      } catch {
        return []
      }
    },
    watch(onChange, signal) {
      const onStorage = ({ key, newValue }: StorageEvent) => {
        // What is removed says nothing: the site may clear everything.
        if (newValue !== null && key?.startsWith(`${name}.`)) onChange(key.slice(name.length + 1))
      }
      listen(window, 'storage', onStorage, signal)
      // A page in the back/forward cache is told nothing.
      listen(window, 'pageshow', ({ persisted }: PageTransitionEvent) => persisted && onChange(), signal)
    },
  }
}

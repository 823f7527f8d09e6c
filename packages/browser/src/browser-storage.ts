/** The few small things that have to outlive a page: in `localStorage`, where the tabs of a site see the same. */
export interface BrowserStorage {
  /** What was written under `key`; undefined when there is nothing, nothing readable, or no storage at all. */
  read(key: string): unknown
  /** Writes `value`, or removes what is there when it is undefined. Says whether the browser has done so. */
  write(key: string, value: unknown): boolean
  /** Calls `onChange` when another tab wrote something, and when it may have. `isGone`: it has, or may have, removed `key`. */
  watch(key: string, onChange: (isGone: boolean) => void, signal: AbortSignal): void
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
    watch(watched, onChange, signal) {
      const onStorage = ({ key, newValue }: StorageEvent) => {
        // Without a key, the site has cleared everything, which says nothing about us.
        if (key?.startsWith(`${name}.`)) onChange(key === `${name}.${watched}` && newValue === null)
      }
      addEventListener('storage', onStorage, { signal })
      // A page in the back/forward cache is told nothing.
      addEventListener('pageshow', ({ persisted }) => onChange(persisted), { signal })
    },
  }
}

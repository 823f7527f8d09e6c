import type { BrowserStorage } from '../browser-storage.ts'
import type { ShopifyStorage } from './shopify-api.ts'

/** The `localStorage` of the shop's page, which a sandbox reaches by messages only, as what was last seen of it. */
export interface TopStorage extends BrowserStorage {
  /** Removes all that is there, known or not. */
  forget(): void
  /** Looks again what stands there. Where that cannot be had, it goes on with what it knows. */
  refresh(): Promise<void>
}

/** What is shared with the tracker in the shop's pages, and `unsent`, which only pixels use. */
const SHARED = ['visitor', 'session', 'dropped', 'unsent']

export function createTopStorage(top: ShopifyStorage, name: string): TopStorage {
  const known = new Map<string, unknown>()
  const storage: TopStorage = {
    read: key => known.get(key),
    write(key, value) {
      if (value === undefined) known.delete(key)
      else known.set(key, value)
      if (SHARED.includes(key)) void put(`${name}.${key}`, value)
      return true
    },
    keys: start => [...known.keys()].filter(key => key.startsWith(start)),
    watch() {},
    forget() {
      for (const key of SHARED) storage.write(key, undefined)
    },
    // All at once: the page may be left at any moment, and each answer is a message from it.
    refresh: async () => void (await Promise.all(SHARED.map(look))),
  }
  return storage

  async function look(key: string): Promise<void> {
    try {
      const value: unknown = JSON.parse((await top.getItem(`${name}.${key}`))!)
      if (value) known.set(key, value)
    } catch {
      // Not allowed here, or written by somebody else.
    }
  }

  async function put(key: string, value: unknown): Promise<void> {
    try {
      await (value === undefined ? top.removeItem(key) : top.setItem(key, JSON.stringify(value)))
    } catch {
      // Full, or not allowed here: it stays in memory.
    }
  }
}

import type { BrowserStorage } from './browser-storage.ts'
import { bundled, fitting, keysOf, placeOf, sizeOf, total, unbundle } from './row.ts'
import type { Row } from './row.ts'

/** All pages together leave no more than that behind: it is room that the site itself may need. */
const MOST_BYTES = 200_000
const PREFIX = 'left.'

/**
 * What a page may not get into IndexedDB any more before it is gone: in `localStorage`, which is written before the next
 * line runs. Every page has keys of its own, so that none overwrites another's.
 */
export interface LeftBehind {
  /** Puts rows here that are not here yet, as far as there is room. */
  keep(rows: readonly Row[]): void
  /** The rows of other pages, each once. They stay here too. */
  take(): Row[]
  /** Removes what is here of the rows of which none is `needed` here any more. */
  release(needed: (key: string) => boolean): void
  /** Removes everything. Gives back the keys of the rows. */
  erase(): string[]
}

export function createLeftBehind(storage: BrowserStorage): LeftBehind {
  /** The keys of the rows that this page has put here or taken, by where they are. */
  const known = new Map<string, readonly string[]>()
  const places = () => storage.keys(PREFIX)
  const read = (place: string) => unbundle(place, storage.read(place))

  function remove(place: string): void {
    storage.write(place, undefined)
    known.delete(place)
  }

  return {
    keep(rows) {
      // The site may have cleared its storage meanwhile.
      const there = places()
      const kept = new Set(there.flatMap(place => known.get(place) ?? []))
      const fresh = rows.filter(({ key }) => !kept.has(key))
      const room = MOST_BYTES - total(there, place => sizeOf(place.slice(PREFIX.length)))
      const some = fresh.slice(0, fitting(fresh, Infinity, room))
      const place = PREFIX + (some.length > 0 && placeOf(some))
      if (some.length > 0 && storage.write(place, bundled(some))) known.set(place, keysOf(some))
    },
    take: () =>
      places()
        .filter(place => !known.has(place))
        .flatMap(place => {
          const rows = read(place)
          known.set(place, keysOf(rows))
          return rows
        }),
    release(needed) {
      for (const [place, keys] of known) if (!keys.some(needed)) remove(place)
    },
    erase: () =>
      places().flatMap(place => {
        const keys = keysOf(read(place))
        remove(place)
        return keys
      }),
  }
}

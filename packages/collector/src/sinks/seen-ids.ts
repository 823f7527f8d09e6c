/** Which ids were seen lately. */
export interface SeenIds {
  has(id: string): boolean
  add(id: string): void
}

/**
 * Remembers at least the last `capacity` ids and at most twice as many. They are forgotten by the generation, because
 * taking the oldest out of a `Set` one by one grows slower with every one that was taken out before.
 */
export function createSeenIds(capacity: number): SeenIds {
  let young = new Set<string>()
  let old = new Set<string>()

  return {
    has: id => young.has(id) || old.has(id),

    add(id) {
      if (young.size >= capacity) {
        old = young
        young = new Set()
      }
      young.add(id)
    },
  }
}

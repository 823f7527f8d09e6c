import type { StoredEvent } from '@jejak/events'
import type { EventSink } from './sink.ts'

export interface MemorySink extends EventSink {
  /** Everything stored so far, oldest first. */
  readonly events: readonly StoredEvent[]
}

/** Keeps events in memory, all of them: for tests, demonstrations and live views. */
export function createMemorySink(): MemorySink {
  const events: StoredEvent[] = []
  const ids = new Set<string>()
  let closed = false

  return {
    events,

    async write(incoming) {
      if (closed) throw new Error('The memory sink is closed: nothing can be written to it any more.')
      const stored = incoming.filter(({ id }) => !ids.has(id) && ids.add(id))
      events.push(...stored)
      return { stored, duplicates: incoming.length - stored.length }
    },

    async close() {
      closed = true
    },
  }
}

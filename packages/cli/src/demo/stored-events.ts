import { readdir } from 'node:fs/promises'
import { readEvents } from '@jejak/attribution'
import type { StoredEvent } from '@jejak/events'

/** The events in a folder, which may be empty or not there yet. */
export async function* storedEvents(folder: string): AsyncGenerator<StoredEvent> {
  const names = await readdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  if (names.some(name => /\.ndjson(\.gz)?$/.test(name))) yield* readEvents(folder)
}

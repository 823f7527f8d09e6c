import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StoredEvent } from '@jejak/events'

/** Everything that a collector has written to a folder so far, in the order in which it happened. */
export function storedEvents(folder: string): StoredEvent[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter(file => file.endsWith('.ndjson'))
    .flatMap(file => readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean))
    .map(line => JSON.parse(line) as StoredEvent)
    .sort((a, b) => a.session_number - b.session_number || a.time - b.time || a.sequence - b.sequence)
}

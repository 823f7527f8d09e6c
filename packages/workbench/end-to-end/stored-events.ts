import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StoredEvent } from '@jejak/events'

/** Everything that a collector has written to a folder, in the order in which it happened. */
export function storedEvents(folder: string): StoredEvent[] {
  return readdirSync(folder)
    .filter(file => file.endsWith('.ndjson'))
    .flatMap(file => readFileSync(join(folder, file), 'utf8').trimEnd().split('\n'))
    .map(line => JSON.parse(line) as StoredEvent)
    .sort((a, b) => a.session_number - b.session_number || a.time - b.time || a.sequence - b.sequence)
}

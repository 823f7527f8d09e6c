import type { StoredEvent } from '@jejak/events'
import { buildJourneys } from '../journeys/journeys.ts'
import type { BuiltJourneys, JourneyOptions } from '../journeys/journeys.ts'
import type { JourneyEngine } from './engine.ts'

export interface MemoryEngine extends JourneyEngine {
  build(options: JourneyOptions): Promise<BuiltJourneys>
}

/**
 * Builds journeys in this process: no native code, and right for up to tens of millions of events. Of each event it
 * keeps 38 bytes and of each contact 21, besides the names of visitors and sessions, and what is known of contacts and conversions.
 *
 * `events` are read anew at each `build`, as far as they can be: `readEvents` can, a generator cannot.
 */
export function createMemoryEngine(events: AsyncIterable<StoredEvent> | Iterable<StoredEvent>): MemoryEngine {
  return { build: options => buildJourneys(events, options) }
}

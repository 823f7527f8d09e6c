import type { StoredEvent } from '@jejak/events'

export interface WriteResult {
  /** The events stored by this call, in the order given. */
  readonly stored: readonly StoredEvent[]
  /** How many were left out because an event with their id is stored already, or stood earlier in the same call. */
  readonly duplicates: number
}

/** Where the collector puts the events it accepts. */
export interface EventSink {
  /**
   * Resolves once the events are safe: whatever happens to the process after that, they are there. An id that is
   * stored already, as far back as the sink remembers, is not stored again. Rejects if they could not be stored;
   * then the sender is told to send them again, and another call may succeed.
   */
  write(events: readonly StoredEvent[]): Promise<WriteResult>
  /** Finishes what was begun and lets go of files and connections. A write after that rejects. */
  close(): Promise<void>
}

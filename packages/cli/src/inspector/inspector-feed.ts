import { JOURNEY_STAGES } from '@jejak/events'
import type { DropReason } from '@jejak/events'
import type { Exchange } from './exchange.ts'

export interface InspectorTotals {
  readonly accepted: number
  readonly duplicates: number
  readonly refused: number
  /** What senders had to give up, as they report it. */
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>
}

/** What the page is told: all there is, or what is new. */
export interface InspectorUpdate {
  readonly totals: InspectorTotals
  readonly stages: readonly string[]
  /** The oldest first. */
  readonly exchanges: readonly Exchange[]
}

export interface InspectorFeed {
  add(exchange: Exchange): void
  snapshot(): InspectorUpdate
  /** Returns how to stop listening. */
  subscribe(listener: (update: InspectorUpdate) => void): () => void
}

/** What is kept for a page that is opened later. */
const MOST_EXCHANGES = 200
const MOST_CHARACTERS = 2_000_000

/** The latest requests, as much of them as fits, and counts of all. */
export function createInspectorFeed(): InspectorFeed {
  const kept: { readonly exchange: Exchange; readonly size: number }[] = []
  const listeners = new Set<(update: InspectorUpdate) => void>()
  const totals = { accepted: 0, duplicates: 0, refused: 0, dropped: {} as Partial<Record<DropReason, number>> }
  let size = 0

  const update = (exchanges: readonly Exchange[]): InspectorUpdate => ({
    totals: { ...totals, dropped: { ...totals.dropped } },
    stages: JOURNEY_STAGES,
    exchanges,
  })

  return {
    add(exchange) {
      totals.accepted += exchange.accepted
      totals.duplicates += exchange.duplicates
      totals.refused += exchange.refused
      for (const [reason, count] of Object.entries(exchange.dropped) as [DropReason, number][])
        totals.dropped[reason] = (totals.dropped[reason] ?? 0) + count

      const own = JSON.stringify(exchange).length
      kept.push({ exchange, size: own })
      size += own
      while (kept.length > MOST_EXCHANGES || (size > MOST_CHARACTERS && kept.length > 1)) size -= kept.shift()!.size
      for (const tell of listeners) tell(update([exchange]))
    },
    snapshot: () => update(kept.map(({ exchange }) => exchange)),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

import { mapEvents } from '@jejak/attribution'
import type { BadRow, MapEventsOptions } from '@jejak/attribution'
import type { StoredEvent } from '@jejak/events'

/** Everything that one mapping of rows gives. */
export async function mapAll(
  rows: Iterable<object> | AsyncIterable<object>,
  mapping: Parameters<typeof mapEvents>[1],
  options: MapEventsOptions = {},
) {
  const events: StoredEvent[] = []
  const badRows: BadRow[] = []
  const source = mapEvents(rows, mapping, { onBadRow: row => badRows.push(row), ...options })
  for await (const event of source) events.push(event)
  return { events, badRows, summary: source.summary }
}

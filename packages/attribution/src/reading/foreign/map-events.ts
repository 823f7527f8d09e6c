import type { StoredEvent } from '@jejak/events'
import type { BadRow, DuplicateRow, EventSource } from '../event-source.ts'
import { createSeenIds } from '../seen-ids.ts'
import type { EventMapping, MappingOptions } from './event-mapping.ts'
import { chooseMapping, chooseMappingOptions } from './event-mappings.ts'
import type { EventMappingName } from './event-mappings.ts'
import { createRowMapper } from './row-mapper.ts'

export interface MapEventsOptions extends MappingOptions {
  /** What rows are said to be of in a `BadRow`; their `line` counts from 1. Default: `rows`. */
  readonly name?: string
  readonly onBadRow?: (row: BadRow) => void
  readonly onDuplicate?: (row: DuplicateRow) => void
  /** Ends the reading: the loop throws the signal's reason. */
  readonly signal?: AbortSignal
}

/**
 * Events from rows that are in the program already, or come from a database: anything that can be looped over. They
 * are mapped as `readEvents` maps those of a file.
 *
 * @throws {TypeError} if the mapping or an option is not what it should be.
 */
export function mapEvents(
  rows: AsyncIterable<object> | Iterable<object>,
  mapping: EventMappingName | EventMapping,
  options: MapEventsOptions = {},
): EventSource {
  const chosen = chooseMapping(mapping, 'mapEvents')
  const chosenOptions = chooseMappingOptions(options, 'mapEvents')
  const { name = 'rows', onBadRow, onDuplicate, signal } = options
  let summary = { files: 0, rows: 0, bad: 0, duplicates: 0 }

  async function* events(): AsyncGenerator<StoredEvent> {
    const counted = { files: 1, rows: 0, bad: 0, duplicates: 0 }
    summary = counted
    const seen = createSeenIds()
    const toEvent = createRowMapper(chosen, chosenOptions)
    signal?.throwIfAborted()
    for await (const row of rows) {
      signal?.throwIfAborted()
      const line = ++counted.rows
      const isObject = typeof row === 'object' && row !== null && !Array.isArray(row)
      const read = isObject
        ? toEvent(row as Record<string, unknown>, `${name}\n${line}`)
        : { reason: 'expected an object' }
      if ('reason' in read) {
        counted.bad++
        onBadRow?.({ file: name, line, reason: read.reason })
      } else if (seen.add(read.event.id)) {
        yield read.event
      } else {
        counted.duplicates++
        onDuplicate?.({ file: name, line, id: read.event.id })
      }
    }
  }

  return {
    [Symbol.asyncIterator]: events,
    get summary() {
      return { ...summary }
    },
  }
}

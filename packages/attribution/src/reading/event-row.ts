import type { StoredEvent } from '@jejak/events'
import { storedEventSchema } from '@jejak/events/schemas'
import { isOrdinaryEvent } from './ordinary-event.ts'

/** One event as a file has it, or why it is none. */
export type EventRow = { readonly event: StoredEvent } | { readonly reason: string }

/**
 * The events of one line of NDJSON: an event as a collector stores it, an `Envelope` as the browser sends it (nobody
 * has corrected its clock, so `corrected_time` and `received_at` are its `time`), or a whole `Batch` of these. Where
 * a field may be left out it may also be null, as databases export it.
 */
export function readEventRows(line: string): EventRow[] {
  const value = parseLine(line)
  if (value instanceof Error) return [{ reason: value.message }]
  if (isRecord(value) && Array.isArray(value['events']) && !('id' in value)) return value['events'].map(checkEvent)
  return [checkEvent(value)]
}

/** An event as it may be used, or what is wrong with it. Fills in what only a collector knows. */
export function checkEvent(value: unknown): EventRow {
  if (!isRecord(value)) return { reason: 'expected an event, a JSON object' }
  value['corrected_time'] ??= value['time']
  value['received_at'] ??= value['time']
  // The same UUID may be written in either case (RFC 9562); from here on ids are compared as text.
  if (typeof value['id'] === 'string') value['id'] = value['id'].toLowerCase()
  if (isOrdinaryEvent(value)) return { event: value }

  const checked = storedEventSchema.safeParse(withoutNulls(value))
  if (checked.success) return { event: checked.data }
  const [issue] = checked.error.issues
  return { reason: issue ? `${issue.path.join('.')}: ${issue.message}` : 'not an event' }
}

/** `touch.click_ids.gclid`: nothing that may be left out lies deeper. */
const DEEPEST_FIELD = 3

/** What is in the properties, and that there is no stage, is the event's own word; any other null stands for nothing. */
function withoutNulls(value: Record<string, unknown>, levels: number = DEEPEST_FIELD): Record<string, unknown> {
  const fields = Object.entries(value)
    .filter(([key, field]) => field !== null || key === 'stage')
    .map(([key, field]) => {
      const goesOn = levels > 1 && key !== 'properties' && isRecord(field)
      return [key, goesOn ? withoutNulls(field, levels - 1) : field] as const
    })
  return Object.fromEntries(fields)
}

/** The value of a line of JSON, or an Error that says why it has none. Quotes nothing of the line. */
export function parseLine(line: string): unknown {
  try {
    // A `__proto__` is harmless where it is read and a trap where it is copied: such a line is nobody's honest event.
    // The escape is searched for too, since JSON may write any letter of a key as one.
    if (!line.includes('__proto__') && !line.includes('\\u00')) return JSON.parse(line)

    let trap = false
    const value: unknown = JSON.parse(line, (key, part: unknown) => {
      trap ||= key === '__proto__'
      return part
    })
    return trap ? new Error('a key is named __proto__') : value
  } catch (error) {
    // V8's own message quotes the line, which may hold anything.
    return new Error(error instanceof SyntaxError ? 'the line is not JSON' : 'the line is nested too deeply')
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

import { PROPERTIES } from '@jejak/events'
import type { PropertyName } from '@jejak/events'

/** How to mend what the collector refused an event for: its reasons begin with the field. */
export function mendRefusal(reason: string): string {
  const property = /^properties\.([a-z_]+)/.exec(reason)?.[1]
  if (property && Object.hasOwn(PROPERTIES, property)) {
    const { meaning, type } = PROPERTIES[property as PropertyName]
    return `In track(), give \`${property}\` as ${TYPES[type] ?? 'expected'}: ${meaning}.`
  }
  if (reason.startsWith('properties')) return 'Correct this property where track() is called.'
  return 'The tracker writes this field by itself. Is the sender of another version, or written by hand? The form is in @jejak/events/batch.schema.json.'
}

const TYPES: Readonly<Partial<Record<string, string>>> = {
  string: 'a text',
  number: 'a number (`250000`, not `"250000"` or `"Rp 250.000"`)',
  boolean: 'true or false',
  currency: 'three capital letters',
  date_time: 'a time such as `2026-11-21T09:30:00+07:00`',
  items: 'a list of objects, each with `item_id`',
  choice: 'one of the words above',
}

/** How to mend what a whole request was refused for. */
export function mendRequest(status: number, fault: string): string {
  if (status === 403 && fault.startsWith('origin'))
    return 'Add this origin to --origin (allowedOrigins), spelled exactly so, or leave --origin out to let every page send.'
  if (status === 403)
    return 'Give the tracker this collector\'s key: `data-write-key="…"` in its tag, or `writeKey` in createTracker().'
  return REQUESTS[status] ?? 'The terminal of the collector says more.'
}

const REQUESTS: Readonly<Partial<Record<number, string>>> = {
  400: 'The body is no batch of Jejak. Is something else sending here, or a `body` option that writes another form?',
  405: 'Events are sent by POST.',
  413: 'Send fewer events at a time (`batch.bytes`); the tracker halves a batch that is too large by itself.',
  415: 'Send as text/plain or application/json, packed by gzip or not at all.',
  500: 'The collector failed; its log says why. The tracker keeps the events and sends them again.',
  503: 'The events could not be stored just now. The tracker keeps them and sends them again.',
}

import type { EventMapping, MappingOptions } from './event-mapping.ts'
import { TIME_UNITS } from './event-mapping.ts'
import { ga4Mapping } from './ga4-mapping.ts'
import { nearestName } from './nearest-name.ts'
import { segmentMapping } from './segment-mapping.ts'
import { snowplowMapping } from './snowplow-mapping.ts'

export type EventMappingName = 'ga4' | 'segment' | 'snowplow'

/**
 * Mappings for logs whose shape is published. A shop with columns of its own adds them:
 * `{ ...EVENT_MAPPINGS.segment, account_id: 'company' }`.
 */
export const EVENT_MAPPINGS: Readonly<Record<EventMappingName, EventMapping>> = {
  ga4: ga4Mapping,
  segment: segmentMapping,
  snowplow: snowplowMapping,
}

/** @throws {TypeError} if it is no mapping, or one without what every event must have. */
export function chooseMapping(mapping: EventMappingName | EventMapping, caller: string): EventMapping {
  const names = Object.keys(EVENT_MAPPINGS)
  if (typeof mapping === 'string') {
    if (Object.hasOwn(EVENT_MAPPINGS, mapping)) return EVENT_MAPPINGS[mapping]
    const near = nearestName(mapping, names)
    throw new TypeError(
      `${caller}: expected \`mapping\` to be ${names.join(', ')} or an object such as { name: "event", time: "timestamp", visitor_id: "user_id" }, got ${JSON.stringify(mapping)}${near ? `: did you mean "${near}"?` : ''}`,
    )
  }
  if (typeof mapping !== 'object' || mapping === null || Array.isArray(mapping)) {
    throw new TypeError(`${caller}: expected \`mapping\` to be ${names.join(', ')} or an object`)
  }
  for (const field of ['name', 'time'] as const) {
    if (!mapping[field]) throw new TypeError(`${caller}: \`mapping.${field}\` is missing: say which column has it`)
  }
  if (!mapping.visitor_id && !mapping.user_id) {
    throw new TypeError(
      `${caller}: \`mapping.visitor_id\` is missing, and so is \`mapping.user_id\`: one must be there`,
    )
  }
  return mapping
}

/** @throws {TypeError} if an option is not what it should be. */
export function chooseMappingOptions(options: MappingOptions, caller: string): Required<MappingOptions> {
  const { timeUnit, timeZone = 'UTC', ids = 'content', sessionMinutes = 30, stageRules = {} } = options
  const wrong = (option: string, expected: string, got: unknown) =>
    new TypeError(`${caller}: expected \`${option}\` to be ${expected}, got ${JSON.stringify(got)}`)
  if (timeUnit !== undefined && !TIME_UNITS.includes(timeUnit)) {
    throw wrong('timeUnit', TIME_UNITS.join(', '), timeUnit)
  }
  if (!isTimeZone(timeZone)) throw wrong('timeZone', 'a time zone such as Asia/Jakarta', timeZone)
  if (ids !== 'content' && ids !== 'row') throw wrong('ids', 'content or row', ids)
  if (!(sessionMinutes > 0)) throw wrong('sessionMinutes', 'a number above 0', sessionMinutes)
  return { timeUnit: timeUnit as NonNullable<typeof timeUnit>, timeZone, ids, sessionMinutes, stageRules }
}

function isTimeZone(name: unknown): boolean {
  try {
    return typeof name === 'string' && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

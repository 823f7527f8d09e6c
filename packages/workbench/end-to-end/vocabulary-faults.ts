import { EVENTS } from '@jejak/events'
import type { Envelope, EventName } from '@jejak/events'
import { partialPropertiesSchemas } from '@jejak/events/schemas'

/** What plugins have sent that the vocabulary does not know: names of events, their properties, and wrong values. */
export function vocabularyFaults(events: readonly Envelope[]): string[] {
  return events.flatMap(({ name, properties }) => {
    if (!Object.hasOwn(EVENTS, name)) return [`${name} is no standard event`]
    const { required, optional } = EVENTS[name as EventName]
    const known: readonly string[] = [...required, ...optional]
    const unknown = Object.keys(properties).filter(property => !known.includes(property))
    const wrong = partialPropertiesSchemas[name as EventName].safeParse(properties).error?.issues ?? []
    return [
      ...unknown.map(property => `${name} has no property ${property}`),
      ...wrong.map(({ path, message }) => `${name}.${path.join('.')}: ${message}`),
    ]
  })
}

import type { Envelope, Refusal } from '@jejak/events'
import { envelopeSchema, partialPropertiesSchemas } from '@jejak/events/schemas'
import type { z } from 'zod'
import { cleanJson } from './clean-json.ts'
import { explainError } from './explain-issue.ts'

export type EventReading =
  | { readonly event: Envelope; readonly input: unknown; readonly refusal?: never }
  | { readonly refusal: Refusal }

/**
 * One event of a batch, or why it is refused. The envelope must be whole. Of a standard event's properties, what is
 * there must be of its type, or null; nothing has to be there, because an incomplete event says more than none.
 */
export function readEvent(raw: unknown, index: number): EventReading {
  const { value: input, fault } = cleanJson(raw)
  if (fault !== undefined) return { refusal: refusalOf(raw, index, fault) }

  const refuse = (reason: string): EventReading => ({ refusal: refusalOf(input, index, reason) })

  const envelope = envelopeSchema.safeParse(input)
  if (!envelope.success) return refuse(explainError(envelope.error, input, { whole: 'event' }))

  const { name, properties } = envelope.data
  const checked = propertiesSchema(name)?.safeParse(properties)
  if (checked?.error) return refuse(explainError(checked.error, properties, { whole: 'event', path: ['properties'] }))

  return { event: envelope.data, input }
}

function propertiesSchema(name: string): z.ZodType | undefined {
  const schemas: Readonly<Record<string, z.ZodType>> = partialPropertiesSchemas
  return Object.hasOwn(schemas, name) ? schemas[name] : undefined
}

function refusalOf(input: unknown, index: number, reason: string): Refusal {
  const id = typeof input === 'object' && input !== null && 'id' in input ? input.id : undefined
  // The sender finds its event by the id it sent, so it is given back as it came, unless it cannot be an id at all.
  return typeof id === 'string' && id.length > 0 && id.length <= 64 ? { id, index, reason } : { index, reason }
}

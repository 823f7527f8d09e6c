import type { Batch, Envelope, Refusal } from '@jejak/events'
import { batchOfUnknownsSchema } from '@jejak/events/schemas'
import { explainError } from './explain-issue.ts'
import { ignoredFields } from './ignored-fields.ts'
import { readBody } from './read-body.ts'
import type { ReadBudget } from './read-budget.ts'
import { readEvent } from './read-event.ts'

/** A batch that could be read: its good events, and what was wrong with the others. */
export interface BatchReading {
  readonly status?: never
  readonly batch: Omit<Batch, 'events'>
  readonly events: readonly Envelope[]
  readonly refused: readonly Refusal[]
  /** Fields that nobody here knows: they were left out. */
  readonly ignoredFields: readonly string[]
}

/** The answer to a batch that could not be read. */
export interface UnreadableBatch {
  readonly status: 400 | 413 | 415 | 503
  readonly error: string
}

/** Reads what a request carries as a batch. A bad event is refused alone. */
export async function readBatch(
  request: Request,
  maxBodyBytes: number,
  budget: ReadBudget,
): Promise<BatchReading | UnreadableBatch> {
  const body = await readBody(request, maxBodyBytes, budget)
  if (body.status !== undefined) return body

  const header = batchOfUnknownsSchema.safeParse(body.json)
  if (!header.success) return { status: 400, error: explainError(header.error, body.json, { whole: 'batch' }) }

  const { events: raw, ...batch } = header.data
  const readings = raw.map(readEvent)
  const good = readings.flatMap(reading => (reading.refusal ? [] : [reading]))
  return {
    batch,
    events: good.map(({ event }) => event),
    refused: readings.flatMap(({ refusal }) => (refusal ? [refusal] : [])),
    ignoredFields: ignoredFields([
      [body.json, header.data],
      ...good.map(({ input, event }) => [input, event] as const),
    ]),
  }
}

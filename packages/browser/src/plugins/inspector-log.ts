import { STAGE_OF_EVENT } from '@jejak/events'
import type { ConsentState, Envelope, JourneyStage } from '@jejak/events'
import type { SentBatch } from './inspector-batches.ts'
import { checkTracked } from './inspector-check.ts'

/** What became of an event, as far as the page knows. */
export type EntryState = 'tracked' | 'sent' | 'stored' | 'refused' | 'kept' | 'given up'

/** An event, as the panel shows it. */
export interface Entry {
  readonly name: string
  readonly time: number
  stage: JourneyStage | null | undefined
  properties: string
  state: EntryState
  /** What is wrong with it or missing in it, and how to mend it. */
  notes: readonly string[]
  /** Once it was sent. */
  envelope?: Envelope
}

export interface InspectorLog {
  /** The latest first. */
  readonly entries: readonly Entry[]
  called(name: string, properties: unknown, stage: JourneyStage | undefined, consent: ConsentState): void
  answered(sent: SentBatch): void
}

const MOST_ENTRIES = 200
/** What the tracker takes. */
const MOST_PROPERTIES_BYTES = 40_000

export function createInspectorLog(): InspectorLog {
  const entries: Entry[] = []

  function add(entry: Entry): Entry {
    // What is seen only when it is sent happened before what is seen at once.
    const place = entries.findIndex(({ time }) => time <= entry.time)
    entries.splice(place < 0 ? entries.length : place, 0, entry)
    entries.splice(MOST_ENTRIES)
    return entry
  }

  /** The entry of an event that is being sent: it was seen as a call before, or is new to us. */
  function entryOf(event: Envelope): Entry {
    const json = written(event.properties)
    // Of two that are the same, the older was sent first.
    const known =
      entries.find(({ envelope }) => envelope?.id === event.id) ??
      entries.filter(({ name, properties, envelope }) => !envelope && name === event.name && properties === json).pop()
    const entry =
      known ??
      add({ name: event.name, time: event.time, stage: event.stage, properties: json, state: 'sent', notes: [] })
    entry.envelope = event
    entry.stage = event.stage
    entry.notes = checkTracked(event.name, event.properties, event.stage)
    return entry
  }

  return {
    entries,
    called(name, properties, stage, consent) {
      const json = written(properties)
      const fault = faultOf(name, json, consent)
      // A page view is always of a stage, context never; of the rest the envelope will tell.
      const own = name === 'page_view' || STAGE_OF_EVENT[name] ? stage : undefined
      add({
        name,
        time: Date.now(),
        stage: fault ? undefined : own,
        properties: json,
        state: fault ? 'given up' : 'tracked',
        notes: fault ? [fault] : checkTracked(name, JSON.parse(json) as object, own),
      })
    },
    answered({ batch, status, answer }) {
      const { refused, error } = answer as {
        refused?: { id?: string; index?: number; reason?: string }[]
        error?: string
      }
      batch.events.forEach((event, index) => {
        const entry = entryOf(event)
        const refusal = refused?.find(one => (one.id === undefined ? one.index === index : one.id === event.id))
        const isStored = status !== undefined && status >= 200 && status < 300
        if (refusal) entry.notes = [`Refused: ${String(refusal.reason)}`, ...entry.notes]
        else if (status !== undefined && !isStored)
          entry.notes = [
            `${status ? `Answered ${status}` : 'Nobody was reached'}${error ? `: ${error}` : ''}`,
            ...entry.notes,
          ]
        entry.state = status === undefined ? 'sent' : refusal ? 'refused' : isStored ? 'stored' : 'kept'
      })
    },
  }
}

/** Why the tracker gives an event up at once; undefined if it does not. */
function faultOf(name: string, json: string, consent: ConsentState): string | undefined {
  if (consent === 'denied') return 'Consent is denied: nothing is kept or sent.'
  if (name === '' || name.length > 100) return 'A name has 1 to 100 characters.'
  if (json === '') return 'Its properties cannot be written as JSON.'
  return new TextEncoder().encode(json).length > MOST_PROPERTIES_BYTES
    ? 'It has more than 40,000 bytes of properties.'
    : undefined
}

/** As the tracker writes them: without what is null. Empty if that cannot be done. */
function written(properties: unknown): string {
  try {
    return JSON.stringify(properties ?? {}, (_key, value: unknown) => (value === null ? undefined : value)) ?? ''
  } catch {
    return ''
  }
}

import type { Touch } from '../journey.ts'
import type { RunOptions } from '../run-options.ts'
import type { Decision, EvidenceBook } from './evidence.ts'
import type { Owners } from './identity.ts'
import type { KeptEvents } from './kept-events.ts'
import type { OwnedRows } from './owned-rows.ts'
import { createPauses } from './pauses.ts'
import { createContactReader } from './sessions.ts'
import type { Contact } from './sessions.ts'

/** The touches of one person in order of time, column by column. */
export interface PersonContacts {
  readonly length: number
  readonly time: Float64Array
  /** 1 for what was only seen. */
  readonly view: Uint8Array
  readonly hasViews: boolean
  /** Places in `KeptEvents.sessions`. */
  readonly session: Int32Array
  /** The touches as objects, made anew at each call. */
  touches(): Touch[]
  /** Where the journeys are not those of persons: whose an event is. */
  readonly personOf?: (row: number) => string
}

/** The touches of all persons: 21 bytes each, and what they say only once. */
export interface Contacts {
  /** Of the person at this place in the order of persons. */
  of(place: number): PersonContacts
}

export interface ContactOptions extends Pick<RunOptions, 'signal' | 'onProgress'> {
  /** Whose each event is where the journeys are not those of persons. */
  readonly persons?: Owners
}

export async function readContacts(
  owners: Iterable<OwnedRows> & { readonly count: number },
  kept: KeptEvents,
  book: EvidenceBook,
  options: ContactOptions = {},
): Promise<Contacts> {
  const { persons } = options
  const read = createContactReader(kept, book)
  const starts = new Float64Array(owners.count + 1)
  let columns = createColumns(1024)
  let size = 0
  let place = 0

  function keep({ time, decision, session, row }: Contact): void {
    if (size === columns.time.length) columns = grown(columns)
    columns.time[size] = time
    columns.decision[size] = decision
    columns.session[size] = session
    columns.view[size] = book.list[decision]!.kind === 'view' ? 1 : 0
    columns.person[size++] = persons ? persons.of[row]! : -1
  }

  const pauses = createPauses('finding contacts', options, owners.count)
  await pauses.begin()
  for (const { rows } of owners) {
    if (pauses.isDue()) await pauses.pause()
    for (const contact of read(rows)) keep(contact)
    starts[++place] = size
  }
  pauses.end()

  const { time, decision, session, view, person: personPlace } = columns
  return {
    of(at) {
      const first = starts[at]!
      const end = starts[at + 1]!
      return {
        length: end - first,
        time: time.subarray(first, end),
        view: view.subarray(first, end),
        hasViews: view.subarray(first, end).includes(1),
        session: session.subarray(first, end),
        touches() {
          const touches: Touch[] = []
          for (let contact = first; contact < end; contact++) {
            const person = persons?.names[personPlace[contact]!]
            const session_id = kept.sessions[session[contact]!]!
            touches.push(touchOf(book.list[decision[contact]!]!, time[contact]!, session_id, person))
          }
          return touches
        },
        ...(persons ? { personOf: (row: number) => persons.names[persons.of[row]!]! } : {}),
      }
    },
  }
}

/** Field by field: spreading a decision takes several times as long, and this is done for each touch. */
function touchOf(decision: Decision, time: number, session_id: string, person: string | undefined): Touch {
  const { channel, source, medium, campaign, term, content, landing, why, internal, kind } = decision
  const touch: Touch = {
    channel,
    source,
    medium,
    campaign,
    term,
    content,
    landing,
    why,
    internal,
    time,
    session_id,
  }
  if (kind === undefined && person === undefined) return touch
  return { ...touch, ...(kind === undefined ? {} : { kind }), ...(person === undefined ? {} : { person }) }
}

type Columns = ReturnType<typeof createColumns>

function createColumns(length: number) {
  return {
    time: new Float64Array(length),
    decision: new Int32Array(length),
    session: new Int32Array(length),
    person: new Int32Array(length),
    view: new Uint8Array(length),
  }
}

function grown(columns: Columns): Columns {
  const larger = createColumns(2 * columns.time.length)
  for (const name of Object.keys(columns) as (keyof Columns)[]) larger[name].set(columns[name])
  return larger
}

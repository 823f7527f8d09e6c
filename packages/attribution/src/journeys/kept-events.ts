import { JOURNEY_STAGES } from '@jejak/events'
import type { JourneyStage, StoredEvent } from '@jejak/events'
import { createNames } from '../names.ts'
import { GLANCES, hasGlances, isGlance } from '../glance.ts'
import type { Arrival, Glance, IsWhole } from '../glance.ts'
import type { RunOptions } from '../run-options.ts'
import { createPauses } from './pauses.ts'

/** What is kept of the events, row by row: what some step needs, as numbers. */
export interface KeptEvents {
  readonly length: number
  /** `corrected_time`. */
  readonly time: Float64Array
  readonly sequence: Float64Array
  /** Places in `visitors`, `users`, `accounts` and `sessions`; -1 where an event has none. */
  readonly visitor: Int32Array
  readonly user: Int32Array
  readonly account: Int32Array
  readonly session: Int32Array
  /** Place in `JOURNEY_STAGES`, or -1. */
  readonly stage: Int8Array
  /** 1 where the event was seen on a page. */
  readonly onPage: Uint8Array
  /** What `numberOf` gave of the event, or -1. */
  readonly number: Int32Array
  readonly visitors: readonly string[]
  readonly users: readonly string[]
  readonly accounts: readonly string[]
  readonly sessions: readonly string[]
  /** Events left out because a program made them. */
  readonly bots: number
}

export interface KeepOptions extends Pick<RunOptions, 'signal' | 'onProgress'> {
  /** Also keep the events of programs that read pages by themselves. */
  readonly includeBots?: boolean
  /** Called for each event that is kept, with its row: keeps what only few events have, and says under which number. */
  readonly numberOf?: (event: StoredEvent, row: number) => number
  /** Which events `numberOf` has to see whole; left out, all. Of others it may be enough how the visitor came. */
  readonly isWhole?: IsWhole | undefined
  readonly numberOfArrival?: (arrival: Arrival) => number
}

const STAGE_NUMBERS: ReadonlyMap<JourneyStage | null, number> = new Map(
  JOURNEY_STAGES.map((stage, number) => [stage, number]),
)

/**
 * Reads all events and keeps 38 bytes of each, besides one copy of every name: tens of millions of events fit in
 * memory.
 */
export async function keepEvents(
  events: AsyncIterable<StoredEvent> | Iterable<StoredEvent>,
  options: KeepOptions = {},
): Promise<KeptEvents> {
  const { includeBots = false, numberOf, numberOfArrival, isWhole } = options
  const pauses = createPauses('reading events', options, Array.isArray(events) ? events.length : Infinity)
  const visitors = createNames()
  const users = createNames()
  const accounts = createNames()
  const sessions = createNames()
  let columns = createColumns(1024)
  let length = 0
  let bots = 0
  // Events of one session often come one after the other.
  let lastVisitor: string | undefined
  let lastSession: string | undefined
  let visitor = -1
  let session = -1

  function keep(event: StoredEvent | Glance): void {
    if (event.bot && !includeBots) {
      bots++
      return
    }
    const row = length++
    if (row === columns.time.length) columns = grown(columns)
    columns.time[row] = event.corrected_time
    columns.sequence[row] = event.sequence
    if (event.visitor_id !== lastVisitor) visitor = visitors.numberOf((lastVisitor = event.visitor_id))
    if (event.session_id !== lastSession) session = sessions.numberOf((lastSession = event.session_id))
    columns.visitor[row] = visitor
    columns.session[row] = session
    columns.user[row] = users.numberOf(event.user_id)
    columns.account[row] = accounts.numberOf(event.account_id)
    columns.stage[row] = STAGE_NUMBERS.get(event.stage) ?? -1
    if (isGlance(event)) {
      columns.onPage[row] = event.onPage ? 1 : 0
      columns.number[row] = (event.arrival && numberOfArrival?.(event.arrival)) ?? -1
    } else {
      columns.onPage[row] = event.page ? 1 : 0
      columns.number[row] = numberOf?.(event, row) ?? -1
    }
  }
  async function keepAll(some: Iterable<StoredEvent | Glance>): Promise<void> {
    for (const event of some) {
      if (pauses.isDue()) await pauses.pause()
      keep(event)
    }
  }

  await pauses.begin()
  if (hasGlances(events)) for await (const some of events[GLANCES](isWhole)) await keepAll(some)
  else if (Symbol.asyncIterator in events) {
    for await (const event of events) {
      if (pauses.isDue()) await pauses.pause()
      keep(event)
    }
  } else await keepAll(events)
  pauses.end()

  return {
    ...columns,
    length,
    visitors: visitors.list,
    users: users.list,
    accounts: accounts.list,
    sessions: sessions.list,
    bots,
  }
}

type Columns = ReturnType<typeof createColumns>

function createColumns(length: number) {
  return {
    time: new Float64Array(length),
    sequence: new Float64Array(length),
    visitor: new Int32Array(length),
    user: new Int32Array(length),
    account: new Int32Array(length),
    session: new Int32Array(length),
    stage: new Int8Array(length),
    onPage: new Uint8Array(length),
    number: new Int32Array(length),
  }
}

function grown(columns: Columns): Columns {
  const larger = createColumns(2 * columns.time.length)
  for (const name of Object.keys(columns) as (keyof Columns)[]) larger[name].set(columns[name])
  return larger
}

import type { StageRules, UtmParameter } from '@jejak/events'

/** A row of somebody else's log: a line of CSV by the names of its header, an object of NDJSON, a row of Parquet. */
export type ForeignRow = Readonly<Record<string, unknown>>

/**
 * Where a row has a fact: the name of a column or a dotted path into it (`context.page.url`; a column whose name has
 * the dots in it comes first), several of them of which the first that is not empty counts, or a function of the row.
 * A function leaves a row out by `refuseRow(reason)`.
 */
export type Field = string | readonly string[] | ((row: ForeignRow) => unknown) | ColumnsField

/** A function of some columns. Of those it names at least one must be there, or the log is another than was thought. */
export interface ColumnsField {
  readonly columns: readonly string[]
  readonly read: (row: ForeignRow) => unknown
}

/** What kind of contact a row tells: `click` or `view`. */
type OptionalField =
  | 'id'
  | 'kind'
  | 'stage'
  | 'user_id'
  | 'account_id'
  | 'session_id'
  | 'session_number'
  | 'sequence'
  | 'received_at'
  | 'url'
  | 'title'
  | 'page_type'
  | 'referrer'
  | 'click_ids'
  | 'channel'
  | 'value'
  | 'currency'
  | 'transaction_id'
  | 'bot'
  | 'user_agent'
  | UtmParameter

/**
 * Which column of a foreign log means what. An empty text, null and what is not there are nothing.
 *
 * - `name`, `time` and one of `visitor_id` and `user_id` must be there, in the mapping and in each row.
 * - `id`: a UUID is kept, anything else becomes one (UUIDv5). Without it, see `ids` in `MappingOptions`.
 * - `session_id`: without it, sessions are made as GA4 makes them: half an hour without an event ends one.
 * - `url`, `referrer`, `utm_…`, `click_ids` (an object, name → value): how the visitor came. What the `url` has behind
 *   its `?` is read too; a column of its own wins.
 * - `channel`: the channel of the visit by name, where the log has decided that already. It is taken as it is, before
 *   all other evidence.
 * - `kind`: `click`, or `view` (also `impression`) for an advertisement that was only seen: an `ad_impression`.
 * - `value`, `currency`, `transaction_id` of a conversion.
 * - `stage`: one of `JOURNEY_STAGES`. Without it, the stage rules say it.
 */
export type EventMapping = Readonly<Partial<Record<OptionalField, Field>>> & {
  readonly name: Field
  readonly time: Field
  readonly visitor_id?: Field
  /** Foreign event names and ours: `{ 'Order Completed': 'purchase' }`. Any other name stays as it is. */
  readonly names?: Readonly<Record<string, string>>
  /** What else to keep: a column that is an object (or JSON), several columns, new names for columns, or a function. */
  readonly properties?: string | readonly string[] | Readonly<Record<string, Field>> | ((row: ForeignRow) => unknown)
  /** Which columns the functions read, `*` standing for anything: others are left in a Parquet file. Default: all. */
  readonly columns?: readonly string[]
}

export interface MappingOptions {
  /**
   * What a number in `time` counts: `s`, `ms`, `us` or `ns` since the epoch. Without it, it is told from the size, which
   * no moment from March 1973 to the year 5138 leaves in doubt.
   */
  readonly timeUnit?: TimeUnit
  /** The time zone of times written without one, such as `Asia/Jakarta`. Default: `UTC`. */
  readonly timeZone?: string
  /**
   * What makes a row without an `id` the same as another. `content` (default): what it says, so that a log that is read
   * twice doubles nothing, and rows that are alike are one event. `row`: its file and line, so that every row counts.
   */
  readonly ids?: 'content' | 'row'
  /** After how many minutes without an event a session ends, where the log has none. Default: 30. */
  readonly sessionMinutes?: number
  /** The shop's own rules for stages. */
  readonly stageRules?: StageRules
}

export const TIME_UNITS = ['s', 'ms', 'us', 'ns'] as const

export type TimeUnit = (typeof TIME_UNITS)[number]

import { JOURNEY_STAGES } from '@jejak/events'
import type { DropReason, JourneyStage, StoredEvent } from '@jejak/events'
import type { ChannelRules } from '../../journey.ts'
import { timeReader } from '../../reading/foreign/foreign-time.ts'
import type { ReadTime } from '../../reading/foreign/foreign-time.ts'
import { SATISFACTION_KINDS } from './satisfaction-kind.ts'
import type { SatisfactionKind } from './satisfaction-kind.ts'

/** What the facts need of events besides what journeys keep: row by row, in the order of `EventRows`. */
export interface Observations {
  /** Places in `names`, and in `pageTypes` (-1 for none). */
  readonly name: Int32Array
  readonly pageType: Int32Array
  readonly names: readonly string[]
  readonly pageTypes: readonly string[]
  readonly answers: readonly Answer[]
  readonly parcels: readonly Parcel[]
  /** Orders by row. */
  readonly orders: ReadonlyMap<number, string>
  /** The channel that each arrival of a visitor came through, by row; internal ones left out. */
  readonly arrivals: ReadonlyMap<number, string>
  readonly consent: ReadonlyMap<string, number>
  /** The lowest number of a session of each visitor's that was seen, by the visitor's id. */
  readonly firstSessions: ReadonlyMap<string, number>
  readonly visitorsOfUsers: ReadonlyMap<string, ReadonlySet<string>>
  readonly direct: number
  readonly unassigned: number
  /** Milliseconds: what was corrected of clocks, and how long events were on their way; a sample of both. */
  readonly skews: readonly number[]
  readonly delays: readonly number[]
  /** Events that trackers reported as given up. */
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>
}

/** An answer to a survey, or a rating. */
export interface Answer {
  readonly row: number
  readonly kind: SatisfactionKind
  readonly score: number
  readonly scale: number
  readonly aboutStage: JourneyStage | undefined
  readonly order: string | undefined
}

/** Something that became of a parcel. */
export interface Parcel {
  readonly row: number
  readonly name: string
  readonly order: string
  /** Milliseconds since the epoch. A promise of a day is kept until its end. */
  readonly promised: number | undefined
  readonly delivered: number | undefined
}

const DEFAULT_SCALES: Readonly<Record<SatisfactionKind, number>> = { nps: 10, csat: 5, ces: 7, rating: 5 }

/** The least that can be answered. */
export function lowestOf(kind: SatisfactionKind): number {
  return kind === 'nps' ? 0 : 1
}

const PARCEL_EVENTS = new Set([
  'order_shipped',
  'order_out_for_delivery',
  'order_delivered',
  'delivery_failed',
  'order_returned',
])

/** So many clocks and ways are looked at: more would tell no more. */
const MOST_SAMPLES = 50_000

/**
 * Looks at each event that is used, in the order in which journeys are built of them.
 *
 * @param timeZone IANA's name, of days and hours that name no zone.
 */
export function createObserver(
  channels: ChannelRules,
  timeZone: string,
): { see(event: StoredEvent): void; finish(): Observations } {
  const names = createNumbers()
  const pageTypes = createNumbers()
  let name = new Int32Array(1024)
  let pageType = new Int32Array(1024)
  let length = 0
  const answers: Answer[] = []
  const parcels: Parcel[] = []
  const orders = new Map<number, string>()
  const arrivals = new Map<number, string>()
  const consent = new Map<string, number>()
  const firstSessions = new Map<string, number>()
  const visitorsOfUsers = new Map<string, Set<string>>()
  const skews: number[] = []
  const delays: number[] = []
  const dropped: Partial<Record<DropReason, number>> = {}
  const timeOf = timeReader(undefined, timeZone)
  let direct = 0
  let unassigned = 0

  return {
    see(event) {
      const row = length++
      if (row === name.length) {
        name = doubled(name)
        pageType = doubled(pageType)
      }
      name[row] = names.of(nameOf(event))
      pageType[row] = event.page?.type === undefined ? -1 : pageTypes.of(event.page.type)
      consent.set(event.consent, (consent.get(event.consent) ?? 0) + 1)
      firstSessions.set(
        event.visitor_id,
        Math.min(event.session_number, firstSessions.get(event.visitor_id) ?? Infinity),
      )
      if (event.user_id !== undefined) {
        const own = visitorsOfUsers.get(event.user_id)
        if (own) own.add(event.visitor_id)
        else visitorsOfUsers.set(event.user_id, new Set([event.visitor_id]))
      }
      if (skews.length < MOST_SAMPLES) {
        skews.push(Math.abs(event.corrected_time - event.time))
        delays.push(Math.max(0, event.received_at - event.corrected_time))
      }
      for (const [reason, count] of Object.entries(event.dropped ?? {}) as [DropReason, number][])
        dropped[reason] = (dropped[reason] ?? 0) + count
      if (event.touch) {
        const { channel, internal } = channels(event.touch)
        if (!internal) {
          arrivals.set(row, channel)
          if (channel === 'Direct') direct++
          if (channel === 'Unassigned') unassigned++
        }
      }
      const order = textOf(event.properties['transaction_id'])
      if (order !== undefined && event.name === 'purchase') orders.set(row, order)
      const answer = answerOf(event, row, order)
      if (answer) answers.push(answer)
      if (order !== undefined && PARCEL_EVENTS.has(event.name)) {
        const delivered = event.name === 'order_delivered' ? event.corrected_time : undefined
        parcels.push({
          row,
          name: event.name,
          order,
          promised: endOf(event.properties['promised_at'], timeOf),
          delivered: timeOf(event.properties['delivered_at']) ?? delivered,
        })
      }
    },
    finish: () => ({
      name: name.subarray(0, length),
      pageType: pageType.subarray(0, length),
      names: names.list,
      pageTypes: pageTypes.list,
      answers,
      parcels,
      orders,
      arrivals,
      consent,
      firstSessions,
      visitorsOfUsers,
      direct,
      unassigned,
      skews,
      delays,
      dropped,
    }),
  }
}

/** A slow page gets a name of its own: it is something that gets in the way. */
function nameOf({ name, properties }: StoredEvent): string {
  if (name !== 'web_vital' || properties['metric_rating'] !== 'poor') return name
  return `slow ${textOf(properties['metric']) ?? 'page'}`
}

function answerOf({ name, properties }: StoredEvent, row: number, order: string | undefined): Answer | undefined {
  const isReview = name === 'submit_review'
  if (!isReview && name !== 'submit_survey') return undefined
  const kind = SATISFACTION_KINDS.find(each => each === (isReview ? 'rating' : properties['kind']))
  const score = properties[isReview ? 'rating' : 'score']
  if (kind === undefined || typeof score !== 'number' || !Number.isFinite(score)) return undefined
  const { scale, about_stage: about } = properties
  const top = typeof scale === 'number' && scale > 0 ? scale : DEFAULT_SCALES[kind]
  if (score < lowestOf(kind) || score > top) return undefined
  return { row, kind, score, scale: top, aboutStage: JOURNEY_STAGES.find(stage => stage === about), order }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The end of a promised day, or a moment. */
function endOf(value: unknown, timeOf: ReadTime): number | undefined {
  const isDay = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
  return timeOf(isDay ? `${value}T23:59:59.999` : value)
}

function doubled(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * numbers.length)
  larger.set(numbers)
  return larger
}

function createNumbers(): { of(name: string): number; readonly list: readonly string[] } {
  const numbers = new Map<string, number>()
  const list: string[] = []
  return {
    list,
    of(name) {
      const known = numbers.get(name)
      if (known !== undefined) return known
      numbers.set(name, list.length)
      list.push(name)
      return list.length - 1
    },
  }
}

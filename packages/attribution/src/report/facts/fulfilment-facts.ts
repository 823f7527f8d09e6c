import { groupBy } from '../../group-by.ts'
import { medianOf } from './estimates.ts'
import type { Answer, Observations, Parcel } from './observations.ts'
import type { EventRows } from '../../journeys/journeys.ts'
import type { TimeZone } from '../../time-zone.ts'
import type { FulfilmentFacts } from './report-facts.ts'
import { scoreOf } from './satisfaction-facts.ts'

const DAY_MS = 86_400_000
/** Further than this is put together at either end. */
const MOST_DAYS = 7
/** How long customers have to buy again. Whose order came later than that before the end of the data could not have yet. */
const AGAIN_DAYS = 90

/**
 * When parcels came, against when they were promised, and how the customers felt and whether they bought again. Of an
 * order in several parcels the last one counts.
 *
 * @param end of the data, in milliseconds since the epoch.
 * @param zone whose days they are.
 */
export function fulfilmentFacts(
  { parcels, orders, answers }: Observations,
  rows: EventRows,
  conversions: ReadonlyMap<number, readonly number[]>,
  end: number,
  zone: TimeZone,
): FulfilmentFacts | undefined {
  if (parcels.length === 0) return undefined
  const dayOf = (time: number): number => Math.floor(zone.wallTime(time) / DAY_MS)
  const orderedAt = new Map(Array.from(orders, ([row, order]) => [order, rows.time[row]!]))
  const of = (name: string): Map<string, Parcel> => {
    const latest = new Map<string, Parcel>()
    for (const parcel of parcels) {
      if (parcel.name !== name) continue
      const known = latest.get(parcel.order)
      if (!known || (parcel.delivered ?? 0) > (known.delivered ?? 0)) latest.set(parcel.order, parcel)
    }
    return latest
  }
  const delivered = of('order_delivered')
  const answersOf = groupBy(
    answers.filter(({ order, kind }) => order !== undefined && (kind === 'csat' || kind === 'nps')),
    ({ order }) => order!,
  )
  const promises = new Map<string, number>()
  // What was promised first is what the customer bought for.
  const told = parcels.slice().sort((a, b) => rows.time[a.row]! - rows.time[b.row]!)
  for (const { order, promised } of told) {
    if (promised !== undefined && !promises.has(order)) promises.set(order, promised)
  }

  const bins = new Map<number, { orders: number; answers: Answer[]; again: { among: number; orders: number } }>()
  const days: number[] = []
  let withoutPromise = 0
  for (const [order, { delivered: at, row }] of delivered) {
    const from = orderedAt.get(order)
    if (from !== undefined && at! >= from) days.push((at! - from) / DAY_MS)
    const promised = promises.get(order)
    if (promised === undefined) {
      withoutPromise++
      continue
    }
    // On the promised day is 0, whatever the hour.
    const late = dayOf(at!) - dayOf(promised)
    const bin = Math.max(-MOST_DAYS, Math.min(MOST_DAYS, late))
    const own = bins.get(bin) ?? { orders: 0, answers: [], again: { among: 0, orders: 0 } }
    bins.set(bin, own)
    own.orders++
    own.answers.push(...(answersOf.get(order) ?? []))
    const until = at! + AGAIN_DAYS * DAY_MS
    if (until > end) continue
    own.again.among++
    if (conversions.get(rows.owner[row]!)?.some(time => time > at! && time <= until)) own.again.orders++
  }
  return {
    orders: new Set(parcels.map(({ order }) => order)).size,
    delivered: delivered.size,
    failed: of('delivery_failed').size,
    returned: of('order_returned').size,
    medianDays: medianOf(days),
    byLateness: Array.from(bins)
      .sort(([a], [b]) => a - b)
      .map(([late, { orders: count, answers: own, again }]) => {
        const csat = own.filter(({ kind }) => kind === 'csat')
        return {
          days: late,
          orders: count,
          ...(csat.length > 0 && { satisfaction: scoreOf('csat', csat) }),
          boughtAgain: again,
        }
      }),
    withoutPromise,
  }
}

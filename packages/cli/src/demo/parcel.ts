import { orderEventId, stageOf } from '@jejak/events'
import type { Envelope, StoredEvent } from '@jejak/events'
import { SHIPPING_TIERS } from './shop/catalogue.ts'

/** What becomes of a parcel after its order is paid. In the demo a day takes a few seconds. */
export const PARCEL_STEPS = [
  { event: 'order_confirmed', afterMs: 2_000 },
  { event: 'order_packed', afterMs: 7_000 },
  { event: 'order_shipped', afterMs: 12_000 },
  { event: 'order_out_for_delivery', afterMs: 17_000 },
  { event: 'order_delivered', afterMs: 22_000 },
] as const

/** More than a person at a demo can order; a stranger's flood of orders costs no more than this. */
const MOST_PARCELS = 50

/** An order older than this has its parcel behind it: it was imported, simulated or told again. */
const JUST_NOW_MS = 60_000
const DAY_MS = 86_400_000

export interface ParcelsOptions {
  /** Takes an event of the shop's backend, as if it came from another program. */
  readonly report: (envelope: Envelope) => Promise<void>
  readonly now?: () => number
}

export interface Parcels {
  /**
   * Starts a parcel for every purchase among these events. A program that reads pages gets none: its order is left out
   * of the attribution, and a parcel would be a customer there who never came.
   */
  follow(events: readonly StoredEvent[]): void
  stop(): void
}

/** The shop's backend: it tells where the parcels are, which no page can see. */
export function createParcels({ report, now = Date.now }: ParcelsOptions): Parcels {
  const timers = new Set<NodeJS.Timeout>()

  function later(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer)
      run()
    }, ms)
    timers.add(timer)
  }

  return {
    follow(events) {
      for (const purchase of events) {
        const { name, corrected_time, properties, bot } = purchase
        if (name !== 'purchase' || bot || now() - corrected_time > JUST_NOW_MS) continue
        // An order without a number has no parcel that could be told apart.
        if (typeof properties['transaction_id'] !== 'string' || !properties['transaction_id']) continue
        if (timers.size >= MOST_PARCELS * PARCEL_STEPS.length) return
        for (const { event, afterMs } of PARCEL_STEPS) {
          later(afterMs, () => void report(parcelEvent(purchase, event, now())))
        }
      }
    },
    stop() {
      for (const timer of timers) clearTimeout(timer)
    },
  }
}

export type ParcelEventName = (typeof PARCEL_STEPS)[number]['event']

/** An event of a parcel, seen by the shop's own systems and joined to the visitor who ordered. */
export function parcelEvent(purchase: Envelope, name: ParcelEventName, time: number): Envelope {
  const { visitor_id, session_id, session_number, consent, properties: order } = purchase
  const tier = SHIPPING_TIERS.find(other => other.tier === order['shipping_tier'])
  const onItsWay = tier && name !== 'order_confirmed' && name !== 'order_packed'
  const properties = {
    transaction_id: String(order['transaction_id']),
    ...(onItsWay && { carrier: tier.carrier, promised_at: isoDay(purchase.time + tier.days[1] * DAY_MS) }),
    ...(name === 'order_delivered' && { delivered_at: new Date(time).toISOString() }),
  }
  const id = orderEventId(name, properties)!
  // A backend does not count the events of a session: 0.
  const who = { visitor_id, session_id, session_number, sequence: 0, consent }
  return { ...who, id, name, stage: stageOf({ name }), time, properties }
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

import type { Envelope, Item } from '@jejak/events'
import { PARCEL_STEPS, parcelEvent } from '../parcel.ts'
import { CURRENCY, SHIPPING_TIERS } from '../shop/catalogue.ts'
import type { ShippingTier } from '../shop/catalogue.ts'
import type { Chance } from './chance.ts'
import type { Diary } from './diary.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** How it went: what decides whether somebody buys again. */
export interface Aftermath {
  /** When all of it is over. */
  readonly time: number
  /** From 0 to 10, whether or not anybody asked. */
  readonly contentment: number
}

/** The parcel moves, the customer follows it, is asked how it was, and may speak of it. */
export function liveAfterBuying(diary: Diary, chance: Chance, purchase: Envelope): Aftermath {
  const bought = diary.at()
  const transaction_id = String(purchase.properties['transaction_id'])
  const tier = SHIPPING_TIERS.find(({ tier: name }) => name === purchase.properties['shipping_tier'])!
  if (chance.happens(0.5)) {
    const score = Math.min(5, Math.round(chance.between(2.6, 5.4)))
    diary.track('submit_survey', { kind: 'csat', score, scale: 5, about_stage: 'purchase', transaction_id })
  }
  if (chance.happens(0.3)) {
    const score = Math.min(7, Math.round(chance.between(3, 7.4)))
    diary.track('submit_survey', { kind: 'ces', score, scale: 7, about_stage: 'decision', transaction_id })
  }

  const delivered = bought + deliveryMs(tier, chance)
  const promised = bought + tier.days[1] * DAY
  PARCEL_STEPS.forEach(({ event }, index) => {
    const share = index / (PARCEL_STEPS.length - 1)
    const time = purchase.time + 20 * 60_000 + (delivered - bought) * share
    diary.entries.push(parcelEvent(purchase, event, Math.round(time)))
  })
  const daysLate = (delivered - promised) / DAY
  const score = Math.max(0, Math.min(10, Math.round(chance.between(6.2, 10.4) - 2.6 * Math.max(0, daysLate))))

  if (chance.happens(0.55)) {
    diary.comeBack(
      bought + (delivered - bought) * chance.between(0.3, 0.8),
      'tracking',
      `/shop/orders/${transaction_id}`,
    )
    diary.track('view_order_tracking', { transaction_id, carrier: tier.carrier })
  }
  if (daysLate > 0 && chance.happens(0.4)) {
    diary.comeBack(promised + chance.exponential(0.4 * DAY), 'tracking', `/shop/orders/${transaction_id}`)
    diary.track('contact_support', { channel: 'chat', reason: 'late', transaction_id })
    diary.track('support_resolved', { channel: 'chat', reason: 'late', transaction_id })
  }
  if (chance.happens(0.7)) answerSurvey(diary, chance, { purchase, delivered, score })
  if (score <= 7 && chance.happens(0.25)) giveBack(diary, chance, purchase, delivered)
  return { time: Math.max(delivered, diary.at()), contentment: score }
}

interface Asked {
  readonly purchase: Envelope
  readonly delivered: number
  readonly score: number
}

function answerSurvey(diary: Diary, chance: Chance, { purchase, delivered, score }: Asked): void {
  const transaction_id = String(purchase.properties['transaction_id'])
  diary.comeBack(delivered + chance.exponential(0.6 * DAY) + HOUR, 'tracking', `/shop/orders/${transaction_id}`)
  diary.track('view_survey', { kind: 'nps', about_stage: 'usage', transaction_id })
  if (!chance.happens(0.8)) {
    diary.track('dismiss_survey', { kind: 'nps', about_stage: 'usage', transaction_id })
    return
  }
  diary.track('submit_survey', { kind: 'nps', score, scale: 10, about_stage: 'usage', transaction_id })
  if (score < 8 || !chance.happens(0.6)) return
  const [item] = purchase.properties['items'] as readonly Item[]
  diary.look('review', `/shop/orders/${transaction_id}/review`)
  diary.track('submit_review', { rating: score >= 9 ? 5 : 4, scale: 5, item_id: item?.item_id, transaction_id })
  if (score >= 9 && chance.happens(0.4)) {
    diary.track('send_referral', { method: 'whatsapp', referral_code: transaction_id })
  }
}

/** Some of the disappointed send it back, and get their money. */
function giveBack(diary: Diary, chance: Chance, purchase: Envelope, delivered: number): void {
  const transaction_id = String(purchase.properties['transaction_id'])
  diary.comeBack(delivered + chance.exponential(DAY) + HOUR, 'tracking', `/shop/orders/${transaction_id}`)
  diary.track('request_return', { transaction_id, reason: 'too_small' })
  diary.track('order_returned', { transaction_id, reason: 'too_small' })
  diary.track('refund', { transaction_id, currency: CURRENCY, value: Number(purchase.properties['value']) })
}

function deliveryMs({ days: [earliest, latest] }: ShippingTier, chance: Chance): number {
  const late = chance.happens(0.22) ? chance.exponential(1.3 * DAY) : 0
  return chance.between(earliest - 0.5, latest - 0.1) * DAY + late
}

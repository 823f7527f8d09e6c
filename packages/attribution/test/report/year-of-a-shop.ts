import { stageOf } from '@jejak/events'
import type { ConsentState, StoredEvent, Touchpoint } from '@jejak/events'

// A year of a shop that never was, with everything in it that a report tells. The same seed gives the same year.

export interface YearOptions {
  readonly people?: number
  readonly seed?: number
  /** When the year ends, in milliseconds since the epoch. */
  readonly end?: number
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
const SHOP = 'https://shop.example'

const SOURCES: readonly { readonly share: number; readonly query: string; readonly referrer?: string }[] = [
  {
    share: 18,
    query: '?utm_source=google&utm_medium=cpc&utm_campaign=lebaran&gclid=abc',
    referrer: 'https://www.google.com/',
  },
  { share: 24, query: '', referrer: 'https://www.google.com/' },
  {
    share: 14,
    query: '?utm_source=instagram&utm_medium=paid_social&utm_campaign=batik',
    referrer: 'https://l.instagram.com/',
  },
  { share: 8, query: '', referrer: 'https://www.tiktok.com/' },
  { share: 9, query: '?utm_source=newsletter&utm_medium=email&utm_campaign=weekly-47' },
  { share: 4, query: '?utm_source=partner&utm_medium=affiliate', referrer: 'https://blog.example.org/best-batik' },
  { share: 3, query: '', referrer: 'https://chatgpt.com/' },
  { share: 20, query: '' },
]

/** Numbers from 0 to 1 that look like chance (mulberry32). */
function chanceOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export function yearOfAShop({
  people = 3_000,
  seed = 7,
  end = Date.UTC(2026, 10, 20),
}: YearOptions = {}): StoredEvent[] {
  const chance = chanceOf(seed)
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(chance() * items.length)]!
  const events: StoredEvent[] = []
  let ids = 0
  let orders = 0

  for (let number = 0; number < people; number++) {
    const consent: ConsentState = chance() < 0.8 ? 'granted' : chance() < 0.9 ? 'limited' : 'pending'
    const bot = chance() < 0.02
    const skew = chance() < 0.05 ? 90_000 : 0
    let visitor = `v${number}`
    let user: string | undefined
    // A few were here before, in a browser that forgot them.
    let session = chance() < 0.04 ? 3 : 0
    let time = end - 365 * DAY + chance() * 350 * DAY
    let sequence = 0
    let lastStage: StoredEvent['stage'] = null

    const tell = (
      name: string,
      properties: Record<string, unknown> = {},
      pageType?: string,
      touch?: Touchpoint,
    ): void => {
      time += 1_000 + chance() * 60_000
      const stage = stageOf({ name, pageType, lastStage: lastStage ?? undefined })
      lastStage = stage ?? lastStage
      events.push({
        id: `00000000-0000-7000-8000-${(++ids).toString(16).padStart(12, '0')}`,
        name,
        stage,
        time: Math.floor(time) - skew,
        corrected_time: Math.floor(time),
        received_at: Math.floor(time) + Math.floor(chance() * 3_000),
        visitor_id: visitor,
        ...(user !== undefined && { user_id: user }),
        session_id: `${visitor}-${session}`,
        session_number: session,
        sequence: ++sequence,
        ...(pageType !== undefined && { page: { url: `${SHOP}/${pageType}`, type: pageType } }),
        ...(touch && { touch }),
        consent,
        properties,
        ...(bot && { bot }),
      })
    }
    const arrive = (): void => {
      session++
      sequence = 0
      lastStage = null
      let at = chance() * 100
      const source = SOURCES.find(({ share }) => (at -= share) < 0) ?? SOURCES.at(-1)!
      const { query, referrer } = source
      const landing = `${SHOP}/${query}`
      tell('page_view', {}, pick(['home', 'landing', 'article', 'product']), {
        landing,
        ...(referrer !== undefined && { referrer }),
        ...Object.fromEntries([...new URLSearchParams(query)].filter(([key]) => key.startsWith('utm_'))),
      } as Touchpoint)
      if (chance() < 0.3) {
        const rating = pick(['good', 'good', 'good', 'needs-improvement', 'poor'])
        tell('web_vital', { metric: 'LCP', metric_value: rating === 'poor' ? 5_000 : 1_500, metric_rating: rating })
      }
      if (chance() < 0.02) tell('rage_click', { selector: '#buy' })
      if (chance() < 0.03) tell('page_error', { message: 'cart is undefined' })
    }
    const item = { item_id: pick(['BATIK-01', 'LURIK-02', 'TENUN-03']), price: 250_000, quantity: 1 }

    const visits = 1 + Math.floor(chance() * 4)
    for (let visit = 0; visit < visits && time < end; visit++) {
      arrive()
      if (chance() < 0.6) tell('view_item_list', { item_list_id: 'shirts' }, 'list')
      if (chance() < 0.7) tell('view_item', { items: [item] }, 'product')
      if (chance() < 0.2) tell('search', { search_term: 'batik' }, 'search')
      if (chance() < 0.05) tell('out_of_stock', { item_id: item.item_id }, 'product')
      if (chance() < 0.35) {
        tell('add_to_cart', { currency: 'IDR', value: item.price, items: [item] }, 'product')
        if (chance() < 0.1) tell('coupon_rejected', { coupon: 'LEBARAN', reason: 'expired' }, 'cart')
        if (chance() < 0.6) {
          tell('begin_checkout', { currency: 'IDR', value: item.price, items: [item] }, 'checkout')
          const hasFailed = chance() < 0.15
          if (hasFailed) tell('payment_failed', { payment_type: 'card', error_code: 'insufficient_funds' }, 'checkout')
          if (chance() < (hasFailed ? 0.35 : 0.75)) {
            order()
            if (chance() < 0.3) {
              time += (10 + chance() * 60) * DAY
              if (time < end) {
                // The other device, known by its user only.
                if (chance() < 0.3) {
                  visitor = `v${number}b`
                  session = 0
                }
                arrive()
                tell('view_item', { items: [item] }, 'product')
                order()
              }
            }
            break
          }
        }
      }
      time += (1 + chance() * 20) * DAY
    }

    function order(): void {
      user ??= `u${number}`
      const transaction_id = `T-${++orders}`
      const value = item.price * (1 + Math.floor(chance() * 3))
      tell('purchase', { transaction_id, currency: 'IDR', value, items: [item] }, 'confirmation')
      const ordered = time
      const promised = new Date(ordered + 4 * DAY).toISOString().slice(0, 10)
      const steps: readonly [string, number, Record<string, unknown>?][] = [
        ['order_confirmed', 0.01],
        ['order_packed', 0.5],
        ['order_shipped', 1, { carrier: 'JNE', promised_at: promised }],
      ]
      for (const [name, days, more] of steps) {
        time = ordered + days * DAY
        if (time < end) tell(name, { transaction_id, ...more })
      }
      const late = chance() < 0.2
      time = ordered + (late ? 5 + chance() * 4 : 2 + chance() * 2) * DAY
      if (time >= end) return
      if (chance() < 0.05) tell('delivery_failed', { transaction_id, attempt: 1 })
      tell('order_delivered', { transaction_id, promised_at: promised, delivered_at: new Date(time).toISOString() })
      if (chance() < 0.3) {
        time += DAY
        const score = Math.max(0, Math.min(10, Math.round((late ? 5 : 8.5) + 3 * (chance() - 0.5))))
        tell('submit_survey', { kind: 'nps', score, scale: 10, transaction_id })
      }
      if (chance() < 0.3) {
        const score = Math.max(1, Math.min(5, Math.round((late ? 2.5 : 4.3) + 2 * (chance() - 0.5))))
        tell('submit_survey', { kind: 'csat', score, scale: 5, about_stage: 'usage', transaction_id })
      }
      if (chance() < 0.1)
        tell('submit_survey', { kind: 'ces', score: 3 + Math.floor(chance() * 5), scale: 7, about_stage: 'decision' })
      if (chance() < 0.15) tell('submit_review', { rating: late ? 3 : 5, scale: 5, item_id: item.item_id }, 'review')
      if (chance() < 0.06) tell('send_referral', { method: 'whatsapp' })
      if (chance() < 0.1) tell('join_loyalty', {})
      if (chance() < 0.05) tell('contact_support', { channel: 'chat' }, 'help')
      if (chance() < 0.03) tell('order_returned', { transaction_id, reason: 'too small' })
      if (chance() < 0.04) tell('refund', { transaction_id, currency: 'IDR', value, refund_id: `R-${transaction_id}` })
    }
  }
  return events.filter(({ time }) => time < end)
}

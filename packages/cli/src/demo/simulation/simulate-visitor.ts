import type { SimulatedPerson } from '@jejak/attribution'
import type { Envelope } from '@jejak/events'
import { PRODUCTS } from '../shop/catalogue.ts'
import { liveAfterBuying } from './after-buying.ts'
import { arrivalBy } from './arrivals.ts'
import { browse, lookAt } from './browse.ts'
import type { Chance } from './chance.ts'
import { buy, giveUp } from './check-out.ts'
import { createDiary } from './diary.ts'
import type { Diary } from './diary.ts'

export interface VisitorOptions {
  /** Whom they met and whether they bought, as their world decided it: nothing here changes that. */
  readonly person: SimulatedPerson
  readonly chance: Chance
  /** Tells this visitor's orders from those of others. */
  readonly name: string
  /** Milliseconds since the epoch at which the period ends, a midnight in Jakarta. */
  readonly end: number
  readonly days: number
}

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** How likely a satisfied customer orders again, and a disappointed one. */
const COMES_AGAIN = { satisfied: 0.45, disappointed: 0.1 }

/** One visitor from the first contact on: looks around, may buy, follows the parcel, tells others, buys again. */
export function simulateVisitor({ person, chance, name, end, days }: VisitorOptions): Envelope[] {
  const start = end - days * DAY
  const diary = createDiary({ chance, start, consent: isShy(person) ? 'limited' : 'granted' })
  const willBuy = person.boughtAt !== undefined
  const slow = chance.happens(0.15)
  const interest = chance.between(0.15, 0.55) + (willBuy ? 0.15 : 0)

  for (const { time, channel } of person.contacts) {
    const arrival = arrivalBy(channel)
    diary.arrive(atWakingHour(time), arrival)
    const liked = browse(diary, chance, { landing: arrival.landing, interest, slow })
    if (liked && chance.happens(0.06)) giveUp(diary, chance, liked)
  }
  if (person.boughtAt !== undefined) buyAndReturn(diary, chance, { name, first: atWakingHour(person.boughtAt), days })
  return diary.entries.filter(({ time }) => time < end)
}

interface Buying {
  readonly name: string
  /** When the first order is placed, in milliseconds since the start of the period. */
  readonly first: number
  readonly days: number
}

/** Each order is placed in the tab left open: its world decided that they buy, so that no new contact is to be told. */
function buyAndReturn(diary: Diary, chance: Chance, { name, first, days }: Buying): void {
  let time = first
  for (let order = 1; time < days * DAY; order++) {
    const product = chance.weighted(PRODUCTS, one => 1 / (2 + PRODUCTS.indexOf(one)))
    diary.comeBack(time, 'product', `/shop/products/${product.id}`)
    const item = lookAt(product, diary, chance, false)
    const purchase = buy(diary, chance, { item, transaction: `${name}-${order}`, returning: order > 1 })
    const { time: over, contentment } = liveAfterBuying(diary, chance, purchase)
    if (!chance.happens(contentment >= 7 ? COMES_AGAIN.satisfied : COMES_AGAIN.disappointed)) return
    time = over + DAY + chance.exponential(8 * DAY)
  }
}

/** One in seven allows only what needs no consent. Decided by number, so that the chance of all else is not moved. */
function isShy({ number }: SimulatedPerson): boolean {
  return number % 7 === 3
}

/**
 * The simulated world's days have contacts in their first half and orders in the second. People sleep: the first half
 * becomes the hours from 6 to 16 and the second those from 16 to 23, so that the order of things stays.
 */
function atWakingHour(days: number): number {
  const day = Math.floor(days)
  const part = days - day
  const hour = part < 0.5 ? 6 + 20 * part : 16 + 14 * (part - 0.5)
  return day * DAY + hour * HOUR
}

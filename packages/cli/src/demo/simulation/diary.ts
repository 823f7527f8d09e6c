import { newEventId, orderEventId, stageOf } from '@jejak/events'
import type { ConsentState, Envelope, EventMap, JourneyStage, Page, PageType, Touchpoint } from '@jejak/events'
import type { Arrival } from './arrivals.ts'
import { createChance } from './chance.ts'
import type { Chance } from './chance.ts'

const SITE = 'https://kedai-lurik.example'

/** The ids of simulated events count time from here, so that they are the same whenever the simulation is run. */
const ID_EPOCH = Date.UTC(2026, 0, 1)

/** Visits are at least so far apart. */
const BETWEEN_MS = 60_000

export interface DiaryOptions {
  readonly chance: Chance
  /** Milliseconds since the epoch at which the simulated period begins. */
  readonly start: number
  readonly consent: ConsentState
}

/** What one visitor does, written down as the tracker would. Times are milliseconds since the start of the period. */
export interface Diary {
  readonly entries: Envelope[]
  /** The time of the last entry. */
  at(): number
  /** A new session, on the page the arrival leads to. */
  arrive(time: number, arrival: Arrival): void
  /** A new session without a new contact: back in the tab that was left open, from a page of the shop itself. */
  comeBack(time: number, type: PageType, path: string): void
  look(type: PageType, path: string): void
  track<Name extends keyof EventMap>(name: Name, properties: EventMap[Name]): Envelope
}

/** Of the visitor with this seed: the first id that their chance gives, as in `createDiary`. */
export function diaryVisitorId(seed: number): string {
  return idAt(createChance(seed), 0)
}

export function createDiary({ chance, start, consent }: DiaryOptions): Diary {
  const entries: Envelope[] = []
  let now = 0
  const newId = () => idAt(chance, now)
  const visitor = newId()
  let session = { id: '', number: 0, sequence: 0 }
  let page: Page = { url: SITE }
  let lastStage: JourneyStage | undefined

  function write(name: string, properties: Record<string, unknown>, touch?: Touchpoint): Envelope {
    const stage = stageOf({ name, path: new URL(page.url).pathname, pageType: page.type, lastStage })
    lastStage = stage ?? lastStage
    session.sequence++
    const entry: Envelope = {
      id: orderEventId(name, properties) ?? newId(),
      name,
      stage,
      time: Math.round(start + now),
      visitor_id: visitor,
      session_id: session.id,
      session_number: session.number,
      sequence: session.sequence,
      page,
      ...(touch && { touch }),
      consent,
      properties,
    }
    entries.push(entry)
    now += 1_000 + chance.exponential(14_000)
    return entry
  }

  function begin(time: number): void {
    now = Math.max(time, now + BETWEEN_MS)
    session = { id: newId(), number: session.number + 1, sequence: 0 }
    lastStage = undefined
  }

  return {
    entries,
    at: () => now,
    arrive(time, { landing, evidence }) {
      begin(time)
      const { click_ids, referrer, ...utm } = evidence(chance)
      const parameters = new URLSearchParams({ ...utm, ...click_ids }).toString()
      const path = landing === 'home' ? '/shop/' : landing === 'list' ? '/shop/products' : '/shop/products/kemeja-lurik'
      page = { url: `${SITE}${path}${parameters && `?${parameters}`}`, type: landing, ...(referrer && { referrer }) }
      write(
        'page_view',
        {},
        { landing: page.url, ...(referrer && { referrer }), ...utm, ...(click_ids && { click_ids }) },
      )
    },
    comeBack(time, type, path) {
      begin(time)
      const referrer = `${SITE}/shop/`
      page = { url: `${SITE}${path}`, type, referrer }
      write('page_view', {}, { landing: page.url, referrer })
    },
    look(type, path) {
      page = { url: `${SITE}${path}`, type }
      write('page_view', {})
    },
    track: (name, properties) => write(name, properties as Record<string, unknown>),
  }
}

function idAt(chance: Chance, time: number): string {
  return newEventId({ time: ID_EPOCH + time, fillRandom: bytes => chance.fill(bytes) })
}

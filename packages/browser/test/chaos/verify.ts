import type { DropReason, StoredEvent } from '@jejak/events'
import { allows, marksIn } from './ledger.ts'
import type { Entry, Ledger } from './ledger.ts'
import { ROOMY } from './schedule.ts'
import type { Setting } from './schedule.ts'
import type { SimulatedTab } from './simulated-tab.ts'

export interface Books {
  readonly ledger: Ledger
  readonly stored: readonly StoredEvent[]
  /** What IndexedDB still holds, and `localStorage`. */
  readonly left: readonly string[]
  readonly storage: ReadonlyMap<string, string>
  readonly setting: Setting
  readonly isAlive: (tab: SimulatedTab) => boolean
  /** Whether IndexedDB had no fault all the time. */
  readonly storesWell: boolean
}

/** An event whose page has lived on for so long is to be safe. */
const SAFE_MS = 500

/** Balances the books at the end of a run, and adds to its faults what does not tally. */
export function verify({ ledger, stored, left, storage, setting, isAlive, storesWell }: Books): void {
  const { entries, faults, drops } = ledger
  const idsOf = new Map<string, Set<string>>()
  const marksOf = new Map<string, Set<string>>()
  const orders = new Set<string>()
  for (const event of stored) {
    const [mark] = marksIn(JSON.stringify(event.properties))
    if (!mark) continue
    const entry = entries[Number(mark.slice(1, -1))]!
    put(idsOf, mark, event.id)
    if (entry.order) orders.add(`${entry.order} ${event.id}`)
    else put(marksOf, event.id, mark)
    if (event.time !== entry.time) faults.push(`${mark} happened at ${entry.time} but was stored as ${event.time}`)
  }

  for (const [mark, ids] of idsOf) if (ids.size > 1) faults.push(`${mark} is stored ${ids.size} times`)
  for (const [id, marks] of marksOf) if (marks.size > 1) faults.push(`${[...marks].join(' ')} share the id ${id}`)
  const orderKeys = [...orders].map(order => order.split(' ')[0]!)
  if (new Set(orderKeys).size < orderKeys.length) faults.push(`An order is stored twice: ${[...orders].join(', ')}`)

  const given = new Set(drops.flatMap(({ marks }) => marks))
  const isStored = ({ mark, order }: Entry) => idsOf.has(mark) || (order !== undefined && orderKeys.includes(order))
  const isSafe = ({ isDurable, tab, word, since, until }: Entry) =>
    isDurable || isAlive(tab) || tab.isClosing || (storesWell && allows(word) && until - since > SAFE_MS)
  const mustBe = (entry: Entry) =>
    entry.state === 'free' && !entry.isOptional && isSafe(entry) && !given.has(entry.mark)
  const missing = entries.filter(entry => mustBe(entry) && !isStored(entry))
  const count = (...reasons: DropReason[]) =>
    drops.reduce((sum, drop) => sum + (reasons.includes(drop.reason) ? drop.count : 0), 0)
  if (missing.length > count('overflow')) {
    const words = missing.map(
      ({ mark, tab, isDurable }) => `${mark} of tab ${tab.number}${isDurable ? ', durable' : ''}`,
    )
    faults.push(`Lost: ${words.join('; ')}`)
  }

  // What was given up has to have deserved it.
  if (count('overflow') > 0 && setting.outbox === ROOMY) faults.push('Events were given up though there was room')
  if (count('unreadable') > 0) faults.push('Events were given up as unreadable')
  for (const { reason, marks } of drops) {
    const harmless = marks.filter(mark => {
      const { what } = entries[Number(mark.slice(1, -1))]!
      return (reason === 'refused' && what !== 'poison') || (reason === 'too_large' && what !== 'big')
    })
    if (harmless.length > 0) faults.push(`${harmless.join(' ')} were given up as ${reason}`)
  }

  // Once all was sent, nothing of it is kept; and what was erased is least of all.
  const remains = marksIn([...left, ...storage.values()].join('\n'))
  if (remains.length > 0) faults.push(`Still in the browser: ${remains.join(' ')}`)
}

/** Before the last visit: a page that lives has sent what it tracked by itself, with no further event or page. */
export function verifyPages(
  { entries, faults, drops }: Ledger,
  stored: readonly StoredEvent[],
  isAlive: Books['isAlive'],
): void {
  if (drops.some(({ reason }) => reason === 'overflow')) return
  const done = new Set([...marksIn(JSON.stringify(stored)), ...drops.flatMap(({ marks }) => marks)])
  const waiting = entries.filter(
    ({ mark, tab, state, isOptional, order }) =>
      state === 'free' && !isOptional && !order && isAlive(tab) && !done.has(mark),
  )
  if (waiting.length > 0) faults.push(`Not sent while their page lived: ${waiting.map(({ mark }) => mark).join(' ')}`)
}

function put(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key) ?? new Set()
  sets.set(key, set.add(value))
}

import type { Batch, ConsentState, DropReason, Envelope } from '@jejak/events'
import type { StorageChange } from './simulated-browser.ts'
import type { SimulatedTab } from './simulated-tab.ts'
import type { SimulatedTime } from './simulated-time.ts'
import type { Subject } from './schedule.ts'

/** One call of `track`, and what may and must become of its event. */
export interface Entry {
  readonly mark: string
  readonly tab: SimulatedTab
  readonly what: Subject
  /** What its event's id is made of, where that is an order. */
  readonly order: string | undefined
  /** What the clock said. */
  readonly time: number
  /** What the visitor had said, as far as its tab was told. */
  readonly word: ConsentState
  /** Held until there is consent, free to be sent, or never to be. */
  state: 'held' | 'free' | 'barred'
  /** The words of consent that came while it was held, in any tab. */
  readonly releasedBy: Set<ConsentState>
  isDurable: boolean
  /** When it was tracked, and when its tab ended, in milliseconds since the beginning. */
  readonly since: number
  until: number
  /** It was erased, or may have been: it need not arrive. */
  isOptional: boolean
  /** Its own tab has taken notice of that. */
  isErased: boolean
}

/** Keeps the books: what was tracked, what the visitor has allowed, and what left the browser. */
export interface Ledger {
  readonly entries: readonly Entry[]
  /** What went wrong so far, in sentences. */
  readonly faults: string[]
  readonly drops: { readonly reason: DropReason; readonly count: number; readonly marks: readonly string[] }[]
  /** A tab was opened. `option`: what its page assumes of consent. */
  opened(tab: SimulatedTab, option: ConsentState): void
  track(tab: SimulatedTab, what: Subject): Entry
  /** The visitor's word is about to be given in a tab; and was. */
  says(tab: SimulatedTab, word: ConsentState): { readonly called: () => void }
  /** Everything is about to be forgotten; and, later, was. */
  forgets(tab: SimulatedTab): { readonly called: () => void; readonly done: () => void }
  /** A storage event was made. */
  changed(change: StorageChange): void
  /** A tab is told of a change, or looks by itself. */
  looks(tab: SimulatedTab, change?: StorageChange): void
  ended(tab: SimulatedTab): void
  committed(values: readonly string[]): void
  /** A body leaves a tab for the network. */
  left(tab: SimulatedTab, body: string): void
  dropped(reason: DropReason, count: number, events?: readonly Envelope[]): void
}

/** What personal click id the pages' addresses carry. */
export const CLICK_ID = 'PERSONAL-CLICK-ID'

export function marksIn(text: string): string[] {
  return text.match(/#\d+#/g) ?? []
}

export const allows = (word: ConsentState) => word === 'granted' || word === 'limited'

export function createLedger(time: SimulatedTime): Ledger {
  const entries: Entry[] = []
  const faults: string[] = []
  const drops: Ledger['drops'] = []
  const words = new Map<SimulatedTab, ConsentState>()
  /** How many of the entries a tab must not send any more. */
  const erased = new Map<SimulatedTab, number>()
  /** The same for tabs that are opened from now on, and for those that were told nothing while they were away. */
  let erasedForAll = 0
  /** The same for tabs that have still to be told. */
  let erasedByAny = 0
  let stored: ConsentState | undefined
  let erasing: number | undefined
  const tidings = new WeakMap<StorageChange, number>()
  /** Tabs that ended before they were told that everything was erased. */
  const unknowing = new Set<SimulatedTab>()
  const entryOf = (mark: string) => entries[Number(mark.slice(1, -1))]!

  function erase(tab: SimulatedTab, count: number): void {
    erased.set(tab, Math.max(count, erased.get(tab) ?? 0))
  }

  function learn(tab: SimulatedTab, word: ConsentState): void {
    const before = words.get(tab)!
    words.set(tab, word)
    const own = entries.filter(entry => entry.tab === tab && entry.state !== 'barred')
    if (allows(word)) {
      for (const entry of own) if (entry.state === 'held') entry.state = 'free'
    } else if (allows(before) || word === 'denied') {
      erase(tab, erasedForAll)
      for (const entry of own) entry.isOptional = entry.isErased = true
      for (const entry of own) if (entry.state === 'held') entry.state = 'barred'
    }
  }

  const called = () => {
    erasing = undefined
  }

  return {
    entries,
    faults,
    drops,
    opened(tab, option) {
      words.set(tab, stored ?? option)
      erased.set(tab, erasedForAll)
    },
    track(tab, what) {
      const word = words.get(tab)!
      const mark = `#${entries.length}#`
      const entry: Entry = {
        mark,
        tab,
        what,
        order: what === 'order' ? `T-${entries.length % 5}` : undefined,
        time: time.wallClock(),
        word,
        state: allows(word) ? 'free' : word === 'pending' ? 'held' : 'barred',
        releasedBy: new Set(stored && stored !== word && allows(stored) ? [stored] : []),
        isDurable: false,
        since: time.now,
        until: Infinity,
        isOptional: false,
        isErased: false,
      }
      entries.push(entry)
      return entry
    },
    says(tab, word) {
      const withdraws = word === 'denied' || (allows(words.get(tab)!) && !allows(word))
      stored = word
      for (const entry of entries) {
        if (withdraws) entry.isOptional = true
        if (allows(word) && entry.state === 'held') entry.releasedBy.add(word)
      }
      if (withdraws) {
        erasing = erasedForAll = erasedByAny = entries.length
        erase(tab, entries.length)
      }
      learn(tab, word)
      return { called }
    },
    forgets(tab) {
      const count = entries.length
      for (const entry of entries) entry.isOptional = true
      erase(tab, count)
      erasing = erasedByAny = count
      return {
        called,
        done() {
          erasedForAll = Math.max(count, erasedForAll)
        },
      }
    },
    changed(change) {
      if (erasing !== undefined) tidings.set(change, erasing)
    },
    looks(tab, change) {
      if (!change) {
        erase(tab, erasedForAll)
        learn(tab, stored ?? words.get(tab)!)
      } else {
        const count = tidings.get(change)
        if (count !== undefined) {
          erase(tab, count)
          // It cannot tell what it has tracked in the meantime from what was before.
          for (const entry of entries) if (entry.tab === tab) entry.isOptional = true
        }
        if (change.key.endsWith('.consent')) learn(tab, stored!)
      }
    },
    ended(tab) {
      for (const entry of entries) if (entry.tab === tab) entry.until = time.now
      // What it has written while it did not know yet that everything was erased is nobody's fault.
      const behind = entries.slice(erased.get(tab), erasedByAny).filter(entry => entry.tab === tab)
      for (const entry of behind) entry.isOptional = true
      if (behind.length > 0) unknowing.add(tab)
    },
    committed(values) {
      for (const mark of marksIn(values.join('\n'))) entryOf(mark).isDurable = true
    },
    left(tab, body) {
      for (const event of eventsIn(body)) {
        const text = JSON.stringify(event)
        const mark = marksIn(text)[0]
        if (!mark) continue
        const entry = entryOf(mark)
        const say = (what: string) =>
          faults.push(`${mark}, tracked under ${entry.word}, left tab ${tab.number} ${what}`)
        const number = entries.indexOf(entry)
        if (entry.state === 'barred' && entry.releasedBy.size === 0) say('though it was never allowed')
        if (entry.state === 'held' && entry.releasedBy.size === 0) say('before there was consent')
        if (entry.isErased && entry.tab === tab) say('after it was erased there')
        if (number < erased.get(tab)! && !unknowing.has(entry.tab)) say('after it was to be erased')
        const isFull = entry.word === 'granted' || entry.releasedBy.has('granted')
        if (!isFull && text.includes(CLICK_ID)) say('with a click id, which was not allowed')
      }
    },
    dropped(reason, count, events = []) {
      drops.push({ reason, count, marks: marksIn(JSON.stringify(events)) })
    },
  }
}

function eventsIn(body: string): readonly Envelope[] {
  try {
    return (JSON.parse(body) as Batch).events
  } catch {
    return []
  }
}

import { compareText } from '../compare-text.ts'
import type { EvidenceBook } from './evidence.ts'
import type { KeptEvents } from './kept-events.ts'

/** A touch as it is kept: where its words are, instead of the words. */
export interface Contact {
  readonly time: number
  /** Place in `EvidenceBook.list`. */
  readonly decision: number
  /** Place in `KeptEvents.sessions`. */
  readonly session: number
  /** The row it was read from. */
  readonly row: number
}

/** Reads one person's events, given by their rows, as contacts: in order of time, those of one moment by session. */
export type ContactReader = (rows: Uint32Array) => Contact[]

/**
 * Events are read as sessions, in order of their beginning; each session's events are ordered by time, then by
 * sequence.
 *
 * A session's first event says how it began. If that event came without evidence, the one with the session's lowest
 * sequence number says it: clocks are corrected batch by batch, so neighbours may change places. A later event with
 * evidence of an arrival from outside begins a new touch: the visitor left and came again.
 *
 * These open no touch but continue the person's last one, and are Direct only if there is none:
 * - a session that began with an arrival from the shop's own site or a payment page;
 * - a session of which nothing was seen on a page: a server or an import wrote it, and a parcel that is shipped is no
 *   contact.
 * Any other session without evidence is Direct: its first event is missing from the data. `why` says which it was.
 *
 * An impression is a touch of its own wherever it stands. It is no arrival, so that the session is read without it: one
 * that has nothing else is no visit.
 */
export function createContactReader(kept: KeptEvents, book: EvidenceBook): ContactReader {
  const { time, sequence, session, sessions, number, onPage } = kept
  const evidenceId = (row: number) => book.ids[number[row]!] ?? ''
  const decisionOf = (row: number) => book.decisions[number[row]!]!
  const isView = (row: number) => number[row] !== -1 && book.list[decisionOf(row)]!.kind === 'view'

  /** A total order as far as it can matter, so that the order of the input cannot. */
  const inOrder = (a: number, b: number): number =>
    time[a]! - time[b]! ||
    sequence[a]! - sequence[b]! ||
    (session[a] === session[b] ? 0 : compareText(sessions[session[a]!]!, sessions[session[b]!]!)) ||
    Number(number[a] === -1) - Number(number[b] === -1) ||
    compareText(evidenceId(a), evidenceId(b))

  /** Sequence numbers begin at 1; who does not count, such as a server, writes 0. */
  function lowestSequence(rows: readonly number[]): number | undefined {
    let lowest: number | undefined
    for (const row of rows) {
      if (sequence[row]! >= 1 && (lowest === undefined || sequence[row]! < sequence[lowest]!)) lowest = row
    }
    return lowest
  }

  function readSession(rows: readonly number[], hasEarlierContact: boolean, contacts: Contact[]): void {
    const first = rows[0]!
    const add = (decision: number, row: number, at: number) =>
      contacts.push({ time: at, decision, session: session[first]!, row })
    const direct = (why: string) => add(book.direct(why), first, time[first]!)

    const told = number[first] === -1 ? lowestSequence(rows) : first
    const opening = told === undefined || number[told] === -1 ? undefined : told
    const internal = opening !== undefined && book.list[decisionOf(opening)]!.internal
    if (opening !== undefined && !internal) add(decisionOf(opening), opening, time[first]!)
    else if (opening !== undefined && !hasEarlierContact) direct(INTERNAL_ONLY)
    else if (opening === undefined && rows.some(row => onPage[row] === 1)) direct(EVIDENCE_LOST)
    else if (opening === undefined && !hasEarlierContact) direct(NO_PAGE)

    // The same event may be there twice.
    let seen: Set<string> | undefined
    for (const row of rows) {
      if (number[row] === -1) continue
      const id = evidenceId(row)
      seen ??= new Set(opening === undefined ? [] : [evidenceId(opening)])
      if (seen.has(id)) continue
      seen.add(id)
      if (!book.list[decisionOf(row)]!.internal) add(decisionOf(row), row, time[row]!)
    }
  }

  return rows => {
    const ordered = Array.from(rows).sort(inOrder)
    const contacts: Contact[] = []
    const views = new Set<string>()
    const bySession = new Map<number, number[]>()
    for (const row of ordered) {
      if (isView(row)) {
        const id = evidenceId(row)
        const isKnown = !book.list[decisionOf(row)]!.internal
        if (isKnown && !views.has(id))
          contacts.push({ time: time[row]!, decision: decisionOf(row), session: session[row]!, row })
        views.add(id)
        continue
      }
      const own = bySession.get(session[row]!)
      if (own) own.push(row)
      else bySession.set(session[row]!, [row])
    }

    let firstContact = contacts[0]?.time ?? Infinity
    for (const own of bySession.values()) {
      const before = contacts.length
      readSession(own, firstContact <= time[own[0]!]!, contacts)
      firstContact = Math.min(firstContact, contacts[before]?.time ?? Infinity)
    }
    const inTime = (a: Contact, b: Contact) =>
      a.time - b.time || (a.session === b.session ? 0 : compareText(sessions[a.session]!, sessions[b.session]!))
    return contacts.sort(inTime)
  }
}

const EVIDENCE_LOST = 'The session has no evidence of how it began, as when its first event is missing.'
const INTERNAL_ONLY = 'The session began on the shop’s own site or a payment page, and no earlier contact is known.'
const NO_PAGE = 'Nothing of the session was seen on a page, and no earlier contact is known.'

import { groupBy } from '../group-by.ts'
import type { KeptEvents } from './kept-events.ts'
import { compareText } from '../compare-text.ts'

/** Whose each event is. */
export interface Owners {
  /** For each row, the owner's place in `names`. */
  readonly of: Int32Array
  readonly names: readonly string[]
  /** The person of each event, where the owners are accounts. */
  readonly persons?: Owners
}

/** Whose journeys are read: persons', or accounts'. */
export const JOURNEY_UNITS = ['person', 'account'] as const

export type JourneyUnit = (typeof JOURNEY_UNITS)[number]

/**
 * The person of each event. One with a `user_id` is that user's. One without is of the user whom its visitor is next
 * identified as; if it never is again, of the one it was last identified as; else of the visitor itself. So several
 * visitors (devices) that were identified as one user are one person, and several users of one device are several.
 */
function personsOf(kept: KeptEvents): Owners {
  const { users, visitors, length } = kept
  const user = identified(kept.visitor, visitors.length, kept.user, users, kept)
  const of = new Int32Array(length)
  for (let row = 0; row < length; row++) of[row] = user[row]! >= 0 ? user[row]! : users.length + kept.visitor[row]!
  return { of, names: users.concat(visitors) }
}

/**
 * The account of each event, in the same manner: its own `account_id`, else the account its person is next named with,
 * else the one it was last named with; a person who never is stands for itself.
 */
function accountsOf(kept: KeptEvents): Owners {
  const { accounts, length } = kept
  const persons = personsOf(kept)
  const account = identified(persons.of, persons.names.length, kept.account, accounts, kept)
  const of = new Int32Array(length)
  for (let row = 0; row < length; row++) {
    of[row] = account[row]! >= 0 ? account[row]! : accounts.length + persons.of[row]!
  }
  return { of, names: accounts.concat(persons.names), persons }
}

/** Whose each event is where journeys are read for `unit`. */
export function ownersOf(kept: KeptEvents, unit: JourneyUnit): Owners {
  return unit === 'account' ? accountsOf(kept) : personsOf(kept)
}

interface Sighting {
  readonly group: number
  readonly member: number
  readonly time: number
}

const NONE = -1
const SEVERAL = -2

/** For each row its member, or the one that its group has next, or last; -1 where the group never has one. */
function identified(
  group: Int32Array,
  groups: number,
  member: Int32Array,
  memberNames: readonly string[],
  { time, length }: KeptEvents,
): Int32Array {
  // Nearly every group has one member or none: only for the others does it matter when each was seen.
  const only = new Int32Array(groups).fill(NONE)
  for (let row = 0; row < length; row++) {
    const named = member[row]!
    const at = group[row]!
    if (named !== NONE && only[at] !== named) only[at] = only[at] === NONE ? named : SEVERAL
  }

  const seen: Sighting[] = []
  for (let row = 0; row < length; row++) {
    const at = group[row]!
    if (member[row] !== NONE && only[at] === SEVERAL) seen.push({ group: at, member: member[row]!, time: time[row]! })
  }
  const sightings = groupBy(seen, sighting => sighting.group)
  const inOrder = (a: Sighting, b: Sighting) =>
    a.time - b.time || compareText(memberNames[a.member]!, memberNames[b.member]!)
  for (const list of sightings.values()) list.sort(inOrder)

  const result = new Int32Array(length)
  for (let row = 0; row < length; row++) {
    const known = only[group[row]!]!
    if (member[row] !== NONE) result[row] = member[row]!
    else result[row] = known === SEVERAL ? nextOrLast(sightings.get(group[row]!)!, time[row]!) : known
  }
  return result
}

function nextOrLast(sightings: readonly Sighting[], time: number): number {
  let low = 0
  let high = sightings.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sightings[middle]!.time >= time) high = middle
    else low = middle + 1
  }
  return sightings[low]!.member
}

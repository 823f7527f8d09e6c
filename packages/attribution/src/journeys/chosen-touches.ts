import type { ChannelRules, Touch, TouchDimension } from '../journey.ts'
import { compareText } from '../compare-text.ts'
import type { PersonContacts } from './contacts.ts'
import { directDecision } from './evidence.ts'
import type { KeptEvents } from './kept-events.ts'
import { DIRECT_INSTEAD, isInWindow } from './look-back.ts'
import type { Goal, Lead, LookBack } from './look-back.ts'
import type { Prioritise } from './priority.ts'
import { transformTouches } from './transforms.ts'
import type { TouchTransform } from './transforms.ts'

/** What is done with the touches of every journey, in this order: priority, the last so many, transforms. */
export interface TouchRules {
  readonly prioritise: Prioritise | undefined
  readonly maxTouches: number
  readonly transforms: readonly TouchTransform[]
  readonly transformBy: TouchDimension
}

/** The touches of the journeys of one person. */
export interface TouchChooser {
  /** Those that led to a goal. */
  led(lead: Lead, goal: Omit<Goal, 'group'>): readonly Touch[]
  /** Those at these places. */
  at(places: readonly number[]): readonly Touch[]
}

export interface ChooserOptions extends TouchRules {
  readonly lookBack: LookBack
  readonly channels: ChannelRules
}

/** @param rows the person's events. */
export function createTouchChooser(
  contacts: PersonContacts,
  rows: Uint32Array,
  kept: KeptEvents,
  options: ChooserOptions,
): TouchChooser {
  const { prioritise, maxTouches, transforms, transformBy, lookBack, channels } = options
  const { click, view } = lookBack.lookbackMs
  let made: readonly Touch[] | undefined
  const allTouches = () => (made ??= contacts.touches())
  // Priority may choose any of them, so that only without it the older ones need not be looked at.
  const enough = prioritise ? Infinity : maxTouches
  let starts: ReadonlyMap<number, Opening> | undefined

  function shaped(own: readonly Touch[]): readonly Touch[] {
    const chosen = prioritise ? prioritise(own) : own
    const last = chosen.length > maxTouches ? chosen.slice(-maxTouches) : chosen
    return transforms.length > 0 ? transformTouches(last, transforms, transformBy) : last
  }

  function inWindow(first: number, end: number, time: number): readonly Touch[] {
    const touches = allTouches()
    if (!contacts.hasViews || click === view) return touches.slice(Math.max(first, end - enough), end)
    const own: Touch[] = []
    for (let touch = end - 1; touch >= first && own.length < enough; touch--) {
      if (isInWindow(contacts, touch, time, lookBack)) own.push(touches[touch]!)
    }
    return own.reverse()
  }

  return {
    led({ first, end, instead }, { time, session }) {
      if (instead === undefined) return shaped(inWindow(first, end, time))
      if (instead !== DIRECT_INSTEAD) return shaped([allTouches()[instead]!])
      starts ??= sessionStarts(rows, kept)
      const { time: start, row } = starts.get(session)!
      const direct = { ...directDecision(channels, CONTINUED), time: start, session_id: kept.sessions[session]! }
      return shaped([contacts.personOf ? { ...direct, person: contacts.personOf(row) } : direct])
    },
    at: places => shaped(places.map(place => allTouches()[place]!)),
  }
}

const CONTINUED = 'The session only continued an earlier contact, which lies outside the look-back window.'

interface Opening {
  readonly time: number
  /** The event that opened it. */
  readonly row: number
}

/** When each session began. */
function sessionStarts(
  rows: Uint32Array,
  { session, time, visitor, visitors }: KeptEvents,
): ReadonlyMap<number, Opening> {
  const starts = new Map<number, Opening>()
  for (const row of rows) {
    const known = starts.get(session[row]!)
    const isEarlier =
      !known ||
      time[row]! < known.time ||
      (time[row] === known.time && compareText(visitors[visitor[row]!]!, visitors[visitor[known.row]!]!) < 0)
    if (isEarlier) starts.set(session[row]!, { time: time[row]!, row })
  }
  return starts
}

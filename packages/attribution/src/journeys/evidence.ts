import type { StoredEvent, Touchpoint } from '@jejak/events'
import { NOT_SET } from '../journey.ts'
import type { ChannelRules, Touch } from '../journey.ts'
import { channelReferrer } from '../channels/given-channel.ts'
import { createNames } from '../names.ts'
import type { Arrival } from '../glance.ts'

/** All that is said of a touch, but for when it was and whose. A few campaigns bring most of the visitors. */
export type Decision = Omit<Touch, 'time' | 'session_id' | 'person'>

/** Which events are impressions: something was seen and not followed. */
export type ViewEvents = readonly string[] | ((event: StoredEvent) => boolean)

/** What the events say of how visitors came. */
export interface EvidenceBook {
  /** Notes the evidence of an event; its number, or -1 if it has none. */
  read(event: StoredEvent): number
  /** The same where it is known already that the event is no impression. */
  readonly readArrival: (arrival: Arrival) => number
  /** Of each evidence: the event's id, and what it makes of the touch, if it does open one. */
  readonly ids: readonly string[]
  readonly decisions: readonly number[]
  /** All decisions, each once. */
  readonly list: readonly Decision[]
  /** What the channel rules call an arrival of which nothing is known, Direct, for a reason that is given. */
  direct(why: string): number
}

export function createEvidenceBook(channels: ChannelRules, viewEvents: ViewEvents): EvidenceBook {
  const words = createNames()
  const numbers = new Map<string, number>()
  const list: Decision[] = []
  const ids: string[] = []
  const decisions: number[] = []
  const directs = new Map<string, number>()
  const decided = new WeakMap<Touchpoint, number>()
  const names = typeof viewEvents === 'function' ? undefined : new Set(viewEvents)
  const isView = typeof viewEvents === 'function' ? viewEvents : (event: StoredEvent) => names!.has(event.name)

  function numberOf(decision: Decision): number {
    const { channel, source, medium, campaign, term, content, landing, why, internal, kind } = decision
    const texts = [channel, source, medium, campaign, term, content, landing, why]
    const key = `${texts.map(text => words.numberOf(text)).join()},${internal ? 1 : 0}${kind === 'view' ? 'v' : ''}`
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, list.length)
    return list.push(decision) - 1
  }

  function note(id: string, decision: number): number {
    decisions.push(decision)
    return ids.push(id) - 1
  }

  return {
    ids,
    decisions,
    list,
    read(event) {
      const view = isView(event)
      const touch = event.touch ?? (view ? touchpointOf(event) : undefined)
      if (!touch && !view) return -1
      return note(event.id, numberOf(touch ? decide(touch, view) : UNKNOWN_VIEW))
    },
    readArrival({ id, touch }) {
      let decision = decided.get(touch)
      if (decision === undefined) decided.set(touch, (decision = numberOf(decide(touch, false))))
      return note(id, decision)
    },
    direct(why) {
      const known = directs.get(why)
      if (known !== undefined) return known
      const number = numberOf(directDecision(channels, why))
      directs.set(why, number)
      return number
    },
  }

  function decide(touch: Touchpoint, view: boolean): Decision {
    const { channel, source, medium, campaign, why, internal } = channels(touch)
    const { landing, utm_term: term = NOT_SET, utm_content: content = NOT_SET } = touch
    const decision = { channel, source, medium, campaign, term, content, landing: pathOf(landing), why, internal }
    return view ? { ...decision, landing: NOT_SET, kind: 'view' } : decision
  }
}

/** What `channels` call an arrival of which nothing is known, Direct, for a reason that the caller gives. */
export function directDecision(channels: ChannelRules, why: string): Decision {
  const { channel, source, medium, campaign } = channels({ landing: '/' })
  const unknown = { term: NOT_SET, content: NOT_SET, landing: NOT_SET }
  return { channel, source, medium, campaign, ...unknown, why, internal: false }
}

/** An impression of which nothing is known tells of no channel, and neither of a visit. */
const UNKNOWN_VIEW: Decision = {
  channel: NOT_SET,
  source: NOT_SET,
  medium: NOT_SET,
  campaign: NOT_SET,
  term: NOT_SET,
  content: NOT_SET,
  landing: NOT_SET,
  why: 'An impression of which nothing is known.',
  internal: true,
  kind: 'view',
}

/** The evidence in the properties of an impression, which nobody arrived from; none if nothing says whose it was. */
function touchpointOf({ properties }: StoredEvent): Touchpoint | undefined {
  const text = (name: string) => {
    const value = properties[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const [channel, source, medium, campaign, content] = ['channel', 'source', 'medium', 'campaign', 'creative_name'].map(
    text,
  )
  if ([channel, source, medium, campaign].every(part => part === undefined)) return undefined
  return {
    landing: '/',
    ...(channel === undefined ? {} : { referrer: channelReferrer(channel) }),
    ...(source === undefined ? {} : { utm_source: source }),
    ...(medium === undefined ? {} : { utm_medium: medium }),
    ...(campaign === undefined ? {} : { utm_campaign: campaign }),
    ...(content === undefined ? {} : { utm_content: content }),
  }
}

function pathOf(landing: string): string {
  // A log that was made elsewhere may have no addresses.
  if (landing === '') return NOT_SET
  try {
    // A path alone is allowed, so there must be something it is relative to.
    return new URL(landing, 'https://shop.invalid').pathname
  } catch {
    return NOT_SET
  }
}

import type { Touchpoint } from '@jejak/events'
import { NOT_SET } from '../journey.ts'
import type { ChannelDecision } from '../journey.ts'
import { cutValue } from './arrival-evidence.ts'

/** No browser gives such a referrer, and no tracker keeps one: only an import can have written it. */
import type { ReasonWords } from './reason-words.ts'
const GIVEN = 'channel:'

/**
 * The referrer that says by itself which channel it was. A log that was made elsewhere may have a channel for each
 * visit and no addresses: `channel:email` stands where else the evidence would.
 */
export function channelReferrer(channel: string): string {
  return `${GIVEN}${cutValue(channel.trim())}`
}

export function isChannelReferrer(referrer: unknown): referrer is string {
  return typeof referrer === 'string' && referrer.startsWith(GIVEN) && referrer.length > GIVEN.length
}

/**
 * What the log itself says of an arrival; null where it says nothing. The channel keeps its name, but `direct` in any
 * case of letters is Direct, or it would be taken for a contact that something brought about.
 */
export function readGivenChannel(touch: Touchpoint, { givenByLog }: ReasonWords): ChannelDecision | null {
  const { referrer, utm_source, utm_medium, utm_campaign } = touch
  if (!isChannelReferrer(referrer)) return null
  const channel = cutValue(referrer.slice(GIVEN.length).trim())
  const isDirect = /^\(?direct\)?$/i.test(channel)
  return {
    channel: isDirect ? 'Direct' : channel,
    source: textOf(utm_source).toLowerCase() || (isDirect ? '(direct)' : NOT_SET),
    medium: textOf(utm_medium).toLowerCase() || (isDirect ? '(none)' : NOT_SET),
    campaign: textOf(utm_campaign) || NOT_SET,
    why: givenByLog,
    internal: false,
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? cutValue(value.trim()) : ''
}

import { createChannelRules } from './channel-rules.ts'
import type { ChannelRulesOptions } from './channel-rules.ts'
import { isChannelReferrer } from './given-channel.ts'
import { readPlace } from './host.ts'
import { readLandingParameters } from './landing-parameters.ts'
import type { ChannelRules } from '../journey.ts'

/** How somebody arrived, as a browser or a server's log has it. */
export interface ArrivalAddress extends Pick<ChannelRulesOptions, 'ownHosts' | 'rules' | 'strict'> {
  /** The page arrived at, with everything behind its `?`. Without a scheme, `https://` is meant. */
  readonly url: string
  /** The page that the visitor came from. One that names no site or app counts as none. */
  readonly referrer?: string | null | undefined
}

export interface ChannelClassification {
  /** A name of the channel grouping or of the shop's own rules; null where the visitor came from the shop itself. */
  readonly channel: string | null
  /** In lower case: `google`, `instagram.com`, `(direct)`. */
  readonly source: string
  /** In lower case: `cpc`, `organic`, `referral`, `(none)`. */
  readonly medium: string
  /** As it came, or `(not set)`. */
  readonly campaign: string
  /** One sentence for people: which evidence decided, by which rule. */
  readonly reason: string
}

let standardRules: ChannelRules | undefined

/**
 * Tells through which channel somebody came, from the address of the page arrived at and the referrer, as
 * `createChannelRules` decides it. Traffic from the shop itself, its `ownHosts` and payment or sign-in pages has no
 * channel: it is no new contact.
 *
 * The address is read as the tracker reads it. Names of parameters count in any case of letters; of a parameter that is
 * there several times, the last counts; one in the fragment (`#utm_source=`) does not, for no tracker or server is sure
 * to see it. Hosts in other scripts are compared in their ASCII form. Of the query 64 KiB are read, and source, medium
 * and campaign are cut at 255 characters. Whoever asks for many with the same options should make the rules once, with
 * `createChannelRules`.
 *
 * @throws {TypeError} if `url` is no address of a web page or app, or an option is not what it should be.
 */
export function classifyChannel(arrival: ArrivalAddress): ChannelClassification {
  const { url, referrer, ownHosts, rules, strict } = arrival
  if (typeof url !== 'string' || readPlace(url) === null) {
    throw new TypeError(
      `classifyChannel: \`url\` must be the address of the page arrived at, such as "https://toko.co.id/?utm_source=x", got ${spoken(url)}`,
    )
  }
  if (referrer !== undefined && referrer !== null && typeof referrer !== 'string') {
    throw new TypeError(`classifyChannel: \`referrer\` must be an address or null, got ${spoken(referrer)}`)
  }

  const isStandard = ownHosts === undefined && rules === undefined && strict === undefined
  const decide = isStandard
    ? (standardRules ??= createChannelRules())
    : createChannelRules({ ...(ownHosts && { ownHosts }), ...(rules && { rules }), ...(strict && { strict }) })
  const { channel, source, medium, campaign, why, internal } = decide({
    landing: url,
    ...(referrer && !isChannelReferrer(referrer) && { referrer }),
    ...readLandingParameters(url),
  })
  return { channel: internal ? null : channel, source, medium, campaign, reason: why }
}

function spoken(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : value === null ? 'null' : typeof value
}

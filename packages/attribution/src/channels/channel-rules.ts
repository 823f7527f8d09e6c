import type { Touchpoint } from '@jejak/events'
import { NOT_SET } from '../journey.ts'
import type { ChannelDecision, ChannelRules } from '../journey.ts'
import { fromClickId, fromNothing, fromReferrer, fromTags, readTags } from './arrival-evidence.ts'
import type { Evidence } from './arrival-evidence.ts'
import { CHANNEL_RULES, UNASSIGNED } from './channel-grouping.ts'
import { strongestClickId } from './click-id-policy.ts'
import { readGivenChannel } from './given-channel.ts'
import { readPlace } from './host.ts'
import type { Place } from './host.ts'
import { PAYMENT_HOSTS, SIGN_IN_HOSTS, createInternalHosts } from './internal-host.ts'
import { REASON_LANGUAGES, REASON_WORDS } from './reason-words.ts'
import type { ReasonLanguage, ReasonWords } from './reason-words.ts'
import { readShopRule } from './shop-rule.ts'
import type { ShopChannelRule } from './shop-rule.ts'
import { sourceDirectory } from './source-directory.ts'

export interface ChannelRulesOptions {
  /**
   * The shop's other hosts, such as `toko.myshopify.com` or `com.toko.app`, each with its sub-domains. The landing
   * page's host, its sub-domains and siblings are known without saying.
   */
  readonly ownHosts?: readonly string[]
  /** More payment pages (a bank's, say), besides `PAYMENT_HOSTS` and `SIGN_IN_HOSTS`. */
  readonly paymentHosts?: readonly string[]
  /** `ga4` decides as GA4 does and turns off everything in `DEPARTURES_FROM_GA4`. */
  readonly strict?: 'ga4'
  /** The shop's own rules, tried before the default grouping; the first that fits decides. */
  readonly rules?: readonly ShopChannelRule[]
  /** In which language `why` is told. Default: `en`. */
  readonly language?: ReasonLanguage
}

/**
 * Makes the rules that tell through which channel somebody came. The evidence, the first that there is:
 *
 * 0. A channel that the log itself names (`channel` in an `EventMapping`). It is taken as it is, without any rule.
 * 1. Campaign parameters. They are taken at their word; a click id, else the referrer, fills in a source or medium
 *    that is missing.
 * 2. The click id that proves most, by `CLICK_ID_POLICIES`. Only where the id is on unpaid links too and the referrer
 *    is a site of the same kind, the referrer names the source.
 * 3. The referrer. The shop itself and the payment and sign-in pages on the way through it are `internal`: no new
 *    contact, and direct for who counts it as one. Known sites have the medium of their kind; any other is a referral.
 * 4. Nothing: direct.
 *
 * The channel of what was found is that of the first rule that fits: the shop's own rules, then `CHANNEL_RULES`. Source
 * and medium are reported in lower case, the campaign as it came, all trimmed and cut at 255 characters. The rules
 * never throw, whatever the touch holds.
 *
 * @throws {TypeError} where an option is not what it should be.
 */
export function createChannelRules(options: ChannelRulesOptions = {}): ChannelRules {
  const { ownHosts = [], paymentHosts = [], strict, rules: shopRules = [], language = 'en' } = options
  if (!REASON_LANGUAGES.includes(language)) {
    throw new TypeError(
      `createChannelRules: \`language\` must be ${REASON_LANGUAGES.join(' or ')}, got ${JSON.stringify(language)}`,
    )
  }
  if (strict !== undefined && strict !== 'ga4') {
    throw new TypeError(`createChannelRules: \`strict\` can only be "ga4", got ${JSON.stringify(strict)}`)
  }
  if (!Array.isArray(shopRules) || shopRules.some(rule => typeof rule !== 'object' || rule === null)) {
    throw new TypeError(
      `createChannelRules: \`rules\` must be a list such as [{ channel: "Influencers", medium: "kol-*" }], got ${JSON.stringify(shopRules)}`,
    )
  }
  const say = REASON_WORDS[language]
  const asGa4 = strict === 'ga4'
  const directory = sourceDirectory(asGa4 ? 'ga4' : 'jejak')
  const whereInternal = createInternalHosts({
    ownHosts: readHosts('ownHosts', ownHosts),
    returnHosts: [
      ...readHosts('paymentHosts', paymentHosts),
      ...(asGa4 ? [] : PAYMENT_HOSTS),
      ...(asGa4 ? [] : SIGN_IN_HOSTS),
    ],
  })
  const ownRules = shopRules.map(readShopRule)
  const rules = [...ownRules, ...CHANNEL_RULES.filter(({ departure }) => !(asGa4 && departure))]
  const byShop = new Set(ownRules)

  return touch => {
    const given = readGivenChannel(touch, say)
    if (given) return given

    const referrer = readPlace(touch.referrer)
    const internal = referrer && whereInternal(referrer, touch.landing)
    const told = readEvidence(touch, internal ? null : referrer)
    if (told) return decide(told)
    if (referrer && internal) return internalDecision(referrer, internal, say)
    return decide(fromNothing(typeof touch.referrer === 'string' && touch.referrer.trim() !== ''))
  }

  function readEvidence(touch: Touchpoint, referrer: Place | null): Evidence | null {
    const tags = readTags(touch, asGa4)
    if (!tags) return readUntagged(touch, referrer)
    const needsFiller = !asGa4 && (tags.source === '' || tags.medium === '')
    return fromTags(tags, directory, needsFiller ? readUntagged(touch, referrer) : null)
  }

  function readUntagged(touch: Touchpoint, referrer: Place | null): Evidence | null {
    const click = strongestClickId(touch.click_ids, asGa4)
    const came = referrer && fromReferrer(referrer, directory, asGa4)
    if (!click) return came
    const refersToSameKind = came !== null && came.category === click.arrival.category
    return click.policy.paid === 'no' && refersToSameKind ? came : fromClickId(click)
  }

  function decide(evidence: Evidence): ChannelDecision {
    const { source, medium, campaign, category } = evidence
    const arrival = {
      source: source.toLowerCase(),
      medium: medium.toLowerCase(),
      campaign: campaign.toLowerCase(),
      category,
    }
    const rule = rules.find(({ when }) => when(arrival)) ?? UNASSIGNED
    const why =
      evidence.why === null || byShop.has(rule) ? rule.because(evidence.words(say), say, arrival) : evidence.why(say)
    return { channel: rule.channel, source, medium, campaign, why, internal: false }
  }
}

function internalDecision({ host }: Place, where: 'shop' | 'return', say: ReasonWords): ChannelDecision {
  return {
    channel: 'Direct',
    source: '(direct)',
    medium: '(none)',
    campaign: NOT_SET,
    why: say.cameBack(host.slice(0, 60), where),
    internal: true,
  }
}

/** Throws a TypeError that names the option and what to write instead, where an entry is no bare host name. */
function readHosts(option: string, hosts: readonly string[]): string[] {
  if (!Array.isArray(hosts)) {
    throw new TypeError(`createChannelRules: \`${option}\` must be a list of host names, got ${JSON.stringify(hosts)}`)
  }
  return hosts.map((given: unknown) => {
    const place = readPlace(given)
    if (!place || typeof given !== 'string' || given.includes('/')) {
      throw new TypeError(
        `createChannelRules: \`${option}\` must hold host names such as "toko.co.id", got ${JSON.stringify(given)}${place ? `: write "${place.host}"` : ''}`,
      )
    }
    return place.host
  })
}

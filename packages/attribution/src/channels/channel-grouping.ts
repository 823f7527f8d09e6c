import type { SourceCategory } from './known-sources.ts'
import type { ArrivalKind, ReasonWords } from './reason-words.ts'

/** The channels of the default grouping, under GA4's names. */
export const CHANNELS = [
  'Direct',
  'Cross-network',
  'Paid Shopping',
  'Paid Search',
  'Paid Social',
  'Paid Video',
  'Display',
  'Paid Other',
  'AI Assistant',
  'Organic Shopping',
  'Organic Social',
  'Organic Video',
  'Organic Search',
  'Referral',
  'Email',
  'Affiliates',
  'Audio',
  'SMS',
  'Mobile Push Notifications',
  'Unassigned',
] as const

export type Channel = (typeof CHANNELS)[number]

/** What the rules look at. Texts are in lower case. */
export interface Arrival {
  readonly source: string
  readonly medium: string
  readonly campaign: string
  /** What kind of place the source is; null where that is not known. */
  readonly category: SourceCategory | null
}

/** How the parts of an arrival are spoken of in a reason: `utm_source "google"`, `no utm_medium`. */
export interface ArrivalWords {
  readonly source: string
  readonly medium: string
  readonly campaign: string
  /** What the category was told from. */
  readonly site: string
}

/** One rule of a channel grouping. */
export interface ChannelRule {
  readonly channel: string
  readonly when: (arrival: Arrival) => boolean
  /** Why the rule fits, for people. */
  readonly because: (words: ArrivalWords, say: ReasonWords, arrival: Arrival) => string
  /** The rule is ours and not GA4's. */
  readonly departure?: true
}

const PAID_MEDIUM = /^(.*cp.*|ppc|retargeting|paid.*)$/
const SHOPPING_CAMPAIGN = /^(.*(([^a-df-z]|^)shop|shopping).*)$/
const VIDEO_MEDIUM = /^(.*video.*)$/
const DISPLAY_MEDIA: readonly string[] = ['display', 'banner', 'expandable', 'interstitial', 'cpm']
const SOCIAL_MEDIA: readonly string[] = [
  'social',
  'social-network',
  'social-media',
  'sm',
  'social network',
  'social media',
]
const REFERRAL_MEDIA: readonly string[] = ['referral', 'app', 'link']
const EMAIL: readonly string[] = ['email', 'e-mail', 'e_mail', 'e mail']

const isPaid = ({ medium }: Arrival): boolean => PAID_MEDIUM.test(medium)
const namesShop = ({ campaign }: Arrival): boolean => SHOPPING_CAMPAIGN.test(campaign)
const isShopping = (arrival: Arrival): boolean => arrival.category === 'shopping' || namesShop(arrival)

type Because = ChannelRule['because']

const onSite: Because = (words, say, { category }) => (category ? say.is(words.site, category) : '')
const toShop: Because = (words, say, arrival) =>
  arrival.category === 'shopping' ? onSite(words, say, arrival) : say.namesShop(words.campaign)
const paid =
  (where: Because): Because =>
  (words, say, arrival) =>
    say.both(say.isPaid(words.medium), where(words, say, arrival))
const unpaid =
  (where: Because): Because =>
  (words, say, arrival) =>
    say.both(where(words, say, arrival), say.isUnpaid(words.medium))
const byMedium =
  (kind: ArrivalKind): Because =>
  (words, say) =>
    say.is(words.medium, kind)
/** By the place, if it is of this category, else by what the medium says. */
const unpaidOn =
  (category: SourceCategory, medium: ArrivalKind): Because =>
  (words, say, arrival) =>
    arrival.category === category ? unpaid(onSite)(words, say, arrival) : say.is(words.medium, medium)

/**
 * GA4's default channel group for manually tagged traffic, in its order: the first rule that fits decides. Expressions
 * as on https://support.google.com/analytics/answer/9756891, put over lower-case text because GA4 ignores case. GA4
 * has had AI Assistant since 13 May 2026 without telling its rank; it stands before the unpaid channels here, or
 * gemini.google.com would be a search. What Google Ads tells GA4 about its own clicks (a Performance Max campaign that
 * does not say so in its name) cannot be rebuilt from a URL.
 */
export const CHANNEL_RULES: readonly ChannelRule[] = [
  {
    channel: 'Direct',
    when: ({ source, medium }) => source === '(direct)' && (medium === '(none)' || medium === '(not set)'),
    because: (words, say) => say.standsForNothing(words.source),
  },
  {
    channel: 'Cross-network',
    when: ({ campaign }) => campaign.includes('cross-network'),
    because: (words, say) => say.contains(words.campaign, 'cross-network'),
  },
  {
    channel: 'Paid Shopping',
    when: arrival => isShopping(arrival) && isPaid(arrival),
    because: paid(toShop),
  },
  {
    channel: 'Paid Search',
    when: arrival => arrival.category === 'search' && isPaid(arrival),
    because: paid(onSite),
  },
  {
    channel: 'Paid Social',
    when: arrival => arrival.category === 'social' && isPaid(arrival),
    because: paid(onSite),
  },
  {
    channel: 'Paid Video',
    when: arrival => arrival.category === 'video' && isPaid(arrival),
    because: paid(onSite),
  },
  {
    channel: 'Display',
    when: ({ medium }) => DISPLAY_MEDIA.includes(medium),
    because: byMedium('displayAds'),
  },
  {
    channel: 'Paid Other',
    when: isPaid,
    because: (words, say) => say.paidElsewhere(words.medium, words.source),
  },
  {
    channel: 'AI Assistant',
    when: ({ medium }) => medium === 'ai-assistant',
    because: byMedium('assistantMedium'),
  },
  {
    channel: 'AI Assistant',
    when: ({ category }) => category === 'ai',
    because: onSite,
    departure: true,
  },
  {
    channel: 'Organic Shopping',
    when: isShopping,
    because: unpaid(toShop),
  },
  {
    channel: 'Organic Social',
    when: ({ category, medium }) => category === 'social' || SOCIAL_MEDIA.includes(medium),
    because: unpaidOn('social', 'socialMedium'),
  },
  {
    channel: 'Organic Video',
    when: ({ category, medium }) => category === 'video' || VIDEO_MEDIUM.test(medium),
    because: unpaidOn('video', 'videoMedium'),
  },
  {
    channel: 'Organic Search',
    when: ({ category, medium }) => category === 'search' || medium === 'organic',
    because: unpaidOn('search', 'unpaidSearch'),
  },
  {
    channel: 'Referral',
    when: ({ medium }) => REFERRAL_MEDIA.includes(medium),
    because: byMedium('siteLink'),
  },
  {
    channel: 'Email',
    when: ({ source, medium }) => EMAIL.includes(medium) || EMAIL.includes(source),
    because: (words, say, { medium }) => say.is(EMAIL.includes(medium) ? words.medium : words.source, 'mailMedium'),
  },
  {
    channel: 'Email',
    when: ({ category }) => category === 'mail',
    because: onSite,
    departure: true,
  },
  {
    channel: 'Affiliates',
    when: ({ medium }) => medium === 'affiliate',
    because: byMedium('affiliateLink'),
  },
  {
    channel: 'Audio',
    when: ({ medium }) => medium === 'audio',
    because: byMedium('audioAds'),
  },
  {
    channel: 'SMS',
    when: ({ source, medium }) => source === 'sms' || medium === 'sms',
    because: (words, say, { medium }) => say.is(medium === 'sms' ? words.medium : words.source, 'textMessage'),
  },
  {
    channel: 'Mobile Push Notifications',
    when: ({ source, medium }) =>
      medium.endsWith('push') || medium.includes('mobile') || medium.includes('notification') || source === 'firebase',
    because: (words, say, { source }) =>
      say.is(source === 'firebase' ? words.source : words.medium, 'pushNotification'),
  },
]

/** What no rule fits. */
export const UNASSIGNED: ChannelRule = {
  channel: 'Unassigned',
  when: () => true,
  because: (words, say) => say.unknown(words.source, words.medium),
}

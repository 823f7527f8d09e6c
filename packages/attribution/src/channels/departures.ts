/** Something decided otherwise than GA4 does, on purpose. */
export interface Departure {
  readonly ga4: string
  readonly jejak: string
  readonly reason: string
}

export type DepartureName =
  | 'click-ids'
  | 'half-tagged-links'
  | 'payment-pages'
  | 'shopping-list'
  | 'marketplaces'
  | 'source-names'
  | 'ai-sources'
  | 'mail-sources'
  | 'site-names'
  | 'letter-case'

/**
 * Where the channel rules leave GA4, each with what GA4 does instead. `createChannelRules({ strict: 'ga4' })` turns
 * every one of them off. Two things stay even then, because Google publishes no more: which sites are search engines,
 * social networks and AI assistants is told by the lists of Matomo, and a sub-domain counts as its site; and clicks that
 * GA4 knows through a linked Google Ads account are told by their URL alone, campaign parameters first.
 */
export const DEPARTURES_FROM_GA4: Readonly<Record<DepartureName, Departure>> = {
  'click-ids': {
    ga4: 'Without campaign parameters, only the click ids of Google are read.',
    jejak: 'Without campaign parameters, a click id of any platform tells the arrival, by what it proves.',
    reason: 'Auto-tagged ads of other platforms would count as unpaid or direct. fbclid alone is never an ad.',
  },
  'half-tagged-links': {
    ga4: 'A missing utm_source or utm_medium is (not set), and the arrival mostly Unassigned.',
    jejak: 'A click id, else the referrer, fills in a missing utm_source or utm_medium.',
    reason: 'The evidence is there; what the link says itself is kept as it is.',
  },
  'payment-pages': {
    ga4: 'A return from a payment or sign-in page is a referral, or shopping, until the shop lists it as unwanted.',
    jejak: 'A return from a known payment or sign-in page is internal.',
    reason: 'It is a step of the purchase and would take the credit from what brought the customer.',
  },
  'shopping-list': {
    ga4: 'Stripe, the Shopify checkout and Amazon S3 are shopping sites.',
    jejak: 'They are not.',
    reason: 'They take payments and hold files; nobody finds a shop there.',
  },
  marketplaces: {
    ga4: 'Tokopedia, Shopee, Lazada, Bukalapak, Blibli and many others are unknown.',
    jejak: 'The marketplaces of South-East Asia and other large ones are shopping sites.',
    reason: 'They are where these shops meet their customers.',
  },
  'source-names': {
    ga4: 'Only the names and hosts in its list are known: google and fb are, googleads and meta are not.',
    jejak: 'More names that shops use are known, however they are joined: google_ads, tiktok-ads, meta, x.',
    reason: 'A paid click would be Paid Other for the spelling of its source.',
  },
  'ai-sources': {
    ga4: 'Only the medium ai-assistant, which GA4 sets from the referrer, is an AI Assistant.',
    jejak: 'A source that is an AI assistant is enough, where the medium is not paid.',
    reason: 'ChatGPT tags its links with utm_source=chatgpt.com and no medium, which GA4 leaves Unassigned.',
  },
  'mail-sources': {
    ga4: 'Webmail is a referral, and utm_source=mailchimp without a medium Unassigned.',
    jejak: 'Webmail hosts and mailing tools are Email.',
    reason: 'Who comes from an inbox comes from a mail.',
  },
  'site-names': {
    ga4: 'Other sites than search engines and AI assistants are their host and the medium referral: m.facebook.com / referral.',
    jejak: 'A known site has one name and the medium of its kind: facebook.com / social.',
    reason: 'The hosts of one site would share its credit out between several rows.',
  },
  'letter-case': {
    ga4: 'utm_source=Facebook and utm_source=facebook are two sources.',
    jejak: 'Source and medium are in lower case; the campaign stays as it came.',
    reason: 'They are one source.',
  },
}

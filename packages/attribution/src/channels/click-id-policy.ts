import type { ClickId, Touchpoint } from '@jejak/events'
import type { SourceCategory } from './known-sources.ts'
import type { ClickShown } from './reason-words.ts'

/** What a click id that stands alone, without campaign parameters, says of the arrival. */
export interface ClickIdPolicy {
  /** Who puts it on the link. */
  readonly platform: string
  /**
   * Whether it alone proves that somebody paid for the click. `yes`; `no`: it is on unpaid links too; `aggregate`:
   * there was an ad, but the id stands for no single click; `email`: the link was in a mail.
   */
  readonly paid: 'yes' | 'no' | 'aggregate' | 'email'
  /** The arrival that it shows; null where it tells nothing of the channel. */
  readonly arrival: {
    readonly source: string
    readonly medium: string
    readonly category: SourceCategory | null
  } | null
  /** What it proves. */
  readonly shows: ClickShown
  /** Whether GA4 reads it by itself. The others count with us only: see `DEPARTURES_FROM_GA4`. */
  readonly readByGa4: boolean
}

/**
 * What each click id proves. From the platforms' own documents, and from what posthog-js (Apache-2.0) and umami (MIT)
 * read; `epik` counts as unpaid because Pinterest puts it on organic pins as well. Which channel follows is decided by
 * the same rules as for campaign parameters, from the source, medium and category given here.
 */
export const CLICK_ID_POLICIES: Readonly<Record<ClickId, ClickIdPolicy>> = {
  gclid: google('Google Ads'),
  gbraid: { ...google('Google Ads'), paid: 'aggregate', shows: 'adOfNobody' },
  wbraid: { ...google('Google Ads'), paid: 'aggregate', shows: 'adOfNobody' },
  gclsrc: google('Google Search Ads 360'),
  gad_source: { ...google('Google Ads'), paid: 'aggregate' },
  gad_campaignid: { ...google('Google Ads'), paid: 'aggregate' },
  dclid: { ...display('Google Display & Video 360', 'google'), readByGa4: true },
  srsltid: {
    platform: 'Google Merchant Center',
    paid: 'no',
    arrival: { source: 'google', medium: 'organic', category: 'shopping' },
    shows: 'freeListing',
    readByGa4: true,
  },
  fbclid: unpaidSocial('Meta', 'facebook.com'),
  igshid: unpaidSocial('Instagram', 'instagram.com'),
  igsh: unpaidSocial('Instagram', 'instagram.com'),
  msclkid: ad('Microsoft Advertising', 'bing', 'search'),
  ttclid: ad('TikTok Ads', 'tiktok', 'social'),
  twclid: ad('X Ads', 'twitter', 'social'),
  li_fat_id: ad('LinkedIn Ads', 'linkedin', 'social'),
  ScCid: ad('Snapchat Ads', 'snapchat', 'social'),
  rdt_cid: ad('Reddit Ads', 'reddit', 'social'),
  epik: unpaidSocial('Pinterest', 'pinterest.com'),
  qclid: ad('Quora Ads', 'quora', 'social'),
  yclid: ad('Yandex Direct', 'yandex', 'search'),
  ymclid: ad('Yandex Market', 'market.yandex.ru', 'shopping'),
  ysclid: {
    platform: 'Yandex Search',
    paid: 'no',
    arrival: { source: 'yandex', medium: 'organic', category: 'search' },
    shows: 'unpaidSearch',
    readByGa4: false,
  },
  irclickid: affiliate('Impact', 'impact'),
  awc: affiliate('Awin', 'awin'),
  cjevent: affiliate('CJ', 'cj'),
  tblci: display('Taboola', 'taboola'),
  dicbo: display('Outbrain', 'outbrain'),
  awclid: ad('Amazon Ads', 'amazon', 'shopping'),
  vmcid: display('Yahoo DSP', 'yahoo'),
  mc_cid: mail('Mailchimp', 'mailchimp'),
  mc_eid: mail('Mailchimp', 'mailchimp'),
  _kx: mail('Klaviyo', 'klaviyo'),
  mkt_tok: mail('Marketo', 'marketo'),
  _hsenc: mail('HubSpot', 'hubspot'),
  _hsmi: mail('HubSpot', 'hubspot'),
  vero_id: mail('Vero', 'vero'),
  omnisendContactID: mail('Omnisend', 'omnisend'),
  ck_subscriber_id: mail('Kit', 'kit'),
  __s: mail('Drip', 'drip'),
  oly_enc_id: mail('Omeda', 'omeda'),
  oly_anon_id: mail('Omeda', 'omeda'),
  _branch_match_id: {
    platform: 'Branch',
    paid: 'no',
    arrival: null,
    shows: 'appLink',
    readByGa4: false,
  },
}

/** A click id that was found, with what it shows. */
export interface ClickEvidence {
  readonly name: ClickId
  readonly policy: ClickIdPolicy
  readonly arrival: NonNullable<ClickIdPolicy['arrival']>
}

const STRENGTH = { yes: 3, aggregate: 2, email: 1, no: 0 } as const

/** The strongest proof first; equals in the order of the table. */
const BY_STRENGTH: readonly ClickEvidence[] = (Object.entries(CLICK_ID_POLICIES) as [ClickId, ClickIdPolicy][])
  .flatMap(([name, policy]) => (policy.arrival ? [{ name, policy, arrival: policy.arrival }] : []))
  .sort((one, other) => STRENGTH[other.policy.paid] - STRENGTH[one.policy.paid])

const READ_BY_GA4 = BY_STRENGTH.filter(({ policy }) => policy.readByGa4)

/** The click id that proves most. One whose value was not kept (`-`) counts; one without any value does not. */
export function strongestClickId(clickIds: Touchpoint['click_ids'], ga4Only = false): ClickEvidence | null {
  if (typeof clickIds !== 'object' || clickIds === null) return null
  const isThere = ({ name }: ClickEvidence) => Object.hasOwn(clickIds, name) && isFilled(clickIds[name])
  return (ga4Only ? READ_BY_GA4 : BY_STRENGTH).find(isThere) ?? null
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

function ad(platform: string, source: string, category: SourceCategory | null): ClickIdPolicy {
  const arrival = { source, medium: 'cpc', category }
  return { platform, paid: 'yes', arrival, shows: 'ad', readByGa4: false }
}

function google(platform: string): ClickIdPolicy {
  return { ...ad(platform, 'google', 'search'), readByGa4: true }
}

function display(platform: string, source: string): ClickIdPolicy {
  return { ...ad(platform, source, null), arrival: { source, medium: 'display', category: null } }
}

function affiliate(platform: string, source: string): ClickIdPolicy {
  const arrival = { source, medium: 'affiliate', category: null }
  return { platform, paid: 'yes', arrival, shows: 'affiliateLink', readByGa4: false }
}

function mail(platform: string, source: string): ClickIdPolicy {
  const arrival = { source, medium: 'email', category: 'mail' } as const
  return { platform, paid: 'email', arrival, shows: 'mailLink', readByGa4: false }
}

function unpaidSocial(platform: string, source: string): ClickIdPolicy {
  const arrival = { source, medium: 'social', category: 'social' } as const
  return { platform, paid: 'no', arrival, shows: 'paidOrNot', readByGa4: false }
}

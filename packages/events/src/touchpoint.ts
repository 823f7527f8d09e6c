/** The campaign parameters that are read from a landing URL: Google's list, under Google's names. */
export const UTM_PARAMETERS = [
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_term',
  'utm_content',
  'utm_id',
  'utm_source_platform',
  'utm_creative_format',
  'utm_marketing_tactic',
] as const

export type UtmParameter = (typeof UTM_PARAMETERS)[number]

/**
 * The click ids that are read from a landing URL, in the spelling they are noted under (they are found in any case).
 * What each of them proves is decided later, by the channel rules of `@jejak/attribution`.
 */
export const CLICK_IDS = [
  'gclid',
  'gbraid',
  'wbraid',
  'gclsrc',
  'gad_source',
  'gad_campaignid',
  'dclid',
  'srsltid',
  'fbclid',
  'igshid',
  'igsh',
  'msclkid',
  'ttclid',
  'twclid',
  'li_fat_id',
  'ScCid',
  'rdt_cid',
  'epik',
  'qclid',
  'yclid',
  'ymclid',
  'ysclid',
  'irclickid',
  'awc',
  'cjevent',
  'tblci',
  'dicbo',
  'awclid',
  'vmcid',
  'mc_cid',
  '_hsmi',
  '_branch_match_id',
] as const

/**
 * Ids that mail tools put into links to tell who the recipient is. That somebody came from a mail is evidence; who it
 * was is not ours to keep: these are noted without their value.
 */
export const PERSONAL_CLICK_IDS = [
  'mc_eid',
  '_kx',
  'mkt_tok',
  '_hsenc',
  'vero_id',
  'omnisendContactID',
  'ck_subscriber_id',
  '__s',
  'oly_enc_id',
  'oly_anon_id',
] as const

/** Other spellings of a click id, in lower case. */
export const CLICK_ID_ALIASES = {
  scid: 'ScCid',
  irclid: 'irclickid',
  ob_click_id: 'dicbo',
  obclid: 'dicbo',
} as const

export type ClickId = (typeof CLICK_IDS)[number] | (typeof PERSONAL_CLICK_IDS)[number]

/** Stands for the value of a click id that was there but may not be kept. */
export const VALUE_NOT_KEPT = '-'

/**
 * The evidence of how a visitor came from outside: on the first event of a session, and again on the first event
 * after each later arrival from another site. Which channel that was is decided offline.
 */
export interface Touchpoint extends Partial<Record<UtmParameter, string>> {
  /** The page arrived at, with its allowed parameters. */
  landing: string
  /** The page the visitor came from, when it was on another host. Browsers often shorten it to its origin. */
  referrer?: string
  /** Click ids by name, each with its value, or `-` where the value may not be kept. */
  click_ids?: Partial<Record<ClickId, string>>
}

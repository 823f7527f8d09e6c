import type { SourceCategory } from './known-sources.ts'

/** In which languages the reasons of channels can be told. */
export const REASON_LANGUAGES = ['en', 'id'] as const

export type ReasonLanguage = (typeof REASON_LANGUAGES)[number]

/** What a value of an arrival can be told to be. */
export type ArrivalKind =
  | SourceCategory
  | 'anApp'
  | 'anotherSite'
  | 'displayAds'
  | 'assistantMedium'
  | 'socialMedium'
  | 'videoMedium'
  | 'unpaidSearch'
  | 'siteLink'
  | 'mailMedium'
  | 'affiliateLink'
  | 'audioAds'
  | 'textMessage'
  | 'pushNotification'

/** What a click id shows. */
export type ClickShown =
  | 'ad'
  | 'adOfNobody'
  | 'freeListing'
  | 'unpaidSearch'
  | 'affiliateLink'
  | 'mailLink'
  | 'paidOrNot'
  | 'appLink'

type TagPart = 'source' | 'medium' | 'campaign'

/** The sentences that say why an arrival has its channel. What is quoted comes from outside. */
export interface ReasonWords {
  readonly kinds: Readonly<Record<ArrivalKind, string>>
  readonly shown: Readonly<Record<ClickShown, string>>
  is(what: string, kind: ArrivalKind): string
  isPaid(what: string): string
  isUnpaid(what: string): string
  both(one: string, other: string): string
  /** `utm_source "x"`, as it is in the link. */
  tag(part: TagPart, quoted: string): string
  missingTag(part: TagPart): string
  /** What the referrer or a click id says in place of a parameter. */
  value(part: TagPart, quoted: string): string
  toldBy(value: string, evidence: string): string
  readonly noCampaign: string
  readonly theTags: string
  readonly theReferrer: string
  readonly nothing: string
  standsForNothing(source: string): string
  contains(campaign: string, word: string): string
  namesShop(campaign: string): string
  paidElsewhere(medium: string, source: string): string
  unknown(source: string, medium: string): string
  ownRule(channel: string, parts: readonly string[]): string
  putOnBy(clickId: string, platform: string, shown: ClickShown): string
  cameFrom(host: string, kind: ArrivalKind): string
  untold(hasReferrer: boolean): string
  cameBack(host: string, where: 'shop' | 'return'): string
  readonly givenByLog: string
}

const en: ReasonWords = {
  kinds: {
    ai: 'an AI assistant',
    mail: 'a mail service',
    shopping: 'a marketplace or shopping site',
    video: 'a video site',
    social: 'a social network',
    search: 'a search engine',
    anApp: 'an app',
    anotherSite: 'another site',
    displayAds: 'display advertising',
    assistantMedium: 'that of AI assistants',
    socialMedium: 'social',
    videoMedium: 'video',
    unpaidSearch: 'unpaid search',
    siteLink: 'a link on another site',
    mailMedium: 'e-mail',
    affiliateLink: "an affiliate's link",
    audioAds: 'audio advertising',
    textMessage: 'a text message',
    pushNotification: 'a push notification',
  },
  shown: {
    ad: 'an ad was clicked',
    adOfNobody: 'an ad was clicked, told without a person',
    freeListing: 'a free product listing was clicked',
    unpaidSearch: 'an unpaid search result was clicked',
    affiliateLink: "an affiliate's link was clicked",
    mailLink: 'a link in a mail was clicked',
    paidOrNot: 'on unpaid links as on paid ones, so it is not counted as an ad',
    appLink: 'a link into or out of an app was followed, whoever had put it there',
  },
  is: (what, kind) => `${what} is ${en.kinds[kind]}`,
  isPaid: what => `${what} is paid`,
  isUnpaid: what => `${what} is not paid`,
  both: (one, other) => `${one} and ${other}`,
  tag: (part, quoted) => `utm_${part} ${quoted}`,
  missingTag: part => `a missing utm_${part}`,
  value: (part, quoted) => `the ${part} ${quoted}`,
  toldBy: (value, evidence) => `${value} (told by ${evidence})`,
  noCampaign: 'no campaign',
  theTags: 'the campaign parameters',
  theReferrer: 'the referrer',
  nothing: 'nothing',
  standsForNothing: source => `${source} stands for no source at all`,
  contains: (campaign, word) => `${campaign} contains "${word}"`,
  namesShop: campaign => `${campaign} names a shop`,
  paidElsewhere: (medium, source) => `${medium} is paid, ${source} is no site of a known kind`,
  unknown: (source, medium) => `no rule knows ${source} with ${medium}`,
  ownRule: (channel, parts) => `the shop's own rule for "${channel}" fits ${parts.join(' with ')}`,
  putOnBy: (clickId, platform, shown) => `${clickId} is put on by ${platform}: ${en.shown[shown]}`,
  cameFrom: (host, kind) => `came from ${host}, ${en.kinds[kind]}`,
  untold: hasReferrer =>
    `no campaign and ${hasReferrer ? 'a referrer that names no site' : 'no referrer'}: typed, bookmarked or hidden by the app`,
  cameBack: (host, where) =>
    `came back from ${host}, ${where === 'shop' ? 'the shop itself' : 'a payment or sign-in page'}: no new contact`,
  givenByLog: 'the log that was read names the channel itself',
}

const PARTS_IN_INDONESIAN: Readonly<Record<TagPart, string>> = {
  source: 'sumber',
  medium: 'medium',
  campaign: 'kampanye',
}

const id: ReasonWords = {
  kinds: {
    ai: 'asisten AI',
    mail: 'layanan surel',
    shopping: 'lokapasar atau situs belanja',
    video: 'situs video',
    social: 'media sosial',
    search: 'mesin pencari',
    anApp: 'sebuah aplikasi',
    anotherSite: 'situs lain',
    displayAds: 'iklan display',
    assistantMedium: 'medium asisten AI',
    socialMedium: 'media sosial',
    videoMedium: 'video',
    unpaidSearch: 'pencarian tak berbayar',
    siteLink: 'tautan di situs lain',
    mailMedium: 'surel',
    affiliateLink: 'tautan afiliasi',
    audioAds: 'iklan audio',
    textMessage: 'pesan teks',
    pushNotification: 'notifikasi push',
  },
  shown: {
    ad: 'sebuah iklan diklik',
    adOfNobody: 'sebuah iklan diklik, tanpa menyebut orangnya',
    freeListing: 'daftar produk gratis diklik',
    unpaidSearch: 'hasil pencarian tak berbayar diklik',
    affiliateLink: 'tautan afiliasi diklik',
    mailLink: 'tautan dalam surel diklik',
    paidOrNot: 'ada pada tautan berbayar maupun tidak, jadi tidak dihitung sebagai iklan',
    appLink: 'tautan masuk atau keluar dari aplikasi diikuti, siapa pun yang memasangnya',
  },
  is: (what, kind) => `${what} adalah ${id.kinds[kind]}`,
  isPaid: what => `${what} berbayar`,
  isUnpaid: what => `${what} tidak berbayar`,
  both: (one, other) => `${one} dan ${other}`,
  tag: (part, quoted) => `utm_${part} ${quoted}`,
  missingTag: part => `utm_${part} yang tidak ada`,
  value: (part, quoted) => `${PARTS_IN_INDONESIAN[part]} ${quoted}`,
  toldBy: (value, evidence) => `${value} (menurut ${evidence})`,
  noCampaign: 'tanpa kampanye',
  theTags: 'parameter kampanye',
  theReferrer: 'perujuk',
  nothing: 'tidak ada apa pun',
  standsForNothing: source => `${source} berarti tanpa sumber`,
  contains: (campaign, word) => `${campaign} memuat "${word}"`,
  namesShop: campaign => `${campaign} menyebut toko`,
  paidElsewhere: (medium, source) => `${medium} berbayar, ${source} bukan situs dari jenis yang dikenal`,
  unknown: (source, medium) => `tidak ada aturan untuk ${source} dengan ${medium}`,
  ownRule: (channel, parts) => `aturan toko sendiri untuk "${channel}" cocok dengan ${parts.join(' dan ')}`,
  putOnBy: (clickId, platform, shown) => `${clickId} dipasang oleh ${platform}: ${id.shown[shown]}`,
  cameFrom: (host, kind) => `datang dari ${host}, ${id.kinds[kind]}`,
  untold: hasReferrer =>
    `tanpa kampanye dan ${hasReferrer ? 'perujuknya tidak menyebut situs' : 'tanpa perujuk'}: diketik, dari markah, atau disembunyikan aplikasi`,
  cameBack: (host, where) =>
    `kembali dari ${host}, ${where === 'shop' ? 'toko itu sendiri' : 'halaman pembayaran atau masuk'}: bukan kontak baru`,
  givenByLog: 'log yang dibaca menyebut kanalnya sendiri',
}

export const REASON_WORDS: Readonly<Record<ReasonLanguage, ReasonWords>> = { en, id }

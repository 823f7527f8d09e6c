import type { Touchpoint } from '@jejak/events'
import { NOT_SET } from '../journey.ts'
import type { ArrivalWords } from './channel-grouping.ts'
import type { ClickEvidence } from './click-id-policy.ts'
import type { Place } from './host.ts'
import type { SourceCategory } from './known-sources.ts'
import type { ReasonWords } from './reason-words.ts'
import type { SourceDirectory } from './source-directory.ts'

/** An arrival as one kind of evidence tells it. */
export interface Evidence {
  readonly source: string
  readonly medium: string
  readonly campaign: string
  readonly category: SourceCategory | null
  /** What to call the evidence: `gclid`, `the referrer`. */
  readonly toldBy: (say: ReasonWords) => string
  /** The reason, where the evidence itself is the reason; null where the rule that fits gives it. */
  readonly why: ((say: ReasonWords) => string) | null
  readonly words: (say: ReasonWords) => ArrivalWords
}

interface AutomaticValues {
  readonly medium: string
  readonly ga4Medium: string
}

/** The medium of an untagged arrival from a known site. */
const AUTOMATIC: Readonly<Record<SourceCategory, AutomaticValues>> = {
  ai: { medium: 'ai-assistant', ga4Medium: 'ai-assistant' },
  mail: { medium: 'email', ga4Medium: 'referral' },
  shopping: { medium: 'shopping', ga4Medium: 'referral' },
  video: { medium: 'video', ga4Medium: 'referral' },
  social: { medium: 'social', ga4Medium: 'referral' },
  search: { medium: 'organic', ga4Medium: 'organic' },
}

/** Longer values are cut: no sane campaign has them, and a report must print them. */
const LONGEST_VALUE = 255

/** The campaign parameters of a link, `''` where one is missing. */
interface CampaignTags {
  readonly source: string
  readonly medium: string
  readonly campaign: string
}

/** Reads the campaign parameters that name an arrival; null where there are none. */
export function readTags(touch: Touchpoint, keepCase: boolean): CampaignTags | null {
  const source = readValue(touch.utm_source, keepCase)
  const medium = readValue(touch.utm_medium, keepCase)
  const campaign = readValue(touch.utm_campaign, true)
  return source === '' && medium === '' && campaign === '' ? null : { source, medium, campaign }
}

/** The arrival that campaign parameters tell. `filler` stands in for a missing source or medium. */
export function fromTags(tags: CampaignTags, directory: SourceDirectory, filler: Evidence | null): Evidence {
  const { source, medium, campaign } = tags
  const ownCategory = source === '' ? null : directory.categoryOf(source.toLowerCase())
  const isWhole = source !== '' && medium !== ''
  const sourceWords = (say: ReasonWords) => wordsOf('source', source, filler, say)

  return {
    source: source || (filler?.source ?? NOT_SET),
    medium: medium || (filler?.medium ?? NOT_SET),
    campaign: campaign || NOT_SET,
    category: ownCategory ?? (isWhole ? null : (filler?.category ?? null)),
    toldBy: say => say.theTags,
    why: null,
    words: say => ({
      source: sourceWords(say),
      medium: wordsOf('medium', medium, filler, say),
      campaign: wordsOf('campaign', campaign, null, say),
      site: ownCategory === null && filler ? wordsOf('source', '', filler, say) : sourceWords(say),
    }),
  }
}

/** The arrival that a click id tells when there are no campaign parameters. */
export function fromClickId({ name, policy, arrival }: ClickEvidence): Evidence {
  const why = (say: ReasonWords) => say.putOnBy(name, policy.platform, policy.shows)
  return untagged(arrival.source, arrival.medium, NOT_SET, arrival.category, () => name, why)
}

/** The arrival that a referrer from outside tells. */
export function fromReferrer(place: Place, directory: SourceDirectory, asGa4: boolean): Evidence {
  const site = directory.siteOf(place.site, place.path)
  const category = site?.category ?? null
  const isNamed = site !== null && (!asGa4 || category === 'search')
  const automatic = category && AUTOMATIC[category]
  const medium = automatic ? (asGa4 ? automatic.ga4Medium : automatic.medium) : 'referral'
  const campaign = category === 'ai' ? '(ai-assistant)' : NOT_SET
  const kind = category ?? (place.app ? 'anApp' : 'anotherSite')
  const why = (say: ReasonWords) => say.cameFrom(clip(place.host, 60), kind)
  return untagged(isNamed ? site.name : place.site, medium, campaign, category, say => say.theReferrer, why)
}

/** The arrival that nothing tells. */
export function fromNothing(hasReferrer: boolean): Evidence {
  const why = (say: ReasonWords) => say.untold(hasReferrer)
  return untagged('(direct)', '(none)', NOT_SET, null, say => say.nothing, why)
}

function untagged(
  source: string,
  medium: string,
  campaign: string,
  category: SourceCategory | null,
  toldBy: Evidence['toldBy'],
  why: Evidence['why'],
): Evidence {
  const words = (say: ReasonWords) => {
    const spoken = say.value('source', quote(source))
    return { source: spoken, site: spoken, medium: say.value('medium', quote(medium)), campaign: say.noCampaign }
  }
  return { source, medium, campaign, category, toldBy, why, words }
}

function wordsOf(part: keyof CampaignTags, value: string, filler: Evidence | null, say: ReasonWords): string {
  if (value !== '') return say.tag(part, quote(value))
  return filler ? say.toldBy(say.value(part, quote(filler[part])), filler.toldBy(say)) : say.missingTag(part)
}

function readValue(value: unknown, keepCase: boolean): string {
  if (typeof value !== 'string') return ''
  const text = cutValue(value.trim())
  // In lower case a text can be longer: İ becomes two characters.
  return keepCase ? text : cutValue(text.toLowerCase())
}

/** Cuts what is too long, but never between the halves of a character. */
export function cutValue(text: string): string {
  return text.length > LONGEST_VALUE ? text.slice(0, LONGEST_VALUE).replace(/[\uD800-\uDBFF]$/, '') : text
}

function quote(text: string): string {
  return `"${clip(text, 28)}"`
}

/** Foreign text for a sentence: short, and without what breaks lines or turns the direction of writing. */
function clip(text: string, longest: number): string {
  const short = text.length > longest ? `${text.slice(0, longest - 1)}…` : text
  return short.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')
}

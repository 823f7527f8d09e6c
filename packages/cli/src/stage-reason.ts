import { EVENTS, STAGE_OF_EVENT, STAGE_OF_PAGE_TYPE } from '@jejak/events'
import type { Envelope, JourneyStage } from '@jejak/events'

interface StageWords {
  ofEvent(name: string): string
  bySomebody(name: string, own: JourneyStage): string
  ofPage(type: string): string
  byRule(type: string, own: JourneyStage): string
  otherType(type: string): string
  readonly untypedPage: string
  firstHit(unknown: string): string
  kept(unknown: string): string
  context(name: string): string
  readonly ownEvent: string
  readonly told: string
}

const WORDS: Readonly<Record<'en' | 'id', StageWords>> = {
  en: {
    ofEvent: name => `\`${name}\` is an event of this stage`,
    bySomebody: (name, own) => `said by \`stage\` in track() or by a rule of the shop; by itself \`${name}\` is ${own}`,
    ofPage: type => `the page is of the type \`${type}\``,
    byRule: (type, own) => `a rule of the shop; by its type \`${type}\` the page would be ${own}`,
    otherType: type => `the page's type \`${type}\` is none of the standard ones`,
    untypedPage: 'the page does not tell its type',
    firstHit: unknown => `${unknown}, and a first hit is awareness`,
    kept: unknown =>
      `${unknown}, so the stage before it was kept, unless a rule of the shop decided. \`data-jejak-page\` would tell it`,
    context: name => `\`${name}\` is context: it belongs to no stage by itself`,
    ownEvent: 'no rule of the shop names this event of its own',
    told: 'said by `stage` in track() or by a rule of the shop',
  },
  id: {
    ofEvent: name => `\`${name}\` adalah peristiwa tahap ini`,
    bySomebody: (name, own) =>
      `disebut oleh \`stage\` dalam track() atau aturan toko; dengan sendirinya \`${name}\` adalah ${own}`,
    ofPage: type => `halaman ini berjenis \`${type}\``,
    byRule: (type, own) => `aturan toko; menurut jenisnya, \`${type}\`, halaman ini ${own}`,
    otherType: type => `jenis halaman \`${type}\` tidak termasuk yang baku`,
    untypedPage: 'halaman tidak menyebut jenisnya',
    firstHit: unknown => `${unknown}, dan kunjungan pertama adalah tahap mengenal`,
    kept: unknown =>
      `${unknown}, jadi tahap sebelumnya dipertahankan, kecuali aturan toko menentukan lain. \`data-jejak-page\` akan menyebutnya`,
    context: name => `\`${name}\` adalah konteks: dengan sendirinya tidak termasuk tahap mana pun`,
    ownEvent: 'tidak ada aturan toko untuk peristiwa buatan toko ini',
    told: 'disebut oleh `stage` dalam track() atau aturan toko',
  },
}

/** Why an event has the stage it has, as far as the event itself shows it. Code stands between backticks. */
export function stageReason({ name, stage, page, sequence }: Envelope, language: 'en' | 'id' = 'en'): string {
  const words = WORDS[language]
  const own = STAGE_OF_EVENT[name]
  if (own) return own === stage ? words.ofEvent(name) : words.bySomebody(name, own)

  const type = page?.type
  const byType = type === undefined ? undefined : stageOfType(type)
  if (name === 'page_view') {
    if (type !== undefined && byType) return byType === stage ? words.ofPage(type) : words.byRule(type, byType)
    const unknown = type ? words.otherType(type) : words.untypedPage
    return sequence <= 1 && stage === 'awareness' ? words.firstHit(unknown) : words.kept(unknown)
  }
  if (stage === null) return Object.hasOwn(EVENTS, name) ? words.context(name) : words.ownEvent
  return words.told
}

function stageOfType(type: string): JourneyStage | undefined {
  const types: Readonly<Partial<Record<string, JourneyStage>>> = STAGE_OF_PAGE_TYPE
  return Object.hasOwn(types, type) ? types[type] : undefined
}

import type { Touchpoint } from '@jejak/events'
import type { Chance } from './chance.ts'

/** A way to come to the shop, and what it does to whom it brings. */
export interface Arrival {
  /** How often somebody first hears of the shop this way, beside the others. */
  readonly first: number
  /** How often somebody who knows the shop comes back this way, beside the others. */
  readonly again: number
  /** How much it adds to the wish to buy, in logits. */
  readonly pull: number
  /** Where it leads. */
  readonly landing: 'home' | 'list' | 'product'
  /** The evidence it leaves, but for the page arrived at; parameters are also in that page's address. */
  readonly evidence: (chance: Chance) => Omit<Touchpoint, 'landing'>
}

/**
 * Invented, so that the models have something to disagree about: social ads and assistants open many journeys and
 * close few, mail closes what others opened, and people who type the address have decided already.
 */
export const ARRIVALS: readonly Arrival[] = [
  {
    first: 20,
    again: 4,
    pull: 0.35,
    landing: 'home',
    evidence: chance => ({
      utm_source: 'instagram',
      utm_medium: 'paid_social',
      utm_campaign: chance.pick(['musim-hujan', 'kemeja-lurik']),
      referrer: 'https://l.instagram.com/',
    }),
  },
  {
    first: 11,
    again: 2,
    pull: 0.1,
    landing: 'product',
    evidence: chance => ({
      utm_source: 'tiktok',
      utm_medium: 'paid_social',
      utm_campaign: 'cara-memakai-sarung',
      click_ids: { ttclid: clickId(chance) },
    }),
  },
  {
    first: 15,
    again: 9,
    pull: 0.75,
    landing: 'product',
    evidence: chance => ({
      utm_source: 'google',
      utm_medium: 'cpc',
      utm_campaign: chance.pick(['kemeja-batik', 'merek']),
      referrer: 'https://www.google.com/',
      click_ids: { gclid: clickId(chance) },
    }),
  },
  { first: 17, again: 12, pull: 0.45, landing: 'list', evidence: () => ({ referrer: 'https://www.google.com/' }) },
  {
    first: 2,
    again: 24,
    pull: 1.05,
    landing: 'list',
    evidence: chance => ({
      utm_source: 'newsletter',
      utm_medium: 'email',
      utm_campaign: chance.pick(['mingguan-45', 'mingguan-46', 'mingguan-47']),
    }),
  },
  {
    first: 8,
    again: 3,
    pull: 0.5,
    landing: 'home',
    evidence: chance => ({
      referrer: chance.pick(['https://blogkain.example/lurik-klaten', 'https://jalanjalan.example/oleh-oleh']),
    }),
  },
  {
    first: 7,
    again: 3,
    pull: 0.6,
    landing: 'product',
    evidence: chance => {
      const assistant = chance.pick(['chatgpt.com', 'gemini.google.com', 'claude.ai'])
      return { utm_source: assistant, referrer: `https://${assistant}/` }
    },
  },
  { first: 7, again: 3, pull: 0.7, landing: 'product', evidence: () => ({ referrer: 'https://www.tokopedia.com/' }) },
  { first: 6, again: 4, pull: 0.2, landing: 'home', evidence: () => ({ referrer: 'https://www.instagram.com/' }) },
  { first: 7, again: 26, pull: 0.8, landing: 'home', evidence: () => ({}) },
]

function clickId(chance: Chance): string {
  const bytes = new Uint8Array(12)
  chance.fill(bytes)
  return `Sim${Buffer.from(bytes).toString('base64url')}`
}

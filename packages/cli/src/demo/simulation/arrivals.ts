import type { Touchpoint } from '@jejak/events'
import type { Chance } from './chance.ts'

/** How a visit begins. */
export interface Arrival {
  /** Where it leads. */
  readonly landing: 'home' | 'list' | 'product'
  /** The evidence it leaves, but for the page arrived at; parameters are also in that page's address. */
  readonly evidence: (chance: Chance) => Omit<Touchpoint, 'landing'>
}

/** What GA4's grouping, and so the demo, calls what a simulated world calls otherwise. */
const SHOWN_AS: Readonly<Record<string, string>> = { Retargeting: 'Paid Other' }

/** Under which channel the shop's log has a contact of the simulated world. */
export function loggedChannel(channel: string): string {
  return SHOWN_AS[channel] ?? channel
}

/** For each channel of the simulated worlds the evidence by which the real rules tell it. */
const ARRIVALS: Readonly<Record<string, Arrival>> = {
  Display: {
    landing: 'home',
    evidence: chance => ({
      utm_source: chance.pick(['kompas', 'detik']),
      utm_medium: 'display',
      utm_campaign: chance.pick(['musim-hujan', 'kain-jawa']),
    }),
  },
  'Paid Social': {
    landing: 'home',
    evidence: chance => ({
      utm_source: chance.pick(['instagram', 'tiktok']),
      utm_medium: 'paid_social',
      utm_campaign: chance.pick(['musim-hujan', 'kemeja-lurik']),
    }),
  },
  Email: {
    landing: 'list',
    evidence: chance => ({
      utm_source: 'newsletter',
      utm_medium: 'email',
      utm_campaign: chance.pick(['mingguan-45', 'mingguan-46', 'mingguan-47']),
    }),
  },
  'Paid Video': {
    landing: 'product',
    evidence: chance => ({
      utm_source: 'youtube',
      utm_medium: 'cpv',
      utm_campaign: chance.pick(['cara-memakai-sarung', 'di-balik-lurik']),
    }),
  },
  Affiliates: {
    landing: 'product',
    evidence: chance => ({ utm_source: chance.pick(['blogkain', 'jalanjalan']), utm_medium: 'affiliate' }),
  },
  'Organic Search': { landing: 'list', evidence: () => ({ referrer: 'https://www.google.com/' }) },
  Direct: { landing: 'home', evidence: () => ({}) },
  Retargeting: {
    landing: 'product',
    evidence: () => ({ utm_source: 'criteo', utm_medium: 'retargeting', utm_campaign: 'lupa-sesuatu' }),
  },
}

/** @throws {Error} if a world has a channel that the shop knows no evidence of. */
export function arrivalBy(channel: string): Arrival {
  const arrival = ARRIVALS[channel]
  if (!arrival) throw new Error(`The simulated shop does not know how somebody comes by ${channel}.`)
  return arrival
}

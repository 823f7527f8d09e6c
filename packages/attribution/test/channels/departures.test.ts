import { createChannelRules, DEPARTURES_FROM_GA4 } from '@jejak/attribution'
import type { ChannelDecision, DepartureName } from '@jejak/attribution'
import type { Touchpoint } from '@jejak/events'
import { describe, expect, test } from 'vitest'

const jejak = createChannelRules()
const ga4 = createChannelRules({ strict: 'ga4' })

interface Case {
  readonly touch: Omit<Touchpoint, 'landing'>
  readonly jejak: Partial<ChannelDecision>
  readonly ga4: Partial<ChannelDecision>
}

/** One case or more for every departure: a departure without one does not compile. */
const CASES: Readonly<Record<DepartureName, readonly Case[]>> = {
  'click-ids': [
    {
      touch: { click_ids: { msclkid: 'a1' }, referrer: 'https://www.bing.com/' },
      jejak: { channel: 'Paid Search', source: 'bing', medium: 'cpc' },
      ga4: { channel: 'Organic Search', source: 'bing', medium: 'organic' },
    },
    { touch: { click_ids: { ttclid: 'a1' } }, jejak: { channel: 'Paid Social' }, ga4: { channel: 'Direct' } },
    { touch: { click_ids: { fbclid: '-' } }, jejak: { channel: 'Organic Social' }, ga4: { channel: 'Direct' } },
  ],
  'half-tagged-links': [
    {
      touch: { utm_source: 'brand', click_ids: { gclid: 'a1' } },
      jejak: { channel: 'Paid Search', source: 'brand', medium: 'cpc' },
      ga4: { channel: 'Unassigned', source: 'brand', medium: '(not set)' },
    },
    {
      touch: { utm_source: 'spring', referrer: 'https://m.facebook.com/' },
      jejak: { channel: 'Organic Social', medium: 'social' },
      ga4: { channel: 'Unassigned', medium: '(not set)' },
    },
    {
      touch: { utm_campaign: 'spring', referrer: 'https://partner.example/' },
      jejak: { channel: 'Referral', source: 'partner.example', campaign: 'spring' },
      ga4: { channel: 'Unassigned', source: '(not set)', campaign: 'spring' },
    },
  ],
  'payment-pages': [
    {
      touch: { referrer: 'https://app.midtrans.com/snap/v4/redirection/x' },
      jejak: { channel: 'Direct', internal: true },
      ga4: { channel: 'Referral', internal: false },
    },
    {
      touch: { referrer: 'https://accounts.google.com/' },
      jejak: { internal: true },
      ga4: { channel: 'Referral', internal: false },
    },
  ],
  'shopping-list': [
    {
      touch: { referrer: 'https://s3.amazonaws.com/' },
      jejak: { channel: 'Referral' },
      ga4: { channel: 'Organic Shopping' },
    },
    {
      touch: { referrer: 'https://checkout.stripe.com/' },
      jejak: { internal: true },
      ga4: { channel: 'Organic Shopping', internal: false },
    },
  ],
  marketplaces: [
    {
      touch: { referrer: 'https://www.tokopedia.com/toko-kami' },
      jejak: { channel: 'Organic Shopping', source: 'tokopedia.com' },
      ga4: { channel: 'Referral', source: 'tokopedia.com' },
    },
    {
      touch: { utm_source: 'shopee', utm_medium: 'cpc' },
      jejak: { channel: 'Paid Shopping' },
      ga4: { channel: 'Paid Other' },
    },
  ],
  'source-names': [
    {
      touch: { utm_source: 'google_ads', utm_medium: 'cpc' },
      jejak: { channel: 'Paid Search' },
      ga4: { channel: 'Paid Other' },
    },
    {
      touch: { utm_source: 'Meta', utm_medium: 'paid' },
      jejak: { channel: 'Paid Social' },
      ga4: { channel: 'Paid Other' },
    },
  ],
  'ai-sources': [
    { touch: { utm_source: 'chatgpt.com' }, jejak: { channel: 'AI Assistant' }, ga4: { channel: 'Unassigned' } },
    {
      touch: { utm_source: 'perplexity', utm_medium: 'referral' },
      jejak: { channel: 'AI Assistant' },
      ga4: { channel: 'Referral' },
    },
  ],
  'mail-sources': [
    {
      touch: { referrer: 'https://mail.google.com/' },
      jejak: { channel: 'Email', source: 'mail.google.com', medium: 'email' },
      ga4: { channel: 'Referral', source: 'mail.google.com', medium: 'referral' },
    },
    { touch: { utm_source: 'mailchimp' }, jejak: { channel: 'Email' }, ga4: { channel: 'Unassigned' } },
  ],
  'site-names': [
    {
      touch: { referrer: 'https://l.facebook.com/' },
      jejak: { channel: 'Organic Social', source: 'facebook.com', medium: 'social' },
      ga4: { channel: 'Organic Social', source: 'l.facebook.com', medium: 'referral' },
    },
    { touch: { referrer: 'https://t.co/x' }, jejak: { source: 'x.com' }, ga4: { source: 't.co' } },
  ],
  'letter-case': [
    {
      touch: { utm_source: ' Facebook ', utm_medium: 'CPC', utm_campaign: 'Lebaran' },
      jejak: { channel: 'Paid Social', source: 'facebook', medium: 'cpc', campaign: 'Lebaran' },
      ga4: { channel: 'Paid Social', source: 'Facebook', medium: 'CPC', campaign: 'Lebaran' },
    },
  ],
}

describe.each(Object.entries(CASES))('the departure "%s"', (name, cases) => {
  test.each(cases)('decides $touch as $jejak', ({ touch, jejak: expected }) => {
    expect(jejak({ landing: 'https://www.toko.co.id/', ...touch })).toMatchObject(expected)
  })

  test.each(cases)('is off under strict: ga4, which decides $touch as $ga4', ({ touch, ga4: expected }) => {
    expect(ga4({ landing: 'https://www.toko.co.id/', ...touch })).toMatchObject(expected)
  })

  test('is described', () => {
    expect(DEPARTURES_FROM_GA4).toHaveProperty(name)
  })
})

test('a filled-in part says what it was told by', () => {
  const { why } = jejak({ landing: 'https://toko.co.id/', utm_source: 'google', click_ids: { gclid: 'a1' } })
  expect(why).toBe('the medium "cpc" (told by gclid) is paid and utm_source "google" is a search engine')
})

test('a whole campaign is taken at its word, whatever the click id says', () => {
  const tags = { utm_source: 'newsletter', utm_medium: 'email', click_ids: { gclid: 'a1' } }
  expect(jejak({ landing: 'https://toko.co.id/', ...tags })).toMatchObject({ channel: 'Email', medium: 'email' })
})

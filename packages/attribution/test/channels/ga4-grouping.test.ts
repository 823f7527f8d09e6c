import { CHANNELS, CHANNEL_RULES, createChannelRules } from '@jejak/attribution'
import { describe, expect, test } from 'vitest'

const landing = 'https://www.toko.co.id/'
const jejak = createChannelRules()
const ga4 = createChannelRules({ strict: 'ga4' })

/** What GA4's published table gives for manually tagged links; a missing part is `(not set)` there. */
const VECTORS: readonly [source: string, medium: string, campaign: string, channel: string][] = [
  ['(direct)', '(none)', '', 'Direct'],
  ['(direct)', '(not set)', '', 'Direct'],
  ['google', 'cpc', '2026_Cross-network_all', 'Cross-network'],
  ['(direct)', 'cpc', '', 'Paid Other'],
  ['amazon', 'cpc', '', 'Paid Shopping'],
  ['ebay.com', 'paid-listing', '', 'Paid Shopping'],
  ['google', 'cpc', 'Google Shopping id', 'Paid Shopping'],
  ['facebook', 'cpc', 'shop_lebaran', 'Paid Shopping'],
  ['google', 'cpc', 'workshop_jakarta', 'Paid Search'],
  ['google', 'cpc', 'eshop', 'Paid Shopping'],
  ['google', 'cpc', '', 'Paid Search'],
  ['GOOGLE', 'PPC', '', 'Paid Search'],
  ['bing', 'paidsearch', '', 'Paid Search'],
  ['google.com', 'cpc', '', 'Paid Search'],
  ['facebook', 'cpm', '', 'Paid Social'],
  ['fb', 'paid_social', '', 'Paid Social'],
  ['ig', 'retargeting', '', 'Paid Social'],
  ['tiktok', 'cpc', '', 'Paid Social'],
  ['m.facebook.com', 'cpc', '', 'Paid Social'],
  ['youtube', 'cpv', '', 'Paid Video'],
  ['youtube', 'cpc', '', 'Paid Video'],
  ['vimeo.com', 'ppc', '', 'Paid Video'],
  ['unknown', 'cpm', '', 'Display'],
  ['dv360', 'Display', '', 'Display'],
  ['partner', 'banner', '', 'Display'],
  ['partner', 'expandable', '', 'Display'],
  ['partner', 'interstitial', '', 'Display'],
  ['criteo', 'retargeting', '', 'Paid Other'],
  ['unknown', 'cpc', '', 'Paid Other'],
  ['chatgpt.com', 'ai-assistant', '(ai-assistant)', 'AI Assistant'],
  ['etsy.com', 'referral', '', 'Organic Shopping'],
  ['newsletter', 'email', 'shop now', 'Organic Shopping'],
  ['newsletter', 'email', 'pet shop', 'Organic Shopping'],
  ['facebook', 'post', '', 'Organic Social'],
  ['l.instagram.com', 'referral', '', 'Organic Social'],
  ['kol', 'social', '', 'Organic Social'],
  ['kol', 'social-network', '', 'Organic Social'],
  ['kol', 'Social Media', '', 'Organic Social'],
  ['kol', 'sm', '', 'Organic Social'],
  ['youtube', 'referral', '', 'Organic Video'],
  ['partner', 'prevideo-2', '', 'Organic Video'],
  ['google', 'organic', '', 'Organic Search'],
  ['bing', 'referral', '', 'Organic Search'],
  ['somewhere', 'organic', '', 'Organic Search'],
  ['partner', 'referral', '', 'Referral'],
  ['partner', 'app', '', 'Referral'],
  ['partner', 'link', '', 'Referral'],
  ['promo', 'email', '', 'Email'],
  ['promo', 'e-mail', '', 'Email'],
  ['promo', 'e_mail', '', 'Email'],
  ['promo', 'e mail', '', 'Email'],
  ['email', 'weekly', '', 'Email'],
  ['partner', 'affiliate', '', 'Affiliates'],
  ['spotify', 'audio', '', 'Audio'],
  ['promo', 'sms', '', 'SMS'],
  ['sms', 'promo', '', 'SMS'],
  ['onesignal', 'webpush', '', 'Mobile Push Notifications'],
  ['onesignal', 'mobile-app', '', 'Mobile Push Notifications'],
  ['onesignal', 'in-notification', '', 'Mobile Push Notifications'],
  ['firebase', 'fcm', '', 'Mobile Push Notifications'],
  ['foo', 'bar', '', 'Unassigned'],
  ['foo', '', '', 'Unassigned'],
  ['', 'bar', '', 'Unassigned'],
  ['', '', 'spring', 'Unassigned'],
]

describe.each([
  ['by default', jejak],
  ['under strict: ga4', ga4],
])('%s', (_, decide) => {
  test.each(VECTORS)('source "%s", medium "%s", campaign "%s" is %s', (source, medium, campaign, channel) => {
    const touch = { landing, utm_source: source, utm_medium: medium, utm_campaign: campaign }
    expect(decide(touch).channel).toBe(channel)
  })

  test('every channel that a rule gives is one of the grouping', () => {
    expect(CHANNELS).toEqual(expect.arrayContaining(CHANNEL_RULES.map(({ channel }) => channel)))
  })
})

test('the vectors reach every channel', () => {
  expect(new Set(VECTORS.map(([, , , channel]) => channel))).toEqual(new Set(CHANNELS))
})

test('the rules stand in the order of the channels, so that the first that fits decides', () => {
  const order = CHANNEL_RULES.map(({ channel }) => CHANNELS.findIndex(name => name === channel))
  expect(order).toEqual(order.toSorted((one, other) => one - other))
})

test.each([
  [{ utm_source: 'google', utm_medium: 'cpc' }, 'utm_medium "cpc" is paid and utm_source "google" is a search engine'],
  [
    { utm_source: 'kol', utm_medium: 'cpc', utm_campaign: 'shop_lebaran' },
    'utm_medium "cpc" is paid and utm_campaign "shop_lebaran" names a shop',
  ],
  [{ utm_source: 'fb' }, 'utm_source "fb" is a social network and a missing utm_medium is not paid'],
  [{ utm_source: 'foo', utm_medium: 'bar' }, 'no rule knows utm_source "foo" with utm_medium "bar"'],
])('%j says why: %s', (tags, why) => {
  expect(jejak({ landing, ...tags }).why).toBe(why)
})

test('the reason is told in Indonesian where that is asked for', () => {
  const touch = { landing, utm_source: 'fb', click_ids: { gclid: 'a' } }
  expect(createChannelRules({ language: 'id' })(touch).why).toBe(
    'medium "cpc" (menurut gclid) berbayar dan utm_source "fb" adalah media sosial',
  )
})

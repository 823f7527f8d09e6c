import type { ArrivalAddress } from '@jejak/attribution'
import { classifyChannel } from '@jejak/attribution'
import { describe, expect, test } from 'vitest'

const shop = 'https://www.toko.co.id/'

test.each<[what: string, arrival: ArrivalAddress, answer: object]>([
  ['nothing', { url: shop }, { channel: 'Direct', source: '(direct)', medium: '(none)', campaign: '(not set)' }],
  ['a null referrer', { url: shop, referrer: null }, { channel: 'Direct' }],
  [
    'campaign parameters',
    { url: `${shop}?utm_source=Google&utm_medium=CPC&utm_campaign=Brand` },
    { channel: 'Paid Search', source: 'google', medium: 'cpc', campaign: 'Brand' },
  ],
  ['a click id', { url: `${shop}?gclid=x` }, { channel: 'Paid Search', source: 'google', medium: 'cpc' }],
  ['an unpaid click id', { url: `${shop}?fbclid=x` }, { channel: 'Organic Social', source: 'facebook.com' }],
  [
    'a search engine',
    { url: shop, referrer: 'https://www.google.com/' },
    { channel: 'Organic Search', source: 'google', medium: 'organic' },
  ],
  [
    'another site',
    { url: shop, referrer: 'https://blog.example.org/a' },
    { channel: 'Referral', source: 'blog.example.org', medium: 'referral' },
  ],
  ['an AI assistant', { url: shop, referrer: 'https://chatgpt.com/' }, { channel: 'AI Assistant' }],
  ['the Google display network', { url: `${shop}?utm_source=dv360&utm_medium=display` }, { channel: 'Display' }],
  [
    'a cross-network campaign',
    { url: `${shop}?utm_source=google&utm_medium=cpc&utm_campaign=x-cross-network` },
    { channel: 'Cross-network' },
  ],
  [
    'a shopping campaign',
    { url: `${shop}?utm_source=google&utm_medium=cpc&utm_campaign=eshop` },
    { channel: 'Paid Shopping' },
  ],
  ['a video site, paid', { url: `${shop}?utm_source=youtube&utm_medium=cpv` }, { channel: 'Paid Video' }],
  ['a newsletter', { url: `${shop}?utm_source=news&utm_medium=e-mail` }, { channel: 'Email' }],
  ['a text message', { url: `${shop}?utm_source=promo&utm_medium=sms` }, { channel: 'SMS' }],
  ['tags nobody knows', { url: `${shop}?utm_source=foo&utm_medium=bar` }, { channel: 'Unassigned' }],
])('%s', (_, arrival, answer) => {
  const classified = classifyChannel(arrival)
  expect(classified).toMatchObject(answer)
  expect(classified.reason).not.toBe('')
})

test.each<[what: string, arrival: ArrivalAddress]>([
  ['the page itself', { url: shop, referrer: `${shop}list` }],
  ['a sibling of its host', { url: shop, referrer: 'https://help.toko.co.id/' }],
  ['a host of the shop', { url: shop, referrer: 'https://toko.myshopify.com/', ownHosts: ['toko.myshopify.com'] }],
  ['a payment page', { url: shop, referrer: 'https://www.paypal.com/checkout' }],
])('who comes from %s has no channel', (_, arrival) => {
  expect(classifyChannel(arrival).channel).toBeNull()
})

test('a tagged link within the shop is a contact all the same, for the link says so', () => {
  expect(classifyChannel({ url: `${shop}?utm_source=kol&utm_medium=social`, referrer: shop }).channel).toBe(
    'Organic Social',
  )
})

test("the shop's own rules come first", () => {
  const rules = [{ channel: 'Influencers', medium: 'kol-*' }]
  expect(classifyChannel({ url: `${shop}?utm_source=ig&utm_medium=KOL-x`, rules })).toMatchObject({
    channel: 'Influencers',
    reason: 'the shop\'s own rule for "Influencers" fits utm_medium "kol-x"',
  })
})

test('strict: ga4 reads only what GA4 reads', () => {
  expect(classifyChannel({ url: `${shop}?ttclid=x`, strict: 'ga4' }).channel).toBe('Direct')
})

describe('what comes from outside is taken as it is documented', () => {
  test.each<[what: string, url: string, source: string]>([
    ['names in capitals', `${shop}?UTM_SOURCE=X&Utm_Medium=Y`, 'x'],
    ['a parameter twice: the last that is not empty', `${shop}?utm_source=a&utm_source=b&utm_source=`, 'b'],
    ['the fragment is not read', `${shop}#?utm_source=a`, '(direct)'],
    ['a question mark in the fragment is none', `${shop}#/list?utm_source=a`, '(direct)'],
    ['no scheme', 'toko.co.id/?utm_source=a', 'a'],
    ['a host in another script', 'https://пример.рф/?utm_source=a', 'a'],
    ['a broken escape', `${shop}?utm_source=%E0%A4`, '\uFFFD'],
    ['blanks around', ` ${shop}?utm_source=+a+`, 'a'],
    ['an app', 'android-app://com.toko.app/?utm_source=a', 'a'],
  ])('%s', (_, url, source) => {
    expect(classifyChannel({ url }).source).toBe(source)
  })

  test('a megabyte of address is read only in part', () => {
    const long = 'x'.repeat(1_000_000)
    expect(classifyChannel({ url: `${shop}?utm_source=a&junk=${long}&utm_medium=lost` })).toMatchObject({
      source: 'a',
      medium: '(not set)',
    })
    expect(classifyChannel({ url: `${shop}?utm_source=${long}` }).source).toHaveLength(255)
    expect(classifyChannel({ url: shop, referrer: `https://a.example/${long}` }).source).toBe('a.example')
  })

  test.each(['javascript:alert(1)', 'android-app://', '-', 'channel:Paid Search', 'data:text/html,x', '%'])(
    'the referrer %j names no site, so it is none',
    referrer => {
      expect(classifyChannel({ url: shop, referrer })).toMatchObject({ channel: 'Direct', source: '(direct)' })
    },
  )

  test('an own host in another script is the same as in ASCII', () => {
    const arrival = { url: 'https://xn--e1afmkfd.xn--p1ai/', referrer: 'https://ПРИМЕР.рф/a' }
    expect(classifyChannel(arrival).channel).toBeNull()
  })
})

test.each(['', '/list?utm_source=a', 'javascript:alert(1)', 'https://', 'file:///etc/passwd', null, 7, undefined])(
  'the address %j is refused',
  url => {
    expect(() => classifyChannel({ url: url as string })).toThrow(TypeError)
    expect(() => classifyChannel({ url: url as string })).toThrow(
      /classifyChannel: `url` must be the address of the page/,
    )
  },
)

test('a referrer that is no text is refused', () => {
  expect(() => classifyChannel({ url: shop, referrer: {} as string })).toThrow(/`referrer` must be an address or null/)
})

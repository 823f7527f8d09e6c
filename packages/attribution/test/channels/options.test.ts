import { createChannelRules } from '@jejak/attribution'
import type { ChannelRulesOptions } from '@jejak/attribution'
import { describe, expect, test } from 'vitest'

const landing = 'https://www.toko.co.id/'

test.each(['https://toko.myshopify.com/', 'https://checkout.toko.myshopify.com/', 'android-app://com.toko.app/'])(
  'ownHosts make %s the shop itself',
  referrer => {
    const decide = createChannelRules({ ownHosts: ['toko.myshopify.com', 'com.toko.app'] })
    expect(decide({ landing, referrer }).internal).toBe(true)
  },
)

test.each(['ga4', undefined] as const)('paymentHosts are added to the known ones (strict: %s)', strict => {
  const decide = createChannelRules({ paymentHosts: ['www.Bank.example'], ...(strict && { strict }) })
  expect(decide({ landing, referrer: 'https://secure.bank.example/3ds' }).internal).toBe(true)
  expect(decide({ landing, referrer: 'https://www.paypal.com/' }).internal).toBe(strict === undefined)
})

describe("the shop's own rules", () => {
  const decide = createChannelRules({
    rules: [
      { channel: 'Influencers', medium: ['kol', 'influencer-*'] },
      { channel: 'Live', source: 'tiktok*', campaign: '*live*sale' },
      { channel: 'Friends', source: 'blog.example.org' },
    ],
  })

  test.each([
    [{ utm_source: 'instagram', utm_medium: 'KOL' }, 'Influencers'],
    [{ utm_source: 'instagram', utm_medium: 'influencer-macro' }, 'Influencers'],
    [{ utm_source: 'instagram', utm_medium: 'influencer' }, 'Organic Social'],
    [{ utm_source: 'tiktok_shop', utm_medium: 'cpc', utm_campaign: 'Mega Live 11.11 Sale' }, 'Live'],
    [{ utm_source: 'tiktok', utm_medium: 'cpc', utm_campaign: 'sale live' }, 'Paid Social'],
    [{ referrer: 'https://blog.example.org/' }, 'Friends'],
  ])('decide %j as %s', (evidence, channel) => {
    expect(decide({ landing, ...evidence }).channel).toBe(channel)
  })

  test('say why', () => {
    expect(decide({ landing, utm_source: 'instagram', utm_medium: 'kol' }).why).toBe(
      'the shop\'s own rule for "Influencers" fits utm_medium "kol"',
    )
  })

  test('come before no return: that stays internal', () => {
    const takeDirect = createChannelRules({ rules: [{ channel: 'Typed', source: '(direct)' }] })
    expect(takeDirect({ landing }).channel).toBe('Typed')
    expect(takeDirect({ landing, referrer: 'https://www.paypal.com/' })).toMatchObject({
      channel: 'Direct',
      internal: true,
    })
  })

  test('are never slow, whatever the pattern and the text', () => {
    const hostile = createChannelRules({ rules: [{ channel: 'X', campaign: `${'*a'.repeat(100)}*c` }] })
    expect(hostile({ landing, utm_campaign: `${'a'.repeat(100_000)}b` }).channel).toBe('Unassigned')
  })
})

test.each<[ChannelRulesOptions, string]>([
  [
    { ownHosts: ['https://toko.co.id/'] },
    '`ownHosts` must hold host names such as "toko.co.id", got "https://toko.co.id/": write "toko.co.id"',
  ],
  [{ paymentHosts: [''] }, '`paymentHosts` must hold host names such as "toko.co.id", got ""'],
  [{ ownHosts: 'toko.co.id' as never }, '`ownHosts` must be a list of host names, got "toko.co.id"'],
  [{ language: 'fr' as never }, '`language` must be en or id, got "fr"'],
  [{ strict: true as never }, '`strict` can only be "ga4", got true'],
  [
    { rules: ['kol'] as never },
    '`rules` must be a list such as [{ channel: "Influencers", medium: "kol-*" }], got ["kol"]',
  ],
  [{ rules: [{ channel: '', medium: 'x' }] }, '`rules[0].channel` must be a name, got ""'],
  [{ rules: [{ channel: 'All' }] }, '`rules[0]` ("All") would take every arrival'],
  [{ rules: [{ channel: 'Kol', medium: 7 as never }] }, '`rules[0].medium` must be a text or a list of texts'],
])('%j is refused: %s', (options, message) => {
  expect(() => createChannelRules(options)).toThrow(TypeError)
  expect(() => createChannelRules(options)).toThrow(`createChannelRules: ${message}`)
})

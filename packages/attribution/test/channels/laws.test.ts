import { CHANNELS, CLICK_ID_POLICIES, createChannelRules, PAYMENT_HOSTS, SIGN_IN_HOSTS } from '@jejak/attribution'
import type { Touchpoint } from '@jejak/events'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const SITES = [
  'www.google.co.id',
  'l.facebook.com',
  'www.tokopedia.com',
  'mail.google.com',
  'blog.example.org',
  'chatgpt.com',
]
const RETURNS = [...PAYMENT_HOSTS, ...SIGN_IN_HOSTS]

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.constantFrom(
    '',
    '-',
    'google',
    'FB',
    'cpc',
    'email',
    '(direct)',
    '(none)',
    '__proto__',
    'constructor',
    'toString',
  ),
)
const url = fc.oneof(
  fc.webUrl(),
  text,
  fc.constantFrom(...SITES, ...RETURNS, 'toko.co.id').map(host => `https://${host}/`),
  fc.constantFrom('com.google.android.gm', 'com.slack', '__proto__').map(app => `android-app://${app}/`),
)
const anything = fc.oneof(text, fc.anything())
const clickIds = fc.dictionary(fc.constantFrom(...Object.keys(CLICK_ID_POLICIES), '__proto__', 'x'), anything)

const sensible = fc.record(
  { landing: url, referrer: url, utm_source: text, utm_medium: text, utm_campaign: text, click_ids: clickIds },
  { requiredKeys: ['landing'] },
)
const hostile = fc.record({
  landing: anything,
  referrer: anything,
  utm_source: anything,
  utm_medium: anything,
  utm_campaign: anything,
  click_ids: anything,
})
const anyTouch = fc.oneof(sensible, hostile).map(touch => touch as unknown as Touchpoint)

describe.each([
  ['by default', createChannelRules()],
  ['under strict: ga4', createChannelRules({ strict: 'ga4' })],
  ['in Indonesian', createChannelRules({ language: 'id' })],
])('%s', (_, decide) => {
  test('whatever a touch holds, it gets one of the channels and short texts', () => {
    fc.assert(
      fc.property(anyTouch, touch => {
        const { channel, source, medium, campaign, why } = decide(touch)
        expect(CHANNELS).toContain(channel)
        for (const value of [source, medium, campaign]) {
          expect(value.length).toBeGreaterThan(0)
          expect(value.length).toBeLessThanOrEqual(255)
        }
        expect(why.length).toBeLessThan(220)
        expect(why).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u)
      }),
      { numRuns: 2_000 },
    )
  })

  test('the same evidence always gives the same answer', () => {
    fc.assert(
      fc.property(anyTouch, touch => {
        expect(decide(structuredClone(touch))).toEqual(decide(touch))
      }),
    )
  })

  test('a campaign or a click id of an ad is never internal', () => {
    fc.assert(
      fc.property(sensible, touch => {
        const tagged = { ...touch, utm_source: 'x', click_ids: {} } as Touchpoint
        const clicked = { ...touch, click_ids: { gclid: 'x' } } as Touchpoint
        expect([decide(tagged).internal, decide(clicked).internal]).toEqual([false, false])
      }),
    )
  })
})

test('only the shop itself, payment pages and sign-in pages are internal', () => {
  const decide = createChannelRules()
  const hosts = fc.oneof(fc.domain(), fc.constantFrom(...SITES, ...RETURNS, 'toko.co.id', 'blog.toko.co.id'))
  fc.assert(
    fc.property(hosts, host => {
      const isOwn = host === 'toko.co.id' || host.endsWith('.toko.co.id')
      const isReturn = RETURNS.some(known => host === known || host.endsWith(`.${known}`))
      const touch = { landing: 'https://www.toko.co.id/', referrer: `https://${host}/` }
      expect(decide(touch).internal).toBe(isOwn || isReturn)
    }),
    { numRuns: 1_000 },
  )
})

test('case does not matter', () => {
  const decide = createChannelRules()
  fc.assert(
    fc.property(
      fc.constantFrom(...SITES, 'fb', 'Tik-Tok'),
      fc.constantFrom('cpc', 'Email', 'app'),
      (source, medium) => {
        const touch = { landing: 'https://toko.co.id/', utm_source: source, utm_medium: medium }
        const shouted = { ...touch, utm_source: source.toUpperCase(), utm_medium: medium.toUpperCase() }
        expect(decide(shouted)).toEqual(decide(touch))
      },
    ),
  )
})

test('a cut never leaves half a character', () => {
  const decide = createChannelRules()
  const { campaign } = decide({
    landing: 'https://toko.co.id/',
    utm_campaign: `${'a'.repeat(254)}😀${'b'.repeat(1e6)}`,
  })
  expect(campaign).toBe('a'.repeat(254))
})

test('the language is that of the reason alone: everything else is the same, and no sentence is left untranslated', () => {
  const inEnglish = createChannelRules()
  const inIndonesian = createChannelRules({ language: 'id' })
  fc.assert(
    fc.property(anyTouch, touch => {
      const { why: english, ...one } = inEnglish(touch)
      const { why: indonesian, ...other } = inIndonesian(touch)
      expect(other).toEqual(one)
      expect(indonesian).not.toBe(english)
    }),
    { numRuns: 2_000 },
  )
})

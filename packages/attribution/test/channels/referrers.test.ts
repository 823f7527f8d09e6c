import { createChannelRules, PAYMENT_HOSTS, SIGN_IN_HOSTS } from '@jejak/attribution'
import { describe, expect, test } from 'vitest'

const landing = 'https://www.toko.co.id/sepatu?utm_term=x'
const decide = createChannelRules()
const from = (referrer: string) => decide({ landing, referrer })

describe('a known site', () => {
  test.each([
    ['https://www.google.com/', 'Organic Search', 'google'],
    ['https://www.google.co.id/', 'Organic Search', 'google'],
    ['https://www.google.com.sg/search?q=sepatu', 'Organic Search', 'google'],
    ['https://images.google.co.jp/', 'Organic Search', 'google'],
    ['https://id.search.yahoo.com/', 'Organic Search', 'yahoo'],
    ['https://cn.bing.com/', 'Organic Search', 'bing'],
    ['https://duckduckgo.com/', 'Organic Search', 'duckduckgo'],
    ['https://yandex.com.tr/', 'Organic Search', 'yandex'],
    ['https://m.search.naver.com/', 'Organic Search', 'naver'],
    ['https://qwant.com/', 'Organic Search', 'qwant'],
    ['https://www.qwant.com/', 'Organic Search', 'qwant'],
    ['https://chatgpt.com/', 'AI Assistant', 'chatgpt.com'],
    ['https://chat.openai.com/', 'AI Assistant', 'chatgpt.com'],
    ['https://gemini.google.com/app', 'AI Assistant', 'gemini.google.com'],
    ['https://www.perplexity.ai/', 'AI Assistant', 'perplexity.ai'],
    ['https://claude.ai/', 'AI Assistant', 'claude.ai'],
    ['https://x.com/i/grok/share/1', 'AI Assistant', 'x.com/i/grok'],
    ['https://x.com/toko/status/1', 'Organic Social', 'x.com'],
    ['https://m.facebook.com/', 'Organic Social', 'facebook.com'],
    ['https://www.facebook.com/', 'Organic Social', 'facebook.com'],
    ['https://lm.facebook.com/l.php?u=x', 'Organic Social', 'facebook.com'],
    ['https://l.instagram.com/', 'Organic Social', 'instagram.com'],
    ['https://www.tiktok.com/@toko', 'Organic Social', 'tiktok.com'],
    ['https://id.pinterest.com/', 'Organic Social', 'pinterest.com'],
    ['https://web.whatsapp.com/', 'Organic Social', 'whatsapp.com'],
    ['https://t.me/', 'Organic Social', 'telegram.org'],
    ['https://www.youtube.com/watch?v=1', 'Organic Video', 'youtube.com'],
    ['https://youtu.be/', 'Organic Video', 'youtube.com'],
    ['https://www.amazon.co.jp/', 'Organic Shopping', 'amazon.co.jp'],
    ['https://shopping.google.com/', 'Organic Shopping', 'shopping.google.com'],
    ['https://market.yandex.ru/', 'Organic Shopping', 'market.yandex.ru'],
    ['https://mail.google.com/', 'Email', 'mail.google.com'],
    ['https://outlook.live.com/', 'Email', 'outlook.live.com'],
    ['https://mail.yahoo.com/', 'Email', 'mail.yahoo.com'],
    ['https://mail.yandex.ru/', 'Email', 'mail.yandex.ru'],
  ])('%s is %s from %s', (referrer, channel, source) => {
    expect(from(referrer)).toMatchObject({ channel, source, internal: false })
  })

  test.each([
    'tokopedia.com',
    'shopee.co.id',
    'shopee.sg',
    'shopee.com.my',
    'shopee.vn',
    'lazada.co.id',
    'lazada.com.ph',
    'bukalapak.com',
    'blibli.com',
    'zalora.co.id',
    'carousell.sg',
    'tiki.vn',
    'shop.tiktok.com',
  ])('%s, a marketplace of South-East Asia, is Organic Shopping', host => {
    expect(from(`https://www.${host}/`)).toMatchObject({
      channel: 'Organic Shopping',
      source: host,
      medium: 'shopping',
    })
  })

  test.each([
    'https://notgoogle.com/',
    'https://google.com.evil.example/',
    'https://google.shop/',
    'https://tokopedia.co/',
  ])('is not %s, which only looks like one', referrer => {
    expect(from(referrer)).toMatchObject({ channel: 'Referral', medium: 'referral' })
  })

  test.each([
    'https://docs.google.com/',
    'https://sub.www.qwant.com/',
    'https://news.cnn.com/',
    'https://finance.yahoo.com/',
  ])('does not lend its kind to %s, another service of it', referrer => {
    expect(from(referrer).channel).toBe('Referral')
  })
})

describe('a referrer of an app', () => {
  test.each([
    ['android-app://com.google.android.gm/', 'Email', 'mail.google.com'],
    ['android-app://com.google.android.googlequicksearchbox/https/www.google.com', 'Organic Search', 'google'],
    ['android-app://com.google.android.youtube/', 'Organic Video', 'youtube.com'],
    ['android-app://com.instagram.android/', 'Organic Social', 'instagram.com'],
    ['android-app://org.telegram.messenger', 'Organic Social', 'telegram.org'],
    ['android-app://com.tokopedia.tkpd/', 'Organic Shopping', 'tokopedia.com'],
    ['ANDROID-APP://Com.Slack', 'Referral', 'com.slack'],
    ['ios-app://389801252/instagram', 'Organic Social', 'instagram.com'],
  ])('%s is %s from %s', (referrer, channel, source) => {
    expect(from(referrer)).toMatchObject({ channel, source })
  })
})

describe('a referrer that is nobody else', () => {
  test.each([
    'https://www.toko.co.id/keranjang',
    'https://toko.co.id/',
    'https://blog.toko.co.id/',
    'http://WWW.TOKO.CO.ID.:8080/',
  ])('%s is the shop itself', referrer => {
    expect(from(referrer)).toMatchObject({ channel: 'Direct', source: '(direct)', medium: '(none)', internal: true })
  })

  test('two shops of one platform are strangers', () => {
    const touch = { landing: 'https://one.myshopify.com/', referrer: 'https://two.myshopify.com/' }
    expect(decide(touch).internal).toBe(false)
  })

  test('two shops under one public suffix are strangers', () => {
    expect(from('https://lain.co.id/')).toMatchObject({ channel: 'Referral', source: 'lain.co.id', internal: false })
  })

  test.each([
    ['http://localhost:4100/', 'http://localhost:4100/keranjang'],
    ['http://127.0.0.1/', 'http://127.0.0.1:8080/'],
    ['http://[::1]/', 'http://[::1]:4100/'],
    ['https://sepatu.例え.jp/', 'https://xn--r8jz45g.jp/'],
  ])('%s and %s are one shop', (page, referrer) => {
    expect(decide({ landing: page, referrer }).internal).toBe(true)
  })

  test('other machines of a numbered network are strangers', () => {
    expect(decide({ landing: 'http://10.0.0.1/', referrer: 'http://10.0.0.2/' }).internal).toBe(false)
  })

  test.each([...PAYMENT_HOSTS, ...SIGN_IN_HOSTS])('%s is on the way through the shop', host => {
    expect(from(`https://www.${host}/return`)).toMatchObject({ channel: 'Direct', internal: true })
  })

  test.each(['android-app://com.gojek.gopay/', 'android-app://id.dana/', 'android-app://ovo.id/'])(
    '%s is a payment app, on the way through the shop',
    referrer => {
      expect(from(referrer)).toMatchObject({ channel: 'Direct', internal: true })
    },
  )

  test('says where the visitor came back from', () => {
    expect(from('https://www.paypal.com/').why).toBe(
      'came back from www.paypal.com, a payment or sign-in page: no new contact',
    )
  })
})

test.each([
  ['https://www.google.com/', 'came from www.google.com, a search engine'],
  ['https://blog.example.org/sepatu', 'came from blog.example.org, another site'],
  ['', 'no campaign and no referrer: typed, bookmarked or hidden by the app'],
  ['about:blank', 'no campaign and a referrer that names no site: typed, bookmarked or hidden by the app'],
])('the referrer "%s" says why: %s', (referrer, why) => {
  expect(from(referrer).why).toBe(why)
})

test.each([
  'about:blank',
  'javascript:alert(1)',
  'data:text/html,<p>',
  'chrome-extension://abcdef/',
  'https://',
  'https://a b/',
  'file:///etc/passwd',
  'mailto:x@y.example',
  `https://${'a.'.repeat(2_000)}example/`,
  '\u0000',
  '\uD800',
  // What logs and databases have for none.
  '-',
  'null',
  'undefined',
  'direct',
])('the referrer %j names no site and is direct', referrer => {
  expect(from(referrer)).toMatchObject({ channel: 'Direct', source: '(direct)', internal: false })
})

test('a referrer without a scheme, as imports have it, is read', () => {
  expect(from('www.google.com/').channel).toBe('Organic Search')
})

test('without a referrer an arrival is direct', () => {
  expect(decide({ landing })).toEqual({
    channel: 'Direct',
    source: '(direct)',
    medium: '(none)',
    campaign: '(not set)',
    why: 'no campaign and no referrer: typed, bookmarked or hidden by the app',
    internal: false,
  })
})

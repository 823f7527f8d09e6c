import { MATOMO_SOURCES } from './matomo-sources.data.ts'

/** What kind of place a source is. */
export type SourceCategory = 'ai' | 'mail' | 'shopping' | 'video' | 'social' | 'search'

interface SourceList {
  /** Null for pages of a listed site that are nothing of the kind: Google's documents are no search. */
  readonly category: SourceCategory | null
  /** Whose view it is: shared with GA4, GA4's alone, or ours alone. Ours are not read under `strict: 'ga4'`. */
  readonly view: 'shared' | 'ga4' | 'jejak'
  /**
   * `facebook`: a name that `utm_source` may have. `facebook.com`: a host and its sub-domains. `www.msn.com`: that host
   * alone, with or without `www.`. `shopee.{}`: under any country's suffix. `x.com/i/grok`: a path of a host.
   */
  readonly sources: readonly string[]
}

const names = (text: string): string[] => text.trim().split(/\s+/)

/**
 * Which places are known, and as what. Where two lists have a source, the first keeps it. The lists of GA4 are Google's
 * published source categories, of which SHOPPING and VIDEO are here almost whole; for SEARCH and SOCIAL the lists of
 * Matomo stand in, with the well-known names added.
 */
export const KNOWN_SOURCES: readonly SourceList[] = [
  {
    category: null,
    view: 'shared',
    sources: names(`
      accounts.google.com ads.google.com analytics.google.com business.google.com calendar.google.com chat.google.com
      classroom.google.com cloud.google.com contacts.google.com developers.google.com docs.google.com drive.google.com
      keep.google.com lookerstudio.google.com marketingplatform.google.com meet.google.com merchants.google.com
      myaccount.google.com pay.google.com photos.google.com script.google.com support.google.com tagassistant.google.com
      tagmanager.google.com disk.yandex.ru forms.yandex.ru passport.yandex.ru passport.yandex.com pan.baidu.com`),
  },
  {
    category: 'mail',
    view: 'shared',
    sources: names(`
      mail.google.com inbox.google.com gmail.com outlook.live.com outlook.com outlook.office.com outlook.office365.com
      hotmail.com mail.live.com mail.yahoo.com mail.yahoo.co.jp mail.aol.com icloud.com proton.me protonmail.com
      zoho.com/mail mail.zoho.com mail.zoho.eu mail.zoho.in mail.yandex.ru mail.yandex.com e.mail.ru mail.rambler.ru
      email.seznam.cz mail.qq.com mail.163.com mail.126.com mail.naver.com mail.daum.net gmx.net gmx.com
      deref-gmx.net deref-gmx.com deref-web.de deref-mail.com navigator.web.de mail.com tuta.com tutanota.com
      fastmail.com hey.com mail.libero.it mail.virgilio.it mail.orange.fr messagerie.orange.fr webmail.free.fr
      mail.laposte.net poczta.onet.pl poczta.wp.pl poczta.o2.pl poczta.interia.pl email.t-online.de mail.xfinity.com
      webmail.earthlink.net mail.telkom.net mail.plasa.com mail.zimbra.com superhuman.com
      gmail outlook hotmail newsletter mailchimp klaviyo brevo sendinblue mailerlite omnisend sendgrid mailgun
      campaignmonitor getresponse activecampaign convertkit kirim.email mtarget`),
  },
  { category: 'ai', view: 'jejak', sources: names('chatgpt openai claude perplexity copilot grok deepseek lechat') },
  { category: 'ai', view: 'shared', sources: MATOMO_SOURCES.ai },
  {
    category: 'shopping',
    view: 'ga4',
    sources: names('stripe stripe.com checkout.stripe.com checkout.shopify.com s3.amazonaws.com'),
  },
  {
    category: 'shopping',
    view: 'shared',
    sources: [
      'google shopping',
      ...names(`
        igshopping alibaba amazon ebay etsy mercadolibre shopify shopzilla walmart
        aax-us-east.amazon-adsystem.com aax.amazon-adsystem.com alibaba.com amazon.co.uk amazon.com apps.shopify.com
        ebay.co.uk ebay.com ebay.com.au ebay.de etsy.com mercadolibre.com mercadolibre.com.ar mercadolibre.com.mx
        nl.shopping.net no.shopping.net partners.shopify.com se.shopping.net shop.app shopify.com shopping.naver.com
        shopping.yahoo.co.jp shopping.yahoo.com shopzilla.com simplycodes.com uk.shopping.net walmart.com`),
    ],
  },
  {
    category: 'shopping',
    view: 'jejak',
    sources: names(`
      tokopedia tokopedia.com tokopedia.link shopee shopee.com shopee.{} shp.ee lazada lazada.com lazada.{}
      bukalapak bukalapak.com blibli blibli.com zalora zalora.com zalora.{} bhinneka.com ralali.com sociolla.com
      orami.co.id jd.id olx.co.id carousell.com carousell.{} tiki tiki.vn sendo.vn pgmall.my qoo10.com qoo10.{}
      central.co.th priceza.com priceza.{} tiktokshop tiktok-shop shop.tiktok.com
      googleshopping shopping.google.com amazon.{} ebay.{} mercadolibre.{} mercadolivre.com.br
      temu temu.com shein shein.com shein.{} aliexpress aliexpress.com aliexpress.ru aliexpress.us 1688.com
      taobao taobao.com tmall tmall.com jd.com pinduoduo.com yangkeduo.com rakuten.com rakuten.co.jp coupang coupang.com
      gmarket.co.kr 11st.co.kr flipkart flipkart.com myntra.com meesho.com snapdeal.com daraz.com daraz.{} noon.com
      jumia jumia.com jumia.{} takealot.com trendyol trendyol.com hepsiburada.com n11.com ozon.ru wildberries.ru
      market.yandex.ru allegro allegro.pl ceneo.pl bol.com zalando zalando.com zalando.{} otto.de kaufland.de idealo.de
      cdiscount cdiscount.com fnac.com manomano.fr emag.ro skroutz.gr heureka.cz kelkoo.com kelkoo.{} pricerunner.com
      americanas.com.br magazineluiza.com.br vinted.com vinted.{} depop.com poshmark.com mercari.com jp.mercari.com
      newegg.com wayfair.com target.com bestbuy.com`),
  },
  {
    category: 'video',
    view: 'shared',
    sources: names(`
      crackle curiositystream dailymotion disneyplus hulu iqiyi netflix ted twitch utreon veoh vimeo wistia youku youtube
      crackle.com curiositystream.com d.tube dailymotion.com disneyplus.com fast.wistia.net hulu.com iq.com iqiyi.com
      justin.tv netflix.com ted.com twitch.tv utreon.com veoh.com viadeo.journaldunet.com vimeo.com wistia.com youku.com
      youtube.com youtu.be`),
  },
  { category: 'video', view: 'jejak', sources: names('vidio vidio.com rumble rumble.com dai.ly kick.com') },
  {
    category: 'social',
    view: 'shared',
    sources: names(`
      facebook fb instagram ig messenger whatsapp twitter tiktok linkedin pinterest reddit snapchat tumblr quora wechat
      weibo line kakao zalo skype social flickr livejournal stackoverflow tripadvisor trustpilot yelp wordpress blogger
      messenger.com whatsapp.com t.me line.me kakao.com chat.zalo.me medium.com quora.com tripadvisor.com yelp.com
      goodreads.com deviantart.com pixiv.net wattpad.com meetup.com blogspot.com blogger.com wordpress.com
      groups.google.com sites.google.com messages.google.com blog.naver.com cafe.naver.com kin.naver.com disqus.com
      flipboard.com xing ameblo.jp 5ch.net`),
  },
  {
    category: 'social',
    view: 'jejak',
    sources: names(`
      meta facebookads fbads metaads instagramads igads threads x twitterads xads tiktokads linkedinads pinterestads
      redditads snapchatads telegram discord bluesky mastodon vk vkontakte lemon8 kaskus
      wa.me telegram.org zalo.me pin.it threads.net lemon8-app.com truthsocial.com kaskus.co.id viber.com signal.org
      workplace.com linktr.ee tripadvisor.{} yelp.{} pinterest.{}`),
  },
  { category: 'social', view: 'shared', sources: MATOMO_SOURCES.social },
  {
    category: 'search',
    view: 'shared',
    sources: names(`
      google bing yahoo duckduckgo baidu yandex naver daum aol ask msn qwant seznam sogou lycos dogpile rambler virgilio
      google-play www.yahoo.com www.yahoo.co.jp www.naver.com m.naver.com m.search.naver.com www.daum.net m.search.daum.net
      www.msn.com ntp.msn.com www.seznam.cz www.rambler.ru www.onet.pl play.google.com lens.google.com`),
  },
  {
    category: 'search',
    view: 'jejak',
    sources: names(`
      ecosia brave kagi startpage coccoc adwords googleads googleadwords googleppc bingads microsoftads msads yahooads
      yandexdirect applesearchads`),
  },
  { category: 'search', view: 'shared', sources: MATOMO_SOURCES.search },
]

/** Other hosts of a site, and its apps, under the host that the site is reported as. */
export const SAME_SITE: ReadonlyMap<string, string> = new Map([
  ['fb.me', 'facebook.com'],
  ['m.me', 'messenger.com'],
  ['t.co', 'x.com'],
  ['twitter.com', 'x.com'],
  ['lnkd.in', 'linkedin.com'],
  ['pin.it', 'pinterest.com'],
  ['youtu.be', 'youtube.com'],
  ['dai.ly', 'dailymotion.com'],
  ['wa.me', 'whatsapp.com'],
  ['t.me', 'telegram.org'],
  ['web.telegram.org', 'telegram.org'],
  ['threads.net', 'threads.com'],
  ['tokopedia.link', 'tokopedia.com'],
  ['chat.openai.com', 'chatgpt.com'],
  ['bard.google.com', 'gemini.google.com'],
  ['com.google.android.googlequicksearchbox', 'google.com'],
  ['com.google.android.gm', 'mail.google.com'],
  ['com.google.android.gm.lite', 'mail.google.com'],
  ['com.google.android.youtube', 'youtube.com'],
  ['com.google.android.apps.bard', 'gemini.google.com'],
  ['com.microsoft.office.outlook', 'outlook.live.com'],
  ['com.yahoo.mobile.client.android.mail', 'mail.yahoo.com'],
  ['ch.protonmail.android', 'proton.me'],
  ['com.microsoft.bing', 'bing.com'],
  ['com.duckduckgo.mobile.android', 'duckduckgo.com'],
  ['com.openai.chatgpt', 'chatgpt.com'],
  ['com.anthropic.claude', 'claude.ai'],
  ['ai.perplexity.app.android', 'perplexity.ai'],
  ['com.microsoft.copilot', 'copilot.microsoft.com'],
  ['com.facebook.katana', 'facebook.com'],
  ['com.facebook.lite', 'facebook.com'],
  ['com.facebook.orca', 'messenger.com'],
  ['com.instagram.android', 'instagram.com'],
  ['com.instagram.lite', 'instagram.com'],
  ['com.instagram.barcelona', 'threads.com'],
  ['com.whatsapp', 'whatsapp.com'],
  ['com.whatsapp.w4b', 'whatsapp.com'],
  ['com.twitter.android', 'x.com'],
  ['com.linkedin.android', 'linkedin.com'],
  ['linkedin.android', 'linkedin.com'],
  ['com.pinterest', 'pinterest.com'],
  ['com.reddit.frontpage', 'reddit.com'],
  ['com.snapchat.android', 'snapchat.com'],
  ['com.zhiliaoapp.musically', 'tiktok.com'],
  ['com.ss.android.ugc.trill', 'tiktok.com'],
  ['org.telegram.messenger', 'telegram.org'],
  ['jp.naver.line.android', 'line.me'],
  ['com.zing.zalo', 'zalo.me'],
  ['com.discord', 'discord.com'],
  ['com.tokopedia.tkpd', 'tokopedia.com'],
  ['com.shopee.id', 'shopee.co.id'],
  ['com.lazada.android', 'lazada.com'],
  ['com.bukalapak.android', 'bukalapak.com'],
  ['blibli.mobile.commerce', 'blibli.com'],
  // The numbers that the App Store has for apps, which `ios-app://` referrers begin with.
  ['284815942', 'google.com'],
  ['422689480', 'mail.google.com'],
  ['544007664', 'youtube.com'],
  ['284882215', 'facebook.com'],
  ['389801252', 'instagram.com'],
  ['310633997', 'whatsapp.com'],
  ['333903271', 'x.com'],
  ['835599320', 'tiktok.com'],
  ['288429040', 'linkedin.com'],
  ['429047995', 'pinterest.com'],
])

import { getDomain } from 'tldts'
import { findDomain, readPlace } from './host.ts'
import type { Place } from './host.ts'

const hosts = (text: string): readonly string[] => text.trim().split(/\s+/)

/**
 * Where shops send a customer to pay, and from where he comes back. The return is part of the purchase and no new
 * contact: it would take the credit from what had brought him. Each stands for its sub-domains too. The last ones are
 * the ids of payment apps, which Android's browsers give as the referrer: `android-app://id.dana/`.
 */
export const PAYMENT_HOSTS: readonly string[] = hosts(`
  midtrans.com veritrans.co.id xendit.co doku.com faspay.co.id ovo.id gopay.co.id dana.id linkaja.id espay.id
  ipaymu.com tripay.co.id duitku.com nicepay.co.id kredivo.com akulaku.com indodana.id klikbca.com
  2c2p.com omise.co opn.ooo ipay88.com ipay88.com.my ipay88.co.id molpay.com merchant.razer.com billplz.com toyyibpay.com
  senangpay.my eghl.com hitpayapp.com hit-pay.com atome.sg hoolah.co paymongo.com dragonpay.ph gcash.com maya.ph
  paymaya.com vnpay.vn vnpayment.vn momo.vn zalopay.vn onepay.vn payoo.vn truemoney.com
  paypal.com braintreegateway.com stripe.com stripe.network klarna.com afterpay.com clearpay.co.uk
  affirm.com sezzle.com zip.co adyen.com mollie.com mollie.nl worldpay.com checkout.com cybersource.com
  authorize.net squareup.com square.link sagepay.com opayo.co.uk gocardless.com truelayer.com trustly.com
  sofort.com giropay.de payone.com computop.com unzer.com saferpay.com datatrans.com
  postfinance.ch twint.ch ingenico.com ogone.com worldline-solutions.com multisafepay.com buckaroo.nl pay.nl ideal.nl
  bancontact.com payconiq.com przelewy24.pl payu.com payu.in dotpay.pl tpay.com blik.com comgate.cz gopay.com
  swish.nu vipps.no mobilepay.dk nets.eu bambora.com skrill.com neteller.com paysafecard.com
  razorpay.com paytm.in phonepe.com ccavenue.com billdesk.com cashfree.com juspay.in instamojo.com
  alipay.com tenpay.com unionpay.com 95516.com payco.com tosspayments.com inicis.com kcp.co.kr
  mercadopago.com mercadopago.com.ar mercadopago.com.br mercadopago.com.mx pagseguro.uol.com.br pagar.me ebanx.com
  webpay.cl paystack.com flutterwave.com payfast.co.za iyzipay.com iyzico.com paytr.com tap.company hyperpay.com
  tabby.ai tamara.co yookassa.ru
  pay.google.com payments.google.com pay.amazon.com payments.amazon.com payments-eu.amazon.com pay.shopify.com
  checkout.shopify.com secure.checkout.visa.com 3dsecure.io arcot.com rsa3dsauth.com cardinalcommerce.com
  com.gojek.app com.gojek.gopay id.dana com.telkom.mwallet com.bca id.bmri.livin my.com.tngdigital.ewallet
  com.globe.gcash.android com.paymaya com.mservice.momotransfer vn.com.vng.zalopay com.phonepe.app net.one97.paytm
  com.google.android.apps.nbu.paisa.user com.paypal.android.p2pmobile com.eg.android.alipaygphone`)

/** Where customers sign in on their way through a shop. Coming back from there is no new contact either. */
export const SIGN_IN_HOSTS: readonly string[] = hosts(`
  accounts.google.com appleid.apple.com login.live.com login.microsoftonline.com b2clogin.com login.yahoo.com
  access.line.me kauth.kakao.com nid.naver.com oauth.vk.com auth0.com okta.com amazoncognito.com`)

interface InternalHostOptions {
  /** Hosts of the shop besides that of the landing page. */
  readonly ownHosts: readonly string[]
  /** Hosts that customers are sent to and come back from. */
  readonly returnHosts: readonly string[]
}

/** Tells whether a referrer is the shop itself or a page on the way through it; null where it is from outside. */
type InternalHosts = (referrer: Place, landing: unknown) => 'shop' | 'return' | null

/**
 * A host is the shop's own when it is the landing page's, a sub-domain or a sibling of it under the same registrable
 * domain, or listed. `a.myshopify.com` and `b.myshopify.com` are different shops: the public suffix list counts.
 */
export function createInternalHosts(options: InternalHostOptions): InternalHosts {
  const own = new Set(options.ownHosts.map(withoutWww))
  const returns = new Set(options.returnHosts.map(withoutWww))

  return (referrer, landing) => {
    if (isSameShop(referrer, readPlace(landing)) || isUnder(referrer.site, own)) return 'shop'
    return isUnder(referrer.site, returns) ? 'return' : null
  }
}

function isSameShop(referrer: Place, landing: Place | null): boolean {
  if (!landing) return false
  if (referrer.host === landing.host) return true
  // The ids of apps are written the other way round: they have no registrable domain.
  if (referrer.app || landing.app) return false
  const domain = registrableDomain(referrer.host)
  return domain !== null && domain === registrableDomain(landing.host)
}

function registrableDomain(host: string): string | null {
  return getDomain(host, { allowPrivateDomains: true, extractHostname: false })
}

function isUnder(host: string, domains: ReadonlySet<string>): boolean {
  return findDomain(host, domain => domains.has(domain)) !== undefined
}

function withoutWww(host: string): string {
  return host.replace(/^www\./, '')
}

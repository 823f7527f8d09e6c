import type { Plugin } from '../tracker.ts'
import { tellConsent } from './tell-consent.ts'
import { whenThere } from './when-there.ts'

interface CustomerPrivacy {
  analyticsProcessingAllowed(): boolean
  marketingAllowed(): boolean
  /** `yes`, `no`, or empty where the visitor has said nothing. */
  currentVisitorConsent(): { readonly analytics?: string; readonly marketing?: string }
}

interface Shopify {
  readonly customerPrivacy?: CustomerPrivacy
  loadFeatures?(features: readonly { name: string; version: string }[], onLoaded: (error?: unknown) => void): void
}

/**
 * Follows the Customer Privacy API of a Shopify storefront, which it loads where the theme does not: `analytics` lets
 * the tracker measure, `marketing` lets it keep click ids. Where Shopify asks for no consent, both are allowed.
 *
 * https://shopify.dev/docs/api/customer-privacy
 */
export function shopifyConsent(): Plugin {
  return tracker => {
    const shopify = (): Shopify | undefined => (window as { Shopify?: Shopify }).Shopify
    const read = (): void => {
      const privacy = shopify()?.customerPrivacy
      if (!privacy?.currentVisitorConsent) return
      tellConsent(tracker, {
        analytics: privacy.analyticsProcessingAllowed(),
        ads: privacy.marketingAllowed(),
        isChoice: !!privacy.currentVisitorConsent().analytics,
      })
    }
    const listening = new AbortController()
    document.addEventListener('visitorConsentCollected', read, listening)
    const stopWaiting = whenThere(
      () =>
        shopify()?.customerPrivacy ? read : shopify()?.loadFeatures && (() => shopify()!.loadFeatures!(FEATURES, read)),
      use => use(),
    )
    return () => {
      listening.abort()
      stopWaiting()
    }
  }
}

const FEATURES = [{ name: 'consent-tracking-api', version: '0.1' }]

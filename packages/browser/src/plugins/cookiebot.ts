import type { Plugin } from '../tracker.ts'
import { tellConsent } from './tell-consent.ts'

interface Cookiebot {
  readonly hasResponse?: boolean
  readonly consent?: { readonly statistics?: boolean; readonly marketing?: boolean }
}

/**
 * Follows Cookiebot: `statistics` lets the tracker measure, `marketing` lets it keep click ids.
 *
 * https://www.cookiebot.com/en/developer/
 */
export function cookiebot(): Plugin {
  return tracker => {
    const read = (): void => {
      const { hasResponse = false, consent } = (window as { Cookiebot?: Cookiebot }).Cookiebot ?? {}
      if (consent)
        tellConsent(tracker, { analytics: !!consent.statistics, ads: !!consent.marketing, isChoice: hasResponse })
    }
    const listening = new AbortController()
    for (const event of ['CookiebotOnConsentReady', 'CookiebotOnAccept', 'CookiebotOnDecline'])
      addEventListener(event, read, listening)
    read()
    return () => listening.abort()
  }
}

import type { Plugin } from '../tracker.ts'
import { watchEntries } from './pushed-entries.ts'
import { tellConsent } from './tell-consent.ts'

export interface ConsentModeOptions {
  /** The name of the array that `gtag` pushes to. Default: `dataLayer`. */
  readonly name?: string | undefined
}

/**
 * Follows Google Consent Mode: `gtag('consent', 'default' | 'update', {…})`, past and future. `analytics_storage` lets
 * the tracker measure, `ad_storage` and `ad_user_data` let it keep click ids. A default is not the visitor's word: it
 * can open a tracker that is `pending`, and close none. One for certain regions is passed over if it allows more than
 * is known to be allowed here, for a page does not know where its visitor is.
 *
 * https://developers.google.com/tag-platform/security/guides/consent
 */
export function consentMode({ name = 'dataLayer' }: ConsentModeOptions = {}): Plugin {
  return tracker => {
    const words: Record<string, unknown> = {}
    return watchEntries(name, entry => {
      const { 0: command, 1: kind, 2: details } = entry as Record<number, unknown>
      const isChoice = kind === 'update'
      if (command !== 'consent' || !(isChoice || kind === 'default')) return
      const { region, ...own } = details as Record<string, unknown>
      for (const type in own) if (!region || own[type] === 'denied') words[type] = own[type]
      const { analytics_storage: analytics, ad_storage: ads, ad_user_data: data } = words
      if (analytics)
        tellConsent(tracker, {
          analytics: analytics === 'granted',
          ads: ads === 'granted' && data !== 'denied',
          isChoice,
        })
    })
  }
}

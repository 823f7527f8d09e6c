import type { Plugin } from '../tracker.ts'
import { watchEntries } from './pushed-entries.ts'
import { tellConsent } from './tell-consent.ts'

export interface UsercentricsOptions {
  /** The category, or the service by its name, that stands for measuring. Default: `functional`. */
  readonly analytics?: string | undefined
  /** The one that stands for keeping click ids. Default: `marketing`. */
  readonly ads?: string | undefined
  /** Where it tells of it: its "data layer name". Default: `dataLayer`. */
  readonly name?: string | undefined
}

/**
 * Follows Usercentrics by the `consent_status` that it puts into the data layer with every page and every change.
 *
 * https://usercentrics.com/docs/web/features/v2/events_v2/events_v2/
 */
export function usercentrics(options: UsercentricsOptions = {}): Plugin {
  const { analytics = 'functional', ads = 'marketing', name = 'dataLayer' } = options
  return tracker =>
    watchEntries(name, entry => {
      const { event, type, ucCategory, ...services } = entry as Record<string, unknown>
      if (event !== 'consent_status') return
      // Of a category in which some are allowed it says null.
      const allows = (one: string): boolean =>
        (services[one] ?? (ucCategory as typeof services | undefined)?.[one]) === true
      tellConsent(tracker, {
        analytics: allows(analytics),
        ads: allows(ads),
        isChoice: `${type as string}`.toLowerCase() === 'explicit',
      })
    })
}

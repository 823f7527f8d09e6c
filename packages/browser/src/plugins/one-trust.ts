import type { Plugin } from '../tracker.ts'
import { tellConsent } from './tell-consent.ts'

export interface OneTrustOptions {
  /** The group that has to be active for measuring. Default: `C0002`, "Performance". */
  readonly analytics?: string | undefined
  /** The group that has to be active for click ids to be kept. Default: `C0004`, "Targeting". */
  readonly ads?: string | undefined
}

interface OneTrustPage {
  readonly OneTrust?: { IsAlertBoxClosed?(): boolean }
  /** `,C0001,C0002,` */
  readonly OnetrustActiveGroups?: string
}

/**
 * Follows OneTrust by its active groups, which it tells with every page and every change.
 *
 * https://developer.onetrust.com/onetrust/docs/javascript-events-guide
 */
export function oneTrust({ analytics = 'C0002', ads = 'C0004' }: OneTrustOptions = {}): Plugin {
  return tracker => {
    const read = (): void => {
      const { OneTrust, OnetrustActiveGroups: groups } = window as OneTrustPage
      if (!groups) return
      const isActive = (group: string): boolean => `,${groups},`.includes(`,${group},`)
      const isChoice = !!OneTrust?.IsAlertBoxClosed?.()
      tellConsent(tracker, { analytics: isActive(analytics), ads: isActive(ads), isChoice })
    }
    const listening = new AbortController()
    addEventListener('OneTrustGroupsUpdated', read, listening)
    read()
    return () => listening.abort()
  }
}

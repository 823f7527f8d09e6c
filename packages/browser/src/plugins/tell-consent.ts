import type { Tracker } from '../tracker.ts'

/** A consent manager's words: what may be measured, and whether identifiers of advertising may be kept besides. */
export interface Word {
  readonly analytics: boolean
  readonly ads: boolean
  /** Whether the visitor has said so. Otherwise it is what holds until they do, and no word of theirs is overruled. */
  readonly isChoice: boolean
}

/**
 * Tells a tracker what a consent manager says, if that is news. A refusal that nobody has uttered yet leaves things as
 * they are: start the tracker with `consent: 'pending'` where visitors are asked first.
 */
export function tellConsent(tracker: Tracker, { analytics, ads, isChoice }: Word): void {
  const { globalPrivacyControl } = navigator as Navigator & { globalPrivacyControl?: boolean }
  if (!isChoice && !(analytics && tracker.consent === 'pending')) return
  const mayAdvertise = ads && (isChoice || !globalPrivacyControl)
  const state = analytics ? (mayAdvertise ? 'granted' : 'limited') : 'denied'
  if (state !== tracker.consent) tracker.setConsent(state)
}

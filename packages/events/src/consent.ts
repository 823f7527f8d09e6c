/**
 * What a visitor has allowed.
 * - `pending`: not asked yet. Events wait in memory: nothing is stored and nothing leaves the page.
 * - `granted`: everything.
 * - `limited`: measuring, but no identifiers of advertising: a click id is noted without its value. This is what a
 *   Global Privacy Control signal means here unless the visitor says otherwise.
 * - `denied`: nothing. What was stored is erased.
 */
export const CONSENT_STATES = ['pending', 'granted', 'limited', 'denied'] as const

export type ConsentState = (typeof CONSENT_STATES)[number]

import { CONSENT_STATES } from '@jejak/events'
import type { ConsentState } from '@jejak/events'
import type { BrowserStorage } from './browser-storage.ts'

export interface Consent {
  readonly state: ConsentState
  /** Whether events may be stored and sent. */
  readonly allows: boolean
  /** Takes the visitor's own word and remembers it. */
  set(state: ConsentState): void
  /** Reads the word again: it may have been given in another tab. */
  readonly load: () => void
}

export interface ConsentOptions {
  readonly storage: BrowserStorage
  readonly consent?: ConsentState | undefined
}

/** The visitor's word decides, then the page's option, then the browser's Global Privacy Control. */
export function createConsent({ storage, consent: initial }: ConsentOptions): Consent {
  const { globalPrivacyControl } = navigator as Navigator & { globalPrivacyControl?: boolean }
  let state: ConsentState = initial ?? (globalPrivacyControl ? 'limited' : 'granted')

  const consent: Consent = {
    get state() {
      return state
    },
    get allows() {
      return state === 'granted' || state === 'limited'
    },
    set(word) {
      state = word
      storage.write('consent', word)
    },
    load() {
      const word = storage.read('consent')
      if (isConsentState(word)) state = word
    },
  }
  consent.load()
  return consent
}

export function isConsentState(word: unknown): word is ConsentState {
  return CONSENT_STATES.includes(word as ConsentState)
}

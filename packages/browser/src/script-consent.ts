import { notice } from './notice.ts'
import { consentMode, cookiebot, klaro, oneTrust, shopifyConsent, tcf, usercentrics } from './plugins/consent.ts'
import { whenThere } from './plugins/when-there.ts'
import type { Plugin, Tracker } from './tracker.ts'

// For pages with the script tag: `<script async src="/jejak-consent.js" data-manager="cookiebot"></script>`.

const MANAGERS: Readonly<Record<string, () => Plugin>> = {
  'consent-mode': consentMode,
  cookiebot,
  klaro,
  onetrust: oneTrust,
  shopify: shopifyConsent,
  tcf,
  usercentrics,
}

const { manager = '' } = document.currentScript?.dataset ?? {}
const follow = Object.keys(MANAGERS).includes(manager) ? MANAGERS[manager] : undefined
if (follow) {
  whenThere(
    () => {
      const { jejak } = window as { jejak?: Tracker }
      // Before the tracker has loaded, it is a function that keeps calls.
      return jejak?.debug && jejak
    },
    tracker => void follow()(tracker),
  )
} else {
  notice(`data-manager: expected ${Object.keys(MANAGERS).join(', ')}; got "${manager}"`)
}

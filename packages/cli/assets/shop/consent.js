// Asks for consent, obeys the answer, and lets it be taken back.
import { byId } from '../element.js'
import { words } from './shop-data.js'

/**
 * @import { Tracker } from '@jejak/browser'
 * @import { ConsentState } from '@jejak/events'
 */

/** The answers are given by buttons. */
const ANSWERS = '#consent [data-consent]'

const tag = document.querySelector('script[src="/jejak.js"]')
if (tracker()) begin()
else tag?.addEventListener('load', begin)

/** Undefined until the script of the tracker has run. */
function tracker() {
  const { jejak } = /** @type {{ jejak?: Partial<Tracker> }} */ (/** @type {unknown} */ (window))
  return jejak?.debug ? /** @type {Tracker} */ (jejak) : undefined
}

function begin() {
  const jejak = tracker()
  if (!jejak) return
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(ANSWERS))) {
    button.addEventListener('click', () => {
      jejak.setConsent(/** @type {ConsentState} */ (button.dataset['consent']))
      show(jejak, false)
      byId('consent-choices').focus({ preventScroll: true })
    })
  }
  byId('consent-choices').addEventListener('click', () => {
    show(jejak, true)
    const first = /** @type {HTMLElement | null} */ (document.querySelector(ANSWERS))
    first?.focus()
  })
  byId('consent-withdraw').addEventListener('click', () => void withdraw(jejak))
  show(jejak, jejak.consent === 'pending')
}

/**
 * @param {Tracker} jejak
 * @param {boolean} asks
 */
function show(jejak, asks) {
  byId('consent').hidden = !asks
  const { consent } = jejak
  byId('consent-chosen').textContent = consent === 'pending' ? '' : words.chosen[consent]
  byId('consent-choices').hidden = consent === 'pending'
  byId('consent-withdraw').hidden = consent === 'pending' || consent === 'denied'
}

/** @param {Tracker} jejak */
async function withdraw(jejak) {
  jejak.setConsent('denied')
  await jejak.forget()
  show(jejak, false)
  byId('consent-status').textContent = words.forgotten
  byId('consent-choices').focus({ preventScroll: true })
}

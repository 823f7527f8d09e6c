import { byId, element } from '../element.js'
import { words } from './live-words.js'
import { tell } from './news.js'

/**
 * @import { Tracker } from '@jejak/browser'
 * @typedef {Window & { jejak?: Partial<Tracker> }} ShopWindow
 */

/** What the frame shows while the next visitor has not come yet. */
const NO_PAGE = 'about:blank'

/** What the page in the frame has, when there is one. */
export function shopWindow() {
  const frame = /** @type {HTMLIFrameElement | null} */ (document.getElementById('shop'))
  return /** @type {ShopWindow | null} */ (frame?.contentWindow ?? null)
}

/** Of the page in the frame, once its tracker has started. */
export function tracker() {
  const jejak = shopWindow()?.jejak
  return jejak?.debug ? /** @type {Tracker} */ (jejak) : undefined
}

/** The frame is a tab of its own: it can be closed by force and opened again. */
export function watchTab() {
  watchFrame(byId('shop'))
  byId('kill-tab').addEventListener('click', kill)
  byId('reopen-tab').addEventListener('click', () => open('/shop/'))
  byId('new-visitor').addEventListener('click', () => void beNewVisitor())
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('.arrivals a'))) {
    link.addEventListener('click', event => {
      if (shopWindow()) {
        const isVisiting = 'typed' in link.dataset && !byId('shop').hidden
        tell(isVisiting ? words.typedAgain : '')
        return
      }
      // Without the frame the link would open a window of its own.
      event.preventDefault()
      open(link.href)
    })
  }
}

/** @param {HTMLElement} frame */
function watchFrame(frame) {
  frame.addEventListener('load', showAddress)
  // It may have loaded before this script did; if not, it is still empty.
  if (shopWindow()?.location.href !== NO_PAGE) showAddress()
}

function showAddress() {
  const { href = NO_PAGE, pathname = '', search = '' } = shopWindow()?.location ?? {}
  const isThere = href !== NO_PAGE
  byId('address').textContent = isThere ? pathname + search : words.notInShop
  byId('shop').hidden = !isThere
  showInstead(isThere ? '' : words.awaited, false)
}

/**
 * What stands where the shop is not.
 * @param {string} text
 * @param {boolean} canReopen
 */
export function showInstead(text, canReopen) {
  byId('no-tab').hidden = text === ''
  byId('no-tab-text').textContent = text
  byId('reopen-tab').hidden = !canReopen
  const killButton = /** @type {HTMLButtonElement} */ (byId('kill-tab'))
  killButton.disabled = text !== ''
}

/** As when the browser crashes or the phone ends the tab: the page gets no last word. */
function kill() {
  const shop = shopWindow()
  for (const leaving of ['pagehide', 'beforeunload', 'unload']) {
    shop?.addEventListener(leaving, event => event.stopImmediatePropagation(), { capture: true })
  }
  shop?.document.addEventListener('visibilitychange', event => event.stopImmediatePropagation(), { capture: true })
  shop?.stop()
  byId('shop').remove()
  byId('address').textContent = '–'
  showInstead(words.killed, true)
  byId('reopen-tab').focus()
}

/** @param {string} address */
function open(address) {
  const frame = element('iframe', { name: 'shop', id: 'shop', src: address, title: words.theShop })
  byId('tab').prepend(frame)
  watchFrame(frame)
  showInstead('', false)
  frame.focus()
}

/** Erases the visitor, their cart and their orders from this browser, and asks how the next one comes to the shop. */
async function beNewVisitor() {
  const shop = shopWindow()
  if (!shop) return
  const jejak = tracker()
  // Nobody has answered for them yet.
  jejak?.setConsent('pending')
  await jejak?.forget()
  for (const key of Object.keys(localStorage)) if (key.startsWith('kedai-lurik.')) localStorage.removeItem(key)
  document.dispatchEvent(new CustomEvent('new-visitor'))
  tell('')
  shop.location.replace(NO_PAGE)
}

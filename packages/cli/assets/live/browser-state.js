import { byId } from '../element.js'
import { speech, words } from './live-words.js'
import { tell } from './news.js'
import { showInstead, shopWindow, tracker } from './tab.js'
import { idsInBrowser } from './unsent.js'

const LOOK_EVERY_MS = 250

/** The events that waited when the network came back, until all of them have arrived. @type {Set<string>} */
const awaited = new Set()
/** Of this visitor, counted since the page was opened. */
const heldBack = { refused: 0, forgotten: 0 }
/** The pages of the shop that are already listened to. @type {WeakSet<Window>} */
const watched = new WeakSet()
let isOnline = true

/**
 * Shows what the shop's tracker may do, and what of it waits in this browser.
 * @param {(id: string) => boolean} hasArrived
 */
export function watchBrowserState(hasArrived) {
  // Told by each page of the shop: see the tag in its head.
  addEventListener('jejak-drop', event => {
    const { reason, count } = /** @type {CustomEvent<{ reason: string, count: number }>} */ (event).detail
    if (reason === 'consent') heldBack.refused += count
  })
  document.addEventListener('new-visitor', () => Object.assign(heldBack, { refused: 0, forgotten: 0 }))
  byId('network').addEventListener('click', () => void switchNetwork(hasArrived))
  void look(hasArrived)
}

/** @param {boolean} online */
export function showNetwork(online) {
  isOnline = online
  const button = byId('network')
  button.textContent = online ? words.goOffline : words.goOnline
  button.setAttribute('aria-pressed', String(!online))
  document.body.classList.toggle('offline', !online)
}

/** @param {(id: string) => boolean} hasArrived */
async function look(hasArrived) {
  const shop = shopWindow()
  if (shop && !watched.has(shop)) listenTo(shop)
  showConsent()
  await showUnsent(hasArrived)
  setTimeout(() => void look(hasArrived), LOOK_EVERY_MS)
}

/** @param {Window} shop */
function listenTo(shop) {
  watched.add(shop)
  shop.addEventListener('pagehide', () => {
    const jejak = tracker()
    if (jejak?.consent === 'pending') heldBack.forgotten += jejak.debug().waiting
    // The next page has the same window, and none of its listeners.
    watched.delete(shop)
  })
}

function showConsent() {
  const jejak = tracker()
  if (!jejak) return
  const { consent } = jejak
  const label = byId('consent')
  label.dataset['state'] = consent
  label.textContent = words.consent[consent]
  byId('held-back').textContent = heldBackInWords(consent, jejak.debug().waiting)
}

/**
 * @param {keyof typeof words.consent} consent
 * @param {number} waiting
 */
function heldBackInWords(consent, waiting) {
  const said = []
  if (consent === 'pending' && waiting > 0) said.push(speech.count(waiting, words.heldBack))
  if (consent === 'pending' && heldBack.forgotten > 0) said.push(speech.count(heldBack.forgotten, words.leftUnsaid))
  if (consent === 'denied' && heldBack.refused > 0) said.push(speech.count(heldBack.refused, words.refused))
  return said.join(' ')
}

/** @param {(id: string) => boolean} hasArrived */
async function showUnsent(hasArrived) {
  const unsent = [...(await idsInBrowser())].filter(id => !hasArrived(id))
  const line = byId('unsent')
  const said = unsent.length > 0 ? speech.count(unsent.length, words.waiting) : words.nothingWaits
  const text = isOnline ? said : `${words.offline} ${said}`
  if (line.textContent !== text) line.textContent = text
  line.dataset['count'] = String(unsent.length)
  line.classList.toggle('some', unsent.length > 0)
  if (!shopWindow()) {
    const more = unsent.length > 0 ? ` ${speech.count(unsent.length, words.killedWaiting)}` : ''
    if (byId('no-tab-text').textContent !== words.killed + more) showInstead(words.killed + more, true)
  }
  if (awaited.size > 0 && [...awaited].every(hasArrived)) {
    tell(speech.count(awaited.size, words.arrived))
    awaited.clear()
  }
}

/** @param {(id: string) => boolean} hasArrived */
async function switchNetwork(hasArrived) {
  const online = !isOnline
  try {
    const answer = await fetch(`/network?online=${online}`, { method: 'POST' })
    if (!answer.ok) throw new Error(String(answer.status))
  } catch {
    tell(words.failed)
    return
  }
  showNetwork(online)
  tell('')
  if (!online) return
  for (const id of await idsInBrowser()) if (!hasArrived(id)) awaited.add(id)
  if (awaited.size > 0) tell(words.backOnline)
  // What a browser does by itself when its network is back.
  shopWindow()?.dispatchEvent(new Event('online'))
}

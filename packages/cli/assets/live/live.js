import { byId } from '../element.js'
import { fill } from '../speech.js'
import { showNetwork, watchBrowserState } from './browser-state.js'
import { forgetVisitors, hasArrived, showLatest, showUpdate } from './journeys.js'
import { speech, words } from './live-words.js'
import { tell } from './news.js'
import { watchTab } from './tab.js'

follow()
watchTab()
watchBrowserState(hasArrived)
watchPanes()
document.addEventListener('new-visitor', showLatest)
byId('simulate').addEventListener('click', () => void simulate())

function follow() {
  // EventSource connects again by itself, and each connection begins with all there is.
  const source = new EventSource(`/live?lang=${document.documentElement.lang}`)
  const connection = byId('connection')
  source.addEventListener('open', () => (connection.textContent = words.live))
  source.addEventListener('error', () => (connection.textContent = words.reconnecting))
  source.addEventListener('snapshot', message => {
    const { online, ...update } = JSON.parse(message.data)
    forgetVisitors()
    showUpdate(update)
    showNetwork(online)
  })
  source.addEventListener('change', message => showUpdate(JSON.parse(message.data)))
  source.addEventListener('network', message => showNetwork(JSON.parse(message.data).online))
}

async function simulate() {
  const button = /** @type {HTMLButtonElement} */ (byId('simulate'))
  button.disabled = true
  tell(words.simulating)
  try {
    const answer = await fetch('/simulate', { method: 'POST' })
    tell(answer.status === 503 ? words.offlineFirst : simulatedInWords(await answer.json()))
  } catch {
    tell(words.failed)
  }
  button.disabled = false
}

/** @param {{ accepted: number, duplicates: number }} sent */
function simulatedInWords({ accepted, duplicates }) {
  return accepted > 0
    ? fill(words.simulated, { count: speech.number(accepted) })
    : fill(words.simulatedBefore, { count: speech.number(duplicates) })
}

/** On a phone one of the two is shown. */
function watchPanes() {
  const buttons = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-show]'))
  for (const button of buttons) {
    button.addEventListener('click', () => {
      document.querySelector('main')?.setAttribute('data-shown', button.dataset['show'] ?? 'shop')
      for (const other of buttons) other.setAttribute('aria-pressed', String(other === button))
    })
  }
}

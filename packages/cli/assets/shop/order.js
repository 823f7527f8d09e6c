import { byId } from '../element.js'
import { showCount } from './cart-store.js'
import { orderOfPage, saveOrder } from './orders.js'
import { fieldOf, formById, shop, speech, words } from './shop-data.js'
import { track } from './track.js'

const survey = formById('survey')

showCount()
const order = orderOfPage()
if (order) follow(order)

/** @param {import('./orders.js').Order} order */
function follow(order) {
  track('view_order_tracking', { transaction_id: order.id, carrier: order.carrier, promised_at: order.promised })
  for (const { event, afterMs } of shop.parcelSteps ?? []) {
    const at = order.placedAt + afterMs
    const waiting = at - Date.now()
    if (waiting <= 0) reach(event, at)
    else {
      setTimeout(() => {
        reach(event, at)
        byId('parcel-status').textContent = words.parcel[event]
      }, waiting)
    }
  }

  survey.addEventListener('submit', submitted => {
    submitted.preventDefault()
    const score = Number(fieldOf(survey, 'score'))
    track('submit_survey', { kind: 'nps', score, scale: 10, about_stage: 'usage', transaction_id: order.id })
    closeSurvey(words.thanksForAnswer)
  })
  byId('dismiss-survey').addEventListener('click', () => {
    track('dismiss_survey', { kind: 'nps', about_stage: 'usage', transaction_id: order.id })
    closeSurvey('')
  })

  /**
   * @param {string} event
   * @param {number} at
   */
  function reach(event, at) {
    const step = document.querySelector(`[data-step="${event}"]`)
    step?.classList.add('reached')
    const time = step?.querySelector('time')
    if (time) {
      time.dateTime = new Date(at).toISOString()
      time.textContent = speech.clock(at)
    }
    if (event === 'order_delivered') showDelivered()
  }

  function showDelivered() {
    byId('delivered').hidden = false
    survey.hidden = Boolean(order?.surveyed)
    if (!survey.hidden) track('view_survey', { kind: 'nps', about_stage: 'usage', transaction_id: order?.id })
  }

  /** @param {string} text */
  function closeSurvey(text) {
    survey.hidden = true
    byId('survey-status').textContent = text
    // The button that had the focus is gone.
    byId('to-review').focus()
    saveOrder({ ...order, surveyed: true })
  }
}

import { byId, element } from './element.js'

/**
 * @import { LiveEvent, LiveTotals, LiveUpdate, LiveVisitor } from '../src/demo/live/live-feed.ts'
 * @import { JourneyStage } from '@jejak/events'
 * @typedef {((method: 'forget') => unknown) & { visitorId?: string }} Tracker
 */

/** What the frame shows while the next visitor has not come yet. */
const NO_PAGE = 'about:blank'
const stages = /** @type {JourneyStage[]} */ ([...byId('stages').children].map(item => item.getAttribute('data-stage')))
const number = new Intl.NumberFormat('en')
// As the shop writes its prices, so that one amount looks the same everywhere.
const rupiah = new Intl.NumberFormat('id-ID', { style: 'currency', currency: 'IDR', maximumFractionDigits: 0 })
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })

/** @type {Map<string, LiveVisitor>} */
const visitors = new Map()
/** The visitor that was picked; without one, whoever did something last is shown. @type {string | undefined} */
let picked
/** Whose journey is on the page, and the ids of its events, so that only new ones are seen to arrive. */
let shown = { visitor: '', events: new Set() }

follow()
watchShop()
watchTabs()
byId('simulate').addEventListener('click', () => void simulate())
byId('new-visitor').addEventListener('click', () => void beNewVisitor())

function follow() {
  // EventSource connects again by itself, and each connection begins with all there is.
  const source = new EventSource('/live')
  const connection = byId('connection')
  source.addEventListener('open', () => (connection.textContent = 'live'))
  source.addEventListener('error', () => (connection.textContent = 'reconnecting'))
  source.addEventListener('snapshot', message => {
    visitors.clear()
    show(JSON.parse(message.data))
  })
  source.addEventListener('change', message => show(JSON.parse(message.data)))
}

/** @param {LiveUpdate} update */
function show(update) {
  for (const visitor of update.visitors) visitors.set(visitor.id, visitor)
  showTotals(update.totals)
  render()
}

function render() {
  const latest = [...visitors.values()].sort((a, b) => b.lastSeen - a.lastSeen).slice(0, 40)
  const chosen = (picked && visitors.get(picked)) || latest[0]
  showVisitors(latest, chosen)
  if (chosen) showJourney(chosen)
}

/** @param {LiveTotals} totals */
function showTotals({ visitors: people, events, orders, value }) {
  byId('total-visitors').textContent = number.format(people)
  byId('total-events').textContent = number.format(events)
  byId('total-orders').textContent = number.format(orders)
  byId('total-value').textContent = rupiah.format(value)
}

/**
 * @param {LiveVisitor[]} latest
 * @param {LiveVisitor | undefined} chosen
 */
function showVisitors(latest, chosen) {
  byId('nobody').hidden = latest.length > 0
  const focused = document.activeElement?.getAttribute('data-visitor')
  byId('visitors').replaceChildren(
    ...latest.map(visitor => {
      const button = element(
        'button',
        { type: 'button', 'data-visitor': visitor.id, 'aria-pressed': String(visitor === chosen) },
        element('strong', {}, nameOf(visitor)),
        element('span', { class: 'muted' }, visitor.bot ? 'a program' : (visitor.channel ?? 'unknown channel')),
        dots(visitor),
        element('span', { class: 'muted' }, ordersOf(visitor) || timeOf(visitor.lastSeen)),
      )
      button.addEventListener('click', () => {
        picked = picked === visitor.id ? undefined : visitor.id
        render()
      })
      return element('li', {}, button)
    }),
  )
  if (focused) /** @type {HTMLElement | null} */ (find('data-visitor', focused))?.focus()
}

/** @param {LiveVisitor} visitor */
function dots({ stages: reached }) {
  const furthest = reached.at(-1)
  return element(
    'span',
    { class: 'dots' },
    element('span', { class: 'hidden-text' }, furthest ? `furthest stage: ${furthest}` : 'no stage yet'),
    ...stages.map(stage => element('i', { class: `stage-${stage} ${reached.includes(stage) ? 'reached' : ''}` })),
  )
}

/** @param {LiveVisitor} visitor */
function showJourney(visitor) {
  const orders = ordersOf(visitor)
  byId('journey-title').textContent = orders ? `${nameOf(visitor)}: ${orders}` : nameOf(visitor)
  byId('waiting').hidden = true
  byId('program').hidden = !visitor.bot
  for (const item of byId('stages').children) {
    const stage = /** @type {JourneyStage} */ (item.getAttribute('data-stage'))
    item.classList.toggle('reached', visitor.stages.includes(stage))
  }

  const before = shown
  shown = { visitor: visitor.id, events: new Set(visitor.events.map(({ id }) => id)) }
  const isNew = (/** @type {LiveEvent} */ { id }) => before.visitor === visitor.id && !before.events.has(id)
  byId('sessions').replaceChildren(...sessionsOf(visitor).map(events => sessionElement(events, isNew)))
}

/**
 * The events of each session, the latest session and the latest event first.
 * @param {LiveVisitor} visitor
 */
function sessionsOf({ events }) {
  /** @type {Map<string, LiveEvent[]>} */
  const sessions = new Map()
  for (const event of events.toReversed()) {
    const session = sessions.get(event.session) ?? []
    session.push(event)
    sessions.set(event.session, session)
  }
  return [...sessions.values()]
}

/**
 * @param {LiveEvent[]} events
 * @param {(event: LiveEvent) => boolean} isNew
 */
function sessionElement(events, isNew) {
  const arrivals = events.flatMap(({ arrival }) => (arrival && !arrival.internal ? [arrival] : []))
  return element(
    'li',
    {},
    element('h3', {}, `Session ${events[0]?.session_number ?? ''}`),
    ...arrivals.map(({ channel, source, medium, campaign, why }) =>
      element(
        'p',
        { class: 'arrival' },
        element('strong', {}, channel),
        ` ${[source, medium, campaign].filter(word => word && !word.startsWith('(')).join(' · ')}`,
        element('span', { class: 'why' }, why),
      ),
    ),
    element('ol', { class: 'events' }, ...events.map(event => eventElement(event, isNew(event)))),
  )
}

/**
 * @param {LiveEvent} event
 * @param {boolean} isNew
 */
function eventElement({ name, stage, time, facts }, isNew) {
  return element(
    'li',
    { class: isNew ? 'arriving' : '' },
    element('time', { datetime: new Date(time).toISOString() }, timeOf(time)),
    chip(stage),
    element('span', {}, element('code', {}, name), ' ', element('span', { class: 'facts' }, facts.join('\u00a0· '))),
  )
}

/** @param {JourneyStage | null} stage */
function chip(stage) {
  if (!stage) return element('span', { class: 'stage' }, element('b', {}, '·'), 'no stage')
  return element('span', { class: `stage stage-${stage}` }, element('b', {}, String(stages.indexOf(stage) + 1)), stage)
}

/** @param {LiveVisitor} visitor */
const nameOf = ({ id }) => (id === shopWindow()?.jejak?.visitorId ? 'You' : `Visitor ${id.slice(-4)}`)

/** @param {LiveVisitor} visitor */
function ordersOf({ orders, value }) {
  return orders ? `${orders} ${orders === 1 ? 'order' : 'orders'}, ${rupiah.format(value)}` : ''
}

/** @param {number} time */
function timeOf(time) {
  return Date.now() - time < 12 * 3_600_000 ? clock.format(time) : date.format(time)
}

/**
 * An element by an attribute that a stranger wrote: never as part of a selector.
 * @param {string} attribute
 * @param {string} value
 */
function find(attribute, value) {
  return [...document.querySelectorAll(`[${attribute}]`)].find(one => one.getAttribute(attribute) === value)
}

async function simulate() {
  const button = /** @type {HTMLButtonElement} */ (byId('simulate'))
  button.disabled = true
  byId('simulated').textContent = 'Their events are being sent …'
  try {
    const answer = await fetch('/simulate', { method: 'POST' })
    const { accepted, duplicates } = await answer.json()
    byId('simulated').textContent = accepted
      ? `${number.format(accepted)} events stored. See what brought their orders under Attribution.`
      : `They were here before: all ${number.format(duplicates)} events are stored already, none is counted twice.`
  } catch {
    byId('simulated').textContent = 'That did not work: is the demo still running in its terminal?'
  }
  button.disabled = false
}

/** What the page in the frame has, when it is one of the shop. */
function shopWindow() {
  const frame = /** @type {HTMLIFrameElement} */ (byId('shop'))
  return /** @type {(Window & { jejak?: Tracker }) | null} */ (frame.contentWindow)
}

function watchShop() {
  const showAddress = () => {
    const { href = NO_PAGE, pathname = '', search = '' } = shopWindow()?.location ?? {}
    const isThere = href !== NO_PAGE
    byId('address').textContent = isThere ? pathname + search : 'not in the shop yet'
    byId('shop').hidden = !isThere
    byId('arrival-awaited').textContent = isThere
      ? ''
      : 'A new visitor, whom nobody knows yet. How do they come to the shop? Choose above.'
  }
  byId('shop').addEventListener('load', showAddress)
  // It may have loaded before this script did; if not, it is still empty.
  if (shopWindow()?.location.href !== NO_PAGE) showAddress()
  document.querySelector('[data-typed]')?.addEventListener('click', () => {
    const isVisiting = !byId('shop').hidden
    byId('simulated').textContent = isVisiting
      ? 'An address typed during a visit is no new contact: the visit goes on. As a new visitor it is one, called Direct.'
      : ''
  })
}

/** Erases the visitor, their cart and their orders from this browser, and asks how the next one comes to the shop. */
async function beNewVisitor() {
  const shop = shopWindow()
  if (!shop) return
  await shop.jejak?.('forget')
  for (const key of Object.keys(localStorage)) if (key.startsWith('kedai-lurik.')) localStorage.removeItem(key)
  picked = undefined
  byId('simulated').textContent = ''
  shop.location.replace(NO_PAGE)
}

/** On a phone one of the two is shown. */
function watchTabs() {
  const buttons = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-show]'))
  for (const button of buttons) {
    button.addEventListener('click', () => {
      document.querySelector('main')?.setAttribute('data-shown', button.dataset['show'] ?? 'shop')
      for (const other of buttons) other.setAttribute('aria-pressed', String(other === button))
    })
  }
}

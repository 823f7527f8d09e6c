import { byId, element } from '../element.js'
import { fill } from '../speech.js'
import { speech, words } from './live-words.js'
import { tracker } from './tab.js'

/**
 * @import { LiveEvent, LiveTotals, LiveUpdate, LiveVisitor } from '../../src/demo/live/live-feed.ts'
 * @import { JourneyStage } from '@jejak/events'
 */

const stages = /** @type {JourneyStage[]} */ ([...byId('stages').children].map(item => item.getAttribute('data-stage')))

/** @type {Map<string, LiveVisitor>} */
const visitors = new Map()
/** The visitor that was picked; without one, whoever did something last is shown. @type {string | undefined} */
let picked
/** Whose journey is on the page, and the ids of its events, so that only new ones are seen to arrive. */
/** The events whose reason is open, by id: the list is written anew with every event. @type {Set<string>} */
const opened = new Set()
let shown = { visitor: '', events: new Set() }

/** @param {LiveUpdate} update */
export function showUpdate(update) {
  for (const visitor of update.visitors) visitors.set(visitor.id, visitor)
  showTotals(update.totals)
  render()
}

/** Begins anew: the stream was opened again and tells everything. */
export function forgetVisitors() {
  visitors.clear()
}

/** Shows whoever does something next. */
export function showLatest() {
  picked = undefined
}

/**
 * Whether an event is stored: it has come back from the collector.
 * @param {string} id
 */
export function hasArrived(id) {
  return [...visitors.values()].some(({ events }) => events.some(event => event.id === id))
}

function render() {
  const latest = [...visitors.values()].sort((a, b) => b.lastSeen - a.lastSeen).slice(0, 40)
  const chosen = (picked && visitors.get(picked)) || latest[0]
  showVisitors(latest, chosen)
  if (chosen) showJourney(chosen)
}

/** @param {LiveTotals} totals */
function showTotals({ visitors: people, events, orders, value }) {
  byId('total-visitors').textContent = speech.number(people)
  byId('total-events').textContent = speech.number(events)
  byId('total-orders').textContent = speech.number(orders)
  byId('total-value').textContent = speech.money(value)
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
        element('span', { class: 'muted' }, visitor.bot ? words.program : (visitor.channel ?? words.unknownChannel)),
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
    element(
      'span',
      { class: 'hidden-text' },
      furthest ? fill(words.furthest, { stage: words.stageNames[furthest] }) : words.noStageYet,
    ),
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
  const focused = document.activeElement?.getAttribute('data-event')
  byId('sessions').replaceChildren(...sessionsOf(visitor).map(events => sessionElement(events, isNew)))
  if (focused) /** @type {HTMLElement | undefined} */ (find('data-event', focused))?.focus()
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
    element('h3', {}, fill(words.session, { number: String(events[0]?.session_number ?? '') })),
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
function eventElement({ id, name, stage, time, facts, stageReason }, isNew) {
  const details = element(
    'details',
    opened.has(id) ? { open: '' } : {},
    element(
      'summary',
      { 'data-event': id },
      element('time', { datetime: new Date(time).toISOString() }, timeOf(time)),
      chip(stage),
      element('span', {}, element('code', {}, name), ' ', element('span', { class: 'facts' }, facts.join('\u00a0· '))),
    ),
    element(
      'p',
      { class: 'why' },
      ...withCode(fill(stage ? words.whyStage : words.whyNoStage, { reason: stageReason })),
    ),
  )
  details.addEventListener('toggle', () => {
    if (/** @type {HTMLDetailsElement} */ (details).open) opened.add(id)
    else opened.delete(id)
  })
  return element('li', { class: isNew ? 'arriving' : '' }, details)
}

/**
 * What stands between backticks, as code.
 * @param {string} text
 */
function withCode(text) {
  return text.split('`').map((part, place) => (place % 2 ? element('code', {}, part) : part))
}

/** @param {JourneyStage | null} stage */
function chip(stage) {
  if (!stage) return element('span', { class: 'stage' }, element('b', {}, '·'), words.noStage)
  return element(
    'span',
    { class: `stage stage-${stage}` },
    element('b', {}, String(stages.indexOf(stage) + 1)),
    words.stageNames[stage],
  )
}

/** @param {LiveVisitor} visitor */
const nameOf = ({ id }) => (id === tracker()?.visitorId ? words.you : fill(words.visitor, { name: id.slice(-4) }))

/** @param {LiveVisitor} visitor */
function ordersOf({ orders, value }) {
  return orders ? speech.count(orders, words.orders, { value: speech.money(value) }) : ''
}

/** @param {number} time */
function timeOf(time) {
  return Date.now() - time < 12 * 3_600_000 ? speech.clock(time) : speech.moment(time)
}

/**
 * An element by an attribute that a stranger wrote: never as part of a selector.
 * @param {string} attribute
 * @param {string} value
 */
function find(attribute, value) {
  return [...document.querySelectorAll(`[${attribute}]`)].find(one => one.getAttribute(attribute) === value)
}

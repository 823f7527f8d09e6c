import { byId, element } from '../element.js'

/**
 * @import { Exchange, InspectedEvent } from '../../src/inspector/exchange.ts'
 * @import { InspectorTotals, InspectorUpdate } from '../../src/inspector/inspector-feed.ts'
 * @import { Finding } from '../../src/inspector/finding.ts'
 */

/** As many as the server keeps. */
const MOST_EXCHANGES = 200

const number = new Intl.NumberFormat('en')
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })

const OUTCOMES = {
  stored: ['good', '✓', 'stored'],
  duplicate: ['good', '=', 'stored before, not again'],
  refused: ['bad', '✗', 'refused'],
  not_stored: ['bad', '✗', 'not stored'],
}

const list = byId('exchanges')
const onlyFindings = /** @type {HTMLInputElement} */ (byId('only-findings'))
/** What came while the page was paused. @type {Exchange[] | undefined} */
let held
/** The last request that was cleared away: connecting again does not bring it back. */
let cleared = 0
/** @type {readonly string[]} */
let stages = []

// EventSource connects again by itself, and each connection begins with all there is.
const source = new EventSource('/live')
source.addEventListener('open', () => (byId('connection').textContent = 'live'))
source.addEventListener('error', () => (byId('connection').textContent = 'reconnecting'))
source.addEventListener('snapshot', ({ data }) => {
  list.replaceChildren()
  held &&= []
  take(JSON.parse(data))
})
source.addEventListener('change', ({ data }) => take(JSON.parse(data)))

onlyFindings.addEventListener('change', () => {
  for (const item of list.children) choose(/** @type {HTMLElement} */ (item))
  sayNothing()
})
byId('clear').addEventListener('click', () => {
  cleared = Math.max(cleared, ...[...list.children].map(item => Number(item.getAttribute('data-number'))))
  list.replaceChildren()
  sayNothing()
})
byId('pause').addEventListener('click', () => {
  const waiting = held
  held = held ? undefined : []
  byId('pause').setAttribute('aria-pressed', String(Boolean(held)))
  for (const exchange of waiting ?? []) show(exchange)
  sayPause()
  sayNothing()
})

/** @param {InspectorUpdate} update */
function take({ totals, stages: all, exchanges }) {
  stages = all
  showTotals(totals)
  for (const exchange of exchanges) {
    if (held) held.push(exchange)
    else show(exchange)
  }
  held?.splice(0, held.length - MOST_EXCHANGES)
  sayPause()
  sayNothing()
}

function sayPause() {
  byId('pause').textContent = held ? `Go on${held.length ? ` (${held.length} waiting)` : ''}` : 'Pause'
}

function sayNothing() {
  const isEmpty = list.children.length === 0
  byId('nothing').hidden = !isEmpty
  byId('nothing-found').hidden = isEmpty || [...list.children].some(item => !(/** @type {HTMLElement} */ (item).hidden))
}

/** @param {InspectorTotals} totals */
function showTotals({ accepted, duplicates, refused, dropped }) {
  byId('accepted').textContent = number.format(accepted)
  byId('duplicates').textContent = number.format(duplicates)
  byId('refused').textContent = number.format(refused)
  const reasons = Object.entries(dropped)
  const count = reasons.reduce((sum, [, one]) => sum + one, 0)
  const words = reasons.map(([reason, one]) => `${reason} ${number.format(one)}`).join(', ')
  byId('dropped').textContent = number.format(count) + (words ? ` (${words})` : '')
}

/** @param {Exchange} exchange */
function show(exchange) {
  if (exchange.number <= cleared) return
  const item = exchangeElement(exchange)
  choose(item)
  list.prepend(item)
  while (list.children.length > MOST_EXCHANGES) list.lastElementChild?.remove()
}

/** Shows or hides a request, by whether something in it needs mending. @param {HTMLElement} item */
function choose(item) {
  item.hidden = onlyFindings.checked && !item.querySelector('.finding, .bad')
}

/** @param {Exchange} exchange */
function exchangeElement(exchange) {
  const { at, from, status, library, accepted, duplicates, refused, dropped, findings, events, answer } = exchange
  const counts =
    status === 200 ? `${accepted} accepted, ${duplicates} stored before, ${refused} refused` : 'nothing stored'
  const given = Object.entries(dropped).map(([reason, count]) => `${count} (${reason})`)
  return element(
    'li',
    { class: 'exchange', 'data-number': String(exchange.number) },
    element(
      'h2',
      {},
      time(at, clock.format(at)),
      ' ',
      element('span', { class: status === 200 ? 'answer good' : 'answer bad' }, `${status}: ${counts}`),
    ),
    element('p', { class: 'muted from' }, `from ${from}${library ? `, by ${library}` : ''}`),
    ...findings.map(findingElement),
    ...(given.length
      ? [
          findingElement({
            level: 'lacking',
            what: `The sender had to give up events: ${given.join(', ')}`,
            mend: 'docs/delivery.md says what each reason means.',
          }),
        ]
      : []),
    element('ol', { class: 'events' }, ...events.map(eventElement)),
    more('The answer', answer),
  )
}

/** @param {InspectedEvent} event */
function eventElement({ name, outcome, stage, stageReason, time: at, facts, channel, findings, bot, envelope }) {
  const [tone, mark, words] = OUTCOMES[outcome] ?? OUTCOMES.not_stored
  const sign = outcome === 'stored' && findings.length > 0 ? '!' : mark
  return element(
    'li',
    { class: 'event' },
    element(
      'p',
      { class: 'what' },
      element('span', { class: `sign ${tone}`, 'aria-hidden': 'true' }, String(sign)),
      element('strong', {}, name),
      ...(stage ? [stageElement(stage)] : []),
      element('span', { class: outcome === 'stored' ? 'hidden-text' : String(tone) }, String(words)),
      ...(facts ? [element('span', { class: 'muted facts' }, facts)] : []),
      ...(bot ? [element('span', { class: 'muted' }, 'a program: attribution leaves it out')] : []),
    ),
    ...findings.map(findingElement),
    ...(stageReason ? [reason('Stage', `${stage ?? 'none'}: ${stageReason}`)] : []),
    ...(channel ? [reason('Channel', `${channel.name}: ${channel.why}`)] : []),
    ...(at === null ? [] : [reason('Happened', moment.format(at))]),
    ...(channel ? [more('The evidence of the channel', channel.evidence)] : []),
    more('The envelope', envelope || 'There was no room to keep it here: it is in the files.'),
  )
}

/** @param {string} stage */
function stageElement(stage) {
  const place = stages.indexOf(stage)
  return element(
    'span',
    { class: `stage stage-${place < 0 ? 'none' : stage}` },
    element('b', {}, `${place + 1}`),
    stage,
  )
}

/** @param {Finding} finding */
function findingElement({ level, what, mend }) {
  return element(
    'p',
    { class: `finding ${level}` },
    element('strong', {}, level === 'wrong' ? 'Refused: ' : 'Incomplete: '),
    ...withCode(what),
    element('span', { class: 'mend' }, ...withCode(mend)),
  )
}

/**
 * @param {string} title
 * @param {string} words
 */
function reason(title, words) {
  return element('p', { class: 'reason' }, element('span', { class: 'muted' }, `${title}  `), ...withCode(words))
}

/** What stands between backticks is code. @param {string} text */
function withCode(text) {
  return text.split('`').map((part, place) => (place % 2 ? element('code', {}, part) : part))
}

/**
 * @param {string} title
 * @param {string} text
 */
function more(title, text) {
  return element(
    'details',
    {},
    element('summary', {}, title),
    // It scrolls sideways, so it must be reachable by keyboard.
    element('pre', { tabindex: '0', role: 'group', 'aria-label': title }, text),
  )
}

/**
 * @param {number} at
 * @param {string} words
 */
function time(at, words) {
  return element('time', { datetime: new Date(at).toISOString() }, words)
}

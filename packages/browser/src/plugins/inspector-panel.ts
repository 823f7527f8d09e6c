import { JOURNEY_STAGES } from '@jejak/events'
import type { JourneyStage } from '@jejak/events'
import type { Tracker } from '../tracker.ts'
import type { Entry, EntryState } from './inspector-log.ts'
import { PANEL_STYLE } from './inspector-style.ts'

export interface Panel {
  show(entries: readonly Entry[], diagnosis: ReturnType<Tracker['debug']>, stage: JourneyStage | undefined): void
  readonly remove: () => void
}

const SIGNS: Readonly<Record<EntryState, string>> = {
  tracked: '·',
  sent: '↑',
  stored: '✓',
  refused: '✗',
  kept: '↻',
  'given up': '✗',
}

/** What the states mean, for those who cannot guess. */
const WORDS: Readonly<Record<EntryState, string>> = {
  tracked: 'waits to be sent',
  sent: 'is being sent',
  stored: 'the endpoint has it',
  refused: 'the endpoint will never take it',
  kept: 'not taken now: kept and sent again',
  'given up': 'given up',
}

/**
 * The panel, in a shadow root: the page's styles do not reach it, its own do not reach the page, and it takes no room.
 * Its style is no inline style, which many pages forbid. Texts are texts, whatever is in them.
 */
export function createPanel(onClose: () => void): Panel {
  const host = document.createElement('jejak-inspector')
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(PANEL_STYLE)
  root.adoptedStyleSheets = [sheet]

  const title = element('strong', 'Jejak')
  const toggle = button('–', 'Make smaller', () => fold(!folded))
  const close = button('×', 'Close the inspector', onClose)
  const facts = element('dl')
  const problems = element('ul')
  problems.className = 'problems'
  const list = element('ol')
  list.className = 'events'
  list.setAttribute('aria-label', 'Events, the latest first')
  const body = element('div', facts, problems, list)
  body.className = 'body'
  body.tabIndex = 0
  const panel = element('section', element('header', title, toggle, close), body)
  panel.setAttribute('aria-label', 'Jejak inspector')
  panel.addEventListener('keydown', event => {
    // The page has shortcuts of its own, which are not meant here.
    event.stopPropagation()
    if (event.key === 'Escape') {
      fold(true)
      toggle.focus()
    }
  })
  root.append(panel)
  // Not into the body: `body > :last-child` is to stay what it was.
  document.documentElement.append(host)

  let folded = false
  let shown = ''
  function fold(isFolded: boolean): void {
    folded = isFolded
    body.hidden = folded
    toggle.textContent = folded ? '+' : '–'
    toggle.setAttribute('aria-label', folded ? 'Make larger' : 'Make smaller')
    toggle.setAttribute('aria-expanded', String(!folded))
  }
  fold(false)

  /** The element of each entry, and what it was made of: one that is open stays open. */
  const items = new Map<Entry, { readonly item: HTMLElement; readonly of: string }>()

  return {
    show(entries, { consent, outbox, waiting, dropped, lastAnswer, problems: told }, stage) {
      const given = Object.entries(dropped).map(([reason, count]) => `${String(count)} ${reason}`)
      const state: readonly (readonly [string, string])[] = [
        ['consent', consent],
        ['stage', stage ?? 'none yet'],
        ['waiting', `${waiting} in ${outbox === 'memory' || consent === 'pending' ? 'memory' : 'IndexedDB'}`],
        ['last answer', lastAnswer?.status ?? 'none yet'],
        ...(given.length > 0 ? [['given up', given.join(', ')] as const] : []),
      ]
      const now = JSON.stringify([state, told])
      if (now !== shown) {
        shown = now
        facts.replaceChildren(...state.flatMap(([name, value]) => [element('dt', name), element('dd', value)]))
        problems.replaceChildren(
          ...told.map(({ code, message }) => element('li', element('b', code), ` ${neutral(message)}`)),
        )
      }
      const bad = entries.filter(({ notes }) => notes.length > 0).length
      title.textContent = `Jejak: ${entries.length} event${entries.length === 1 ? '' : 's'}${bad ? `, ${bad} to look at` : ''}`

      for (const entry of items.keys()) if (!entries.includes(entry)) items.delete(entry)
      const made = entries.map(entry => {
        const of = JSON.stringify(entry)
        const known = items.get(entry)
        if (known?.of === of) return known.item
        const item = entryElement(entry, known?.item.querySelector('details')?.open ?? false)
        items.set(entry, { item, of })
        return item
      })
      // Only what is new is put in: what has the focus keeps it.
      made.forEach((item, place) => {
        if (list.children[place] !== item) list.insertBefore(item, list.children[place] ?? null)
      })
      while (list.children.length > made.length) list.lastElementChild?.remove()
    },
    remove: () => host.remove(),
  }
}

function entryElement({ name, time, stage, state, notes, properties, envelope }: Entry, isOpen: boolean): HTMLElement {
  const sign = element('span', notes.length > 0 && state === 'stored' ? '!' : SIGNS[state])
  sign.className = `sign ${state === 'refused' || state === 'given up' ? 'bad' : notes.length > 0 ? 'doubt' : state}`
  sign.setAttribute('aria-hidden', 'true')
  const chip = element('span', stage ? `${JOURNEY_STAGES.indexOf(stage) + 1} ${stage}` : '')
  chip.className = 'stage'
  const clock = element('time', new Date(time).toTimeString().slice(0, 8))
  const words = element('span', `, ${WORDS[state]}`)
  words.className = 'unseen'

  const details = element('details', element('summary', sign, element('b', neutral(name)), words, chip, clock))
  details.open = isOpen
  const more: Node[] = [line('State', WORDS[state]), code('Properties', parsed(properties))]
  if (envelope?.touch) more.push(code('How the visitor came (evidence of the channel)', envelope.touch))
  if (envelope) more.push(code('Envelope', { ...envelope, properties: '(above)' }))
  details.append(...more)

  const item = element('li', ...notes.map(note => Object.assign(element('p', neutral(note)), { className: 'note' })))
  item.prepend(details)
  return item
}

function line(title: string, words: string): HTMLElement {
  return element('p', element('i', `${title}: `), words)
}

function code(title: string, value: unknown): HTMLElement {
  const block = element('pre', neutral(JSON.stringify(value, null, 2) ?? ''))
  block.tabIndex = 0
  block.setAttribute('role', 'group')
  block.setAttribute('aria-label', title)
  return element('div', element('i', title), block)
}

function parsed(json: string): unknown {
  return json ? JSON.parse(json) : 'cannot be written as JSON'
}

function button(sign: string, label: string, onClick: () => void): HTMLButtonElement {
  const made = element('button', sign)
  made.type = 'button'
  made.setAttribute('aria-label', label)
  made.addEventListener('click', onClick)
  return made
}

function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  made.append(...children)
  return made
}

/** Not too long, and without what turns the direction of writing. */
function neutral(text: string): string {
  return text.slice(0, 20_000).replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
}

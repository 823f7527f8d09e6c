import type { Plugin } from '../tracker.ts'
import { clickedBy, looksLikeControl } from './controls.ts'
import { selectorOf } from './element-selector.ts'
import { createWatch, nearest, quiet, tell } from './watch-events.ts'

/** How long a click may take to change something. */
const WAIT_MS = 1_000

/** What tells that a click has changed something. */
const SIGNS = 'scroll focusin blur submit invalid input change toggle play visibilitychange'

/**
 * Tracks a `dead_click` where something is clicked that looks as if it would do something, and for a second nothing
 * changes: no element, text or attribute, no address, focus or scroll position. Not of fields, of links that the
 * browser itself follows, nor within `data-jejak-ignore`.
 */
export function deadClicks(): Plugin {
  return tracker => {
    const { on, stop } = createWatch()
    /** There while a click is waited for, or what it changes; the first change ends it. */
    let observer: MutationObserver | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let isClicked = false

    function end(): void {
      clearTimeout(timer)
      observer?.disconnect()
      observer = undefined
      isClicked = false
    }

    function begin(event: Event): void {
      end()
      observer = new MutationObserver(end)
      for (const node of event.composedPath() as Node[]) {
        // The document and the shadow roots: changes within these are not seen from outside.
        if (node.nodeType > 8) {
          observer.observe(node, { subtree: true, childList: true, attributes: true, characterData: true })
        }
      }
      timer = setTimeout(end, WAIT_MS)
    }

    // Menus open when a button is pressed, before it is clicked.
    on(document, 'pointerdown', begin)
    on<Event>(window, SIGNS, () => isClicked && end())
    on<MouseEvent>(document, 'click', event => {
      const element = clickedBy(event)
      if (!element) return end()
      // By the keyboard nothing was pressed before.
      if (!event.detail) begin(event)
      if (!observer) return

      const time = Number(new Date())
      const from = address()
      const href = nearest(event, '[href]')?.getAttribute('href')
      isClicked = true
      clearTimeout(timer)
      timer = setTimeout(
        quiet(() => {
          end()
          // A link that the browser itself follows may be slow to, or open a window or a file.
          const isFollowed = href && !event.defaultPrevented && !/^(#|javascript:)/i.test(href)
          if (isFollowed || address() !== from || !looksLikeControl(element)) return
          tell(tracker, 'dead_click', { selector: selectorOf(element) }, { time })
        }),
        WAIT_MS,
      )
    })
    return () => {
      stop()
      end()
    }
  }
}

// A link to `#` stands for a button, and changes nothing.
function address(): string {
  return location.href.replace(/#$/, '')
}

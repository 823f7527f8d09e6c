import type { Plugin } from '../tracker.ts'
import { createWatch, nearest, quiet } from './watch-events.ts'

const NUMBERS =
  /^(value|tax|shipping|price|discount|quantity(_from|_to)?|index|results_count|attempt|score|scale|rating|points|participants)$/

/** What is said of the product, where there is one. The list it stands in is said of the event. */
const OF_ITEM = /^(item_(?!list_).+|price|quantity|discount|index)$/

/** Events that have no items, and name their product themselves. */
const WITHOUT_ITEMS = /^(share|publish_content)$/

/** What says how to track. */
const OWN = /^(event|on|private|ignore|page)$/

/** Much of a page may change at once: new elements are looked for after that. */
const LOOK_AFTER_MS = 200

/**
 * Tracks what the page's own HTML says: `<button data-jejak-event="add_to_cart" data-jejak-item-id="SKU-1"
 * data-jejak-value="100">` when it is clicked, a form when it is sent, and with `data-jejak-on="view"` anything when half
 * of it has come into view, once. Of several around one another, the innermost.
 */
export function htmlEvents(): Plugin {
  return tracker => {
    const { on, stop } = createWatch()
    // The name and the properties are the page's; it may have events of its own.
    const track = (element: Element) =>
      tracker.track(element.getAttribute('data-jejak-event')! as 'login', propertiesOf(element))

    on(document, 'click submit', event => {
      const element = nearest(event, '[data-jejak-event]')
      if (element && triggerOf(element) === event.type) track(element)
    })

    if (!('IntersectionObserver' in window)) return stop
    const seen = new WeakSet<Element>()
    const views = new IntersectionObserver(
      quiet(entries => {
        for (const { intersectionRatio, intersectionRect, rootBounds, target } of entries) {
          // Half of the view will do for what is higher than it.
          if (intersectionRatio < 0.5 && 2 * intersectionRect.height < (rootBounds?.height ?? Infinity)) continue
          views.unobserve(target)
          track(target)
        }
      }),
      { threshold: [0.01, 0.05, 0.1, 0.2, 0.35, 0.5] },
    )
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = quiet(() => {
      timer = undefined
      for (const element of document.querySelectorAll('[data-jejak-event][data-jejak-on=view]')) {
        if (seen.has(element)) continue
        seen.add(element)
        views.observe(element)
      }
    })
    const additions = new MutationObserver(() => {
      timer ??= setTimeout(look, LOOK_AFTER_MS)
    })
    additions.observe(document, { subtree: true, childList: true })
    look()
    return () => {
      stop()
      views.disconnect()
      additions.disconnect()
      clearTimeout(timer)
    }
  }
}

function triggerOf(element: Element): string {
  return element.getAttribute('data-jejak-on') ?? (element.matches('form') ? 'submit' : 'click')
}

/** The other attributes, in the vocabulary's names and types. */
function propertiesOf(element: Element): object {
  const properties: Record<string, unknown> = {}
  const item: Record<string, unknown> = {}
  const hasItem =
    element.hasAttribute('data-jejak-item-id') && !WITHOUT_ITEMS.test(element.getAttribute('data-jejak-event')!)
  for (const { name, value } of element.attributes) {
    const [, own] = /^data-jejak-(.+)/.exec(name) ?? []
    const key = own?.replace(/-/g, '_')
    if (!key || OWN.test(key) || !value) continue
    const isNumber = NUMBERS.test(key)
    if (isNumber && !Number.isFinite(Number(value))) continue
    ;(hasItem && OF_ITEM.test(key) ? item : properties)[key] = isNumber ? Number(value) : value
  }
  return hasItem ? { ...properties, items: [item] } : properties
}

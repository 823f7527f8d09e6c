import type { Plugin } from '../tracker.ts'
import { watchAddress } from './address-change.ts'
import type { PageLeft } from './address-change.ts'
import { createWatch, tell } from './watch-events.ts'

/** How far down a page is told, in percent. */
const DEPTHS = [25, 50, 75, 90]

/** A page's height is asked for so often at most, for the browser may have to work it out. */
const MEASURE_EVERY_MS = 250

/** Less is not told alone, but with what comes after it. As GA4 has it. */
const SHORTEST_MS = 1_000

/**
 * Tracks how much of a page is seen: `scroll` at 25, 50, 75 and 90 %, each once for a page, and `user_engagement` with
 * the time for which it was in view and had the focus, whenever it is hidden, left, or goes to another address.
 */
export function engagement(): Plugin {
  return tracker => {
    const { on, stop } = createWatch()
    let deepest = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    let engagedMs = 0
    /** Since when the page has been engaged without a break, or undefined. */
    let since: number | undefined

    function measure(): void {
      clearTimeout(timer)
      timer = undefined
      const { scrollHeight } = document.documentElement
      // At the top it is a page that has become another one, not a visitor who scrolls.
      const percent = scrollY > 0 ? (100 * (scrollY + innerHeight)) / scrollHeight : 0
      for (const depth of DEPTHS) {
        if (depth > deepest && depth <= percent) tell(tracker, 'scroll', { percent_scrolled: (deepest = depth) })
      }
    }

    function count(): void {
      const now = performance.now()
      if (since !== undefined) engagedMs += now - since
      since = document.visibilityState === 'visible' && document.hasFocus() ? now : undefined
    }

    function leave([page, options]: PageLeft): void {
      count()
      if (engagedMs < SHORTEST_MS) return
      tell(tracker, 'user_engagement', { engagement_time_msec: Math.round(engagedMs), ...page }, options)
      engagedMs = 0
    }

    const hide = () => {
      if (timer) measure()
      leave([{}])
    }

    on(window, 'scroll', ({ target }) => {
      if (target === document) timer ??= setTimeout(measure, MEASURE_EVERY_MS)
    })
    on<Event>(window, 'focus blur pageshow', count)
    on(window, 'visibilitychange', () => (document.visibilityState === 'hidden' ? hide() : count()))
    on(window, 'pagehide', () => {
      hide()
      since = undefined
    })
    const stopLooking = watchAddress(tracker, { on }, left => {
      clearTimeout(timer)
      timer = undefined
      deepest = 0
      leave(left)
      // What is left of a second is not of the next page.
      engagedMs = 0
    })
    count()
    return () => {
      stop()
      stopLooking()
      clearTimeout(timer)
    }
  }
}

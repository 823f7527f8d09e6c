import type { Plugin } from '../tracker.ts'
import { clickedBy, looksLikeControl } from './controls.ts'
import { selectorOf } from './element-selector.ts'
import { createWatch, tell } from './watch-events.ts'

const RAGE_CLICKS = 3
const WITHIN_MS = 1_000
const WITHIN_PX = 30

/** A button that is but a sign, such as + or ›, is made to be clicked on and on. */
const IS_SIGN = /^\s*[^\p{L}\d\s]\s*$/u

/**
 * Tracks a `rage_click` where one place is clicked three times within a second; once, however long it goes on. Not of
 * fields, of texts that are being selected, of buttons such as + and −, nor within `data-jejak-ignore`.
 */
export function rageClicks(): Plugin {
  return tracker => {
    const { on, stop } = createWatch()
    /** The last clicks, at one place, and whether their rage was told. */
    let clicks: MouseEvent[] = []
    let isTold = false

    on<MouseEvent>(document, 'click', event => {
      const element = clickedBy(event)
      // Nothing is pointed at by the keyboard.
      if (!element || !event.detail) return
      clicks = clicks.filter(
        other =>
          event.timeStamp - other.timeStamp < WITHIN_MS &&
          Math.hypot(event.clientX - other.clientX, event.clientY - other.clientY) < WITHIN_PX,
      )
      isTold &&= clicks.length > 0
      if (clicks.push(event) < RAGE_CLICKS || isTold || IS_SIGN.test(element.textContent ?? '')) return
      // Three clicks on a text select it.
      if (getSelection()?.type === 'Range' && !looksLikeControl(element)) return
      isTold = true
      tell(tracker, 'rage_click', { selector: selectorOf(element) })
    })
    return stop
  }
}

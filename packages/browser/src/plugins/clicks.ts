import type { EventProperties } from '@jejak/events'
import type { Plugin } from '../tracker.ts'
import { CONTROLS } from './controls.ts'
import { selectorOf } from './element-selector.ts'
import { redactText } from './redacted-text.ts'
import { createWatch, nearest, tell } from './watch-events.ts'

/** What GA4 takes for a file: https://support.google.com/analytics/answer/9216061 */
const FILE =
  /[^/]*\.(pdf|xlsx?|docx?|txt|rtf|csv|exe|key|pp[st]x?|7z|pkg|rar|gz|zip|avi|mov|mp4|mpe?g|wmv|midi?|mp3|wav|wma)$/i

/**
 * Tracks each `click` on a link or a button, and as `file_download` each on a link to a file. Nothing of fields, and of
 * addresses no query. Within `data-jejak-private` only where the element stands is told; within `data-jejak-ignore`
 * nothing is.
 */
export function clicks(): Plugin {
  return tracker => {
    const { on, stop } = createWatch()
    on<MouseEvent>(document, 'click auxclick', event => {
      const control = nearest(event, CONTROLS)
      if (!control || nearest(event, '[data-jejak-ignore]')) return
      const address = addressOf(control)
      // The middle button opens links; no other does anything of this kind.
      if (event.button > (address.link_url ? 1 : 0)) return
      const [file_name, extension] = FILE.exec(address.link_url ?? '') ?? []
      tell(tracker, extension ? 'file_download' : 'click', {
        selector: selectorOf(control),
        ...(!nearest(event, '[data-jejak-private]') && {
          link_text: textOf(control) || undefined,
          ...address,
          file_name,
          file_extension: extension?.toLowerCase(),
        }),
      })
    })
    return stop
  }
}

/** Where a link leads; of `mailto:` and the like, which may name a person, no more than that. */
function addressOf(control: Element): Pick<EventProperties<'click'>, 'link_url' | 'link_domain' | 'outbound'> {
  const { protocol, host, pathname } = control as HTMLAnchorElement
  if (!host) return { link_url: protocol }
  return {
    link_url: redactText(`${protocol}//${host}${pathname}`, 500),
    link_domain: host,
    outbound: host !== location.host,
  }
}

/** What a link or a button says. Anything else may hold anything, fields too. */
function textOf(control: Element): string | false {
  const isOwn = control.matches('a,button') && !control.querySelector('[data-jejak-private],textarea,select')
  return isOwn && redactText(control.getAttribute('aria-label') || control.textContent || '', 60)
}

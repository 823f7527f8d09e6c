import type { Plugin } from '../tracker.ts'
import { redactText } from './redacted-text.ts'
import { createWatch, tell } from './watch-events.ts'

const MOST_ERRORS = 10

/** What harms nobody, and what is not the page's: observers that were late, and the visitor's own extensions. */
const NOT_OURS = /^ResizeObserver loop|-extension:/

/** Where in a stack its first line is; browsers write stacks in different ways. */
const IN_STACK = /(https?:[^\s()]+?):(\d+(:\d+)?)\)?$/m

/**
 * Tracks a `page_error` for an error or a rejection that nothing has caught (`fatal`), and for an image, a script or a
 * style sheet that did not load. Each once, and ten for a page at most. Of addresses no query; of texts no e-mail
 * addresses and long numbers. Of scripts from elsewhere a browser says only that there was an error.
 */
export function pageErrors(): Plugin {
  return tracker => {
    const { on, stop } = createWatch()
    let url = ''
    let count = 0
    const told = new Set<string>()

    function report(text: string, source: string, position: string, fatal: boolean): void {
      if (url !== tracker.pageUrl) {
        url = tracker.pageUrl
        count = 0
        told.clear()
      }
      const message = redactText(text, 200)
      const error_source = sourceOf(source) + position
      // What says nothing may each time be another error.
      const isKnown = source && told.has(message + error_source)
      if (!message || isKnown || NOT_OURS.test(message + source) || count >= MOST_ERRORS) return
      count++
      told.add(message + error_source)
      tell(tracker, 'page_error', { message, ...(error_source && { error_source }), fatal })
    }

    on(window, 'error', event => {
      if (event instanceof ErrorEvent) {
        const { message, filename, lineno, colno } = event
        return report(message, filename, filename && `:${lineno}:${colno}`, true)
      }
      // A page that is being left gives up what it was loading; that is no event, but an empty address is one.
      const { localName, src, href } = event.target as HTMLImageElement & HTMLLinkElement
      if (localName && (src || href)) report(`${localName} did not load`, src || href, '', false)
    })
    on<PromiseRejectionEvent>(window, 'unhandledrejection', ({ reason }) => {
      const { name, message, stack } = (reason ?? {}) as Partial<Error>
      const [, source = '', position] = IN_STACK.exec(stack ?? '') ?? []
      report(message ? `${name ?? 'Error'}: ${message}` : String(reason), source, position ? `:${position}` : '', true)
    })
    return stop
  }
}

/** An address without its query and, where it is of this site, as a path. */
function sourceOf(address: string): string {
  const source = redactText(address.split(/[?#]/)[0]!, 300)
  return source.startsWith(location.origin) ? source.slice(location.origin.length) : source
}

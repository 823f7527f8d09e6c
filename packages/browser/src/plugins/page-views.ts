import type { Plugin } from '../tracker.ts'

export interface PageViewsOptions {
  /** Whether another `#/route` is another page. Default: false. */
  readonly hash?: boolean | undefined
}

/** Frameworks set the title shortly after the address; a redirect within the page is over by then too. */
const SETTLE_MS = 50

/**
 * Tracks a `page_view` when the page is loaded, when it goes to another address by itself, and when it is restored
 * from the back/forward cache. A page that is prerendered is viewed when it is shown.
 */
export function pageViews({ hash = false }: PageViewsOptions = {}): Plugin {
  return tracker => {
    const watching = new AbortController()
    const { signal } = watching
    const undo: (() => void)[] = []
    let viewed = ''
    /** When the view began that is still to be told, or 0. */
    let since = 0
    let timer: ReturnType<typeof setTimeout> | undefined

    const address = () => (hash ? tracker.pageUrl : tracker.pageUrl.split('#')[0]!)
    const page = document as Document & { readonly prerendering?: boolean }

    function view(): void {
      if (!since || page.prerendering) return
      const time = since
      since = 0
      clearTimeout(timer)
      if (address() === viewed) return
      viewed = address()
      tracker.track('page_view', {}, { time })
    }

    function onMove(): void {
      if (since || address() === viewed) return
      since = Number(new Date())
      timer = setTimeout(view, SETTLE_MS)
    }

    function onShow(): void {
      since = Number(new Date())
      viewed = ''
      // The title and the page's type stand in markup that may not have come yet.
      if (document.readyState !== 'loading') view()
    }

    const on = (target: EventTarget, event: string, listener: (event: Event) => void) =>
      target.addEventListener(event, listener, { signal })

    on(document, 'DOMContentLoaded', view)
    on(document, 'prerenderingchange', onShow)
    on(window, 'pageshow', event => (event as PageTransitionEvent).persisted && onShow())
    on(window, 'pagehide', view)
    on(window, 'visibilitychange', () => document.visibilityState === 'hidden' && view())
    onShow()
    if ('navigation' in window && window.navigation) {
      on(window.navigation, 'currententrychange', onMove)
    } else {
      on(window, 'popstate', onMove)
      on(window, 'hashchange', onMove)
      undo.push(patch('pushState'), patch('replaceState'))
    }
    /** For browsers without the Navigation API. Gives back how to undo it. */
    function patch(method: 'pushState' | 'replaceState'): () => void {
      const original = history[method]
      const patched: typeof original = function (this: History, ...details) {
        original.apply(this, details)
        if (!signal.aborted) onMove()
      }
      history[method] = patched
      // Somebody may have patched it after us: what they call has to stay, and does nothing more than before.
      return () => {
        if (history[method] === patched) history[method] = original
      }
    }

    return () => {
      watching.abort()
      clearTimeout(timer)
      for (const step of undo) step()
    }
  }
}

import type { Page } from 'playwright-core'
import type { Violation } from './visit.ts'

/** What a page is asked for after a while. */
export interface PageFacts {
  readonly tags: readonly string[]
  readonly global: 'tracker' | 'stub' | 'none'
  readonly consent: string | undefined
  readonly endpoint: string | undefined
  readonly violations: readonly Violation[]
  readonly isProduct: boolean
  /** The panel of the inspector is on the page. */
  readonly hasPanel: boolean
  readonly longTasks: readonly { readonly script: string; readonly ms: number }[]
}

// All run in the page, as text: they are not compiled with the rest, and know nothing of it.

/** Runs before anything else in the page: notes what cannot be asked for later. */
export const WATCH = `(() => {
  const seen = { violations: [], longTasks: [] }
  Object.defineProperty(window, '__jejakDoctor', { value: seen })
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, disposition }) => {
    if (disposition === 'enforce' && seen.violations.length < 100) seen.violations.push({ directive: effectiveDirective, blocked: blockedURI })
  })
  try {
    new PerformanceObserver(list => {
      for (const { scripts = [] } of list.getEntries())
        for (const { sourceURL, duration } of scripts)
          if (duration > 50 && seen.longTasks.length < 100) seen.longTasks.push({ script: sourceURL, ms: Math.round(duration) })
    }).observe({ type: 'long-animation-frame', buffered: true })
  } catch {}
})()`

/**
 * Runs first where nothing may leave: requests that outlive their page cannot be stopped from outside, so none does. The
 * tracker keeps what it could not send, and the next page sends it.
 */
export const HOLD_BACK = `(() => {
  const { fetch } = window
  const held = input => input instanceof Request && input.keepalive ? new Request(input, { keepalive: false }) : input
  window.fetch = (input, init) => fetch(held(input), init && { ...init, keepalive: false })
  navigator.sendBeacon = (url, body) => {
    fetch(url, { method: 'POST', body, credentials: 'include' }).catch(() => {})
    return true
  }
  delete window.fetchLater
})()`

/** Asks the page. */
export const ASK = `(() => {
  const safely = (read, otherwise) => { try { return read() } catch { return otherwise } }
  const { violations = [], longTasks = [] } = window.__jejakDoctor || {}
  const isOurs = ({ src, dataset }) => /jejak(?!-inspector)/i.test(src) || 'writeKey' in dataset || (src && 'endpoint' in dataset)
  const tag = [...document.scripts].find(isOurs)
  const types = text => [text].flat(9).flatMap(part => part && typeof part === 'object' ? [part['@type'], ...(part['@graph'] ? types(part['@graph']) : [])] : []).flat()
  return {
    tags: [...document.scripts].filter(script => script.src && isOurs(script)).map(({ src }) => src),
    global: typeof window.jejak?.track === 'function' ? 'tracker' : window.jejak ? 'stub' : 'none',
    consent: safely(() => String(window.jejak.debug().consent)),
    endpoint: tag && safely(() => new URL(tag.dataset.endpoint || new URL('/e', tag.src), document.baseURI).href),
    violations,
    longTasks,
    hasPanel: document.querySelector('jejak-inspector') !== null,
    isProduct: [...document.querySelectorAll('script[type="application/ld+json"]')].some(({ textContent }) =>
      safely(() => types(JSON.parse(textContent)).includes('Product'), false)),
  }
})()`

const MOST_TRIES = 5

/** What some code comes to in a page. A page that just then loads itself again is asked once more. */
export async function askPage(page: Page, code: string): Promise<unknown> {
  for (let tries = 1; ; tries++) {
    try {
      return await page.evaluate(code)
    } catch (error) {
      const isGone = error instanceof Error && /context was destroyed|navigat/i.test(error.message)
      if (!isGone || tries === MOST_TRIES) throw error
      await page.waitForLoadState('load').catch(() => {})
    }
  }
}

import { createHash } from 'node:crypto'
import type { VNode } from 'preact'
import { render } from 'preact-render-to-string'
import { TRACKER_STUB } from './shop/shop-page.tsx'
import { SpokenLanguage } from './words/spoken.ts'
import type { Language } from './words/language.ts'

/** An answer to a request, whole. */
export interface Reply {
  readonly status: number
  readonly type: string
  readonly body: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

const stubHash = createHash('sha256').update(TRACKER_STUB).digest('base64')

/** Everything comes from this server; the one inline script is the tracker's stub, by its hash. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    `default-src 'none'`,
    `script-src 'self' 'sha256-${stubHash}'`,
    `style-src 'self'`,
    `img-src 'self'`,
    `connect-src 'self'`,
    `frame-src 'self'`,
    `frame-ancestors 'self'`,
    `form-action 'self'`,
    `base-uri 'none'`,
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
  'referrer-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
}

export function page(content: VNode, language: Language, status = 200): Reply {
  const html = render(<SpokenLanguage.Provider value={language}>{content}</SpokenLanguage.Provider>)
  return { status, type: 'text/html; charset=utf-8', body: `<!doctype html>${html}` }
}

export function text(body: string, status = 200): Reply {
  return { status, type: 'text/plain; charset=utf-8', body: `${body}\n` }
}

export function json(value: unknown, status = 200): Reply {
  return { status, type: 'application/json', body: JSON.stringify(value) }
}

import { bundleTracker, readTrackerScript } from './tracker-bundle.ts'
import type { Answer } from './treatment.ts'

const HTML = { 'content-type': 'text/html; charset=utf-8' }
const SCRIPT = { 'content-type': 'text/javascript; charset=utf-8', 'access-control-allow-origin': '*' }

/**
 * The page, script or picture at an address of the shop; undefined where there is none.
 *
 * - `/shop`: makes `createTracker` and `pageViews` known to all scripts, then sets `window.isReady`.
 * - `/script`: with the script tag.
 * - `/plain`: without any script.
 *
 * `?csp=` gives a page that Content-Security-Policy.
 */
export async function readShopPage(url: URL): Promise<Answer | undefined> {
  switch (url.pathname) {
    case '/shop':
      return page(url, MODULE)
    case '/script':
      return page(url, '<script src="/jejak.js" data-endpoint="/e"></script>')
    case '/plain':
      return page(url, '')
    case '/jejak-module.js':
      return { status: 200, headers: SCRIPT, body: `${await bundleTracker()}\n${GLOBALS}` }
    case '/jejak.js':
      return { status: 200, headers: SCRIPT, body: await readTrackerScript() }
    case '/favicon.ico':
      return { status: 204, headers: {}, body: '' }
    default:
      return undefined
  }
}

const MODULE = '<script type="module" src="/jejak-module.js"></script>'
const GLOBALS = 'Object.assign(window, { createTracker, pageViews, isReady: true })\n'

function page(url: URL, head: string): Answer {
  const policy = url.searchParams.get('csp')
  return {
    status: 200,
    headers: { ...HTML, ...(policy && { 'content-security-policy': policy }) },
    body: html(url, head),
  }
}

function html(url: URL, head: string): string {
  const otherSite = `//${url.hostname === 'localhost' ? '127.0.0.1' : 'localhost'}:${url.port}`
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Shop ${escaped(url.pathname + url.search)}</title>
${head}
<a id="next" href="/shop?page=next">Next page</a>
<a id="away" href="${otherSite}/shop?page=away">Another site</a>
<form id="order" method="post" action="/shop?page=ordered"><button>Order</button></form>
<form id="away-order" method="post" action="${otherSite}/shop?page=paid"><button>Pay</button></form>
</html>
`
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`)
}

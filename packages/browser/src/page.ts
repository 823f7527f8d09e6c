import type { Page, PageType } from '@jejak/events'
import { redact } from './redact.ts'

/** URL parameters that say something about the page and nothing about the person. */
const HARMLESS_PARAMETERS = ['q', 's', 'query', 'search', 'page', 'variant', 'sku', 'id', 'category', 'sort']

/** What schema.org calls the kinds of page; where a page is several, the first here counts. https://schema.org/WebPage */
const PAGE_TYPE_OF_SCHEMA: Readonly<Record<string, PageType>> = {
  SearchResultsPage: 'search',
  CollectionPage: 'list',
  CheckoutPage: 'checkout',
  Product: 'product',
  ProductGroup: 'product',
  Article: 'article',
  NewsArticle: 'article',
  BlogPosting: 'article',
  FAQPage: 'help',
  ContactPage: 'help',
  ItemList: 'list',
}

export interface PageReader {
  /** The page as it is now. `isView`: it is being looked at anew, so its markup is read again. */
  read(isView: boolean): Page & { readonly path: string }
  /** An address without what may not be kept: user name, other parameters, fragment (but for a `#/route`), e-mails. */
  readonly clean: (url: string) => string
}

export interface PageOptions {
  /** URL parameters to keep besides the harmless ones. */
  readonly allowParameters?: readonly string[] | undefined
  /** The page's type, or how to tell it. */
  readonly pageType?: string | (() => string | undefined) | undefined
}

export function createPageReader({ allowParameters = [], pageType }: PageOptions): PageReader {
  const allowed = new Set([...HARMLESS_PARAMETERS, ...allowParameters])
  let href = ''
  let url = ''
  let path = ''
  let type = ''
  const clean = remember(address => {
    try {
      const { protocol, host, pathname, searchParams, hash } = new URL(address)
      const query = new URLSearchParams([...searchParams].filter(([name]) => allowed.has(name))).toString()
      return redact(`${protocol}//${host}${pathname}${query && '?' + query}${routeOf(hash)}`, 2_000)
    } catch {
      return ''
    }
  })
  const cleanTitle = remember(text => redact(text, 500))
  let referrer = clean(document.referrer)

  function told(): string | undefined {
    try {
      return typeof pageType === 'function' ? pageType() : pageType
    } catch {
      return undefined
    }
  }

  return {
    clean,
    read(isView) {
      const moved = location.href !== href
      if (moved) {
        href = location.href
        const cleaned = clean(href)
        // Within a page, the referrer of a view is the view before it.
        if (url && cleaned !== url) referrer = url
        url = cleaned
        path = location.pathname + routeOf(location.hash)
      }
      // Markup that is not there yet may come.
      if (moved || isView || document.readyState === 'loading') {
        type = `${told() || typeByMarkup() || typeBySchema() || ''}`.slice(0, 100)
      }
      const title = cleanTitle(document.title)
      return { url, ...(title && { title }), ...(referrer && { referrer }), ...(type && { type }), path }
    },
  }
}

/** The same function, which does not do again what it did last. */
function remember(make: (text: string) => string): (text: string) => string {
  let last: string | undefined
  let made = ''
  return text => {
    if (text !== last) made = make((last = text))
    return made
  }
}

/** The fragment, where a site routes by it. */
function routeOf(hash: string): string {
  return /^#!?\//.test(hash) ? hash.split('?')[0]! : ''
}

function typeByMarkup(): string | undefined {
  return document.querySelector<HTMLElement>('[data-jejak-page]')?.dataset['jejakPage']
}

/** By the JSON-LD that shops write for search engines; only what the page itself is, not what it is made of. */
function typeBySchema(): PageType | undefined {
  const found = new Set<unknown>()
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    try {
      const data: unknown = JSON.parse(script.textContent ?? '')
      for (const thing of [data].flat() as JsonLd[]) {
        for (const { '@type': types } of [thing, ...(thing['@graph'] ?? [])])
          [types].flat().forEach(type => found.add(type))
      }
    } catch {
      // Somebody else's mistake; search engines skip it too.
    }
  }
  for (const type in PAGE_TYPE_OF_SCHEMA) if (found.has(type)) return PAGE_TYPE_OF_SCHEMA[type]
  return undefined
}

interface JsonLd {
  readonly '@type'?: unknown
  readonly '@graph'?: readonly JsonLd[]
}

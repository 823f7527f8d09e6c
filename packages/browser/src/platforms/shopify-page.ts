import { CLICK_IDS, CLICK_ID_ALIASES, PERSONAL_CLICK_IDS, UTM_PARAMETERS, VALUE_NOT_KEPT } from '@jejak/events'
import type { Page, PageType, Touchpoint } from '@jejak/events'
import { isEmpty } from '../drop-counts.ts'
import { redact } from '../redact.ts'
import type { Arrival } from '../touchpoint.ts'
import { withoutClickIds } from '../touchpoint.ts'
import type { Maybe, ShopifyContext } from './shopify-api.ts'

const KEPT_PARAMETERS = /^(q|page|variant|sort_by)$/

/** The pages of a Shopify shop by their path, behind its language; the first that fits counts. */
const PAGE_TYPES: readonly (readonly [RegExp, PageType])[] = [
  [/^\/?$/, 'home'],
  [/\/thank[-_]you/, 'confirmation'],
  [/\/checkouts?\b/, 'checkout'],
  [/\/orders\//, 'order'],
  [/^\/account/, 'account'],
  [/\/products\//, 'product'],
  [/^\/collections/, 'list'],
  [/^\/search/, 'search'],
  [/^\/cart/, 'cart'],
  [/^\/blogs\//, 'article'],
]

/** Whoever has the address of a checkout or of an order sees the customer's: what makes it secret is left out. */
const SECRET = /(\/(?:checkouts|orders|account|cart)\/.*)/
const TOKEN = /\/(?=[^/]*\d)[\w=-]{12,}/g

/** The shop's page as events carry it. It is told by Shopify: a sandbox cannot see it. */
export function readShopifyPage(context: Maybe<ShopifyContext>): Page & { readonly path: string } {
  const { location, referrer, title } = context?.document ?? {}
  const url = clean(location?.href)
  const path = url ? new URL(url).pathname.replace(/^\/[a-z]{2}(-[a-z]{2,4})?(?=\/|$)/i, '') || '/' : ''
  const type = PAGE_TYPES.find(([pattern]) => path && pattern.test(path))?.[1]
  const from = clean(referrer)
  return {
    url,
    ...(title && { title: redact(title, 500) }),
    ...(from && { referrer: from }),
    ...(type && { type }),
    path,
  }
}

/**
 * How the visitor came to that page. It is told by the event that begins a session and by no other: that a page is
 * only loaded again, or that somebody comes back from the site of their bank, cannot be seen here.
 */
export function readShopifyArrival(context: Maybe<ShopifyContext>): Arrival {
  const { location, referrer } = context?.document ?? {}
  const landing = clean(location?.href)
  const from = clean(referrer)
  const evidence = readCampaign(location?.href)
  const isForeign = from && from.split('/')[2] !== landing.split('/')[2]
  const touch: Touchpoint = { landing, ...(isForeign && { referrer: from }), ...evidence }
  return {
    campaign: consent =>
      isEmpty(evidence) ? '' : JSON.stringify(consent === 'granted' ? evidence : withoutClickIds(evidence)),
    read(startsSession, _url, consent) {
      if (!startsSession) return undefined
      return consent === 'granted' ? touch : withoutClickIds(touch)
    },
    spend() {},
  }
}

function clean(address: Maybe<string>): string {
  try {
    const { protocol, host, pathname, searchParams } = new URL(address!)
    const query = new URLSearchParams([...searchParams].filter(([name]) => KEPT_PARAMETERS.test(name))).toString()
    const path = pathname.replace(SECRET, secret => secret.replace(TOKEN, '/*'))
    return redact(`${protocol}//${host}${path}${query && '?' + query}`, 2_000)
  } catch {
    return ''
  }
}

/** Written as the tracker of the shop's pages writes it: by this they know that a campaign is the same. */
function readCampaign(href: Maybe<string>): Partial<Touchpoint> {
  const names: Record<string, string> = Object.assign(Object.create(null), CLICK_ID_ALIASES)
  for (const name of [...UTM_PARAMETERS, ...CLICK_IDS, ...PERSONAL_CLICK_IDS]) names[name.toLowerCase()] = name

  const utm: Record<string, string> = {}
  const clickIds: Record<string, string> = {}
  for (const [parameter, value] of new URLSearchParams(`${href ?? ''}`.split('#')[0]!.split('?')[1])) {
    const name = names[parameter.toLowerCase()]
    if (!name || !value) continue
    if (name.startsWith('utm_')) utm[name] = redact(value, 500)
    else
      clickIds[name] = (PERSONAL_CLICK_IDS as readonly string[]).includes(name) ? VALUE_NOT_KEPT : value.slice(0, 1_000)
  }
  return { ...utm, ...(!isEmpty(clickIds) && { click_ids: clickIds }) }
}

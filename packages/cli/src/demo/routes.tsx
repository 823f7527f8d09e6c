import { AttributionPage } from './attribution/attribution-page.tsx'
import type { DemoAttribution } from './attribution/attribution-of.ts'
import { LivePage, SIMULATED_VISITORS } from './live/live-page.tsx'
import { json, page, text } from './reply.tsx'
import type { Reply } from './reply.tsx'
import type { Sent } from './send-batches.ts'
import { replyOfShop } from './shop/shop-routes.tsx'

export interface DemoParts {
  readonly folder: string
  readonly files: ReadonlyMap<string, Reply>
  /** Lets this many visitors come, and tells what was stored. */
  readonly simulate: (count: number) => Promise<Sent>
  /** The attribution of what was collected; undefined if that is nothing. */
  readonly attribution: () => Promise<DemoAttribution | undefined>
}

export interface DemoRequest {
  readonly method: string
  readonly url: URL
  /** The request comes from a page of another site. */
  readonly isForeign: boolean
}

const READING = ['GET', 'HEAD']

/** What the demo answers, besides collecting and streaming. */
export async function replyTo({ method, url, isForeign }: DemoRequest, parts: DemoParts): Promise<Reply> {
  const { pathname: path, searchParams: query } = url
  if (path === '/simulate') {
    if (method !== 'POST') return wrongMethod(['POST'])
    if (isForeign) return text('Only the demo itself may do that.', 403)
    return json(await parts.simulate(SIMULATED_VISITORS))
  }
  if (!READING.includes(method)) return wrongMethod(READING)

  const file = parts.files.get(path)
  if (file) return file
  if (path === '/') return page(<LivePage />)
  if (path === '/attribution') {
    return page(<AttributionPage folder={parts.folder} attribution={await parts.attribution()} />)
  }
  if (path === '/robots.txt') return text('User-agent: *\nDisallow: /')
  if (path === '/favicon.svg' || path === '/favicon.ico') return FAVICON
  if (path === '/shop') return { ...text('The shop is at /shop/', 308), headers: { location: '/shop/' } }
  return replyOfShop(path, query)
}

function wrongMethod(allowed: readonly string[]): Reply {
  const allow = allowed.join(', ')
  return { ...text(`Only ${allow} can be asked of this address.`, 405), headers: { allow } }
}

/** Two footprints: jejak means trace. */
const FAVICON: Reply = {
  status: 200,
  type: 'image/svg+xml',
  body: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><style>path{fill:#2a36a4}@media(prefers-color-scheme:dark){path{fill:#9fb1ff}}</style><path d="M10 3c4 0 5 4 5 8s-2 8-5 8-5-4-5-8 1-8 5-8zM7 20h6v2a3 3 0 0 1-6 0zM22 9c4 0 5 4 5 7s-2 7-5 7-5-3-5-7 1-7 5-7zm-3 16h6v2a3 3 0 0 1-6 0z"/></svg>',
}

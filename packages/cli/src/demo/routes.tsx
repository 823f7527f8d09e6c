import { LivePage, SIMULATED_VISITORS } from './live/live-page.tsx'
import type { Network } from './live/network.ts'
import { json, page, text } from './reply.tsx'
import type { Reply } from './reply.tsx'
import { replyWithReport } from './report-reply.ts'
import type { Sent } from './send-batches.ts'
import { replyOfShop } from './shop/shop-routes.tsx'
import { TruthPage } from './truth/truth-page.tsx'
import type { DemoTruth } from './truth/truth-of.ts'
import { isLanguage } from './words/language.ts'
import type { Language } from './words/language.ts'

export interface DemoParts {
  readonly folder: string
  readonly language: Language
  readonly network: Network
  readonly files: ReadonlyMap<string, Reply>
  /** Lets this many visitors come, and tells what was stored. */
  readonly simulate: (count: number) => Promise<Sent>
  /** What brought the orders of so many simulated visitors; undefined if they have not come. */
  readonly truth: (count: number) => Promise<DemoTruth | undefined>
}

export interface DemoRequest {
  readonly method: string
  readonly url: URL
  /** The request comes from a page of another site. */
  readonly isForeign: boolean
  readonly cookie?: string | undefined
}

const READING = ['GET', 'HEAD']

/** Remembers the language that was chosen, until the browser is closed. */
const LANGUAGE_COOKIE = 'jejak-demo-language'

/** What the demo answers, besides collecting and streaming. */
export async function replyTo(request: DemoRequest, parts: DemoParts): Promise<Reply> {
  const { method, url, isForeign } = request
  const { pathname: path, searchParams: query } = url
  if (path === '/simulate' || path === '/network') {
    if (method !== 'POST') return wrongMethod(['POST'])
    if (isForeign) return text('Only the demo itself may do that.', 403)
    if (path === '/network') return replyOfNetwork(query.get('online'), parts.network)
    // They come by the same network.
    return parts.network.isOnline ? json(await parts.simulate(SIMULATED_VISITORS)) : json({ online: false }, 503)
  }
  if (!READING.includes(method)) return wrongMethod(READING)

  const file = parts.files.get(path)
  if (file) return file
  const asked = query.get('lang')
  const language = languageOf(request, parts)
  const reply = await replyWithPage(path, query, language, parts)
  if (!isLanguage(asked)) return reply
  const cookie = `${LANGUAGE_COOKIE}=${asked}; Path=/; SameSite=Strict`
  return { ...reply, headers: { ...reply.headers, 'set-cookie': cookie } }
}

async function replyWithPage(
  path: string,
  query: URLSearchParams,
  language: Language,
  { folder, truth }: DemoParts,
): Promise<Reply> {
  switch (path) {
    case '/':
      return page(<LivePage />, language)
    case '/truth':
      return page(<TruthPage truth={await truth(SIMULATED_VISITORS)} />, language)
    case '/report':
      return await replyWithReport(folder, language)
    case '/robots.txt':
      return text('User-agent: *\nDisallow: /')
    case '/favicon.svg':
    case '/favicon.ico':
      return FAVICON
    case '/shop':
      return { ...text('The shop is at /shop/', 308), headers: { location: '/shop/' } }
    default:
      return replyOfShop(path, query, language)
  }
}

function replyOfNetwork(online: string | null, network: Network): Reply {
  if (online !== 'true' && online !== 'false') return text('Say ?online=true or ?online=false.', 400)
  network.set(online === 'true')
  return json({ online: network.isOnline })
}

/** What the address asks for, else what was chosen before, else what the demo was started with. */
function languageOf({ url, cookie = '' }: DemoRequest, { language }: DemoParts): Language {
  const asked = url.searchParams.get('lang')
  if (isLanguage(asked)) return asked
  const chosen = cookie
    .split('; ')
    .find(part => part.startsWith(`${LANGUAGE_COOKIE}=`))
    ?.split('=')[1]
  return isLanguage(chosen) ? chosen : language
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

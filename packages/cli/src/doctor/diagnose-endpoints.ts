import { broken, ok } from './diagnosis.ts'
import type { Diagnosis } from './diagnosis.ts'
import type { EndpointTrial, Visit } from './visit.ts'

/** Whether the endpoints take batches from this page. */
export function diagnoseEndpoints(visit: Visit): readonly Diagnosis[] {
  return visit.endpoints.map(trial => diagnoseEndpoint(trial, visit))
}

function diagnoseEndpoint({ endpoint, status, answer, outside }: EndpointTrial, { url, violations }: Visit): Diagnosis {
  const page = new URL(url)
  const target = new URL(endpoint)
  const source = target.origin === page.origin ? "'self'" : target.origin
  if (violations.some(({ directive, blocked }) => directive === 'connect-src' && isBlocked(endpoint, blocked)))
    return broken(
      'policy',
      `the policy of the page (CSP) does not let it send to ${endpoint}`,
      `Add ${source} to connect-src.`,
    )

  if (status === undefined) return diagnoseSilence(endpoint, outside, page)
  const isPage = answer.trim().startsWith('<')
  if (status === 200 && !isPage) return ok('endpoint', `${endpoint} takes batches of this page`)
  if (status >= 200 && status < 300 && !isPage)
    return ok('endpoint', `${endpoint} answers ${status} to batches of this page`)
  const said = errorIn(answer)
  const what = `${endpoint} answers ${isPage ? 'with a page' : status || 'with a redirect'}${said ? `: ${said}` : ''}`
  if (status === 401 || status === 403)
    return broken(
      'endpoint',
      what,
      'Allow this site at the collector (--origin, allowedOrigins), and give the tracker its write key (`data-write-key`).',
    )
  if (status >= 500 || status === 429)
    return broken('endpoint', what, 'Its log says why. The tracker keeps events and sends them again.')
  return broken(
    'endpoint',
    what,
    'Correct `data-endpoint` of the tag (`endpoint` in createTracker), or start the collector there: npx jejak collect',
  )
}

function diagnoseSilence(endpoint: string, outside: EndpointTrial['outside'], page: URL): Diagnosis {
  if (outside && 'status' in outside) {
    const { allowedOrigin } = outside
    const isForeign = new URL(endpoint).origin !== page.origin
    if (isForeign && allowedOrigin !== '*' && allowedOrigin !== page.origin) {
      const got = allowedOrigin === null ? 'it sends no Access-Control-Allow-Origin' : `it allows ${allowedOrigin}`
      return broken(
        'endpoint',
        `${endpoint} does not let pages of ${page.origin} read its answer (CORS): ${got}`,
        `Send Access-Control-Allow-Origin: ${page.origin}. Jejak's collector: --origin ${page.origin} (allowedOrigins).`,
      )
    }
    if (page.protocol === 'https:' && endpoint.startsWith('http:'))
      return broken('endpoint', `${endpoint} is not reached from a page that is https`, 'Serve it by https.')
    return broken(
      'endpoint',
      `${endpoint} answers ${outside.status} from outside, but not in the browser`,
      "Something in between stops it. A path of the shop's own site, such as /e, is the safest.",
    )
  }
  const why = outside ? `: ${outside.error}` : ''
  return broken(
    'endpoint',
    `nobody answers at ${endpoint}${why}`,
    'Start the collector there (npx jejak collect), or correct `data-endpoint` of the tag.',
  )
}

/** Some browsers tell only the origin of what was stopped. */
function isBlocked(endpoint: string, blocked: string): boolean {
  return URL.canParse(blocked) && endpoint.startsWith(blocked.replace(/\/$/, ''))
}

function errorIn(answer: string): string | undefined {
  try {
    const { error } = JSON.parse(answer) as { error?: unknown }
    return typeof error === 'string' ? error : undefined
  } catch {
    return undefined
  }
}

import { broken, ok, warning } from './diagnosis.ts'
import type { Diagnosis } from './diagnosis.ts'
import type { TrackerScript, Visit } from './visit.ts'

const SCRIPT_TYPE = /\b(java|ecma)script\b/i

/** Whether the tracker is on the page, once. */
export function diagnoseTag(visit: Visit): readonly Diagnosis[] {
  const { scripts, global, batches, violations, hasPanel } = visit
  const inline = violations.some(({ directive, blocked }) => directive.startsWith('script-src') && blocked === 'inline')
  const findings = scripts.flatMap(script => diagnoseScript(script, visit))
  if (inline && global !== 'tracker')
    findings.push(
      warning(
        'policy',
        'the policy of the page (CSP) stops an inline script',
        'If it is the line that keeps calls until the tracker has loaded, or your own start of it: allow it in script-src by its hash or a nonce. The console of the browser tells the hash.',
      ),
    )
  const trackers = scripts.filter(({ isTracker }) => isTracker)
  if (trackers.length === 0 && findings.length === 0 && batches.length === 0) {
    const what =
      global === 'stub'
        ? 'the line that keeps calls is there, but no tag that loads the tracker'
        : 'there is no tracker on this page'
    return [
      broken(
        'tag',
        what,
        'Add the tag to every page: `<script async src="/jejak.js" data-endpoint="/e"></script>`; or import createTracker from @jejak/browser.',
      ),
    ]
  }
  if (trackers.length > 1)
    findings.push(
      warning(
        'tag',
        `the tracker is loaded ${trackers.length} times: ${trackers.map(({ url }) => url).join(', ')}`,
        'Keep one: two of them count everything twice, unless one is a module that is never started.',
      ),
    )
  const visitors = new Set(batches.flatMap(({ events }) => events.map(({ visitor }) => visitor)))
  if (visitors.size > 1)
    findings.push(
      warning(
        'tag',
        `${visitors.size} trackers send from this page, each with a visitor of its own`,
        'Right, if they have different `name`s on purpose; else call createTracker() once.',
      ),
    )
  if (hasPanel)
    findings.push(
      warning(
        'tag',
        'the panel of the inspector is shown to every visitor',
        'Take it off, or give its tag `data-parameter="jejak_debug"`: then only an address with ?jejak_debug shows it.',
      ),
    )
  return findings
}

function diagnoseScript(
  { url, status, type, bytes, isTracker, failure }: TrackerScript,
  { url: page, violations }: Visit,
): Diagnosis[] {
  const stopped = violations.some(
    ({ directive, blocked }) => directive.startsWith('script-src') && url.startsWith(blocked),
  )
  if (stopped) {
    const source = new URL(url).origin === new URL(page).origin ? "'self'" : new URL(url).origin
    return [broken('policy', `the policy of the page (CSP) does not let ${url} run`, `Add ${source} to script-src.`)]
  }
  if (status === undefined)
    return [
      broken(
        'tag',
        `${url} could not be loaded: ${failure ?? 'no answer'}`,
        'Is the address of the tag right, and the server up?',
      ),
    ]
  if (status >= 400)
    return [
      broken(
        'tag',
        `${url} answers ${status}`,
        'Put the file there (dist/jejak.js of @jejak/browser), or correct `src`.',
      ),
    ]
  if (!SCRIPT_TYPE.test(type) && !isTracker)
    return [
      broken(
        'tag',
        `${url} is no script but ${type || 'of no type'}`,
        'A server that answers everything with its start page does that. Put the file there (dist/jejak.js of @jejak/browser).',
      ),
    ]
  if (!isTracker)
    return [
      warning('tag', `${url} loads, but the tracker is not in it`, 'Is it the file dist/jejak.js of @jejak/browser?'),
    ]
  const about = `${url} loads: ${status}, ${(bytes / 1_000).toFixed(1)} kB before packing`
  if (!SCRIPT_TYPE.test(type))
    return [
      broken(
        'tag',
        `${about}, but as ${type || 'no type at all'}`,
        'Serve it as text/javascript: browsers run nothing else where `nosniff` is set.',
      ),
    ]
  return [ok('tag', about)]
}

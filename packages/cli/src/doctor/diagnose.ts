import { diagnoseEndpoints } from './diagnose-endpoints.ts'
import { diagnoseEvents } from './diagnose-events.ts'
import { diagnoseTag } from './diagnose-tag.ts'
import { broken, ok, warning } from './diagnosis.ts'
import type { Diagnosis } from './diagnosis.ts'
import type { Visit } from './visit.ts'

/** What a visit shows, in the order in which it would be mended: what comes first keeps what follows from working. */
export function diagnose(visit: Visit): readonly Diagnosis[] {
  const { failure, status = 200 } = visit
  if (failure !== undefined)
    return [broken('page', `the page could not be loaded: ${failure}`, 'Is the address right, and the shop up?')]

  const page = status >= 400 ? [warning('page', `the page answers ${status}`, 'Is this the page you meant?')] : []
  const tag = diagnoseTag(visit)
  const isThere = !tag.some(({ level }) => level === 'broken') || visit.batches.length > 0
  if (!isThere) return [...page, ...tag]
  return [
    ...page,
    ...tag,
    ...diagnoseConsent(visit),
    ...diagnoseEndpoints(visit),
    ...diagnoseDelivery(visit),
    ...diagnoseNavigation(visit),
    ...diagnoseEvents(visit),
    ...diagnoseSpeed(visit),
  ]
}

function diagnoseConsent({ consent, batches }: Visit): Diagnosis[] {
  if (!consent)
    return batches.length > 0 ? [ok('consent', 'consent lets events go without a visitor doing anything')] : []
  const { before, by, cameAfter } = consent
  const isDenied = before === 'denied'
  const state = isDenied
    ? 'consent is denied from the start: nothing is tracked'
    : 'consent is pending: events wait in memory, and nothing is stored or sent'
  if (cameAfter) {
    const after = by === 'click' ? 'after the click' : "after setConsent('granted')"
    return [
      warning(
        'consent',
        `${state}. They go ${after}`,
        'Right, if your consent banner calls `setConsent()` when the visitor has decided. To try the banner itself: --click and the selector of its button.',
      ),
    ]
  }
  if (by === undefined)
    return [
      warning(
        'consent',
        state,
        "Call `setConsent('granted')` (or limited, denied) from your consent banner. To see what comes then: --click and the selector of its button.",
      ),
    ]
  const cause = by === 'click' ? 'the click changed nothing' : "not even setConsent('granted') changed that"
  return [
    broken(
      'consent',
      `${state}, and ${cause}`,
      "Call `setConsent('granted')` of this tracker when the visitor agrees.",
    ),
  ]
}

function diagnoseDelivery({ batches, notices, consent }: Visit): Diagnosis[] {
  if (batches.length > 0) {
    const names = [...new Set(batches.flatMap(({ events }) => events.map(({ name }) => name)))]
    const count = batches.reduce((sum, { events }) => sum + events.length, 0)
    return [
      ok('delivery', `${count} ${count === 1 ? 'event was' : 'events were'} sent: ${names.slice(0, 12).join(', ')}`),
    ]
  }
  if (consent) return []
  const said = notices.at(-1)
  return [
    broken(
      'delivery',
      'the tracker sent nothing',
      said ??
        'Is createTracker() called, or does the tag have `data-auto="false"` while nothing calls track()? The console of the browser may say more.',
    ),
  ]
}

function diagnoseNavigation({ navigation, batches }: Visit): Diagnosis[] {
  if (!navigation) return []
  const hasViews = batches.some(({ events }) => events.some(({ name }) => name === 'page_view'))
  if (!hasViews)
    return [
      broken(
        'page_views',
        'no page view was sent',
        'Take `data-auto="false"` off the tag, or use `plugins: [pageViews()]`.',
      ),
    ]
  if (navigation.forth && navigation.back)
    return [ok('page_views', 'page views come on load, when the address changes without a load, and on the way back')]
  const where = navigation.forth ? 'the way back brings none' : 'a change of the address without a load brings none'
  return [
    warning(
      'page_views',
      `a page view comes on load, but ${where}`,
      'Where the shop goes from page to page without loading them, views are missing: take `data-auto="false"` off the tag, or use `plugins: [pageViews()]`. No harm where every page is loaded, or where the router of the shop calls track() by itself.',
    ),
  ]
}

/** Beyond this a visitor feels it: https://web.dev/articles/inp */
const FELT_MS = 200

function diagnoseSpeed({ longTasks }: Visit): Diagnosis[] {
  if (longTasks.length === 0) return [ok('speed', 'the tracker never kept the page busy for 50 ms')]
  const what = `a script with the tracker in it kept the page busy for ${Math.max(...longTasks)} ms at a time`
  if (Math.max(...longTasks) < FELT_MS) return [ok('speed', `${what}, which nobody feels`)]
  const mend = 'Load the tag with `async`. If it is the bundle of the whole shop, the tracker need not be the cause.'
  return [warning('speed', what, mend)]
}

import { ENGINES } from '../engine.ts'
import type { Fault, Outcome, Stage } from '../fault.ts'
import { withFramedTrial } from '../framed-trial.ts'
import { openBlocking, openPrivate } from '../private-window.ts'
import { createTally } from '../tally.ts'
import { openTrialPage } from '../trial-page.ts'
import type { TrialPage } from '../trial-page.ts'

const everywhere = { row: 15, engines: ENGINES } as const
const inTwo = { row: 15, engines: ['chromium', 'firefox'] } as const
const DOWN = { status: 503 }

/** Tracks 20 events while the server is down, and 20 more later. */
async function track40(stage: Stage, { track, flush, dropped }: TrialPage): Promise<Outcome> {
  const { endpoint } = stage
  const tally = createTally(stage)
  endpoint.next(DOWN, DOWN)
  await track(tally.next(20), 20)
  await endpoint.until(() => endpoint.batches.length > 0)
  await track(tally.next(20), 20)
  await tally.settled()
  await flush()
  return tally.outcome(await dropped())
}

/** Runs in the page: everything that could hold something is denied, as by a policy that speaks in all ways at once. */
function denyStorage(): void {
  const deny = (): never => {
    throw new DOMException('The operation is insecure.', 'SecurityError')
  }
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
    Object.defineProperty(window, name, { get: deny })
  }
  Object.defineProperty(document, 'cookie', { get: deny, set: deny })
  if (navigator.locks) navigator.locks.request = () => Promise.reject(new DOMException('Denied.', 'SecurityError'))
}

/** Runs in the page: an old browser, or one built without these, knows none of them. */
function removeStorage(): void {
  for (const name of ['localStorage', 'indexedDB', 'IDBFactory', 'BroadcastChannel']) {
    Object.defineProperty(window, name, { value: undefined })
  }
  Object.defineProperty(navigator, 'locks', { value: undefined })
}

/** Runs in the page: as in an old private window, where there is a storage that holds nothing. */
function leaveNoRoom(): void {
  Storage.prototype.setItem = () => {
    throw new DOMException('No room is left.', 'QuotaExceededError')
  }
  IDBFactory.prototype.open = () => {
    throw new DOMException('A mutation operation was attempted on a database.', 'InvalidStateError')
  }
}

export const faults: readonly Fault[] = [
  {
    ...inTwo,
    name: 'the window is private',
    cannot: { webkit: 'its driver opens no private windows' },
    fast: ['chromium'],
    run: async stage => track40(stage, await openTrialPage(stage, { browser: await openPrivate(stage) })),
  },
  {
    ...inTwo,
    name: 'the browser is set to store nothing of any site',
    cannot: { webkit: 'it has no such setting that a profile could hold' },
    fast: ['chromium'],
    run: async stage => track40(stage, await openTrialPage(stage, { browser: await openBlocking(stage) })),
  },
  {
    ...everywhere,
    name: 'a policy denies all that could store anything, and locks',
    run: async stage => track40(stage, await openTrialPage(stage, { before: denyStorage })),
  },
  {
    ...everywhere,
    name: 'the browser knows neither storage nor locks',
    run: async stage => track40(stage, await openTrialPage(stage, { before: removeStorage })),
  },
  {
    ...everywhere,
    name: 'storage has no room, not even for a byte',
    run: async stage => track40(stage, await openTrialPage(stage, { before: leaveNoRoom })),
  },
  {
    ...everywhere,
    name: 'the tracker is in a frame on another site, where storage is apart from that of its own',
    fast: ['chromium'],
    run: stage => withFramedTrial(stage, { top: stage.endpoint.otherSite }, page => track40(stage, page)),
  },
  {
    ...everywhere,
    name: 'the tracker is in a sandboxed frame, which is of no origin',
    fast: ['chromium'],
    run: stage => withFramedTrial(stage, { sandbox: 'allow-scripts' }, page => track40(stage, page)),
  },
  {
    ...everywhere,
    name: 'the tracker is in a sandboxed frame on another site',
    run: stage =>
      withFramedTrial(stage, { top: stage.endpoint.otherSite, sandbox: 'allow-scripts' }, page => track40(stage, page)),
  },
]

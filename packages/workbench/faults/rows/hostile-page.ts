import { ENGINES } from '../engine.ts'
import type { Fault, Outcome, Stage } from '../fault.ts'
import { withFramedTrial } from '../framed-trial.ts'
import { createTally } from '../tally.ts'
import { openTrialPage } from '../trial-page.ts'

const everywhere = { row: 24, engines: ENGINES } as const

type Moment = 'before the tracker is loaded' | 'after the tracker is made'

/** How long a page has to write what it tracked. */
const KEEP_MS = 5_000

/**
 * The page is spoiled and tracks 20 events twice, then it is left for a sound one. Nothing may throw; what cannot be
 * sent in such a page must have been kept for the next.
 */
async function trackInSpoiled(stage: Stage, spoil: () => unknown, moment: Moment): Promise<Outcome> {
  const tally = createTally(stage)
  const isBefore = moment === 'before the tracker is loaded'
  const { browser, tab, track, dropped } = await openTrialPage(stage, isBefore ? { before: spoil } : {})
  if (!isBefore) await tab.run(spoil, undefined)
  await track(tally.next(20), 20)
  await tab.run(() => new Promise(resolve => requestAnimationFrame(() => resolve(null))), undefined)
  await track(tally.next(20), 20)
  // Where neither storage nor requests were ready yet, nothing could be kept, whoever is to blame.
  for (const until = Date.now() + KEEP_MS; Date.now() < until;) {
    if (tally.stored() + (await tab.run(() => trial.countRows(), undefined)) >= 40) break
  }
  const given = await dropped()
  await tab.goto(`${stage.endpoint.origin}/plain?page=next`)
  const sound = await openTrialPage(stage, { browser })
  await tally.settled()
  await sound.flush()
  return tally.outcome(given + (await sound.dropped()))
}

/** One fault for each moment at which a page may do it. */
function spoiled(what: string, spoil: () => unknown, fast?: Moment): Fault[] {
  return (['before the tracker is loaded', 'after the tracker is made'] as const).map(moment => ({
    ...everywhere,
    name: `the page ${what}, ${moment}`,
    ...(fast === moment && { fast: ['chromium'] as const }),
    run: stage => trackInSpoiled(stage, spoil, moment),
  }))
}

function failFetch(): void {
  window.fetch = () => {
    throw new TypeError('not with this page')
  }
}

/** As some polyfills and wrappers do, it forgets what it does not know: the signal, and that the page may go. */
function wrapFetch(): void {
  const fetch = window.fetch.bind(window)
  window.fetch = async (address, { method, body, headers } = {}) => {
    const answer = await fetch(address, { method: method!, body: body!, headers: headers! })
    const { status, ok } = answer
    return { status, ok, text: () => answer.text() } as Response
  }
}

/** As a test page does that forgot to undo it. */
function mockFetch(): void {
  window.fetch = async () => undefined as unknown as Response
}

/** As polyfills from before 2017 are still found to do: it knows less than the browser's, and gives back its own kind. */
function replacePromise(): void {
  const { Promise: Real } = window
  const Old = function <Value>(work: ConstructorParameters<typeof Promise<Value>>[0]) {
    return Object.setPrototypeOf(new Real(work), Old.prototype) as unknown
  }
  Old.prototype = Object.create(Real.prototype, {
    constructor: { value: Old },
    finally: { value: undefined },
  }) as object
  for (const name of ['resolve', 'reject', 'all', 'race'] as const) {
    const make = Real[name].bind(Real) as (given: never) => Promise<unknown>
    Object.assign(Old, { [name]: (given: never) => Object.setPrototypeOf(make(given), Old.prototype) as unknown })
  }
  window.Promise = Old as unknown as PromiseConstructor
}

/** As tests do that stop the clock: there is no `now`, and what is made is of another kind. */
function replaceDate(): void {
  const { Date: Real } = window
  const Fixed = function () {
    return new Real(2_020, 1, 1)
  }
  Fixed.prototype = Real.prototype
  window.Date = Fixed as unknown as DateConstructor
}

function textDate(): void {
  Date.now = () => '2026-01-01' as unknown as number
}

function failListeners(): void {
  EventTarget.prototype.addEventListener = () => {
    throw new TypeError('not with this page')
  }
}

function ignoreListeners(): void {
  EventTarget.prototype.addEventListener = () => {}
  window.addEventListener = () => {}
  document.addEventListener = () => {}
}

/** As hardened environments do. It also keeps others from having a property of the same name, in strict code. */
function freezePrototypes(): void {
  for (const name of Object.getOwnPropertyNames(window)) {
    const made: unknown = Object.getOwnPropertyDescriptor(window, name)?.value
    const { prototype } = (typeof made === 'function' ? made : {}) as { readonly prototype?: object }
    if (prototype) Object.freeze(prototype)
  }
}

/** As scripts of long ago do, for which `for … in` was never safe. */
function extendPrototypes(): void {
  const more = { each() {}, extend() {}, include: 'include' }
  Object.assign(Object.prototype, more)
  Object.assign(Array.prototype, more)
  Object.assign(String.prototype, more)
}

/** As Prototype.js 1.6 does: JSON of a list is then a text. Lists of one are spared, for drivers answer in these. */
function giveListsToJson(): void {
  Object.assign(Array.prototype, {
    toJSON(this: unknown[]) {
      return this.length === 1 ? this : `[${this.join(', ')}]`
    },
  })
}

/** As a page with fake timers does that nobody moves on. What has not to wait is spared, for drivers need that. */
function stopTimers(): void {
  const wait = window.setTimeout.bind(window)
  Object.assign(window, {
    setTimeout: (work: () => void, ms?: number) => (ms ? 1 : wait(work)),
    setInterval: () => 1,
    queueMicrotask: () => {},
  })
}

function removeConsole(): void {
  Object.defineProperty(window, 'console', { value: undefined })
}

function failChance(): void {
  Math.random = () => NaN
  crypto.getRandomValues = bytes => bytes
}

/** A worker that spoils the first requests with events, and lets the rest through. */
function worker(spoil: string): string {
  return `let left = 3
addEventListener('install', () => skipWaiting())
addEventListener('activate', event => event.waitUntil(clients.claim()))
addEventListener('fetch', event => {
  if (event.request.method === 'POST' && left-- > 0) event.respondWith(${spoil})
})`
}

/** Runs in the page: has the worker in charge before anything is tracked. */
async function putWorkerInCharge(): Promise<void> {
  const inCharge = new Promise(resolve => navigator.serviceWorker.addEventListener('controllerchange', resolve))
  await navigator.serviceWorker.register('/worker.js')
  if (!navigator.serviceWorker.controller) await inCharge
}

function behindWorker(name: string, spoil: string, fast?: Fault['fast']): Fault {
  const files = { '/worker.js': { type: 'text/javascript', body: worker(spoil) } } as const
  return {
    ...everywhere,
    name,
    ...(fast && { fast }),
    run: stage =>
      withFramedTrial(stage, { files, before: putWorkerInCharge }, async ({ track, flush, dropped }) => {
        const tally = createTally(stage)
        await track(tally.next(20), 20)
        await tally.settled()
        await flush()
        return tally.outcome(await dropped())
      }),
  }
}

export const faults: readonly Fault[] = [
  behindWorker('a service worker answers that the network failed', 'Response.error()', ['chromium']),
  behindWorker('a service worker breaks while it answers', "Promise.reject(new Error('broken'))"),
  behindWorker(
    'a service worker answers with its page for when one is offline',
    "new Response('Offline', { status: 503 })",
  ),
  ...spoiled('makes `fetch` fail', failFetch, 'before the tracker is loaded'),
  ...spoiled('wraps `fetch` badly', wrapFetch, 'after the tracker is made'),
  ...spoiled('mocks `fetch`', mockFetch),
  ...spoiled('replaces `Promise` by an old one', replacePromise, 'after the tracker is made'),
  ...spoiled('replaces `Date` by one that stands still', replaceDate, 'before the tracker is loaded'),
  ...spoiled('makes `Date.now` a text', textDate),
  ...spoiled('makes `addEventListener` fail', failListeners, 'before the tracker is loaded'),
  ...spoiled('makes `addEventListener` do nothing', ignoreListeners),
  ...spoiled('freezes all prototypes', freezePrototypes, 'before the tracker is loaded'),
  ...spoiled('adds to the prototypes of all objects', extendPrototypes),
  ...spoiled('gives lists a `toJSON`', giveListsToJson, 'before the tracker is loaded'),
  ...spoiled('stops all timers', stopTimers),
  ...spoiled('has no console', removeConsole),
  ...spoiled('has no chance, and equal random numbers', failChance),
]

import { CONSENT_STATES, createEventIds } from '@jejak/events'
import type { ConsentState, DropReason, Envelope } from '@jejak/events'
import { createBrowserStorage } from './browser-storage.ts'
import { createConsent, isConsentState } from './consent.ts'
import { createDelivery } from './delivery.ts'
import { createSeal } from './envelope.ts'
import { listen } from './listen.ts'
import { notice } from './notice.ts'
import { checkOptions } from './options.ts'
import type { TrackerOptions } from './options.ts'
import { createPageReader } from './page.ts'
import type { IdentifyDetails, TrackOptions, Tracker } from './plugin.ts'
import { createProblems } from './problems.ts'
import type { Row } from './row.ts'
import { createSession } from './session.ts'
import { readArrival, withoutClickIds } from './touchpoint.ts'
import { createTransport, watchPolicy } from './transport.ts'
import { createVisitor } from './visitor.ts'

export type { Plugin, TrackOptions, Tracker } from './plugin.ts'

/**
 * Starts a tracker. Throws a TypeError for options that cannot work; after that nothing it does throws. Where there is
 * no page, as on a server that renders one, it does nothing.
 */
export function createTracker<Own = unknown>(options: TrackerOptions): Tracker<Own> {
  checkOptions(options ?? {})
  return (typeof document === 'undefined' ? createIdleTracker() : createPageTracker(options)) as Tracker<Own>
}

function createIdleTracker(): Tracker {
  const nothing = () => {}
  const nothingLater = () => Promise.resolve()
  return {
    track: nothing,
    identify: nothing,
    setConsent: nothing,
    flush: nothingLater,
    stop: nothing,
    forget: nothingLater,
    debug: () => ({
      consent: 'pending',
      outbox: 'memory',
      waiting: 0,
      dropped: {},
      lastAnswer: undefined,
      problems: [],
    }),
    visitorId: '',
    sessionId: undefined,
    consent: 'pending',
    stage: undefined,
    pageUrl: '',
  }
}

function createPageTracker(options: TrackerOptions): Tracker {
  const running = new AbortController()
  const { signal } = running
  const log = options.debug ? (...details: unknown[]) => globalThis.console.debug('jejak:', ...details) : () => {}
  const {
    name = 'jejak',
    endpoint = 'the transport',
    now = () => Number(new Date()),
    random = Math.random,
    onDrop,
    onError,
  } = options
  const storage = createBrowserStorage(name)
  const makeId = createEventIds()
  const newId = (time = Math.floor(now())) => makeId(time)
  const problems = createProblems(onError && safely(onError))
  const given = {
    ...options,
    name,
    endpoint,
    now,
    random,
    storage,
    problems,
    log,
    newId,
  }

  const consent = createConsent(given)
  const visitor = createVisitor(given)
  const session = createSession(given)
  const page = createPageReader(given)
  const arrival = readArrival(page.clean, !session.state)
  /** The mark of the last time that everything was erased, as far as it is known here. */
  let erasure = storage.read('erase')
  const mayRun = () => {
    // Another tab's word may not have come here yet, or that it has erased everything.
    obey(consent.load, false)
    const mark = storage.read('erase')
    if (mark && mark !== erasure) void leaveVisitor(consent.allows)
    return (
      consent.allows && !signal.aborted && !(document as Document & { readonly prerendering?: boolean }).prerendering
    )
  }
  const seal = createSeal({ ...given, consent, visitor, session, page, arrival })
  const delivery = createDelivery({
    ...given,
    transport: options.transport ?? createTransport(given),
    mayRun,
    onDrop: onDrop && safely(onDrop),
  })

  function track(event: string, properties?: object, details?: TrackOptions): void {
    if (signal.aborted) return
    if (consent.state === 'pending') {
      problems.tell('consent', 'Consent is pending: events wait for `setConsent`.')
    }
    let row: Row | DropReason
    try {
      row = consent.state === 'denied' ? 'consent' : seal(event, properties, details)
    } catch (error) {
      log(event, error)
      row = 'unreadable'
    }
    if (typeof row === 'string') return delivery.drop(row, 1)
    delivery.add(row)
    settleSoon()
  }

  // Everything that is slow happens after the caller's task, once for all that it tracked.
  let isDue = false
  function settleSoon(): void {
    if (!isDue) queueMicrotask(() => settle())
    isDue = true
  }

  function settle(urgent = false): void {
    isDue = false
    if (!mayRun() || !session.state) return
    if (visitor.save()) correct()
    session.save()
    delivery.settle(urgent)
  }

  function identify(userId: string, details?: IdentifyDetails): void {
    const { accountId, traits } = details ?? {}
    if (!userId) return notice('identify: `userId` is missing')
    if (consent.state !== 'denied') visitor.identify(`${userId}`, accountId && `${accountId}`)
    track('identify', traits && { traits })
  }

  function setConsent(word: ConsentState): void {
    if (!isConsentState(word)) return notice(`setConsent: expected ${CONSENT_STATES.join(', ')}; got ${String(word)}`)
    // Another tab may have said the same already.
    obey(consent.load, false)
    const { state } = consent
    // Another tab that had not heard of the denial may have left something behind.
    if (state === 'denied') void erase(true)
    obey(() => consent.set(word), true)
    if (consent.allows && word !== state) track('consent_change', { consent_from: state, consent_to: word })
  }

  /** Does what a change of consent asks for: what waited goes on its way, or is erased with everything else. */
  function obey(change: () => void, isOwnWord: boolean): void {
    const allowed = consent.allows
    change()
    if (consent.allows && !allowed) release()
    if (!consent.allows && (allowed || consent.state === 'denied')) {
      // The tab that was told erases everything, once: what comes after may be allowed again.
      const erased = isOwnWord ? erase(allowed) : leaveVisitor(allowed)
      void erased.then(count => count && delivery.drop('consent', count))
    }
  }

  /** Another tab has erased the visitor. */
  function leaveVisitor(stored: boolean): Promise<number> {
    erasure = storage.read('erase')
    visitor.load()
    session.load(true)
    return delivery.forget(stored ? 'own' : 'memory')
  }

  function release(): void {
    visitor.load()
    session.load()
    correct()
    settleSoon()
  }

  /** Events that were not written yet are to say what is allowed now, and whose they are. */
  function correct(): void {
    delivery.rewrite(json => {
      const { touch, ...envelope } = JSON.parse(json) as Envelope
      return JSON.stringify({
        ...envelope,
        ...(touch && { touch: consent.state === 'limited' ? withoutClickIds(touch) : touch }),
        visitor_id: visitor.ids.visitor_id, // another tab may have been the first to store one
      })
    })
  }

  function erase(stored: boolean): Promise<number> {
    const isKnown = stored || storage.read('visitor')
    visitor.forget()
    session.forget()
    const mark = newId()
    if (isKnown) {
      erasure = mark
      return delivery.forget({ mark })
    }
    // Other tabs may have something in memory: they hear of it, and nothing of it stays, but a mark that was there.
    const unerased = storage.read('erase') ?? undefined
    storage.write('erase', mark)
    storage.write('erase', unerased)
    return delivery.forget('memory')
  }

  const stops: (void | (() => void))[] = []
  const tracker: Tracker = {
    track: safely(track),
    identify: safely(identify),
    setConsent: safely(setConsent),
    flush() {
      settle()
      return delivery.flush()
    },
    stop() {
      for (const stop of stops) safely(() => stop?.())()
      settle(true)
      running.abort()
    },
    forget: async () => void (await erase(consent.allows)),
    debug: () => ({ ...delivery.state(), consent: consent.state, problems: [...problems.told] }),
    get visitorId() {
      return visitor.ids.visitor_id
    },
    get sessionId() {
      return session.state?.session_id
    },
    get consent() {
      return consent.state
    },
    get stage() {
      return session.state?.stage
    },
    get pageUrl() {
      return page.clean(location.href)
    },
  }

  /** Whatever goes wrong in here is not the page's trouble. */
  function safely<Details extends unknown[]>(work: (...details: Details) => void): (...details: Details) => void {
    return (...details) => {
      try {
        work(...details)
      } catch (error) {
        log(error)
      }
    }
  }

  const onSibling = (key?: string) => {
    obey(consent.load, false)
    const isSame = visitor.load()
    if (key ? key === 'erase' : !isSame) void leaveVisitor(consent.allows)
    else session.load()
  }
  // Before the plugins: a page that is restored is to know what was said meanwhile before it tracks anything.
  storage.watch(onSibling, signal)
  for (const plugin of options.plugins ?? []) safely(() => stops.push(plugin(tracker)))()
  // After the plugins: what they track when a page is left, or shown at last, is to leave with the rest.
  listen(document, 'prerenderingchange', () => settle(), signal)
  delivery.watch(signal)
  if (options.endpoint) watchPolicy(options.endpoint, problems, signal)
  return tracker
}

import type { Batch, ConsentState, DropReason, Envelope, StageRules } from '@jejak/events'
import { isConsentState } from './consent.ts'
import type { Plugin } from './plugin.ts'
import type { Problem } from './problems.ts'
import type { Transport } from './transport.ts'

/** Where events go: to an endpoint, or wherever a transport of the page's own takes them. */
export type TrackerOptions = TrackerSettings &
  ({ readonly endpoint: string } | { readonly endpoint?: string | undefined; readonly transport: Transport })

export interface TrackerSettings {
  /** Tells trackers of one site apart: each name has a visitor, session and outbox of its own. Default: `jejak`. */
  readonly name?: string | undefined
  /** Sent with each batch, for endpoints that serve several shops. */
  readonly writeKey?: string | undefined
  /**
   * What is allowed until the visitor gives their own word by `setConsent`, which is remembered and counts more.
   * Default: `granted`, or `limited` where the browser sends a Global Privacy Control signal.
   */
  readonly consent?: ConsentState | undefined
  /**
   * Changes an event before it is stored or sent, such as `redactPersonalData`, or gives back nothing to have it left
   * out, which is counted as `filtered`. An event is not kept when this throws.
   */
  readonly beforeSend?: ((event: Envelope) => Envelope | undefined) | undefined
  /** The visitor to go on with where this browser knows none, such as `linkedVisitor()` of another domain. */
  readonly visitorId?: string | undefined
  /** What the tracker does by itself, such as `pageViews()`. */
  readonly plugins?: readonly Plugin[] | undefined
  /** The shop's own rules for the journey stage of an event. */
  readonly stageRules?: StageRules | undefined
  readonly session?: SessionSettings | undefined
  readonly batch?: BatchSettings | undefined
  readonly outbox?: OutboxSettings | undefined
  /** URL parameters to keep besides `q s query search page variant sku id category sort`; all others are cut off. */
  readonly allowParameters?: readonly string[] | undefined
  /** The type of the page, such as `product`, or how to tell it. Default: by `data-jejak-page`, else by JSON-LD. */
  readonly pageType?: string | (() => string | undefined) | undefined
  /** Headers to send. Any of them makes a browser ask another origin for permission first (CORS preflight). */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Writes the request's body, for endpoints that want another form. Default: the batch as JSON. */
  readonly body?: ((batch: Batch) => string) | undefined
  /** Sends a batch in place of the built-in one. It then decides about `headers` and `body` itself. */
  readonly transport?: Transport | undefined
  /** Told of events that were given up: why, how many, and, where they are still there, which. */
  readonly onDrop?: ((reason: DropReason, count: number, events?: readonly Envelope[]) => void) | undefined
  /** Told what keeps events from arriving and how to mend it, each once: the same lines that are in the console. */
  readonly onError?: ((problem: Problem) => void) | undefined
  /** Writes to the console what is tracked and sent. Default: false. */
  readonly debug?: boolean | undefined
  /** The clock: milliseconds since the epoch. Default: `Date.now`. */
  readonly now?: (() => number) | undefined
  /** Chance, for the waits between attempts: from 0 to 1. Default: `Math.random`. */
  readonly random?: (() => number) | undefined
}

export interface SessionSettings {
  /** A session ends when nothing happened for so many minutes. Default: 30. */
  readonly idleMinutes?: number | undefined
  /** Whether it ends at midnight too, where the visitor is. Default: false. */
  readonly endAtMidnight?: boolean | undefined
}

/** A batch is sent as soon as one of these is reached. */
export interface BatchSettings {
  /** Default: 20. */
  readonly events?: number | undefined
  /** Default: 32,000. It is also the most that one request carries, unless a single event is larger. */
  readonly bytes?: number | undefined
  /** Milliseconds since its first event. Default: 1,000. */
  readonly waitMs?: number | undefined
}

/** How much may wait to be sent. Beyond it the least valuable events are given up, the oldest first. */
export interface OutboxSettings {
  /** Default: 10,000. */
  readonly events?: number | undefined
  /** Default: 5,000,000. */
  readonly bytes?: number | undefined
}

/** Throws a TypeError that says what is wrong with the options, and how it is put right. */
export function checkOptions(options: Partial<TrackerOptions>): void {
  const { endpoint, transport, consent, plugins, name, session, batch, outbox } = options
  if (!transport) expect('endpoint', endpoint ?? '', 'where events are sent, such as "/e"', isFilled)
  expect('name', name, 'a word, such as "jejak"', isFilled)
  expect('consent', consent, '"granted", "pending", "limited" or "denied"', isConsentState)
  expect('plugins', plugins, 'a list of plugins, such as [pageViews()]', isListOfFunctions)
  for (const [group, numbers] of Object.entries({ session, batch, outbox })) {
    for (const option in numbers) {
      expect(`${group}.${option}`, numbers[option as never], 'a number above 0', isPositive)
    }
  }
}

const isFilled = (got: unknown) => typeof got === 'string' && got !== ''
const isListOfFunctions = (got: unknown) => Array.isArray(got) && got.every(one => typeof one === 'function')
/** Some of them are a yes or a no. */
const isPositive = (got: unknown) => typeof got === 'boolean' || (got as number) > 0

function expect(option: string, got: unknown, expected: string, isRight: (got: unknown) => boolean): void {
  if (got === undefined || isRight(got)) return
  const shown = typeof got === 'string' ? `"${got}"` : String(got as number)
  throw new TypeError(`createTracker: \`${option}\` must be ${expected}, but it is ${shown}`)
}

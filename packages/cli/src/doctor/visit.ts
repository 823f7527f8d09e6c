import type { Exchange } from '../inspector/exchange.ts'

/** What was seen when a page was visited. Nothing is judged here; texts are as they came. */
export interface Visit {
  /** Where the visit ended up. */
  readonly url: string
  /** Of the page itself; undefined if it could not be loaded. */
  readonly status: number | undefined
  /** Why it could not be loaded. */
  readonly failure: string | undefined
  readonly browser: string
  /** Scripts that are the tracker, or have it in them, or are meant to be. */
  readonly scripts: readonly TrackerScript[]
  /** `window.jejak`: the tracker, only the line that keeps its calls, or nothing. */
  readonly global: 'tracker' | 'stub' | 'none'
  /** What the page's Content-Security-Policy stopped. */
  readonly violations: readonly Violation[]
  /** What the tracker said in the console. */
  readonly notices: readonly string[]
  readonly batches: readonly SeenBatch[]
  readonly consent: ConsentTrial | undefined
  readonly navigation: NavigationTrial | undefined
  readonly endpoints: readonly EndpointTrial[]
  /** Whether the page describes a product in JSON-LD. */
  readonly isProduct: boolean
  /** Whether the panel of the inspector is on the page, for everybody to see. */
  readonly hasPanel: boolean
  /** How long the tracker's scripts kept the page busy at a time: over 50 ms each, in milliseconds. */
  readonly longTasks: readonly number[]
}

export interface TrackerScript {
  readonly url: string
  /** Undefined where no answer came. */
  readonly status: number | undefined
  readonly type: string
  readonly bytes: number
  /** Whether the tracker is in it. */
  readonly isTracker: boolean
  readonly failure: string | undefined
}

export interface Violation {
  /** Such as `connect-src`. */
  readonly directive: string
  /** An address, or `inline`. */
  readonly blocked: string
}

export interface SeenBatch {
  readonly endpoint: string
  readonly writeKey: string | undefined
  /** What a collector makes of it. */
  readonly exchange: Exchange
  readonly events: readonly SeenEvent[]
}

export interface SeenEvent {
  readonly id: string
  readonly name: string
  readonly url: string
  readonly visitor: string
  readonly properties: string
}

/** What allowing everything changed, where nothing came without. */
export interface ConsentTrial {
  readonly before: string
  /** How it was allowed: a button of the page, or the tracker's own method; undefined where there was no way. */
  readonly by: 'click' | 'setConsent' | undefined
  readonly cameAfter: boolean
}

/** Whether a view was told after the page went to another address by itself, and after it came back. */
export interface NavigationTrial {
  readonly forth: boolean
  readonly back: boolean
}

/** What the endpoint answers to a batch without events, sent from within the page. */
export interface EndpointTrial {
  readonly endpoint: string
  /** Undefined where the page got no answer. */
  readonly status: number | undefined
  readonly answer: string
  /** What the same request got from outside of the browser, where the page got no answer. */
  readonly outside:
    | { readonly status: number; readonly allowedOrigin: string | null }
    | { readonly error: string }
    | undefined
}

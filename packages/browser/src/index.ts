export { createTracker } from './tracker.ts'
export type { BatchSettings, OutboxSettings, SessionSettings, TrackerOptions, TrackerSettings } from './options.ts'
export type { DeliveryState, Diagnosis, IdentifyDetails, Plugin, TrackOptions, Tracker } from './plugin.ts'
export type { Problem, ProblemCode } from './problems.ts'
export type { Delivery, Transport } from './transport.ts'

// The vocabulary, so that a page needs one import; events of its own can be declared on either name.
export type * from '@jejak/events'

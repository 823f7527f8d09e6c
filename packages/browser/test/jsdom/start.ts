// What the tests of this folder share: a tracker whose batches are recorded in place of being sent.
import 'fake-indexeddb/auto'
import { createTracker } from '@jejak/browser'
import type { Delivery, Tracker, TrackerSettings, Transport } from '@jejak/browser'
import type { Batch, Envelope } from '@jejak/events'
import { onTestFinished } from 'vitest'

export type OnDrop = NonNullable<TrackerSettings['onDrop']>

export interface Started {
  tracker: Tracker
  batches: Batch[]
  /** Every event that was sent, after a flush. */
  readonly sent: () => Promise<Envelope[]>
  /** What the next batches are answered with; after these, everything is accepted. */
  answers: Delivery[]
}

let started = 0

export function start(settings: TrackerSettings = {}): Started {
  const batches: Batch[] = []
  const answers: Delivery[] = []
  const record: Transport = async batch => {
    batches.push(batch)
    return answers.shift() ?? { status: 'accepted' }
  }
  const { name = `test-${++started}`, transport = record } = settings
  const tracker = createTracker({ ...settings, name, transport })
  onTestFinished(() => tracker.stop())
  return {
    tracker,
    batches,
    answers,
    async sent() {
      await tracker.flush()
      return batches.flatMap(batch => batch.events)
    },
  }
}

/** A new page load, as far as it can be told here: address and referrer. */
export function visit(url: string, referrer = ''): void {
  history.replaceState(null, '', url)
  Object.defineProperty(document, 'referrer', { configurable: true, value: referrer })
}

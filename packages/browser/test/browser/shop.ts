// What the tests of this folder share: pages of a shop in frames, and the collector their events go to.
import type { TrackerSettings, createTracker } from '@jejak/browser'
import type { pageViews } from '@jejak/browser/page-views'
import type { Batch, Envelope } from '@jejak/events'
import { inject, onTestFinished, vi } from 'vitest'
import type { Answer } from './collector.ts'

export type Shop = Window & typeof globalThis & { createTracker: typeof createTracker; pageViews: typeof pageViews }

export type OnDrop = NonNullable<TrackerSettings['onDrop']>

export interface Frame {
  readonly window: Shop
  /** Goes to another page, or loads the same one again, and waits for it. */
  readonly go: (path?: string) => Promise<Shop>
  readonly close: () => void
}

const PAGE = '/packages/browser/test/browser/page.html'

export async function openPage(path = ''): Promise<Frame> {
  const frame = document.createElement('iframe')
  const load = (start: () => void) =>
    new Promise<Shop>(resolve => {
      frame.addEventListener('load', () => resolve(frame.contentWindow as Shop), { once: true })
      start()
    })
  const shop = () => frame.contentWindow as Shop
  await load(() => {
    frame.src = PAGE + path
    document.body.append(frame)
  })
  onTestFinished(() => frame.remove())
  return {
    get window() {
      return shop()
    },
    go: to => load(() => (to === undefined ? shop().location.reload() : shop().location.assign(PAGE + to))),
    close: () => frame.remove(),
  }
}

export interface Collector {
  readonly endpoint: string
  readonly answer: (...answers: Answer[]) => Promise<void>
  readonly batches: () => Promise<Batch[]>
  /** The events that were accepted, each once. */
  readonly events: () => Promise<Envelope[]>
  /** Waits until as many different events have been accepted. */
  readonly receives: (count: number) => Promise<Envelope[]>
}

let channels = 0

/** A name for a tracker that no other test has. */
export function newName(): string {
  return `shop-${Date.now()}-${++channels}`
}

export function openCollector(): Collector {
  const endpoint = `${inject('collector')}/${newName()}`
  const batches = async () => (await (await fetch(endpoint)).json()) as Batch[]
  const events = async () => {
    const all = (await batches()).flatMap(batch => batch.events)
    return [...new Map(all.map(event => [event.id, event])).values()]
  }
  return {
    endpoint,
    batches,
    events,
    answer: async (...answers) => void (await fetch(endpoint, { method: 'PUT', body: JSON.stringify(answers) })),
    receives: count =>
      vi.waitFor(
        async () => {
          const received = await events()
          if (received.length < count) throw new Error(`${received.length} of ${count} events came`)
          return received
        },
        { timeout: 10_000 },
      ),
  }
}

/** The events in a tracker's outbox: those of a burst are kept together, each behind its key. */
export function readOutbox(name: string): Promise<unknown[]> {
  return new Promise(resolve => {
    const opening = indexedDB.open(name)
    // To look is not to make one.
    opening.onupgradeneeded = () => opening.transaction!.abort()
    opening.onerror = () => resolve([])
    opening.onsuccess = () => {
      const database = opening.result
      const reading = database.transaction('outbox').objectStore('outbox').getAll()
      reading.onsuccess = () => {
        database.close()
        resolve(
          reading.result.flatMap(value => (Array.isArray(value) ? value.filter((_, index) => index % 2) : [value])),
        )
      }
    }
  })
}

import { createTracker } from '@jejak/browser'
import type { Tracker } from '@jejak/browser'
import { expect, test } from 'vitest'

declare module '@jejak/events' {
  interface CustomEvents {
    open_lookbook: { season: string }
  }
}

declare module '@jejak/browser' {
  interface CustomEvents {
    play_jingle: { seconds?: number }
  }
}

// What must not compile is marked so; that it does not is checked when the tests are compiled.
function tracked(tracker: Tracker, own: Tracker<{ spin_wheel: { prize: string } }>): void {
  tracker.track('page_view')
  tracker.track('add_to_cart', { currency: 'IDR', value: 1, items: [{ item_id: 'A' }] }, { stage: 'decision' })
  tracker.track('search', { search_term: 'batik' })
  tracker.track('open_lookbook', { season: 'dry' })
  tracker.track('play_jingle')
  own.track('spin_wheel', { prize: 'mug' })
  own.track('login')

  // @ts-expect-error -- an unknown event
  tracker.track('add_to_basket')
  // @ts-expect-error -- a purchase has an order number
  tracker.track('purchase', { currency: 'IDR', value: 1 })
  // @ts-expect-error -- properties are required
  tracker.track('search')
  // @ts-expect-error -- of the wrong type
  tracker.track('search', { search_term: 5 })
  // @ts-expect-error -- a property no event has
  tracker.track('login', { colour: 'blue' })
  // @ts-expect-error -- no such stage
  tracker.track('login', {}, { stage: 'nowhere' })
  // @ts-expect-error -- the shop's own event, with a wrong property
  tracker.track('open_lookbook', { season: 5 })
  // @ts-expect-error -- an event that only another tracker has
  tracker.track('spin_wheel', { prize: 'mug' })
  // @ts-expect-error -- the tracker's own event, without its property
  own.track('spin_wheel', {})
  // @ts-expect-error -- no endpoint
  createTracker({})
  // @ts-expect-error -- no such consent
  createTracker({ endpoint: '/e', consent: 'yes' })
}

test('types are checked by the compiler', () => {
  expect(tracked).toBeTypeOf('function')
})

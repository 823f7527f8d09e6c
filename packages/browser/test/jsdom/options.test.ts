import { createTracker } from '@jejak/browser'
import type { TrackerOptions } from '@jejak/browser'
import { expect, test } from 'vitest'

const wrong: [object | undefined, string][] = [
  [undefined, '`endpoint` must be where events are sent, such as "/e", but it is ""'],
  [{}, '`endpoint` must be where events are sent, such as "/e", but it is ""'],
  [{ endpoint: '' }, '`endpoint` must be where events are sent, such as "/e", but it is ""'],
  [{ endpoint: '/e', name: 5 }, '`name` must be a word, such as "jejak", but it is 5'],
  [
    { endpoint: '/e', consent: 'yes' },
    '`consent` must be "granted", "pending", "limited" or "denied", but it is "yes"',
  ],
  [{ endpoint: '/e', plugins: [1] }, '`plugins` must be a list of plugins, such as [pageViews()], but it is 1'],
  [{ endpoint: '/e', session: { idleMinutes: 0 } }, '`session.idleMinutes` must be a number above 0, but it is 0'],
  [{ endpoint: '/e', batch: { waitMs: 'soon' } }, '`batch.waitMs` must be a number above 0, but it is "soon"'],
  [{ endpoint: '/e', outbox: { events: -1 } }, '`outbox.events` must be a number above 0, but it is -1'],
]

test.each(wrong)('options %o are refused with the reason', (options, message) => {
  expect(() => createTracker(options as TrackerOptions)).toThrow(new TypeError(`createTracker: ${message}`))
})

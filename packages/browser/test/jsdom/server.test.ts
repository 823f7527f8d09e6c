// @vitest-environment node
import { createTracker } from '@jejak/browser'
import { pageViews } from '@jejak/browser/page-views'
import { expect, test } from 'vitest'

test('where there is no page, a tracker does nothing and hurts nobody', async () => {
  const tracker = createTracker({ endpoint: '/e', plugins: [pageViews()] })
  tracker.track('login')
  tracker.identify('U-1')
  tracker.setConsent('granted')
  await tracker.flush()
  await tracker.forget()
  tracker.stop()
  expect(tracker.sessionId).toBeUndefined()
})

test('bad options are refused there too', () => {
  expect(() => createTracker({ endpoint: '' })).toThrow(TypeError)
})

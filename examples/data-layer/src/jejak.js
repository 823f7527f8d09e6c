import { createTracker } from '@jejak/browser'
import { dataLayer } from '@jejak/browser/data-layer'
import { pageViews } from '@jejak/browser/page-views'

createTracker({
  endpoint: '/e',
  plugins: [pageViews(), dataLayer({ events: { gift_chosen: 'choose_gift_wrap' } })],
})

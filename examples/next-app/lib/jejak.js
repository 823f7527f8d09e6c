import { createTracker } from '@jejak/browser'
import { pageViews } from '@jejak/browser/page-views'

/** The shop's tracker. On the server, which renders the same components, it does nothing. */
export const jejak = createTracker({ endpoint: '/e', plugins: [pageViews()] })

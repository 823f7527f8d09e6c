import { createTracker } from '@jejak/browser'
import { pageViews } from '@jejak/browser/page-views'

/** The shop's tracker. Whoever has something to tell imports it; page views are told by themselves. */
export const jejak = createTracker({ endpoint: '/e', plugins: [pageViews()] })

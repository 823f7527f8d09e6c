import type { TrackOptions, Tracker } from '../tracker.ts'
import type { Watch } from './watch-events.ts'

/** How often to look in browsers that do not tell. */
const LOOK_EVERY_MS = 500

/** For what is told of a page when the visitor has gone on from it: which page that was, and its stage. */
export type PageLeft = readonly [page: { readonly page_location?: string }, options?: TrackOptions]

/** Calls `onMove` when the page goes to another address by itself. Gives back how to stop looking. */
export function watchAddress(
  tracker: Tracker,
  { on }: Pick<Watch, 'on'>,
  onMove: (left: PageLeft) => void,
): () => void {
  let url = tracker.pageUrl
  const look = () => {
    const from = url
    url = tracker.pageUrl
    if (url !== from) onMove([{ page_location: from }, { stage: tracker.stage }])
  }
  on(window, 'popstate hashchange', look)
  const { navigation } = window as { readonly navigation?: EventTarget }
  if (navigation) on(navigation, 'currententrychange', look)
  const timer = navigation ? undefined : setInterval(look, LOOK_EVERY_MS)
  return () => clearInterval(timer)
}

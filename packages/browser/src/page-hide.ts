import { listen } from './listen.ts'

/** Calls `onHide` whenever the page is hidden or left: it may be the last moment it has. `onShow`: it is in view again. */
export function watchPageHide(onHide: () => void, onShow: () => void, signal: AbortSignal): void {
  // Not every browser fires both when a page is left. Unlike `unload`, neither keeps a page from being restored.
  listen(window, 'pagehide', onHide, signal)
  const onVisibility = () => (document.visibilityState === 'hidden' ? onHide() : onShow())
  listen(window, 'visibilitychange', onVisibility, signal)
  // A hidden page may track events too before it is frozen, and a frozen page may be discarded.
  listen(document, 'freeze', onHide, signal)
}

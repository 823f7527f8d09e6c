/** Calls `onHide` whenever the page is hidden or left: it may be the last moment it has. */
export function watchPageHide(onHide: () => void, signal: AbortSignal): void {
  // Not every browser fires both when a page is left. Unlike `unload`, neither keeps a page from being restored.
  addEventListener('pagehide', onHide, { signal })
  const onVisibility = () => {
    if (document.visibilityState === 'hidden') onHide()
  }
  addEventListener('visibilitychange', onVisibility, { signal })
}

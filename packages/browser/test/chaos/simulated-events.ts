/** What `window` and `document` have of an `EventTarget`. */
export interface SimulatedEvents {
  readonly addEventListener: (type: string, listener: Listener, options?: ListenerOptions) => void
  readonly removeEventListener: (type: string, listener: Listener) => void
  /** Calls the listeners for an event's type, with the event. */
  tell(event: { readonly type: string }): void
}

type Listener = ((event: unknown) => unknown) | { handleEvent(event: unknown): unknown } | null
type ListenerOptions = boolean | { readonly signal?: AbortSignal; readonly once?: boolean }

/** Node's own would throw what a listener throws at the whole process. */
export function createSimulatedEvents(onError: (error: unknown) => void): SimulatedEvents {
  const listeners: { readonly type: string; readonly listener: Listener; readonly isOnce: boolean }[] = []
  const remove = (type: string, listener: Listener) => {
    const index = listeners.findIndex(one => one.type === type && one.listener === listener)
    if (index >= 0) listeners.splice(index, 1)
  }
  return {
    addEventListener(type, listener, options) {
      const { signal, once } = typeof options === 'object' ? options : {}
      if (signal?.aborted || listeners.some(one => one.type === type && one.listener === listener)) return
      listeners.push({ type, listener, isOnce: !!once })
      signal?.addEventListener('abort', () => remove(type, listener))
    },
    removeEventListener: remove,
    tell(event) {
      for (const one of listeners.slice()) {
        if (one.type !== event.type || !listeners.includes(one)) continue
        if (one.isOnce) remove(one.type, one.listener)
        try {
          if (typeof one.listener === 'function') one.listener(event)
          else one.listener?.handleEvent(event)
        } catch (error) {
          onError(error)
        }
      }
    },
  }
}

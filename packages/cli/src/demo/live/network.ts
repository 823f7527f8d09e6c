import type { IncomingMessage } from 'node:http'

/** The way to the collector, which can be cut as if the visitor had walked into a lift. */
export interface Network {
  readonly isOnline: boolean
  set(isOnline: boolean): void
  /** Cuts a request off without an answer; false if the network is there. */
  cuts(request: IncomingMessage): boolean
  /** Returns how to stop listening. */
  subscribe(listener: (isOnline: boolean) => void): () => void
}

export function createNetwork(): Network {
  const listeners = new Set<(isOnline: boolean) => void>()
  let online = true
  return {
    get isOnline() {
      return online
    },
    set(isOnline) {
      online = isOnline
      for (const tell of listeners) tell(online)
    },
    cuts(request) {
      if (!online) request.socket.destroy()
      return !online
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

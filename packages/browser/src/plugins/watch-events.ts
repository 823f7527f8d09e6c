import type { EventName, EventProperties } from '@jejak/events'
import type { TrackOptions, Tracker } from '../tracker.ts'

/** The listeners of one plugin, which end together. */
export interface Watch {
  /** Calls `onEvent` for each of these events (their names with blanks between), before the page itself has it. */
  readonly on: <Kind extends Event>(target: EventTarget, names: string, onEvent: (event: Kind) => void) => void
  readonly stop: () => void
}

export function createWatch(): Watch {
  const watching = new AbortController()
  const { signal } = watching
  return {
    on(target, names, onEvent) {
      const listener = quiet(onEvent as (event: Event) => void)
      for (const name of names.split(' '))
        target.addEventListener(name, listener, { signal, capture: true, passive: true })
    },
    stop: () => watching.abort(),
  }
}

/** The same function, which never throws: a page may have anything where its elements' own properties are looked for. */
export function quiet<Details extends unknown[]>(work: (...details: Details) => void): (...details: Details) => void {
  return (...details) => {
    try {
      work(...details)
    } catch {
      // What cannot be read is not told; the page goes on.
    }
  }
}

/** The nearest element around what an event happened to that is as `selector` says, also through shadow roots. */
export function nearest(event: Event, selector: string): Element | undefined {
  return (event.composedPath() as Element[]).find(node => node.matches?.(selector))
}

/** Tracks an event. What the vocabulary does not know of it, its name or one of its properties, does not compile. */
export function tell<Name extends EventName, Properties extends EventProperties<Name>>(
  tracker: Tracker,
  name: Name,
  properties: Properties & { readonly [Unknown in Exclude<keyof Properties, PropertyOf<Name>>]: never },
  options?: TrackOptions,
): void {
  tracker.track(name as 'login', properties, options)
}

/** Also of a choice of names: what any of them has. */
type PropertyOf<Name extends EventName> = Name extends EventName ? keyof EventProperties<Name> : never

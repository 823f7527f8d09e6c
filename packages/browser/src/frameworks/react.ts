import type { EventMap } from '@jejak/events'
import { useEffect, useRef } from 'react'
import type { Tracker } from '../tracker.ts'

/**
 * Tells of an event when the component is shown, and again when it shows something else: a product, an order.
 * It waits while `properties` is undefined or null, as it is until they have come. Equal properties in a new object are
 * the same, and so is the second run of effects in strict mode. On a server it does nothing.
 */
export function useTrackView<Own, Name extends keyof (EventMap & Own) & string>(
  tracker: Tracker<Own>,
  name: Name,
  properties: (EventMap & Own)[Name] | null | undefined,
): void {
  const told = useRef<string>(undefined)
  const shown = properties && textOf(name, properties)

  useEffect(() => {
    if (!shown || told.current === shown) return
    told.current = shown
    ;(tracker as Tracker).track(...([name, properties] as unknown as Parameters<Tracker['track']>))
  }, [tracker, shown])
}

/** What cannot be written is left to the tracker, which gives it up and counts it. */
function textOf(name: string, properties: unknown): string {
  try {
    return JSON.stringify([name, properties])
  } catch {
    return name
  }
}

/** @import { EventMap } from '@jejak/events' */

/**
 * `jejak('track', …)` as any shop would call it. The types are those of the vocabulary: a standard event with wrong
 * properties does not pass the type check.
 * @template {keyof EventMap} Name
 * @param {Name} name
 * @param {EventMap[Name]} properties
 */
export function track(name, properties) {
  ;/** @type {{ jejak: (method: 'track', name: string, properties: object) => void }} */ (
    /** @type {unknown} */ (window)
  ).jejak('track', name, properties)
}

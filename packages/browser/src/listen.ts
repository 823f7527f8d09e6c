/** Listens until `signal` is aborted, if one is given. What a page has done to `addEventListener` is not to stop the rest. */
export function listen(
  target: EventTarget,
  event: string,
  listener: (event: never) => void,
  signal?: AbortSignal,
): void {
  try {
    target.addEventListener(event, listener as (event: Event) => void, { signal: signal! })
  } catch {
    // Whoever cannot listen hears nothing; events go all the same.
  }
}

/**
 * Hands each entry of an array that pages push to (Google's `dataLayer`) to `onEntry`: those that are there, and those
 * that come. What is pushed goes on as before. Gives back how to stop.
 */
export function watchEntries(name: string, onEntry: (entry: unknown) => void): () => void {
  const shared = window as unknown as Record<string, unknown>
  // A page that has none yet gets one, as Google's own snippet does.
  const entries = (shared[name] ??= []) as unknown[]
  let isStopped = false
  const take = (entry: unknown): void => {
    if (isStopped) return
    try {
      onEntry(entry)
    } catch {
      // An entry that cannot be read is none for us; the page goes on.
    }
  }
  const original = entries.push
  const patched = function (this: unknown[], ...added: unknown[]): number {
    const length = original.apply(this, added) as number
    for (const entry of added) take(entry)
    return length
  }
  entries.slice().forEach(take)
  // Not to be seen by who loops over the array.
  const set = (push: unknown): unknown =>
    Object.defineProperty(entries, 'push', { value: push, configurable: true, writable: true })
  set(patched)
  return () => {
    isStopped = true
    // Somebody may have patched it after us, as Google's own scripts do: what they call has to stay.
    if (entries.push === patched) set(original)
  }
}

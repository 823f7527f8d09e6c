const EVERY_MS = 200
const MOST_TRIES = 150

/** Waits for something that another script brings, for half a minute. Gives back how to stop. */
export function whenThere<Thing>(find: () => Thing | undefined, use: (thing: Thing) => void): () => void {
  let tries = 0
  const look = (): boolean => {
    try {
      const thing = find()
      if (thing) use(thing)
      return !!thing
    } catch {
      // Half loaded, or not what it seems: another look may do.
      return false
    }
  }
  const timer = look()
    ? undefined
    : setInterval(() => (look() || ++tries >= MOST_TRIES) && clearInterval(timer), EVERY_MS)
  return () => clearInterval(timer)
}

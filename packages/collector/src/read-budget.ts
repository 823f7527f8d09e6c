/** How much memory the bodies that are being read may take together. */
export interface ReadBudget {
  /** Begins to read a body. `giveWay` is called when it has to stop, because there is no room for all of them. */
  begin(giveWay: () => void): BodyShare
}

interface BodyShare {
  /** So many bytes more of this body are held. */
  add(bytes: number): void
  /** Nothing of it is held any more. */
  end(): void
}

/**
 * When there is no room, the body that began first gives way: it is the slowest, or it comes from somebody who is slow
 * on purpose. A batch that arrives at the usual pace is through before its turn comes.
 */
export function createReadBudget(maxBytes: number): ReadBudget {
  const oldestFirst = new Map<BodyShare, () => void>()
  let held = 0

  return {
    begin(giveWay) {
      let own = 0
      const share: BodyShare = {
        add(bytes) {
          if (!oldestFirst.has(share)) return
          own += bytes
          held += bytes
          for (const [other, stop] of oldestFirst) {
            if (held <= maxBytes) break
            other.end()
            stop()
          }
        },
        end() {
          if (oldestFirst.delete(share)) held -= own
        },
      }
      oldestFirst.set(share, giveWay)
      return share
    },
  }
}

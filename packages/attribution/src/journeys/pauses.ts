import { setImmediate } from 'node:timers/promises'
import type { RunOptions } from '../run-options.ts'

/** Lets others have the thread now and then during long work, so that it can be ended and tells how far it is. */
export interface Pauses {
  begin(): Promise<void>
  /** Counts one step; true when it is time for a pause. */
  isDue(): boolean
  /** @throws the signal's reason, if it was raised. */
  pause(): Promise<void>
  end(): void
}

const STEPS_BETWEEN = 8_192

/** @param total `Infinity` where nobody knows how much there is to do. */
export function createPauses(
  label: string,
  { signal, onProgress }: Pick<RunOptions, 'signal' | 'onProgress'>,
  total: number,
): Pauses {
  let done = 0
  const pause = async (): Promise<void> => {
    onProgress?.({ label, done, total })
    await setImmediate()
    signal?.throwIfAborted()
  }
  return {
    async begin() {
      signal?.throwIfAborted()
      onProgress?.({ label, done: 0, total })
    },
    isDue: () => ++done % STEPS_BETWEEN === 0,
    pause,
    end() {
      signal?.throwIfAborted()
      onProgress?.({ label, done, total: done })
    },
  }
}

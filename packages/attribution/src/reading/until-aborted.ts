/** The same pieces; throws the signal's reason as soon as it is aborted, also while nothing comes. */
export async function* untilAborted<Piece>(
  pieces: AsyncIterable<Piece>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Piece> {
  if (!signal) {
    yield* pieces
    return
  }
  const rest = pieces[Symbol.asyncIterator]()
  try {
    for (;;) {
      const { done, value } = await nextUnlessAborted(rest, signal)
      if (done) return
      yield value
    }
  } finally {
    // Who waits for data that never come cannot be waited for.
    void rest.return?.()?.catch(() => {})
  }
}

function nextUnlessAborted<Piece>(rest: AsyncIterator<Piece>, signal: AbortSignal): Promise<IteratorResult<Piece>> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const stop = () => reject(signal.reason as Error)
    signal.addEventListener('abort', stop, { once: true })
    rest
      .next()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', stop))
  })
}

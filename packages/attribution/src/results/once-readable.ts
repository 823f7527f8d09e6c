/** Whether a source is used up by one loop over it, as a generator is. */
export function isReadOnce(source: Iterable<unknown> | AsyncIterable<unknown>): boolean {
  const loop = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()
  return (loop as unknown) === source
}

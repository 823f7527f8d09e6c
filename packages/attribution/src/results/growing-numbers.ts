/** A list of numbers at 8 bytes each. */
export interface GrowingNumbers {
  add(numbers: ArrayLike<number>): void
  addZeros(count: number): void
  /** All so far, as they are: adding more makes it out of date. */
  all(): Float64Array
}

export function createGrowingNumbers(): GrowingNumbers {
  let numbers = new Float64Array(1024)
  let length = 0

  function reserve(more: number): number {
    const start = length
    length += more
    if (length > numbers.length) {
      const copy = new Float64Array(Math.max(2 * numbers.length, length))
      copy.set(numbers)
      numbers = copy
    }
    return start
  }

  return {
    add(more) {
      const start = reserve(more.length)
      numbers.set(more, start)
    },
    addZeros: count => void reserve(count),
    all: () => numbers.subarray(0, length),
  }
}

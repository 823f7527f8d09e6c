/** The middle of some numbers. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

/** Smallest and largest, for people: `12–19`. */
export function spread(numbers, format) {
  return `${format(Math.min(...numbers))}–${format(Math.max(...numbers))}`
}

/** Slope and curvature of a function at a point, by differences. */
export function derivativesOf(
  at: (point: readonly number[]) => number,
  point: readonly number[],
  step: number,
): { slope: number[]; curvature: number[][] } {
  const moved = (...moves: [nth: number, by: number][]) => {
    const to = [...point]
    for (const [nth, by] of moves) to[nth]! += by * step
    return at(to)
  }
  return {
    slope: point.map((_, i) => (moved([i, 1]) - moved([i, -1])) / (2 * step)),
    curvature: point.map((_, i) =>
      point.map((_, j) => {
        const [up, down] = [
          moved([i, 1], [j, 1]) + moved([i, -1], [j, -1]),
          moved([i, 1], [j, -1]) + moved([i, -1], [j, 1]),
        ]
        return (up - down) / (4 * step * step)
      }),
    ),
  }
}

/** By Gauss and Jordan; for matrices that need no change of rows. */
export function inverseOf(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))])
  for (let pivot = 0; pivot < size; pivot++) {
    const scale = rows[pivot]![pivot]!
    rows[pivot] = rows[pivot]!.map(number => number / scale)
    for (let other = 0; other < size; other++) {
      if (other === pivot) continue
      const factor = rows[other]![pivot]!
      rows[other] = rows[other]!.map((number, at) => number - factor * rows[pivot]![at]!)
    }
  }
  return rows.map(row => row.slice(size))
}

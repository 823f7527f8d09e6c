import { expect } from 'vitest'

/** Expects the same keys, with numbers equal to nine digits. */
export function expectClose(
  actual: Readonly<Record<string, number>>,
  expected: Readonly<Record<string, number>>,
): void {
  expect(Object.keys(actual).toSorted()).toEqual(Object.keys(expected).toSorted())
  for (const [key, number] of Object.entries(expected)) {
    const difference = Math.abs((actual[key] as number) - number)
    expect(difference, `${key}: ${actual[key]}, expected ${number}`).toBeLessThanOrEqual(
      1e-9 * Math.max(1, Math.abs(number)),
    )
  }
}

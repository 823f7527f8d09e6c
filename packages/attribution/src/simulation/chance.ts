/**
 * A number from 0 up to, without, 1 that belongs to these numbers: the same ones always give the same. So two
 * simulated worlds that differ in one thing share all other luck, and what differs between them is due to that thing.
 *
 * Mixed as in MurmurHash3 (A. Appleby, public domain).
 */
export function chance(...numbers: readonly number[]): number {
  let hash = 0x9e3779b9
  for (const number of numbers) {
    hash = Math.imul(hash ^ Math.imul(number | 0, 0xcc9e2d51), 0x1b873593)
    hash = (hash << 13) | (hash >>> 19)
    hash = Math.imul(hash, 5) + 0xe6546b64
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000
}

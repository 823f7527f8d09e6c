import { closeSync, openSync, writeSync } from 'node:fs'

/** Numbers from 0 up to, without, 1: mulberry32, so that every run measures the same. */
export function randomFrom(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * Writes a path table as users of ChannelAttribution have it: so many rows, a journey each, over so many channels of
 * which few are frequent; five touches on average, a third of the journeys converting.
 */
export function writePathTable(file, { rows, channels, seed = 7 }) {
  const random = randomFrom(seed)
  const names = Array.from({ length: channels }, (_, id) => `channel ${id}`)
  const out = openSync(file, 'w')
  let lines = ['path,total_conversions,total_conversion_value,total_null']
  const flush = () => {
    writeSync(out, `${lines.join('\n')}\n`)
    lines = []
  }
  for (let row = 0; row < rows; row++) {
    const length = 1 + Math.floor(-Math.log(1 - random()) * 4.5)
    const path = Array.from({ length }, () => names[Math.floor(random() * random() * channels)])
    const conversions = random() < 0.3 ? 1 + Math.floor(random() * 3) : 0
    const value = conversions === 0 ? 0 : (random() * 100).toFixed(3)
    lines.push(`${path.join(' > ')},${conversions},${value},${conversions > 0 ? 0 : 1 + Math.floor(random() * 5)}`)
    if (lines.length === 10_000) flush()
  }
  if (lines.length > 0) flush()
  closeSync(out)
}

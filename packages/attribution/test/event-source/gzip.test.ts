import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { on } from '../journeys/event.ts'
import { lines, readText } from './files.ts'

// Random text, so that the packed file is long enough to be cut in many places.
const events = Array.from({ length: 200 }, (_, day) => on(day, { properties: { note: crypto.randomUUID().repeat(3) } }))
const packed = gzipSync(lines(...events))
const ids = events.map(event => event.id)

test('what could be read of a gzip file that was cut off is used, and the fault reported once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 20, max: packed.length - 1 }),
      fc.constantFrom(100, 4_096, 1e6),
      async (end, size) => {
        const read = await readText(packed.subarray(0, end), size)
        expect(read.events.map(event => event.id)).toEqual(ids.slice(0, read.events.length))
        expect(read.badRows).toEqual([
          { file: '-', line: read.events.length + 1, reason: expect.stringMatching(/^the gzip data end here/) },
        ])
        expect(read.summary).toEqual({ files: 1, rows: read.events.length + 1, bad: 1, duplicates: 0 })
      },
    ),
  )
})

test('of a gzip file that was cut off in its last bytes, all is used', async () => {
  expect((await readText(packed.subarray(0, -8))).events).toEqual(events)
})

test('damage within a gzip file is reported, and what came before it is used', async () => {
  const damaged = Buffer.from(packed)
  damaged.fill(0xff, packed.length >> 1, (packed.length >> 1) + 300)
  const read = await readText(damaged, 1_000)
  expect(read.events.length).toBeGreaterThan(50)
  expect(read.badRows.at(-1)).toMatchObject({ reason: expect.stringMatching(/^the gzip data end here/) })
})

test('a wrong checksum is reported', async () => {
  const damaged = Buffer.from(packed)
  damaged[packed.length - 6]! ^= 1
  expect((await readText(damaged, 1_000)).badRows).toMatchObject([{ reason: expect.stringContaining('check') }])
})

test('gzip files that were joined are read to the end', async () => {
  const joined = Buffer.concat([gzipSync(lines(events[0])), gzipSync(lines(events[1]))])
  for (const size of [1, 1_000]) expect((await readText(joined, size)).events).toEqual(events.slice(0, 2))
})

test('zeros after gzip data, as tapes and disks leave them, are nothing', async () => {
  const read = await readText(Buffer.concat([packed, Buffer.alloc(512)]), 100)
  expect(read.events).toEqual(events)
  expect(read.badRows).toEqual([])
})

test('the first two bytes of gzip alone are a fault and not a wait', async () => {
  expect((await readText(Buffer.from([0x1f, 0x8b]))).badRows).toHaveLength(1)
})

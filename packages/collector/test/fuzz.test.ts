import { gzipSync } from 'node:zlib'
import { createCollector } from '@jejak/collector'
import { createMemorySink } from '@jejak/collector/sinks/memory'
import type { BatchAnswer, StoredEvent } from '@jejak/events'
import { partialPropertiesSchemas, storedEventSchema } from '@jejak/events/schemas'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ZodType } from 'zod'
import { batchOf, envelope, NOW, quietLog, requestOf } from './sending.ts'

function setUp() {
  const sink = createMemorySink()
  return { sink, collector: createCollector({ sink, log: quietLog(), now: () => NOW, maxBodyBytes: 20_000 }) }
}

/** JSON of every kind, with JavaScript's own names and half surrogates in it. */
const key = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'constructor', 'id', 'value', 'items'))
const hostile = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom(null, true, 0, -0, 1e308, '', '\ud800', '__proto__'),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(tie('value'), { maxLength: 8 }),
    fc.dictionary(key, tie('value'), { maxKeys: 8 }),
  ),
})).value

/** What the schema of its name has against an event's properties. */
function faultOf({ name, properties }: StoredEvent): unknown {
  const schemas = new Map<string, ZodType>(Object.entries(partialPropertiesSchemas))
  return schemas.get(name)?.safeParse(properties).error
}

/** A good event in which something is replaced, left out or added. */
const almostEvent = fc
  .tuple(fc.nat(2_000), fc.constantFrom(...Object.keys(envelope()), 'touch', 'user_id', 'new'), hostile, fc.boolean())
  .map(([n, field, value, change]) => ({ ...envelope(n), ...(change && { [field]: value }) }))
const almostBatch = fc
  .tuple(fc.array(fc.oneof(almostEvent, hostile), { maxLength: 12 }), fc.dictionary(key, hostile, { maxKeys: 3 }))
  .map(([events, more]) => batchOf(events, more))

test('whatever JSON comes, the answer is 200, 400 or 413, and only events the schema accepts are stored, each once', async () => {
  const { sink, collector } = setUp()
  const seen = { 200: 0, 400: 0, 413: 0 }

  await fc.assert(
    fc.asyncProperty(fc.oneof(almostBatch, hostile), async json => {
      const before = sink.events.length
      const response = await collector(requestOf(JSON.stringify(json)))
      expect(seen).toHaveProperty(String(response.status))
      seen[response.status as 200]++

      const answer = (await response.json()) as Partial<BatchAnswer> & { error?: string }
      const { accepted = 0, duplicates = 0, refused = [], error = '' } = answer
      expect(error.length).toBeLessThan(300)
      expect(sink.events.length - before).toBe(accepted)
      const { events } = { events: [], ...(response.ok ? (json as { events: unknown[] }) : {}) }
      expect(accepted + duplicates + refused.length).toBe(events.length)
    }),
    { numRuns: 1_000 },
  )

  expect(seen[200]).toBeGreaterThan(100)
  expect(seen[400]).toBeGreaterThan(100)
  expect(new Set(sink.events.map(({ id }) => id)).size).toBe(sink.events.length)
  for (const event of sink.events) {
    expect(storedEventSchema.parse(event)).toEqual(event)
    expect(faultOf(event)).toBe(undefined)
    expect(JSON.stringify(event)).not.toMatch(/"(__proto__|constructor|prototype)":|\\ud[89a-f]/)
  }
})

test('whatever bytes come, packed or not, the answer is 200, 400, 413 or 415 and the collector lives', async () => {
  const { collector } = setUp()
  const encoding = fc.constantFrom('', 'gzip', 'deflate', 'identity', 'br')
  const good = JSON.stringify(batchOf([envelope()]))
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 500 }),
    // What is nearly good: cut, or with a byte turned.
    fc.tuple(fc.constantFrom(Buffer.from(good), gzipSync(good)), fc.nat(400), fc.nat(255)).map(([body, at, bits]) => {
      const turned = new Uint8Array(body)
      turned[at % body.length]! ^= bits
      return bits === 255 ? turned.slice(0, at) : turned
    }),
  )
  await fc.assert(
    fc.asyncProperty(bytes, encoding, async (body, contentEncoding) => {
      const headers = contentEncoding ? { 'content-encoding': contentEncoding } : {}
      const { status } = await collector(requestOf(new Uint8Array(body), headers))
      expect([200, 400, 413, 415]).toContain(status)
    }),
    { numRuns: 1_000 },
  )
})

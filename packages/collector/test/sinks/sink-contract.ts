import type { EventSink } from '@jejak/collector'
import type { StoredEvent } from '@jejak/events'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { idOf, storedEvent } from '../sending.ts'

export interface OpenSink {
  readonly sink: EventSink
  /** Everything that is stored, read the way a stranger would read it. */
  readonly read: () => Promise<StoredEvent[]>
}

/** What every sink promises. Each sink's test calls this with a way to make an empty one, then adds its own cases. */
export function testSink(open: () => Promise<OpenSink>): void {
  const idsIn = async ({ read }: OpenSink) => (await read()).map(({ id }) => id)

  describe('like every sink', () => {
    test('it stores events in the order they were given, unchanged', async () => {
      const opened = await open()
      const events = [
        storedEvent(2, { bot: true, ip: '203.0.113.0' }),
        storedEvent(1, { user_agent: '"\n\u2028\u0000😀' }),
      ]
      expect(await opened.sink.write(events)).toEqual({ stored: events, duplicates: 0 })
      expect(await opened.read()).toEqual(events)
    })

    test('it stores an event once, however often it comes', async () => {
      const opened = await open()
      await opened.sink.write([storedEvent(1)])
      expect(await opened.sink.write([storedEvent(1)])).toEqual({ stored: [], duplicates: 1 })
      expect(await idsIn(opened)).toEqual([idOf(1)])
    })

    test('it stores an event once that comes twice in one call', async () => {
      const opened = await open()
      const result = await opened.sink.write([storedEvent(1), storedEvent(2), storedEvent(1)])
      expect(result).toEqual({ stored: [storedEvent(1), storedEvent(2)], duplicates: 1 })
      expect(await idsIn(opened)).toEqual([idOf(1), idOf(2)])
    })

    test('it stores an event once that comes in several calls at the same time', async () => {
      const opened = await open()
      const results = await Promise.all(Array.from({ length: 20 }, () => opened.sink.write([storedEvent(1)])))
      expect(results.flatMap(({ stored }) => stored)).toEqual([storedEvent(1)])
      expect(results.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(19)
      expect(await idsIn(opened)).toEqual([idOf(1)])
    })

    test('it takes no events', async () => {
      const { sink } = await open()
      expect(await sink.write([])).toEqual({ stored: [], duplicates: 0 })
    })

    test('whatever comes at the same time, each id is stored once and called stored once', async () => {
      const calls = fc.array(fc.array(fc.nat(15), { maxLength: 6 }), { maxLength: 12 })
      await fc.assert(
        fc.asyncProperty(calls, async numbers => {
          const opened = await open()
          const results = await Promise.all(numbers.map(call => opened.sink.write(call.map(n => storedEvent(n)))))
          const distinct = [...new Set(numbers.flat())].map(idOf).toSorted()
          expect(results.flatMap(({ stored }) => stored.map(({ id }) => id)).toSorted()).toEqual(distinct)
          expect((await idsIn(opened)).toSorted()).toEqual(distinct)
          expect(results.map(({ stored, duplicates }) => stored.length + duplicates)).toEqual(
            numbers.map(call => call.length),
          )
          await opened.sink.close()
        }),
        { numRuns: 30 },
      )
    })

    test('closing waits for what was begun, may be done twice, and ends writing', async () => {
      const opened = await open()
      const begun = opened.sink.write([storedEvent(1)])
      await opened.sink.close()
      await opened.sink.close()
      expect(await begun).toMatchObject({ duplicates: 0 })
      expect(await idsIn(opened)).toEqual([idOf(1)])
      await expect(opened.sink.write([storedEvent(2)])).rejects.toThrow('closed')
    })
  })
}

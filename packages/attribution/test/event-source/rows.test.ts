import type { StoredEvent } from '@jejak/events'
import { storedEventSchema } from '@jejak/events/schemas'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isOrdinaryEvent } from '../../src/reading/ordinary-event.ts'
import { from, idOf, on } from '../journeys/event.ts'
import { lines, readText } from './files.ts'

const [one, two] = [on(1), on(2)]
const json = JSON.stringify(one)

/** `one` with some of its fields otherwise, as JSON. */
const oneWith = (facts: Readonly<Record<string, unknown>>) => JSON.stringify({ ...one, ...facts })

describe('lines', () => {
  test.each([
    ['empty lines', `\n\n${json}\n \t\n\n`],
    ['line ends of Windows', `${json}\r\n\r\n`],
    ['a byte order mark', `\uFEFF${json}\n`],
    ['no end of the last line', json],
  ])('may have %s', async (_, text) => {
    const { events, summary } = await readText(text)
    expect(events).toEqual([one])
    expect(summary).toEqual({ files: 1, rows: 1, bad: 0, duplicates: 0 })
  })

  test('may have a byte order mark in the midst of files that were joined', async () => {
    expect((await readText(`${json}\n\uFEFF${JSON.stringify(two)}\n`)).events).toEqual([one, two])
  })

  test('may be cut anywhere on their way, within a letter too', async () => {
    const event = { ...one, properties: { search_term: 'kain “batik” 🧵' } }
    for (const size of [1, 2, 3, 7, 1_000])
      expect((await readText(lines(event, two), size)).events).toEqual([event, two])
  })

  test('may be long', async () => {
    const event = { ...one, properties: { note: 'x'.repeat(5_000_000) } }
    expect((await readText(lines(event, two), 65_536)).events).toEqual([event, two])
  })

  test('longer than 16 MiB are passed over', async () => {
    const { events, badRows } = await readText(lines(`"${'x'.repeat(16 * 1024 * 1024)}"`, two), 65_536)
    expect(events).toEqual([two])
    expect(badRows).toEqual([{ file: '-', line: 1, reason: 'the line is longer than 16777216 bytes' }])
  })
})

test('null for what is not there, as databases export it, is nothing', async () => {
  const nothing = { user_id: null, account_id: null, bot: null, user_agent: null, ip: null }
  const page = { url: 'https://shop.example/', title: null, type: null }
  const touch = { ...from('google'), utm_id: null, referrer: null, click_ids: { gclid: 'x', fbclid: null } }
  const properties = { coupon: null }
  const { events } = await readText(oneWith({ ...nothing, stage: null, page, touch, properties }))
  expect(events).toEqual([
    {
      ...one,
      stage: null,
      page: { url: 'https://shop.example/' },
      touch: { ...from('google'), click_ids: { gclid: 'x' } },
      properties,
    },
  ])
})

describe('a bad row is passed over and reported, and the rest goes on', () => {
  test.each<[what: string, line: string, reason: RegExp]>([
    ['broken JSON', '{"id":', /^the line is not JSON$/],
    ['no object', '[1]', /^expected an event, a JSON object$/],
    ['null', 'null', /^expected an event/],
    ['an empty object', '{}', /^id: /],
    ['a wrong type', oneWith({ time: 'noon' }), /^time: .*expected number, received string/],
    ['a wrong type further in', oneWith({ touch: { landing: 7 } }), /^touch\.landing: .*expected string/],
    ['no visitor', oneWith({ visitor_id: undefined }), /^visitor_id: /],
    ['an id that is no UUID', oneWith({ id: 'first' }), /^id: /],
    ['a stage nobody knows', oneWith({ stage: 'buying' }), /^stage: /],
    ['a date before 1970', oneWith({ time: -1 }), /^time: /],
    ['a date that JavaScript cannot hold', oneWith({ corrected_time: 8.64e15 + 1 }), /^corrected_time: /],
    ['properties that are a list', oneWith({ properties: [] }), /^properties: /],
    ['a key __proto__', json.replace('"properties":{', '"properties":{"__proto__":{"value":9}'), /named __proto__/],
    [
      'the same, escaped',
      json.replace('"properties":{', String.raw`"properties":{"\u005f_proto__":1`),
      /named __proto__/,
    ],
    ['a key __proto__ on top', json.replace('{', '{"__proto__":{"bot":true},'), /named __proto__/],
  ])('%s', async (_, line, reason) => {
    const { events, badRows, summary } = await readText(lines(two, line, { ...two, id: idOf(0xaaaa) }))
    expect(events).toHaveLength(2)
    expect(badRows).toEqual([{ file: '-', line: 2, reason: expect.stringMatching(reason) }])
    expect(summary).toEqual({ files: 1, rows: 3, bad: 1, duplicates: 0 })
  })

  test('a line that was torn off at the end of the file', async () => {
    const { events, badRows } = await readText(`${lines(two)}${json.slice(0, 60)}`)
    expect(events).toEqual([two])
    expect(badRows).toEqual([{ file: '-', line: 2, reason: expect.stringContaining('may have been cut off') }])
  })

  test('a line that is not UTF-8', async () => {
    const { events, badRows } = await readText(Buffer.concat([Buffer.from([0xff, 0xfe, 10]), Buffer.from(lines(two))]))
    expect(events).toEqual([two])
    expect(badRows).toEqual([{ file: '-', line: 1, reason: 'the line is not UTF-8' }])
  })

  test('a line that is nested without end', async () => {
    const depth = 200_000
    const { badRows } = await readText(
      lines(`"__proto__"${'['.repeat(depth)}`, `${'['.repeat(depth)}"__proto__"${']'.repeat(depth)}`),
    )
    expect(badRows.map(row => row.line)).toEqual([1, 2])
  })

  test('the reason quotes nothing of what was in the row', async () => {
    const { badRows } = await readText(lines('<script>alert(1)</script>', oneWith({ stage: '<script>' })))
    expect(JSON.stringify(badRows)).not.toContain('script')
  })
})

test('text that only speaks of __proto__ is harmless', async () => {
  const event = { ...one, properties: { message: '__proto__ is not a function', note: '\u0001' } }
  expect((await readText(lines(event))).events).toEqual([event])
})

test('U+FFFD is a letter like any other where the file really has it', async () => {
  const event = { ...one, properties: { message: '\uFFFD' } }
  expect((await readText(lines(event))).events).toEqual([event])
})

test('fields that nobody knows are left out', async () => {
  expect(
    (await readText(lines({ ...one, colour: 'blue', touch: { ...from('google'), colour: 'blue' } }))).events,
  ).toEqual([{ ...one, touch: from('google') }])
})

test('an event that no collector has seen has the time of its own clock', async () => {
  const { received_at: _, corrected_time: __, ...sent } = one
  expect((await readText(lines(sent))).events).toEqual([{ ...one, received_at: one.time, corrected_time: one.time }])
})

test('a batch as it was sent gives its events, of which a bad one is refused alone', async () => {
  const batch = {
    schema: 1,
    sent_at: one.time,
    library: { name: 'x', version: '1' },
    events: [one, { ...two, stage: 'x' }, two],
  }
  const { events, badRows, summary } = await readText(lines(batch))
  expect(events).toEqual([one, two])
  expect(badRows).toMatchObject([{ line: 1, reason: expect.stringMatching(/^stage: /) }])
  expect(summary).toEqual({ files: 1, rows: 3, bad: 1, duplicates: 0 })
})

test('of several events with one id the first is kept, in whichever case the id is written', async () => {
  const id = '0197a2b4-cdef-7abc-8def-0123456789ab'
  const first = { ...one, id }
  const { events, duplicates, summary } = await readText(lines(first, { ...two, id: id.toUpperCase() }, first))
  expect(events).toEqual([first])
  expect(duplicates).toEqual([
    { file: '-', line: 2, id },
    { file: '-', line: 3, id },
  ])
  expect(summary).toEqual({ files: 1, rows: 3, bad: 0, duplicates: 2 })
})

test('ids are remembered, however many there are', async () => {
  const ids = Array.from({ length: 5_000 }, (_, number) => idOf(number))
  const { summary } = await readText(lines(...ids.concat(ids).map(id => ({ ...one, id }))))
  expect(summary).toEqual({ files: 1, rows: 10_000, bad: 0, duplicates: 5_000 })
})

test('ids are told apart by every digit', async () => {
  const uuid = fc.uuid({ version: [1, 2, 3, 4, 5, 6, 7, 8] })
  const nil = '00000000-0000-0000-0000-000000000000'
  const near = fc.integer({ min: 0, max: 127 }).map(bit => {
    const digits = (1n << BigInt(bit)).toString(16).padStart(32, '0')
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(uuid, near, fc.constant(nil)), { maxLength: 300, size: 'max' }), async ids => {
      const { events } = await readText(lines(...ids.map(id => ({ ...one, id }))))
      expect(events.map(event => event.id)).toEqual([...new Set(ids)])
    }),
    { numRuns: 10 },
  )
})

test('whatever the lines are, each row is an event, bad or a duplicate', async () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.constantFrom(one, two).map(event => JSON.stringify(event)),
    fc.dictionary(fc.constantFrom(...Object.keys(one)), fc.jsonValue(), { maxKeys: 3 }).map(oneWith),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.integer({ min: 1, max: 99 }), async (all, pieceSize) => {
      const { events, badRows, duplicates, summary } = await readText(all.join('\n'), pieceSize)
      expect(summary.rows).toBe(events.length + badRows.length + duplicates.length)
      expect(summary).toMatchObject({ bad: badRows.length, duplicates: duplicates.length })
      for (const event of events) expect(storedEventSchema.parse(event)).toEqual(event)
    }),
  )
})

describe('the quick check of ordinary events', () => {
  const full: StoredEvent = {
    ...one,
    user_id: 'ann',
    account_id: 'acme',
    page: { url: 'https://shop.example/', title: 'Batik', referrer: 'https://shop.example/list', type: 'product' },
    touch: { ...from('google'), referrer: 'https://google.example/', click_ids: { gclid: 'x', _kx: '-' } },
    bot: true,
    user_agent: 'x',
    ip: '192.0.2.0',
    device_visitor_id: 'x',
    dropped: { overflow: 3 },
  }

  test('knows a full event', () => {
    expect(isOrdinaryEvent(full)).toBe(true)
  })

  test('says yes only where the schema gives back the same', () => {
    const odd = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom<unknown[]>(
        '',
        'x'.repeat(101),
        'x'.repeat(4_097),
        0,
        -1,
        1.5,
        8.64e15,
        8.64e15 + 1,
        2 ** 53,
        [],
        {},
        null,
      ),
      fc.constantFrom<unknown[]>('awareness', 'granted', true, false, { landing: '/' }, { url: '/', more: 1 }),
    )
    const keys = fc.constantFrom(...Object.keys(full), 'unknown', 'constructor')
    const inner = fc.constantFrom(...Object.keys({ ...full.page, ...full.touch, gclid: 1 }))
    const event = fc
      .tuple(fc.dictionary(keys, odd, { maxKeys: 2 }), fc.dictionary(inner, odd, { maxKeys: 2 }), fc.nat(3))
      .map(([top, deep, where]) => {
        const touch = { ...full.touch, ...(where === 1 ? deep : {}), click_ids: where === 2 ? deep : { gclid: 'x' } }
        return { ...full, page: { ...full.page, ...(where === 3 ? deep : {}) }, touch, ...top }
      })
    fc.assert(
      fc.property(event, value => {
        fc.pre(isOrdinaryEvent(value))
        expect(storedEventSchema.parse(value)).toEqual(value)
      }),
      { numRuns: 3_000 },
    )
  })

  test.each(Object.keys(one).filter(key => key !== 'page'))('misses %s', key => {
    expect(isOrdinaryEvent({ ...full, [key]: undefined })).toBe(false)
  })
})

import { EVENT_MAPPINGS } from '@jejak/attribution'
import type { EventMapping } from '@jejak/attribution'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, test } from 'vitest'
import { folderWith, inPieces, lines, readAll } from '../event-source/files.ts'

const mapping: EventMapping = {
  name: 'event',
  time: 'at',
  visitor_id: 'who',
  url: 'page.url',
  value: 'paid',
  properties: ['note'],
}

const csv = (...rows: readonly string[]): string => ['event,at,who,page.url,paid,note', ...rows, ''].join('\n')
const first = 'page_view,2026-01-01 10:00:00,ann,https://shop.example/?utm_source=x,,hello'

const readCsv = (text: string | Uint8Array, pieceSize?: number) =>
  readAll('-', { stdin: inPieces(text, pieceSize), mapping })

describe('CSV', () => {
  test('in the shape of a known log, one field of it from elsewhere, may lack the other columns', async () => {
    const ga4 = { ...EVENT_MAPPINGS.ga4, visitor_id: 'client' }
    const text = 'event_name,event_timestamp,client\npage_view,1767261600000000,ann\n'
    const { events } = await readAll('-', { stdin: inPieces(text), mapping: ga4, format: 'csv' })
    expect(events).toMatchObject([{ name: 'page_view', visitor_id: 'ann' }])
  })

  test('must have every column that was named oneself, also beside those of a known log', async () => {
    const ga4 = { ...EVENT_MAPPINGS.ga4, visitor_id: 'client', value: 'total' }
    const text = 'event_name,event_timestamp,client\npage_view,1767261600000000,ann\n'
    await expect(readAll('-', { stdin: inPieces(text), mapping: ga4, format: 'csv' })).rejects.toThrow(
      /the mapping reads `value` from the column "total", which is not there/,
    )
  })

  test('gives an event a row', async () => {
    const { events, summary } = await readCsv(csv(first, 'purchase,2026-01-01T10:05:00Z,ann,,12.50,'))
    expect(summary).toEqual({ files: 1, rows: 2, bad: 0, duplicates: 0 })
    const [view, bought] = events
    expect(view).toMatchObject({
      name: 'page_view',
      stage: 'awareness',
      time: Date.UTC(2026, 0, 1, 10),
      visitor_id: 'ann',
      sequence: 1,
      page: { url: 'https://shop.example/?utm_source=x' },
      touch: { landing: 'https://shop.example/?utm_source=x', utm_source: 'x' },
      properties: { note: 'hello' },
    })
    expect(bought).toMatchObject({
      name: 'purchase',
      stage: 'purchase',
      session_id: view!.session_id,
      sequence: 2,
      properties: { value: 12.5 },
    })
    expect(bought).not.toHaveProperty('touch')
  })

  test.each([
    ['quotes, delimiters and line breaks in a field', csv(`page_view,2026-01-01,ann,,,"a ""b"", c\nd"`), 'a "b", c\nd'],
    ['line ends of Windows', csv(`page_view,2026-01-01,ann,,,x`).replaceAll('\n', '\r\n'), 'x'],
    ['a byte order mark', `\uFEFF${csv('page_view,2026-01-01,ann,,,x')}`, 'x'],
    ['no end of the last line', csv('page_view,2026-01-01,ann,,,x').trimEnd(), 'x'],
    ['semicolons', csv('page_view,2026-01-01,ann,,,x').replaceAll(',', ';'), 'x'],
    ['tabs', csv('page_view,2026-01-01,ann,,,x').replaceAll(',', '\t'), 'x'],
    ['letters of more than a byte', csv('page_view,2026-01-01,ann,,,kain “batik” 🧵'), 'kain “batik” 🧵'],
  ])('may have %s, however it arrives', async (_, text, note) => {
    for (const size of [1, 7, 1e6]) {
      const { events, badRows } = await readCsv(text, size)
      expect(badRows).toEqual([])
      expect(events.map(event => event.properties)).toEqual([{ note }])
    }
  })

  test('packed with gzip is known by its bytes', async () => {
    expect((await readCsv(gzipSync(csv(first)))).events).toHaveLength(1)
  })

  test('reports bad rows by the line where they begin, quotes nothing of them, and goes on', async () => {
    const secret = 'budi@example.org'
    const rows = [
      `page_view,2026-01-01,ann,,,"two\nlines"`,
      `page_view,${secret},ann,,,`,
      `page_view,2026-01-01,ann,,`,
      `,2026-01-01,ann,,,${secret}`,
      `page_view,2026-01-01,,,,`,
      '',
      `page_view,12,ann,,,`,
      first,
    ]
    const { events, badRows, summary } = await readCsv(csv(...rows))
    expect(events).toHaveLength(2)
    expect(badRows.map(({ line, reason }) => [line, reason.split(':')[0]])).toEqual([
      [4, 'time'],
      [5, 'expected 6 fields, got 5'],
      [6, 'name'],
      [7, 'visitor_id'],
      [9, 'time'],
    ])
    expect(JSON.stringify(badRows)).not.toContain(secret)
    expect(summary).toEqual({ files: 1, rows: 7, bad: 5, duplicates: 0 })
  })

  test('that is not UTF-8 loses the rows that are not', async () => {
    const text = Buffer.from(csv(first, 'page_view,2026-01-01,ann,,,caf\xe9', 'page_view,2026-01-02,ann,,,x'), 'latin1')
    const { events, badRows } = await readCsv(text)
    expect(events).toHaveLength(2)
    expect(badRows).toEqual([{ file: '-', line: 3, reason: 'the row is not UTF-8' }])
  })

  test('whose gzip data end early is used up to there', async () => {
    const packed = gzipSync(
      csv(...Array.from({ length: 999 }, (_, i) => `page_view,2026-01-01,v${i},,,${Math.random()}`)),
    )
    const { events, badRows } = await readCsv(packed.subarray(0, packed.length / 2))
    expect(events.length).toBeGreaterThan(10)
    expect(badRows.at(-1)!.reason).toMatch(/^the gzip data end here/)
  })

  test('may have a column __proto__', async () => {
    const { events } = await readCsv('event,at,who,page.url,paid,note,__proto__\npage_view,2026-01-01,ann,,,x,y\n')
    expect(events).toHaveLength(1)
  })
})

describe('NDJSON', () => {
  test('is read by dotted paths, and a key that has the dots in it comes first', async () => {
    const rows = [
      { event: 'page_view', at: 1_767_261_600, who: 'ann', page: { url: 'https://shop.example/a' } },
      { event: 'page_view', at: 1_767_261_700, who: 'ann', 'page.url': 'https://shop.example/b', page: { url: 'c' } },
    ]
    const { events } = await readCsv(lines(...rows))
    expect(events.map(event => event.page?.url)).toEqual(['https://shop.example/a', 'https://shop.example/b'])
  })

  test('reports what is no object, and what is a trap', async () => {
    const { badRows } = await readCsv(lines({ event: 'a', at: '2026-01-01', who: 'x' }, '[1]', '{', '{"__proto__":{}}'))
    expect(badRows).toEqual([
      { file: '-', line: 2, reason: 'expected a JSON object' },
      { file: '-', line: 3, reason: 'the line is not JSON' },
      { file: '-', line: 4, reason: 'a key is named __proto__' },
    ])
  })
})

describe('Parquet', () => {
  const table = (rowGroupSize = 1_000) =>
    new Uint8Array(
      parquetWriteBuffer({
        rowGroupSize,
        columnData: [
          { name: 'event', data: ['page_view', 'purchase', 'page_view'], type: 'STRING' },
          { name: 'at', data: [1n, 2n, 3n].map(n => 1_767_261_600_000_000n + n * 60_000_000n), type: 'INT64' },
          { name: 'who', data: ['ann', 'ann', null], type: 'STRING', nullable: true },
          { name: 'page.url', data: ['https://shop.example/', null, null], type: 'STRING', nullable: true },
          { name: 'paid', data: [null, 12.5, null], type: 'DOUBLE', nullable: true },
          { name: 'note', data: ['a', 'b', 'c'], type: 'STRING' },
          { name: 'unused', data: ['a', 'b', 'c'], type: 'STRING' },
        ],
      }),
    )

  test('is known by its bytes, and read row group by row group', async () => {
    const folder = await folderWith({ 'log.parquet': table(2), 'log.data': table() })
    for (const name of ['log.parquet', 'log.data']) {
      const { events, badRows } = await readAll(join(folder, name), { mapping })
      expect(events).toMatchObject([
        { name: 'page_view', time: 1_767_261_660_000, properties: { note: 'a' } },
        { name: 'purchase', time: 1_767_261_720_000, properties: { note: 'b', value: 12.5 } },
      ])
      expect(badRows).toMatchObject([{ line: 3, reason: expect.stringMatching(/^visitor_id: /) }])
    }
  })

  // The files have 10 people with 5 events each, in lists of structures as BigQuery exports them. DuckDB 1.x wrote them.
  test.each(['brotli', 'gzip', 'lz4_raw', 'snappy', 'zstd'])(
    'with the lists and structures of a GA4 export is read, packed by %s',
    async codec => {
      const file = new URL(`ga4-export.${codec}.parquet`, import.meta.url).pathname
      const { events, badRows } = await readAll(file, { mapping: 'ga4' })
      expect(badRows).toEqual([])
      expect(events).toHaveLength(50)
      expect(events.slice(0, 5)).toMatchObject([
        { name: 'session_start', visitor_id: 'p0', touch: { utm_source: 'google', utm_medium: 'cpc' } },
        { name: 'page_view' },
        { name: 'page_view' },
        { name: 'page_view', page: { url: 'https://shop.example/?utm_source=google&utm_medium=cpc' } },
        { name: 'purchase', properties: { transaction_id: 'T4', value: 10.5 } },
      ])
    },
  )

  test('tells its progress up to the last byte', async () => {
    const content = table()
    const folder = await folderWith({ 'log.parquet': content })
    let last: unknown
    await readAll(folder, { mapping, onProgress: progress => (last = progress) })
    expect(last).toEqual({ bytes: content.length, totalBytes: content.length })
  })

  test('that is damaged or cut off is a bad row', async () => {
    const content = table()
    const cut = content.subarray(0, content.length - 20)
    const holed = new Uint8Array(content)
    holed.fill(0xff, 4, 60)
    const folder = await folderWith({ cut, holed })
    expect((await readAll(join(folder, 'cut'), { mapping })).badRows).toMatchObject([
      { line: 1, reason: expect.stringMatching(/^the file cannot be read as Parquet/) },
    ])
    expect((await readAll(join(folder, 'holed'), { mapping })).badRows).toMatchObject([
      { line: 1, reason: expect.stringMatching(/^rows 1 to 3 cannot be read/) },
    ])
  })

  test('cannot come from standard input', async () => {
    await expect(readAll('-', { mapping, format: 'parquet', stdin: inPieces(table()) })).rejects.toThrow(
      /name the file/,
    )
  })
})

describe('a column that is not there is one error at the start, which names the nearest', () => {
  test.each([
    ['of CSV', csv(first)],
    ['of NDJSON', lines({ event: 'a', at: '2026-01-01', who: 'x' })],
  ])('%s', async (_, text) => {
    const stdin = inPieces(text)
    await expect(readAll('-', { stdin, mapping: { ...mapping, name: 'events' } })).rejects.toThrow(
      /^-: the mapping reads `name` from the column "events", which is not there\. Did you mean "event"\? The columns are "event", "at", "who"/,
    )
  })

  test('of CSV, also where the fact may be missing', async () => {
    await expect(
      readAll('-', { stdin: inPieces(csv(first)), mapping: { ...mapping, value: 'price' } }),
    ).rejects.toThrow(/reads `value` from the column "price", which is not there/)
  })
})

test('a folder means all of its logs', async () => {
  const row = { event: 'page_view', at: '2026-01-02', who: 'ann' }
  const folder = await folderWith({ 'a.csv': csv(first), 'b.jsonl.gz': gzipSync(lines(row)), 'c.txt': 'no log' })
  expect((await readAll(folder, { mapping })).summary).toMatchObject({ files: 2, rows: 2, bad: 0 })
})

test('a signal ends the reading, also while nothing comes', async () => {
  const stop = new AbortController()
  const stdin = (async function* () {
    yield Buffer.from(csv(first))
    setImmediate(() => stop.abort(new Error('enough')))
    await new Promise(() => {})
  })()
  await expect(readAll('-', { stdin, mapping, signal: stop.signal })).rejects.toThrow('enough')
  await expect(readAll('-', { stdin: inPieces(''), signal: AbortSignal.abort(new Error('at once')) })).rejects.toThrow(
    'at once',
  )
})

test.each([
  [{ mapping: 'segmnt' as never }, /did you mean "segment"\?/],
  [{ mapping: { time: 'at', visitor_id: 'who' } as never }, /`mapping.name` is missing/],
  [{ mapping: { name: 'a', time: 'b' } }, /`mapping.visitor_id` is missing/],
  [{ mapping, timeUnit: 'h' as never }, /expected `timeUnit` to be s, ms, us, ns/],
  [{ mapping, timeZone: 'Jakarta' }, /expected `timeZone` to be a time zone/],
  [{ mapping, ids: 'x' as never }, /expected `ids` to be content or row/],
  [{ mapping, sessionMinutes: 0 }, /expected `sessionMinutes`/],
  [{ format: 'csv' as const }, /say by `mapping` what its columns mean/],
  [{ format: 'xls' as never }, /expected `format` to be csv, ndjson, parquet/],
])('wrong options are refused: %j', async (options, message) => {
  await expect(readAll('-', options)).rejects.toThrow(message)
})

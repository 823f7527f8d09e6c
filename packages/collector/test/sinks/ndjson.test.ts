import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { createCollector } from '@jejak/collector'
import { createNdjsonSink } from '@jejak/collector/sinks/ndjson'
import type { NdjsonSinkOptions } from '@jejak/collector/sinks/ndjson'
import { describe, expect, onTestFinished, test } from 'vitest'
import { batchOf, envelope, idOf, NOW, quietLog, requestOf, storedEvent } from '../sending.ts'
import { linesByFile, readEvents, readWholeEvents, temporaryFolder } from './event-files.ts'
import { testSink } from './sink-contract.ts'

const DAY_MS = 86_400_000

function open(options: Partial<NdjsonSinkOptions> = {}) {
  const folder = options.folder ?? join(temporaryFolder(), 'events')
  const sink = createNdjsonSink({ now: () => NOW, ...options, folder })
  onTestFinished(() => sink.close())
  return { folder, sink, ids: () => readEvents(folder).map(({ id }) => id) }
}

testSink(async () => {
  const { sink, folder } = open()
  return { sink, read: async () => (existsSync(folder) ? readEvents(folder) : []) }
})

const line = (n: number) => `${JSON.stringify(storedEvent(n))}\n`

describe('the files', () => {
  test('are made in a folder that is made too', async () => {
    const folder = join(temporaryFolder(), 'a', 'b')
    await open({ folder }).sink.write([storedEvent()])
    expect(readdirSync(folder)).toEqual(['events-2026-11-21.ndjson'])
  })

  test('change with the day, UTC', async () => {
    let now = Date.UTC(2026, 10, 21, 23, 59, 59, 999)
    const { sink, folder } = open({ now: () => now })
    await sink.write([storedEvent(1)])
    now += 1
    await sink.write([storedEvent(2)])
    expect(linesByFile(folder)).toEqual({
      'events-2026-11-21.ndjson': [line(1).trim(), ''],
      'events-2026-11-22.ndjson': [line(2).trim(), ''],
    })
  })

  test('are followed by another before they grow beyond their size', async () => {
    const { sink, folder } = open({ maxBytes: line(1).length * 2 })
    for (let n = 1; n <= 5; n++) await sink.write([storedEvent(n)])
    expect(Object.values(linesByFile(folder)).map(lines => lines.length - 1)).toEqual([2, 1, 2])
    expect(readdirSync(folder).toSorted()).toEqual([
      'events-2026-11-21-1.ndjson',
      'events-2026-11-21-2.ndjson',
      'events-2026-11-21.ndjson',
    ])
  })

  test('that got nothing are not left behind', async () => {
    const { sink, folder } = open()
    await sink.open()
    await sink.write([])
    await sink.close()
    expect(readdirSync(folder)).toEqual([])
  })

  test('hold each event on a line of its own, whatever is in it', async () => {
    const { sink, folder } = open()
    const event = storedEvent(1, { properties: { text: 'a\nb\r\n\u2028\u0000"' } })
    await sink.write([event, storedEvent(2)])
    expect(readEvents(folder)).toEqual([event, storedEvent(2)])
  })
})

describe('after a restart', () => {
  test('events that were stored are known', async () => {
    const { sink, folder, ids } = open()
    await sink.write([storedEvent(1), storedEvent(2)])
    await sink.close()

    const again = open({ folder }).sink
    expect(await again.write([storedEvent(2), storedEvent(3)])).toEqual({ stored: [storedEvent(3)], duplicates: 1 })
    expect(ids().toSorted()).toEqual([idOf(1), idOf(2), idOf(3)])
  })

  test('so are those of earlier days, other processes, and events whose fields stand in another order', async () => {
    const { sink, folder } = open({ now: () => NOW - 3 * DAY_MS })
    const { id, ...rest } = storedEvent(1)
    await sink.write([{ ...rest, id }])
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'events-2026-11-20-7.ndjson'), line(2))
    await sink.close()

    const known = await open({ folder }).sink.write([storedEvent(1), storedEvent(2)])
    expect(known.duplicates).toBe(2)
  })

  test('files are read piece by piece, also where a piece ends within an id', async () => {
    const folder = temporaryFolder()
    const long = (n: number, length: number) => storedEvent(n, { properties: { text: 'x'.repeat(length) } })
    const events = Array.from({ length: 400 }, (_, n) => long(n, 5_000 + 37 * n))
    const first = open({ folder }).sink
    await first.write(events)
    await first.close()
    expect((await open({ folder }).sink.write(events)).duplicates).toBe(400)
  })

  test('as many of the newest events are known as were asked for', async () => {
    const { sink, folder } = open({ maxBytes: 1 })
    for (let n = 1; n <= 10; n++) await sink.write([storedEvent(n)])
    await sink.close()

    const again = open({ folder, rememberIds: 4 }).sink
    expect((await again.write([7, 8, 9, 10].map(n => storedEvent(n)))).duplicates).toBe(4)
    expect((await again.write([storedEvent(1)])).stored).toHaveLength(1)
  })

  test('and while it runs as well', async () => {
    const { sink } = open({ rememberIds: 4 })
    for (let n = 1; n <= 20; n++) await sink.write([storedEvent(n)])
    expect((await sink.write([17, 18, 19, 20].map(n => storedEvent(n)))).duplicates).toBe(4)
    expect((await sink.write([storedEvent(1)])).duplicates).toBe(0)
  })

  test('files of another kind are left alone', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'notes.ndjson'), line(1))
    writeFileSync(join(folder, 'events-2026-11-21.ndjson.gz'), line(1))
    expect((await open({ folder }).sink.write([storedEvent(1)])).duplicates).toBe(0)
  })
})

describe('half a line at the end of a file, left by a crash', () => {
  const torn = `${line(1)}${line(2).slice(0, 60)}`

  function crashed(minutesAgo: number) {
    const folder = temporaryFolder()
    const path = join(folder, 'events-2026-11-21.ndjson')
    writeFileSync(path, torn)
    const then = Date.now() / 1_000 - minutesAgo * 60
    utimesSync(path, then, then)
    return { folder, path }
  }

  test('swallows no event: its own comes again and is stored', async () => {
    const { folder } = crashed(0)
    const { sink } = open({ folder })
    expect(await sink.write([storedEvent(1), storedEvent(2)])).toEqual({ stored: [storedEvent(2)], duplicates: 1 })
    expect(
      readWholeEvents(folder)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual([idOf(1), idOf(2)])
  })

  test('gets its end, so that the files may be joined into one', async () => {
    const { folder, path } = crashed(2)
    await open({ folder }).sink.write([storedEvent(2)])
    expect(readFileSync(path, 'utf8')).toBe(`${torn}\n`)
  })

  test('is not touched while another process may be writing it', async () => {
    const { folder, path } = crashed(0)
    await open({ folder }).sink.write([storedEvent(2)])
    expect(readFileSync(path, 'utf8')).toBe(torn)
  })
})

describe('two collectors in one folder', () => {
  test('never write into the same file', async () => {
    const folder = temporaryFolder()
    const sinks = [open({ folder }).sink, open({ folder }).sink]
    await Promise.all(Array.from({ length: 200 }, (_, n) => sinks[n % 2]!.write([storedEvent(n)])))
    expect(Object.keys(linesByFile(folder))).toHaveLength(2)
    expect(readEvents(folder)).toHaveLength(200)
  })

  test('know what the other had stored when they were opened, and not what came later', async () => {
    const folder = temporaryFolder()
    const [first, second] = [open({ folder }).sink, open({ folder }).sink]
    await first.write([storedEvent(1)])
    await second.open()
    await first.write([storedEvent(2)])
    expect((await second.write([storedEvent(1), storedEvent(2)])).duplicates).toBe(1)
  })
})

describe('a fault', () => {
  test('of the folder is told with its path and what to do, when the sink is opened', async () => {
    const folder = join(temporaryFolder(), 'taken')
    writeFileSync(folder, 'a file')
    await expect(open({ folder }).sink.open()).rejects.toThrow(`Could not use the folder ${folder} (EEXIST`)
    await expect(open({ folder: join(folder, 'below') }).sink.open()).rejects.toThrow('a part of this path is a file')
  })

  test('is answered with 503, and the sink goes on when it is gone', async () => {
    const folder = join(temporaryFolder(), 'events')
    const { sink, ids } = open({ folder })
    const log = quietLog()
    const collector = createCollector({ sink, log, now: () => NOW })
    const request = () => requestOf(JSON.stringify(batchOf([envelope(1)])))
    writeFileSync(folder, 'a file')
    expect((await collector(request())).status).toBe(503)
    expect(log.errors).toEqual([expect.stringContaining(`Could not use the folder ${folder}`)])

    rmSync(folder)
    expect((await collector(request())).status).toBe(200)
    expect(ids()).toEqual([idOf(1)])
  })

  test('of one event stays its own: what cannot be JSON is refused, the others are stored', async () => {
    const { sink, ids } = open()
    const results = await Promise.allSettled([
      sink.write([storedEvent(1)]),
      sink.write([storedEvent(2, { properties: { n: 1n } })]),
      sink.write([storedEvent(3)]),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(ids()).toEqual([idOf(1), idOf(3)])
  })

  test('of more waiting than memory should hold is told at once, and passes', async () => {
    const { sink } = open()
    const large = (n: number) => sink.write([storedEvent(n, { properties: { text: 'x'.repeat(20_000_000) } })])
    const results = await Promise.allSettled([1, 2, 3, 4, 5].map(large))
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected'])
    expect((await large(4)).stored).toHaveLength(1)
  })

  test.skipIf(process.platform === 'win32')(
    'of the files being deleted under it loses nothing it called stored',
    async () => {
      const { sink, folder, ids } = open()
      await sink.write([storedEvent(1)])
      rmSync(dirname(join(folder, 'x')), { recursive: true })
      await expect(sink.write([storedEvent(2)])).rejects.toThrow('the file was deleted')
      expect((await sink.write([storedEvent(2)])).stored).toHaveLength(1)
      expect(ids()).toEqual([idOf(2)])
    },
  )

  test('in an old file, such as a line that is no event, does not keep the sink from opening', async () => {
    const folder = temporaryFolder()
    appendFileSync(join(folder, 'events-2026-11-20.ndjson'), `\n{"id":7}\nnonsense\n${line(1)}{"id":"${idOf(2)}`)
    expect((await open({ folder }).sink.write([storedEvent(1), storedEvent(2)])).duplicates).toBe(1)
  })
})

import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createCollector } from '@jejak/collector'
import { createNdjsonSink } from '@jejak/collector/sinks/ndjson'
import type { NdjsonSinkOptions } from '@jejak/collector/sinks/ndjson'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createFolderLock } from '../../src/sinks/folder-lock.ts'
import { batchOf, envelope, idOf, NOW, quietLog, requestOf, storedEvent } from '../sending.ts'
import { fileNames, linesByFile, readEvents, temporaryFolder } from './event-files.ts'
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
    expect(fileNames(folder)).toEqual(['events-2026-11-21.ndjson'])
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
    expect(fileNames(folder)).toEqual([
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

  function crashed(end = torn) {
    const folder = temporaryFolder()
    const path = join(folder, 'events-2026-11-21.ndjson')
    writeFileSync(path, end)
    return { folder, path }
  }

  test('swallows no event: its own comes again and is stored', async () => {
    const { folder } = crashed()
    const { sink, ids } = open({ folder })
    expect(await sink.write([storedEvent(1), storedEvent(2)])).toEqual({ stored: [storedEvent(2)], duplicates: 1 })
    expect(ids().toSorted()).toEqual([idOf(1), idOf(2)])
  })

  test('is cut off, so that the files may be joined into one', async () => {
    const { folder, path } = crashed()
    await open({ folder }).sink.open()
    expect(readFileSync(path, 'utf8')).toBe(line(1))
  })

  test('is no event either if its end is all that is missing', async () => {
    const { folder } = crashed(line(1).trim())
    const { sink, ids } = open({ folder })
    expect((await sink.write([storedEvent(1)])).stored).toHaveLength(1)
    expect(ids()).toEqual([idOf(1)])
  })

  test('is not touched while another collector has its turn', async () => {
    const folder = temporaryFolder()
    const lock = createFolderLock(folder)
    onTestFinished(() => lock.close())
    const path = join(folder, 'events-2026-11-21.ndjson')
    const { sink } = open({ folder })
    let writing: Promise<unknown> | undefined
    await lock.hold(async () => {
      writeFileSync(path, torn)
      writing = sink.write([storedEvent(2)])
      await expect.poll(() => readdirSync(join(folder, '.lock'))).toHaveLength(2)
      appendFileSync(path, line(2).slice(60))
    })
    expect(await writing).toEqual({ stored: [], duplicates: 1 })
    expect(readFileSync(path, 'utf8')).toBe(line(1) + line(2))
  })

  test.each([
    ['an end that somebody gave it', `${line(2).slice(0, 60)}\n`],
    ['zeros in it, as a loss of power leaves them', `${line(2).slice(0, 60)}${'\0'.repeat(40)}${line(2).slice(100)}`],
  ])('is not taken for an event for %s', async (_, half) => {
    const { folder } = crashed(`${line(1)}${half}${line(3)}`)
    const result = await open({ folder }).sink.write([storedEvent(1), storedEvent(2), storedEvent(3)])
    expect(result).toEqual({ stored: [storedEvent(2)], duplicates: 2 })
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

  test('know what the other has stored, before they were opened and after', async () => {
    const folder = temporaryFolder()
    const [first, second] = [open({ folder }).sink, open({ folder }).sink]
    await first.write([storedEvent(1)])
    await second.open()
    await first.write([storedEvent(2)])
    expect(await second.write([storedEvent(1), storedEvent(2), storedEvent(3)])).toMatchObject({ duplicates: 2 })
    expect(await first.write([storedEvent(3)])).toMatchObject({ duplicates: 1 })
  })

  test('know it also of files that were full, of earlier days, and of many events at once', async () => {
    const folder = temporaryFolder()
    let day = NOW
    const first = open({ folder, maxBytes: 3_000_000, now: () => day }).sink
    const second = open({ folder }).sink
    await second.write([storedEvent(0)])
    const events = Array.from({ length: 20_000 }, (_, n) => storedEvent(n + 1))
    for (let from = 0; from < events.length; from += 1_000) {
      await first.write(events.slice(from, from + 1_000))
      if (from === 10_000) day += DAY_MS
    }
    expect(Object.keys(linesByFile(folder)).length).toBeGreaterThan(3)
    expect(await second.write(events)).toMatchObject({ duplicates: events.length })
  })

  test('that get the same event at the same time store it once, and one of them says so', async () => {
    const folder = temporaryFolder()
    const sinks = [1, 2, 3].map(() => open({ folder }).sink)
    const numbers = Array.from({ length: 100 }, (_, n) => n)
    const results = await Promise.all(
      numbers.flatMap(n => sinks.map(async sink => sink.write([storedEvent(n), storedEvent(n + 1)]))),
    )
    const distinct = [...numbers, 100].map(idOf).toSorted()
    expect(results.flatMap(({ stored }) => stored.map(({ id }) => id)).toSorted()).toEqual(distinct)
    expect(
      readEvents(folder)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(distinct)
  })

  test('go on when one of them is closed', async () => {
    const folder = temporaryFolder()
    const [first, second] = [open({ folder }).sink, open({ folder }).sink]
    await first.write([storedEvent(1)])
    const writing = second.write([storedEvent(1), storedEvent(2)])
    await first.close()
    expect(await writing).toEqual({ stored: [storedEvent(2)], duplicates: 1 })
    await second.close()
    expect(readdirSync(folder)).not.toContain('.lock')
  })

  test('work in a folder whose path is longer than an address may be', async () => {
    const folder = join(temporaryFolder(), 'a'.repeat(100), 'b'.repeat(100))
    const [first, second] = [open({ folder }).sink, open({ folder }).sink]
    await first.write([storedEvent(1)])
    expect(await second.write([storedEvent(1), storedEvent(2)])).toMatchObject({ duplicates: 1 })
    expect(await first.write([storedEvent(2)])).toMatchObject({ duplicates: 1 })
  })

  test('find each other again when the folder was deleted', async () => {
    const folder = join(temporaryFolder(), 'events')
    const [first, second] = [open({ folder }).sink, open({ folder }).sink]
    await first.write([storedEvent(1)])
    await second.write([storedEvent(2)])
    rmSync(folder, { recursive: true })
    await Promise.all([first, second].map(async sink => sink.write([storedEvent(3)]).catch(() => {})))
    const results = await Promise.all([first, second].map(async sink => sink.write([storedEvent(3), storedEvent(4)])))
    expect(results.flatMap(({ stored }) => stored).length).toBeLessThanOrEqual(2)
    const ids = readEvents(folder).map(({ id }) => id)
    expect(ids.toSorted()).toEqual([idOf(3), idOf(4)])
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
    const large = (n: number) => sink.write([storedEvent(n, { properties: { text: 'x'.repeat(5_000_000) } })])
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

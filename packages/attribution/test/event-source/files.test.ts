import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { readEvents } from '@jejak/attribution'
import type { ReadProgress } from '@jejak/attribution'
import { describe, expect, test } from 'vitest'
import { on } from '../journeys/event.ts'
import { folderWith, inPieces, lines, readAll } from './files.ts'

const [one, two, three] = [on(1), on(2), on(3)]

test('a file gives its events as they are, in its order', async () => {
  const folder = await folderWith({ 'events.ndjson': lines(three, one) })
  const { events, summary } = await readAll(join(folder, 'events.ndjson'))
  expect(events).toEqual([three, one])
  expect(summary).toEqual({ files: 1, rows: 2, bad: 0, duplicates: 0 })
})

test('gzip is known by its bytes, whatever the name', async () => {
  const folder = await folderWith({ 'packed.ndjson': gzipSync(lines(one)), 'plain.ndjson.gz': lines(two) })
  expect((await readAll([join(folder, 'packed.ndjson'), join(folder, 'plain.ndjson.gz')])).events).toEqual([one, two])
})

test('several files are read in the order given', async () => {
  const folder = await folderWith({ a: lines(one), b: lines(two) })
  expect((await readAll([join(folder, 'b'), join(folder, 'a')])).events).toEqual([two, one])
})

test('a folder means all NDJSON in it, however deep, by name', async () => {
  const folder = await folderWith({
    'b.ndjson': lines(three),
    'a/2.ndjson.gz': gzipSync(lines(two)),
    'a/1.ndjson': lines(one),
    'notes.txt': 'no events',
  })
  const { events, summary } = await readAll(folder)
  expect(events).toEqual([one, two, three])
  expect(summary.files).toBe(3)
})

test('a glob means the files that match, by name', async () => {
  const folder = await folderWith({ 'day-2.ndjson': lines(two), 'day-1.ndjson': lines(one), 'other.ndjson': '{' })
  expect((await readAll(`${folder}/day-*.ndjson`)).events).toEqual([one, two])
  expect((await readAll(`${folder}/**/day-{2,1}.ndjson`)).events).toEqual([one, two])
})

test('a file that is meant twice is read once', async () => {
  const folder = await folderWith({ 'a.ndjson': lines(one) })
  expect((await readAll([folder, `${folder}/*.ndjson`, join(folder, 'a.ndjson')])).summary).toMatchObject({
    files: 1,
    duplicates: 0,
  })
})

test('a file whose name looks like a pattern is that file', async () => {
  const folder = await folderWith({ 'events[1].ndjson': lines(one), 'events1.ndjson': lines(two) })
  expect((await readAll(join(folder, 'events[1].ndjson'))).events).toEqual([one])
})

test('a dash means standard input, packed or not', async () => {
  expect((await readAll('-', { stdin: inPieces(lines(one, two)) })).events).toEqual([one, two])
  expect((await readAll('-', { stdin: inPieces(gzipSync(lines(one, two)), 1) })).events).toEqual([one, two])
})

test('each loop reads the files again and counts afresh', async () => {
  const source = readEvents(await folderWith({ 'a.ndjson': lines(one, two, '{') }))
  const events = []
  for await (const event of source) events.push(event)
  for await (const event of source) events.push(event)
  expect(events).toEqual([one, two, one, two])
  expect(source.summary).toEqual({ files: 1, rows: 3, bad: 1, duplicates: 0 })
})

test('a loop may be left early', async () => {
  const folder = await folderWith({ 'a.ndjson.gz': gzipSync(lines(one, two)) })
  for await (const event of readEvents(folder)) {
    expect(event).toEqual(one)
    break
  }
})

describe('what means no file is an error that says so', () => {
  test('a path', async () => {
    await expect(readAll('/nowhere/events.ndjson')).rejects.toThrow(
      /no file or folder "\/nowhere\/events.ndjson": check the path/,
    )
  })

  test('a glob', async () => {
    const folder = await folderWith({ 'a.ndjson': '' })
    await expect(readAll(`${folder}/*.json`)).rejects.toThrow(/No file matches ".*\*\.json": check the pattern/)
  })

  test('a folder without events', async () => {
    const folder = await folderWith({ 'notes.txt': '' })
    await expect(readAll(folder)).rejects.toThrow(/No \.ndjson, \.ndjson\.gz or events\.parquet file in the folder/)
  })

  test('no source at all', async () => {
    await expect(readAll([])).rejects.toThrow(/No events to read: name a file/)
  })
})

test('an empty file has no events', async () => {
  expect((await readAll(await folderWith({ 'a.ndjson': '' }))).summary).toEqual({
    files: 1,
    rows: 0,
    bad: 0,
    duplicates: 0,
  })
})

test('progress is told in bytes, from none to all of them, and without a total for standard input', async () => {
  const content = gzipSync(lines(one, two))
  const folder = await folderWith({ 'a.ndjson': content, 'b.ndjson': content })
  const told: ReadProgress[] = []
  await readAll(folder, { onProgress: progress => told.push(progress) })
  expect(told[0]).toEqual({ bytes: 0, totalBytes: 2 * content.length })
  expect(told.at(-1)).toEqual({ bytes: 2 * content.length, totalBytes: 2 * content.length })

  await readAll('-', { stdin: inPieces(content), onProgress: progress => told.push(progress) })
  expect(told.at(-1)).toEqual({ bytes: content.length, totalBytes: undefined })
})

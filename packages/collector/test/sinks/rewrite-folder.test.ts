import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { createNdjsonSink } from '@jejak/collector/sinks/ndjson'
import { rewriteFolder } from '@jejak/collector/sinks/rewrite-folder'
import type { StoredEvent } from '@jejak/events'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { bundled } from '../bundled.ts'
import { envelope } from '../sending.ts'

let folder: string
let program: string

beforeAll(async () => {
  program = await bundled(new URL('rewriting-process.mjs', import.meta.url))
}, 60_000)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jejak-rewrite-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const event = (number: number): StoredEvent => ({
  ...envelope(number, { sequence: number }),
  received_at: 1,
  corrected_time: 1,
})
const linesOf = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, at) => `${JSON.stringify(event(from + at))}\n`).join('')
const put = (name: string, content: string | Buffer): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const without =
  (...numbers: number[]) =>
  ({ sequence }: Readonly<Record<string, unknown>>): boolean =>
    !numbers.includes(sequence as number)

test('takes out what is not to be kept, in packed files too, and leaves everything else byte by byte', async () => {
  const plain = put('events-2026-01-01.ndjson', `${linesOf(1, 4)}no json\n[1]\n\n{"half":`)
  const packed = put('events-2026-01-02.ndjson.gz', gzipSync(linesOf(2, 5)))
  const done = await rewriteFolder({ folder, files: [plain, packed], keep: without(2) })
  expect(readFileSync(plain, 'utf8')).toBe(`${linesOf(1, 2)}${linesOf(3, 4)}no json\n[1]\n\n{"half":`)
  expect(gunzipSync(readFileSync(packed)).toString()).toBe(linesOf(3, 5))
  expect(done).toEqual([
    { path: plain, kept: 6, removed: 1, unreadable: 4 },
    { path: packed, kept: 2, removed: 1, unreadable: 0 },
  ])
  expect(readdirSync(folder).toSorted()).toEqual(['events-2026-01-01.ndjson', 'events-2026-01-02.ndjson.gz'])
})

test('a file of which nothing stays is deleted, one of which all stays is not touched', async () => {
  const gone = put('events-2026-01-01.ndjson', linesOf(1, 2))
  const same = put('events-2026-01-02.ndjson', linesOf(2, 3))
  const before = statSync(same)
  await rewriteFolder({ folder, files: [gone, same], keep: without(1) })
  expect(readdirSync(folder)).toEqual(['events-2026-01-02.ndjson'])
  expect([statSync(same).ino, statSync(same).mtimeMs]).toEqual([before.ino, before.mtimeMs])
})

test('the new file may be read by whom the old one may', async () => {
  const file = put('events-2026-01-01.ndjson', linesOf(1, 3))
  chmodSync(file, 0o640)
  await rewriteFolder({ folder, files: [file], keep: without(1) })
  expect(statSync(file).mode & 0o777).toBe(0o640)
})

test('a dry run counts and changes nothing', async () => {
  const file = put('events-2026-01-01.ndjson', linesOf(1, 4))
  expect(await rewriteFolder({ folder, files: [file], keep: without(1, 2), dryRun: true })).toMatchObject([
    { kept: 1, removed: 2 },
  ])
  expect(readFileSync(file, 'utf8')).toBe(linesOf(1, 4))
})

test('is refused while a collector uses the folder, and the collector loses nothing', async () => {
  const sink = createNdjsonSink({ folder })
  await sink.write([event(1)])
  const files = readdirSync(folder)
    .filter(name => name.endsWith('.ndjson'))
    .map(name => join(folder, name))
  await expect(rewriteFolder({ folder, files, keep: () => false })).rejects.toThrow(
    /^A collector is using .*: stop it, and start it again afterwards/,
  )
  await sink.write([event(2)])
  await sink.close()
  expect(readFileSync(files[0]!, 'utf8')).toBe(linesOf(1, 3))
  await rewriteFolder({ folder, files, keep: without(1) })
  expect(readFileSync(files[0]!, 'utf8')).toBe(linesOf(2, 3))
})

test('a sink that opens the folder afterwards knows what stayed, and no longer what went', async () => {
  const first = createNdjsonSink({ folder, now: () => 0 })
  await first.write([event(1), event(2)])
  await first.close()
  await rewriteFolder({ folder, files: [join(folder, 'events-1970-01-01.ndjson')], keep: without(1) })
  const second = createNdjsonSink({ folder, now: () => 0 })
  expect(await second.write([event(1), event(2)])).toMatchObject({ stored: [{ sequence: 1 }], duplicates: 1 })
  await second.close()
})

test('killed at any moment, it leaves each file as it was or as it is to be, and the next one goes on', async () => {
  const most = 3_000
  const files = ['events-2026-01-01.ndjson', 'events-2026-01-02.ndjson.gz'] as const
  const content = linesOf(0, most)
  put(files[0], content)
  put(files[1], gzipSync(content))
  for (const ms of [0, 3, 11, 29, 53, 97, 151]) {
    const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    await new Promise(resolve => setTimeout(resolve, ms))
    child.kill('SIGKILL')
    await once(child, 'close')
    for (const name of files) {
      const bytes = readFileSync(join(folder, name))
      const text = name.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString()
      const sequences = text
        .split('\n')
        .filter(Boolean)
        .map(line => (JSON.parse(line) as StoredEvent).sequence)
      // Whole, in order, and without the first ones: each turn takes one more away.
      expect(sequences).toEqual(Array.from({ length: sequences.length }, (_, at) => most - sequences.length + at))
    }
  }
  await rewriteFolder({ folder, files: files.map(name => join(folder, name)), keep: () => true })
  expect(readdirSync(folder).toSorted()).toEqual([...files])
}, 60_000)

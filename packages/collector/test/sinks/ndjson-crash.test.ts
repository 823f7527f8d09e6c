import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createNdjsonSink } from '@jejak/collector/sinks/ndjson'
import { expect, test } from 'vitest'
import { storedEvent } from '../sending.ts'
import { readEvents, readWholeEvents, temporaryFolder } from './event-files.ts'

const WRITER = new URL('writer.mjs', import.meta.url).pathname

/** Runs a process that writes until it ends by itself, or is killed after so many writes. What it said, by line. */
async function runWriter(
  command: string,
  parameters: readonly string[],
  killAfterWrites = Infinity,
): Promise<string[]> {
  const writer = spawn(command, parameters, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(writer, 'exit')
  const said: string[] = []
  for await (const text of createInterface({ input: writer.stdout })) {
    said.push(text)
    if (said.length === killAfterWrites) writer.kill('SIGKILL')
  }
  await ended
  return said
}

const promised = (said: readonly string[]) =>
  said.flatMap(text => (text.startsWith('stored ') ? text.slice('stored '.length).split(' ') : []))

test('a process that is killed in the middle of its work has stored all it said it had, each event once', async () => {
  const folder = temporaryFolder()
  const all: string[] = []
  for (const round of [1, 2, 3, 4]) {
    const first = round * 1_000_000
    const said = await runWriter(process.execPath, [WRITER, folder, `${first}`, '40', '2000', '100000'], round * 7)
    expect(said.length).toBeGreaterThanOrEqual(round * 7)
    all.push(...promised(said))
  }

  const inFiles = readWholeEvents(folder).map(({ id }) => id)
  expect(all.length).toBeGreaterThan(2_000)
  const stored = new Set(inFiles)
  expect(all.filter(id => !stored.has(id))).toEqual([])
  expect(stored.size).toBe(inFiles.length)

  const again = createNdjsonSink({ folder })
  const result = await again.write(all.map(id => ({ ...storedEvent(), id })))
  await again.close()
  expect(result).toEqual({ stored: [], duplicates: all.length })
}, 120_000)

test.skipIf(process.platform === 'win32')(
  'a disk that takes only half a write is left without half a line, and the sink goes on',
  async () => {
    const folder = temporaryFolder()
    // A limit on the size of files does what a full disk does: it takes the part of a write that fits, then no more.
    const limited = `trap '' XFSZ; ulimit -f 200; exec "$0" "$@"`
    const said = await runWriter('sh', ['-c', limited, process.execPath, WRITER, folder, '1', '3', '7000', '8'])

    const failures = said.filter(text => text.startsWith('failed '))
    expect(failures.length).toBeGreaterThan(0)
    expect(failures[0]).toContain(`Could not write to ${join(folder, 'events-')}`)
    expect(promised(said).length).toBeGreaterThan(0)
    // This reads every line of every file.
    expect(
      readEvents(folder)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(promised(said).toSorted())
    for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name)).at(-1)).toBe(0x0a)
  },
  60_000,
)

import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createNdjsonSink } from '@jejak/collector/sinks/ndjson'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { bundled } from '../bundled.ts'
import { idOf, storedEvent } from '../sending.ts'
import { readEvents, temporaryFolder } from './event-files.ts'

const WRITES = 6
const EVENTS = Array.from({ length: WRITES * 3 + 1 }, (_, n) => storedEvent(1_000 + n))
const EARLIER = [storedEvent(1), storedEvent(2)]

let program: string
beforeAll(async () => {
  program = await bundled(new URL('killed-writer.mjs', import.meta.url))
}, 60_000)

/** Runs a process that writes `EVENTS`, until it ends or is killed. What it said, by line. */
async function runWriter(folder: string, killAt: number, how: string): Promise<string[]> {
  const parameters = [program, folder, WRITES, killAt, how].map(String)
  return new Promise(resolve => {
    execFile(process.execPath, parameters, (_, said) => resolve(said.split('\n').filter(Boolean)))
  })
}

const promisedBy = (said: readonly string[]) =>
  said.flatMap(text => (text.startsWith('stored ') ? text.slice('stored '.length).split(' ') : []))

/** A folder that another collector writes to as well: it has its turn when the writer comes, and after it. */
async function sharedFolder() {
  const folder = temporaryFolder()
  const survivor = createNdjsonSink({ folder })
  onTestFinished(() => survivor.close())
  await survivor.write(EARLIER)
  return { folder, survivor }
}

async function expectNothingLostOrDoubled(killAt: number, how: string): Promise<string[]> {
  const { folder, survivor } = await sharedFolder()
  const said = await runWriter(folder, killAt, how)
  const promised = promisedBy(said)

  // What was promised is stored: it comes again in vain. What was not comes again too, and is stored by now.
  const { stored } = await survivor.write(EVENTS)
  expect(stored.filter(({ id }) => promised.includes(id))).toEqual([])
  // By line: this fails on half a line, too.
  const lines = readEvents(folder).map(({ id }) => id)
  expect(lines.toSorted()).toEqual([...EARLIER, ...EVENTS].map(({ id }) => id).toSorted())

  await survivor.close()
  const restarted = createNdjsonSink({ folder })
  onTestFinished(() => restarted.close())
  expect(await restarted.write([...EVENTS, ...EARLIER])).toMatchObject({ stored: [] })
  await restarted.close()
  expect(existsSync(join(folder, '.lock'))).toBe(false)
  return said
}

describe('a process that is killed has stored all it promised, each event once, and holds nobody up', () => {
  // Every call takes minutes; without being asked for them, the tests take one in ten.
  const step = process.env['JEJAK_FAULTS'] === 'all' ? 1 : 10

  test.each([
    ['before', 1],
    ['during', 4],
    ['after', 7],
  ])(
    '%s a call to the file system, whichever',
    async (how, first) => {
      const { folder } = await sharedFolder()
      const said = await runWriter(folder, 0, how)
      const [writes = [], [calls = 0] = []] = said.slice(-2).map(text => text.match(/\d+/g)?.map(Number))
      expect([writes.length >= WRITES, calls > 50]).toEqual([true, true])
      const everyStep = Array.from({ length: calls }, (_, n) => n + 1).filter(n => n % step === first % step)
      const promised: number[] = []
      // In the middle of a line, always.
      for (const killAt of new Set([...everyStep, ...writes.slice(0, 2)]))
        promised.push(promisedBy(await expectNothingLostOrDoubled(killAt, how)).length)
      // They died at each stage of their work.
      expect(new Set(promised).size).toBeGreaterThan(WRITES / 2)
    },
    300_000,
  )
})

test('processes that were killed before they had their turn leave nothing behind', async () => {
  const { folder, survivor } = await sharedFolder()
  await Promise.all([3, 4, 5, 6, 7, 8].map(async killAt => runWriter(folder, killAt, 'before')))
  await survivor.close()
  const next = createNdjsonSink({ folder })
  await next.open()
  await next.close()
  expect(readdirSync(folder)).not.toContain('.lock')
  expect(readEvents(folder).map(({ id }) => id)).toEqual([idOf(1), idOf(2)])
})

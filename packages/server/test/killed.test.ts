import { spawn } from 'node:child_process'
import { createServerTracker } from '@jejak/server'
import { expect, test, vi } from 'vitest'
import { answer, newFolder, receiver } from './receiving.ts'

const program = new URL('killed-process.mjs', import.meta.url).pathname

/** Runs the program, kills it after so many events were safe, and gives back which they were. */
async function killedAfter(events: number, options: object): Promise<string[]> {
  const child = spawn(process.execPath, [program, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.on('data', (piece: Buffer) => {
    text += piece.toString()
    if (text.split('\n').length > events) child.kill('SIGKILL')
  })
  await new Promise(resolve => child.on('close', resolve))
  return text.split('\n').slice(0, -1)
}

test('killed at any moment, no event that was safe is lost, and none is doubled', async () => {
  const { url, sink, breakWith } = await receiver()
  const folder = await newFolder()
  const safe: string[] = []
  for (let round = 0; round < 6; round++) {
    breakWith(round % 2 === 0 ? answer(503) : undefined)
    safe.push(...(await killedAfter(20 + 7 * round, { endpoint: url, folder, first: 1_000 * round })))
  }
  breakWith(undefined)
  // Files that a killed process was sending are taken over once they were left alone for long enough.
  const later = createServerTracker({ endpoint: url, spool: { folder }, now: () => Date.now() + 10 * 60_000 })
  await vi.waitFor(
    async () => {
      await later.flush()
      expect(later.state().waiting).toBe(0)
    },
    { timeout: 20_000 },
  )
  const stored = sink.events.map(({ properties }) => properties['transaction_id'] as string)
  expect(new Set(stored).size).toBe(stored.length)
  expect(stored).toEqual(expect.arrayContaining(safe))
  expect(safe.length).toBeGreaterThan(200)
}, 60_000)

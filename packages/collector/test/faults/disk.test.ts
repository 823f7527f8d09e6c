import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { bundled } from '../bundled.ts'
import { startCollector } from '../collector-process.ts'
import type { CollectorProcess } from '../collector-process.ts'
import { envelope, idOf } from '../sending.ts'
import { fileNames, readEvents, temporaryFolder } from '../sinks/event-files.ts'

// What takes a second may take ten on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

let program: string
beforeAll(async () => {
  program = await bundled(new URL('../collector-process.mjs', import.meta.url))
}, 60_000)

const large = (n: number) => envelope(n, { properties: { text: 'x'.repeat(9_000) } })
const idsIn = (folder: string) => readEvents(folder).map(({ id }) => id)

/** Sends events one by one until one is not taken, and gives back how many were. */
async function sendUntilRefused(
  collector: CollectorProcess,
  first: number,
): Promise<{ taken: number[]; refused: Response }> {
  const taken: number[] = []
  for (let n = first; n < first + 2_000; n++) {
    const answer = await collector.send([large(n)])
    if (answer?.status !== 200) return { taken, refused: answer! }
    taken.push(n)
  }
  throw new Error('All were taken.')
}

function expectComeBackLater(answer: Response | undefined): void {
  expect(answer?.status).toBe(503)
  expect(Number(answer?.headers.get('retry-after'))).toBeGreaterThan(0)
}

describe('a collector that cannot store answers 503 with Retry-After, never 200, and goes on by itself:', () => {
  // Only administrators can make a small disk. What follows it here does nearly the same to a write.
  test.skipIf(!canMount())('a disk that is full', async () => {
    const folder = temporaryFolder()
    mountSmallDisk(folder)
    onTestFinished(() => unmount(folder))
    const collector = await startCollector(program, { folder: join(folder, 'events') })
    writeFileSync(join(folder, 'ballast'), Buffer.alloc(600_000))

    const { taken, refused } = await sendUntilRefused(collector, 1)
    expectComeBackLater(refused)
    expectComeBackLater(await collector.send([large(5_000)]))
    expect(collector.log()).toContain('Free some space; the collector goes on by itself.')
    expect(taken.length).toBeGreaterThan(10)
    // Nothing of what was refused remains, not even half a line.
    expect(idsIn(join(folder, 'events'))).toEqual(taken.map(idOf))

    rmSync(join(folder, 'ballast'))
    const again = taken.length + 1
    expect((await collector.send([large(again), large(1)]))?.status).toBe(200)
    expect(idsIn(join(folder, 'events'))).toEqual([...taken, again].map(idOf))
  })

  test('a limit on the size of files, which breaks a write off in the middle: another file follows', async () => {
    const folder = temporaryFolder()
    const collector = await startCollector(program, { folder, shell: `trap '' XFSZ; ulimit -f 100` })
    const { taken, refused } = await sendUntilRefused(collector, 1)
    expectComeBackLater(refused)
    const again = taken.length + 1
    expect((await collector.send([large(again), large(1)]))?.status).toBe(200)
    expect(idsIn(folder).toSorted()).toEqual([...taken, again].map(idOf))
    expect(fileNames(folder)).toHaveLength(2)
  })

  test('a disk that has gone bad: fsync fails', async () => {
    const folder = temporaryFolder()
    const collector = await startCollector(program, { folder, brokenSync: true })
    expectComeBackLater(await collector.send([envelope(1)]))
    expectComeBackLater(await collector.send([envelope(1), envelope(2)]))
    expect(idsIn(folder)).toEqual([])
    collector.tell('mend')
    expect((await collector.send([envelope(2), envelope(1)]))?.status).toBe(200)
    expect(idsIn(folder)).toEqual([idOf(2), idOf(1)])
  })

  test('a folder that was deleted', async () => {
    const folder = join(temporaryFolder(), 'events')
    const collector = await startCollector(program, { folder })
    await collector.send([envelope(1)])
    rmSync(folder, { recursive: true })
    expectComeBackLater(await collector.send([envelope(2)]))
    expect((await collector.send([envelope(2)]))?.status).toBe(200)
    expect(idsIn(folder)).toEqual([idOf(2)])
  })

  test('a folder it may not write to any more', async () => {
    const above = temporaryFolder()
    const folder = join(above, 'events')
    mkdirSync(folder)
    chmodSync(above, 0o755)
    // What nobody may do, an administrator may.
    const nobody = process.getuid?.() === 0 ? { uid: 65_534 } : {}
    if (nobody.uid) chownSync(folder, nobody.uid, nobody.uid)
    const collector = await startCollector(program, { folder, ...nobody })
    chmodSync(folder, 0o555)
    expectComeBackLater(await collector.send([envelope(1)]))
    expect(collector.log()).toContain('the right to read and write there')
    chmodSync(folder, 0o755)
    expect((await collector.send([envelope(1)]))?.status).toBe(200)
    expect(idsIn(folder)).toEqual([idOf(1)])
  })

  test('another collector of the folder that was stopped in the middle of its work', async () => {
    const folder = temporaryFolder()
    const [first, second] = [await startCollector(program, { folder }), await startCollector(program, { folder })]
    await first.send([envelope(1)])
    process.kill(first.pid, 'SIGSTOP')
    expectComeBackLater(await second.send([envelope(1), envelope(2)]))
    expect(second.log()).toContain('another collector works in it')
    process.kill(first.pid, 'SIGCONT')
    const answer = await second.send([envelope(1), envelope(2)])
    expect(await answer?.json()).toMatchObject({ accepted: 1, duplicates: 1 })
    process.kill(first.pid, 'SIGSTOP')
    expect((await second.send([envelope(3)]))?.status).toBe(200)
    await first.kill()
    expect(idsIn(folder).toSorted()).toEqual([1, 2, 3].map(idOf))
  })
})

function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const folder = mkdtempSync(join(tmpdir(), 'jejak-'))
  try {
    mountSmallDisk(folder)
    unmount(folder)
    return true
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function mountSmallDisk(at: string): void {
  execFileSync('sh', ['-c', 'exec mount -t tmpfs -o size=1m tmpfs "$0"', at], { stdio: 'ignore' })
}

function unmount(at: string): void {
  execFileSync('sh', ['-c', 'exec umount -l "$0"', at])
}

import { beforeAll, expect, test } from 'vitest'
import { createNdjsonSink } from '@jejak/collector/sinks/ndjson'
import { bundled } from '../bundled.ts'
import { startCollector } from '../collector-process.ts'
import { envelope, idOf } from '../sending.ts'
import { readEvents, temporaryFolder } from '../sinks/event-files.ts'

const KILLS = process.env['JEJAK_FAULTS'] === 'all' ? 30 : 5
const SENDERS = 6
const SEEDS = process.env['JEJAK_FAULTS'] === 'all' ? [1, 2, 3] : [1]

let program: string
beforeAll(async () => {
  program = await bundled(new URL('../collector-process.mjs', import.meta.url))
}, 60_000)

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const properties = { text: 'x'.repeat(2_000) }

test.each(SEEDS)(
  'two collectors on one folder that are killed in turn lose nothing they took and double nothing (seed %i)',
  async seed => {
    const random = chance(seed)
    const folder = temporaryFolder()
    const collectors = [await startCollector(program, { folder }), await startCollector(program, { folder })]
    const acknowledged: number[] = []
    let next = 0
    let answers = 0
    let isOver = false

    /** Sends its events until one of the two has taken them, like a tracker. Mostly to both at the same time. */
    async function send(): Promise<void> {
      while (!isOver) {
        const first = next
        next += 4
        // The fifth is also the first of another batch.
        const numbers = [0, 1, 2, 3, 4].map(n => first + n)
        const events = numbers.map(n => envelope(n, { properties }))
        for (let isTaken = false; !isTaken;) {
          const chosen = random() < 0.7 ? collectors : [collectors[random() < 0.5 ? 0 : 1]!]
          const came = await Promise.all(chosen.map(async collector => collector.send(events)))
          isTaken = came.some(answer => answer?.status === 200)
          expect([200, 503, undefined]).toContain(came[0]?.status)
          if (!isTaken) await new Promise(resolve => setTimeout(resolve, 5))
        }
        answers++
        acknowledged.push(...numbers)
      }
    }

    async function killInTurn(): Promise<void> {
      for (let kill = 0; kill < KILLS; kill++) {
        const enough = answers + 3 + Math.floor(random() * 20)
        await expect.poll(() => answers, { timeout: 20_000, interval: 1 }).toBeGreaterThan(enough)
        await collectors[kill % 2]!.kill()
        collectors[kill % 2] = await startCollector(program, { folder })
      }
      isOver = true
    }

    await Promise.all([...Array.from({ length: SENDERS }, send), killInTurn()])
    for (const collector of collectors) await collector.kill()

    const tidy = createNdjsonSink({ folder })
    await tidy.open()
    await tidy.close()
    // By line, and every line is whole.
    const stored = readEvents(folder).map(({ id }) => id)
    expect(stored.toSorted()).toEqual([...new Set(acknowledged)].map(idOf).toSorted())
  },
  180_000,
)

import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { readEvents } from '@jejak/attribution'
import type { BadRow, DuplicateRow, ReadOptions } from '@jejak/attribution'
import type { StoredEvent } from '@jejak/events'
import { onTestFinished } from 'vitest'

/** Puts files into a new folder, which is gone after the test. Gives the folder's path. */
export async function folderWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'jejak-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  return folder
}

export const lines = (...values: readonly unknown[]): string =>
  values.map(value => `${typeof value === 'string' ? value : JSON.stringify(value)}\n`).join('')

/** Everything that one reading gives. */
export async function readAll(sources: string | readonly string[], options: ReadOptions = {}) {
  const events: StoredEvent[] = []
  const badRows: BadRow[] = []
  const duplicates: DuplicateRow[] = []
  const source = readEvents(sources, {
    onBadRow: row => badRows.push(row),
    onDuplicate: row => duplicates.push(row),
    ...options,
  })
  for await (const event of source) events.push(event)
  return { events, badRows, duplicates, summary: source.summary }
}

/** What standard input brings, in pieces of `size` bytes. */
export async function* inPieces(content: string | Uint8Array, size = Infinity): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(content)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

export const readText = (content: string | Uint8Array, pieceSize?: number) =>
  readAll('-', { stdin: inPieces(content, pieceSize) })

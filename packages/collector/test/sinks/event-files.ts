import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StoredEvent } from '@jejak/events'
import { onTestFinished } from 'vitest'

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'jejak-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The names of the event files of a folder. The lock is none. */
export function fileNames(folder: string): string[] {
  return readdirSync(folder)
    .filter(name => name !== '.lock')
    .toSorted()
}

/** The event files of a folder by name, each as its lines. */
export function linesByFile(folder: string): Record<string, string[]> {
  return Object.fromEntries(fileNames(folder).map(name => [name, readFileSync(join(folder, name), 'utf8').split('\n')]))
}

/** Every event of a folder. Fails on a line that is no JSON, and on a file that ends within a line. */
export function readEvents(folder: string): StoredEvent[] {
  return Object.values(linesByFile(folder)).flatMap(lines => {
    if (lines.pop() !== '') throw new Error('The file ends within a line.')
    return lines.map(line => JSON.parse(line) as StoredEvent)
  })
}

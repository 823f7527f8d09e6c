import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const made = new Set<string>()

/** A new, empty folder for what a browser keeps. Should nobody remove it, that is done when this process ends. */
export function newProfile(): string {
  if (made.size === 0)
    process.once('exit', () => {
      for (const folder of made) removeProfile(folder)
    })
  const folder = mkdtempSync(join(tmpdir(), 'jejak-profile-'))
  made.add(folder)
  return folder
}

/** To be called when the browser has ended. */
export function removeProfile(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  made.delete(folder)
}

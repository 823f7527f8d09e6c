import { mkdir, open } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/** Makes a folder, and those it lies in, so that no loss of power takes them away again. Nothing happens if it is there. */
export async function makeFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true })
  if (made === undefined) return
  // The name of each new folder is in the one above it.
  const highest = dirname(resolve(made))
  for (let at = resolve(folder); at.length > highest.length;) {
    at = dirname(at)
    await syncFolder(at)
  }
}

/** Sees that the names in a folder are on the disk. Windows cannot do this, and does not need it. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

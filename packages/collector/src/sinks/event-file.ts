import { open, stat, unlink } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder, syncFolder } from './durable-folder.ts'
import { fileError } from './file-error.ts'

/** A file that this process made and nobody else writes to. */
export interface EventFile {
  readonly path: string
  /** UTC, `2026-11-21`. */
  readonly day: string
  /** How much of it is safe. */
  readonly bytes: number
  /** Whether it may be appended to: not any more once it is unsure what of it reached the disk. */
  readonly sound: boolean
  /** Resolves once the lines are on the disk. If it rejects, nothing of them remains in the file. */
  append(lines: Uint8Array): Promise<void>
  close(): Promise<void>
}

const NAME = /^events-(\d{4}-\d{2}-\d{2})(?:-(\d+))?\.ndjson$/

/** The day and number in the name of an event file, or undefined for any other file. */
export function parseFileName(name: string): { day: string; number: number } | undefined {
  const [, day, number = '0'] = NAME.exec(name) ?? []
  return day === undefined ? undefined : { day, number: Number(number) }
}

/** Begins the day's next file: `events-2026-11-21.ndjson`, `events-2026-11-21-1.ndjson` … The folder is made too. */
export async function createEventFile(folder: string, day: string): Promise<EventFile> {
  try {
    await makeFolder(folder)
    const { path, handle } = await openNew(folder, day)
    // A new file is safe only when its name is.
    await syncFolder(folder).catch(async error => {
      await handle.close()
      throw error
    })
    return eventFile(path, handle, day)
  } catch (error) {
    throw fileError('begin a file in', folder, error)
  }
}

// Only one process can make a file of a name: this is what keeps two collectors in one folder apart.
async function openNew(folder: string, day: string): Promise<{ path: string; handle: FileHandle }> {
  for (let number = 0; ; number++) {
    const path = join(folder, `events-${day}${number === 0 ? '' : `-${number}`}.ndjson`)
    try {
      return { path, handle: await open(path, 'wx') }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

function eventFile(path: string, handle: FileHandle, day: string): EventFile {
  let bytes = 0
  let sound = true

  return {
    path,
    day,
    get bytes() {
      return bytes
    },
    get sound() {
      return sound
    },

    async append(lines) {
      try {
        await writeAll(handle, lines, bytes)
        await sync(handle).catch(error => {
          // The system may have thrown away what it could not write, and say next time that all is well.
          sound = false
          throw error
        })
        bytes += lines.length
      } catch (error) {
        await handle.truncate(bytes).catch(() => (sound = false))
        // No more fits into this file, but there may be room for another.
        if (isTooLarge(error)) sound = false
        throw fileError('write to', path, error)
      }
    },

    async close() {
      const isEmpty = bytes === 0 && sound && (await isAt(handle, path))
      await handle.close()
      if (isEmpty) await unlink(path)
    },
  }
}

/** Writes at a position, in as many parts as the system likes to take them. */
async function writeAll(handle: FileHandle, data: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < data.length;) {
    const { bytesWritten } = await handle.write(data, done, data.length - done, position + done)
    done += bytesWritten
  }
}

async function sync(handle: FileHandle): Promise<void> {
  await handle.datasync()
  // A deleted file takes every write and keeps none.
  const { nlink } = await handle.stat()
  if (nlink === 0) throw new Error('the file was deleted')
}

function isTooLarge(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EFBIG'
}

/** Whether this is still the file of that name: its own may have been deleted, and another made in its place. */
async function isAt(handle: FileHandle, path: string): Promise<boolean> {
  const [own, named] = await Promise.all([handle.stat(), stat(path).catch(() => undefined)])
  return own.ino === named?.ino && own.dev === named.dev
}

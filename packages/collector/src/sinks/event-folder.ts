import { constants } from 'node:fs'
import { access, open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from './durable-folder.ts'
import { parseFileName } from './event-file.ts'
import { fileError } from './file-error.ts'
import { readIds } from './read-ids.ts'

/** A stretch of a file that has not been read yet. */
interface Unread {
  readonly path: string
  /** Tells the file from another that was given its name later. */
  readonly identity: string
  readonly from: number
  readonly to: number
}

/** The event files of a folder, as far as this process knows them. */
export interface EventFolder {
  /** What others have written and was not read, the newest first. `ownFile` is left out. Asked for while nobody writes. */
  unread(ownFile: string | undefined): Promise<Unread[]>
  /**
   * The ids in these stretches, oldest first; of much, no more files than it takes to have as many as are remembered.
   * All of them are on the disk: what is called stored for being read here must not be lost after that.
   *
   * `mayCut`, while nobody writes: what is left of a line that a killed process did not get to write to its end is cut
   * off. It was never called stored, and comes again.
   */
  read(stretches: readonly Unread[], mayCut: boolean): Promise<string[]>
  /** What is in this file up to here is known without reading. */
  skip(path: string, to: number): Promise<void>
}

export function createEventFolder(folder: string, rememberIds: number): EventFolder {
  const known = new Map<string, { readonly identity: string; readonly to: number }>()

  async function readStretch({ path, identity, from, to }: Unread, mayCut: boolean): Promise<string[]> {
    const { ids, end } = await readIds(path, from, to)
    const isCut = end < to && mayCut && (await cut(path, end, to))
    // What could not be cut off stays half a line for ever: nobody appends to it.
    known.set(path, { identity, to: end === to || isCut || !mayCut ? end : to })
    return ids
  }

  return {
    async unread(ownFile) {
      const paths = (await newestFirst(folder)).filter(path => path !== ownFile)
      const stretches = await Promise.all(
        paths.map(async (path): Promise<Unread[]> => {
          const { identity, size } = await look(path)
          const before = known.get(path)
          const from = before?.identity === identity && before.to <= size ? before.to : 0
          return size > from ? [{ path, identity, from, to: size }] : []
        }),
      )
      return stretches.flat()
    },

    async read(stretches, mayCut) {
      const read: string[][] = []
      let count = 0
      for (const stretch of stretches) {
        const isNeeded = count < rememberIds
        const ids = isNeeded ? await readStretch(stretch, mayCut) : []
        if (!isNeeded) known.set(stretch.path, stretch)
        read.push(ids)
        count += ids.length
      }
      return read.reverse().flat()
    },

    async skip(path, to) {
      const { identity } = await look(path)
      known.set(path, { identity, to })
    },
  }
}

/** Makes the folder if there is none, and sees that files can be made in it. */
export async function prepareFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder)
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw fileError('use the folder', folder, error)
  }
}

async function newestFirst(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder))
      .flatMap(name => ({ name, ...parseFileName(name) }))
      .flatMap(({ name, day, number }) => (day === undefined || number === undefined ? [] : [{ name, day, number }]))
      .sort((a, b) => (a.day === b.day ? b.number - a.number : a.day < b.day ? 1 : -1))
      .map(({ name }) => join(folder, name))
  } catch (error) {
    throw fileError('read the folder', folder, error)
  }
}

async function look(path: string): Promise<{ identity: string; size: number }> {
  try {
    const { dev, ino, birthtimeMs, size } = await stat(path)
    return { identity: `${dev}:${ino}:${birthtimeMs}`, size }
  } catch (error) {
    // Moved away between listing and looking.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { identity: '', size: 0 }
    throw fileError('read', path, error)
  }
}

async function cut(path: string, end: number, sizeBefore: number): Promise<boolean> {
  try {
    const handle = await open(path, 'r+')
    try {
      if ((await handle.stat()).size === sizeBefore) await handle.truncate(end)
      return true
    } finally {
      await handle.close()
    }
  } catch {
    return false
  }
}

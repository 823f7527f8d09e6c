import { constants } from 'node:fs'
import { access, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from './durable-folder.ts'
import { parseFileName } from './event-file.ts'
import { fileError } from './file-error.ts'

// Each line of ours begins with its id. What comes after need not be looked at, however long it is.
const ID_AT_START = /^\{"id":"([\da-f-]{36})"/i
const START = '{"id":""'.length + 36

const LINE_END = 0x0a

// A write that is under way ends within moments; who has not ended one after this long is dead.
const QUIET_MS = 60_000

/** Makes the folder if there is none, and sees that files can be made in it. */
export async function prepareFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder)
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw fileError('use the folder', folder, error)
  }
}

/**
 * The ids of stored events, oldest first, from as many of the newest files as it takes to have `atLeast`. All of them
 * are on the disk: what is called stored for being read here must not be lost after that.
 */
export async function readIds(folder: string, atLeast: number): Promise<string[]> {
  const files: string[][] = []
  let count = 0
  for (const path of await newestFirst(folder)) {
    if (count >= atLeast) break
    const ids = await idsOf(path)
    files.push(ids)
    count += ids.length
  }
  return files.reverse().flat()
}

/**
 * A crash may leave half a line at the end of a file. Nobody appends to that file any more, but who reads the files
 * joined into one would take it together with the next file's first line: it gets its line end. A file of another
 * process, which may be writing now, is left alone until it has been quiet for a minute.
 */
export async function endTornLines(folder: string, now: number): Promise<void> {
  for (const path of await newestFirst(folder)) {
    // A file that only its owner may change stays as it is.
    await endTornLine(path, now).catch(() => {})
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

async function idsOf(path: string): Promise<string[]> {
  try {
    const handle = await open(path)
    // Windows refuses this for a file that is open for reading only.
    await handle.datasync().catch(() => {})
    const ids: string[] = []
    let start = ''
    for await (const piece of handle.createReadStream({ highWaterMark: 1 << 20 })) {
      const bytes = piece as Buffer
      for (let from = 0; ;) {
        const end = bytes.indexOf(LINE_END, from)
        const stop = Math.min(end < 0 ? bytes.length : end, from + START - start.length)
        // Copied out, so that an id that is remembered does not keep the piece it was read from.
        start += bytes.toString('latin1', from, stop)
        if (end < 0) break
        const id = ID_AT_START.exec(start)?.[1]
        if (id !== undefined) ids.push(id)
        start = ''
        from = end + 1
      }
    }
    return ids
  } catch (error) {
    throw fileError('read', path, error)
  }
}

async function endTornLine(path: string, now: number): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    const { size, mtimeMs } = await handle.stat()
    if (size === 0 || now - mtimeMs < QUIET_MS) return
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1)
    if (buffer[0] !== LINE_END) await handle.write('\n', size)
  } finally {
    await handle.close()
  }
}

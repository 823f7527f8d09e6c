import { open } from 'node:fs/promises'
import { fileError } from './file-error.ts'

// Each line of ours begins with its id. What comes after need not be parsed, however long it is.
const ID_AT_START = /^\{"id":"([\da-f-]{36})"/i
const START = '{"id":""'.length + 36

const LINE_END = 0x0a
const CLOSING_BRACE = 0x7d

/**
 * The ids of the whole lines in a stretch of a file, and where the last of these ends. They are on the disk.
 *
 * A line without its end is none yet. Nor is one with a zero byte in it: a loss of power may leave zeros where
 * something should have been written, and JSON has none.
 */
export async function readIds(path: string, from: number, to: number): Promise<{ ids: string[]; end: number }> {
  try {
    const handle = await open(path)
    // Windows refuses this for a file that is open for reading only.
    if (process.platform !== 'win32') await handle.datasync().catch(closing(handle))
    const ids: string[] = []
    let end = from
    let at = from
    let start = ''
    let last = 0
    let isWritten = true
    for await (const piece of handle.createReadStream({ start: from, end: to - 1, highWaterMark: 1 << 20 })) {
      const bytes = piece as Buffer
      for (let begin = 0; ;) {
        const found = bytes.indexOf(LINE_END, begin)
        const stop = found < 0 ? bytes.length : found
        // Copied out, so that an id that is remembered does not keep the piece it was read from.
        start += bytes.toString('latin1', begin, Math.min(stop, begin + START - start.length))
        isWritten &&= !bytes.subarray(begin, stop).includes(0)
        if (stop > begin) last = bytes[stop - 1]!
        if (found < 0) break
        const id = ID_AT_START.exec(start)?.[1]
        if (id !== undefined && isWritten && last === CLOSING_BRACE) ids.push(id)
        begin = found + 1
        end = at + begin
        start = ''
        isWritten = true
      }
      at += bytes.length
    }
    return { ids, end }
  } catch (error) {
    // Moved away, so there is nothing in it any more.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { ids: [], end: to }
    throw fileError('read', path, error)
  }
}

function closing(handle: { close(): Promise<void> }): (error: unknown) => Promise<never> {
  return async error => {
    await handle.close()
    throw error
  }
}

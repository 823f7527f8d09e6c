import { createReadStream, createWriteStream } from 'node:fs'
import { chmod, open, readdir, rename, stat, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { syncFolder } from './durable-folder.ts'
import { fileError } from './file-error.ts'
import { createFolderLock } from './folder-lock.ts'
import { ask } from './presence.ts'

/** What became of one file. */
export interface RewrittenFile {
  readonly path: string
  readonly kept: number
  readonly removed: number
  /** Lines that are no JSON object: nobody can say what they are, and they are kept. */
  readonly unreadable: number
}

export interface RewriteOptions {
  /** The folder that collectors use, whose lock is held meanwhile. */
  readonly folder: string
  /** The files in it to read, `.ndjson` or `.ndjson.gz`. */
  readonly files: readonly string[]
  /** Whether an event stays. What is not one of the collector's own may have any fields. */
  readonly keep: (event: Readonly<Record<string, unknown>>) => boolean
  /** Only counts. Collectors may work meanwhile. Default: false. */
  readonly dryRun?: boolean
}

/** How the name of a file begins while it is being written. Nothing reads it, whatever it ends in. */
const UNFINISHED = '.rewritten-'

/**
 * Takes events out of files that a sink has written. Each file is written anew beside the old one, put on the disk, and
 * takes its place at once: whoever is interrupted, by loss of power too, leaves the old file or the new one. A file of
 * which nothing stays is deleted, one of which everything stays is not touched.
 *
 * @throws {Error} if a collector works in the folder: it goes on to write to the file it has open, which would be lost.
 * On Windows, where that cannot be found out, always, but for a dry run.
 */
export async function rewriteFolder({ folder, files, keep, dryRun = false }: RewriteOptions): Promise<RewrittenFile[]> {
  const rewrite = async (): Promise<RewrittenFile[]> => {
    const done: RewrittenFile[] = []
    for (const path of files) done.push(await rewriteFile(path, keep, dryRun))
    return done
  }
  if (dryRun) return await rewrite()

  if (process.platform === 'win32')
    throw new Error('On Windows nobody can tell whether a collector uses the folder: rewrite a copy of it elsewhere.')
  await refuseIfInUse(folder)
  const lock = createFolderLock(folder, () => true)
  try {
    return await lock.hold(async () => {
      for (const name of await readdir(folder)) if (name.startsWith(UNFINISHED)) await unlink(join(folder, name))
      const done = await rewrite()
      await syncFolder(folder)
      return done
    })
  } finally {
    await lock.close()
  }
}

async function refuseIfInUse(folder: string): Promise<void> {
  const home = join(folder, '.lock')
  const holders = await readdir(join(home, 'held')).catch(() => [])
  const others = (await readdir(home).catch(() => [])).filter(id => id !== 'held')
  const places = [...holders.map(id => join(home, 'held', id)), ...others.map(id => join(home, id, id))]
  for (const place of places) {
    const asked = await ask(place).catch(() => 'gone' as const)
    if (typeof asked !== 'object') continue
    asked.question.close()
    throw new Error(
      `A collector is using ${folder}: stop it, and start it again afterwards. What is sent meanwhile waits with its senders.`,
    )
  }
}

async function rewriteFile(path: string, keep: RewriteOptions['keep'], dryRun: boolean): Promise<RewrittenFile> {
  const counts = { kept: 0, removed: 0, unreadable: 0 }

  async function* keptLines(): AsyncGenerator<Buffer> {
    for await (const line of linesOf(path)) {
      const event = readEvent(line)
      if (!event) counts.unreadable++
      else if (!keep(event)) {
        counts.removed++
        continue
      }
      counts.kept++
      yield line
    }
  }

  try {
    // First only looked at: most files have nothing of what is sought, and need not be written.
    for await (const line of keptLines()) void line
    const found = { path, ...counts }
    if (dryRun || found.removed === 0) return found
    if (found.kept === 0) await unlink(path)
    else {
      counts.kept = counts.removed = counts.unreadable = 0
      await replace(path, Readable.from(keptLines()))
    }
    return found
  } catch (error) {
    throw fileError('rewrite', path, error)
  }
}

async function replace(path: string, lines: Readable): Promise<void> {
  const unfinished = join(dirname(path), `${UNFINISHED}${basename(path)}`)
  const out = createWriteStream(unfinished)
  if (isPacked(path)) await pipeline(lines, createGzip(), out)
  else await pipeline(lines, out)
  const { mode } = await stat(path)
  await chmod(unfinished, mode)
  const handle = await open(unfinished, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(unfinished, path)
}

/** Each with the line end it has. */
async function* linesOf(path: string): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: 1 << 20 })
  const pieces = isPacked(path) ? file.on('error', error => unpacked.destroy(error)).pipe(createGunzip()) : file
  const unpacked = pieces
  let rest: Buffer[] = []
  for await (const piece of pieces) {
    const bytes = piece as Buffer
    let begin = 0
    for (let end; (end = bytes.indexOf(0x0a, begin)) >= 0; begin = end + 1) {
      const line = bytes.subarray(begin, end + 1)
      yield rest.length > 0 ? Buffer.concat([...rest, line]) : line
      rest = []
    }
    if (begin < bytes.length) rest.push(bytes.subarray(begin))
  }
  if (rest.length > 0) yield Buffer.concat(rest)
}

function isPacked(path: string): boolean {
  return path.endsWith('.gz')
}

function readEvent(line: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line.toString())
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

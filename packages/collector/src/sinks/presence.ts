import { randomBytes } from 'node:crypto'
import { symlinkSync, unlinkSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'

/** A socket at which other processes of this machine find that this one lives. It ends with the process, however that ends. */
export interface Presence {
  close(): void
}

/** Whom an address belongs to: somebody who lives and has been asked, somebody who is dead, or nobody any more. */
export type Asked = { readonly question: Question } | 'dead' | 'gone'

export interface Question {
  /** Resolves when it has been answered, or cannot be any more. Never rejects. */
  readonly answered: Promise<void>
  readonly isAnswered: boolean
  /** Tells the other that no answer is waited for. */
  close(): void
}

/** Listens at an address of the file system. `onAsked` answers by `socket.end()`. */
export async function bePresent(path: string, onAsked: (socket: Socket) => void): Promise<Presence> {
  const server = createServer({ allowHalfOpen: true }, socket => {
    // Whoever waits for an answer keeps itself alive; that somebody waits is no reason for us to live on.
    socket.unref().resume()
    socket.on('error', () => {})
    socket.on('end', () => socket.destroy())
    onAsked(socket)
  })
  await new Promise<void>((listening, reject) => {
    server.once('error', reject)
    // Exclusive: in a cluster the primary would listen in our place, and live on in our place too.
    atShortPath(path, short => server.listen({ path: short, exclusive: true }, listening))
  })
  server.unref()
  return { close: () => void server.close() }
}

/** Asks the process that is present at an address for what it has. */
export async function ask(path: string): Promise<Asked> {
  const socket = atShortPath(path, short => connect({ path: short, allowHalfOpen: true }))
  try {
    await new Promise<void>((connected, reject) => socket.once('connect', connected).once('error', reject))
  } catch (error) {
    socket.destroy()
    const { code } = error as NodeJS.ErrnoException
    // Linux says of a plain file that it refuses, macOS that it is no socket: nobody lives there either.
    if (code === 'ECONNREFUSED' || code === 'ENOTSOCK') return 'dead'
    if (code === 'ENOENT') return 'gone'
    throw error
  }
  let isAnswered = false
  const answered = new Promise<void>(resolve => {
    socket
      .on('error', () => {})
      .once('end', resolve)
      .once('close', () => resolve())
      .resume()
  }).then(() => void (isAnswered = true))
  return {
    question: {
      answered,
      get isAnswered() {
        return isAnswered
      },
      close: () => void socket.destroy(),
    },
  }
}

// Systems take addresses of about a hundred bytes. A longer one is reached by a short way, for the moment of the call.
function atShortPath<Result>(path: string, use: (path: string) => Result): Result {
  if (Buffer.byteLength(path) <= 100) return use(path)
  const shortcut = join(tmpdir(), `jejak-${randomBytes(6).toString('hex')}`)
  symlinkSync(resolve(dirname(path)), shortcut)
  try {
    return use(join(shortcut, basename(path)))
  } finally {
    unlinkSync(shortcut)
  }
}

import type { StoredEvent } from '@jejak/events'
import { createCors } from './cors.ts'
import type { AllowedOrigins, Cors } from './cors.ts'
import type { IpPolicy } from './enrich.ts'
import { createIdHash } from './id-hash.ts'
import type { IdHash } from './id-hash.ts'
import type { Log } from './log.ts'
import { optionError } from './option-error.ts'
import { createReadBudget } from './read-budget.ts'
import { createRedactor } from './redactor.ts'
import type { Redactor } from './redactor.ts'
import type { ReadBudget } from './read-budget.ts'
import type { EventSink } from './sinks/sink.ts'

/** What the server knows of who sent a request, besides the request. */
export interface SenderInfo {
  /** The address at the other end of the connection. */
  readonly ip?: string | undefined
}

export interface CollectorOptions {
  /** Where events are stored. */
  readonly sink: EventSink
  /**
   * Whose pages may send: origins such as `https://toko.example`, a function that is asked for each, or `*` for
   * everybody. Servers and apps name no origin and always may; `writeKeys` are for them. Default: `*`.
   */
  readonly allowedOrigins?: AllowedOrigins
  /**
   * A batch must carry one of these as `write_key`. They are in the page for everybody to read: they keep out
   * mistakes, not attackers. Default: none is asked for.
   */
  readonly writeKeys?: readonly string[]
  /** The largest body that is read, in bytes after unpacking. Default: 1 000 000. */
  readonly maxBodyBytes?: number
  /** Whether the sender's address is stored: `drop`, `truncate` (IPv4 to /24, IPv6 to /48) or `keep`. Default: `drop`. */
  readonly ip?: IpPolicy
  /**
   * Whether e-mail addresses, telephone numbers and numbers of payment cards are taken out of texts and addresses of
   * pages before they are stored, as `redactPersonalData` of `@jejak/events` does it: `true`, `false`, or the names of
   * properties to leave as they are, such as `['store_phone']`. How many there were is logged, not what. Default: true.
   */
  readonly redact?: boolean | readonly string[]
  /**
   * Stores hashes of `user_id` and `account_id`, made with this secret, in place of what was sent: at least 16
   * characters, from the environment or a file, never from code. Default: they are stored as sent.
   */
  readonly hashKey?: string
  /**
   * Sets a cookie with the visitor's id, and knows visitors by it whose browser has erased what scripts had stored.
   * For endpoints at the very host of the shop (`/e`): elsewhere browsers send it none. Default: false.
   */
  readonly visitorCookie?: boolean
  /**
   * Where the sender's address is found. Default: what the server says, `info.ip`. Behind a proxy that writes a
   * header (and overwrites what a visitor put there): `request => request.headers.get('x-real-ip') ?? undefined`.
   */
  readonly clientIp?: (request: Request, info: SenderInfo) => string | undefined
  /** The collector's clock, in whole milliseconds since the epoch. Default: `Date.now`. */
  readonly now?: () => number
  /** Default: the console. */
  readonly log?: Log
  /**
   * Told of new events once they are safe: for a live view. The answer does not wait for it, and when it fails that
   * is logged and nothing else.
   */
  readonly onStored?: (events: readonly StoredEvent[]) => void | Promise<void>
}

/** The options, checked, with their defaults in place. */
export interface CollectorSettings extends Omit<
  Required<CollectorOptions>,
  'allowedOrigins' | 'writeKeys' | 'redact' | 'hashKey'
> {
  readonly cors: Cors
  /** Undefined if none is asked for. */
  readonly writeKeys: ReadonlySet<string> | undefined
  /** Undefined if everything is stored as it comes. */
  readonly redactor: Redactor | undefined
  /** Undefined if ids are stored as they come. */
  readonly idHash: IdHash | undefined
  /** For the bodies of all requests together. */
  readonly budget: ReadBudget
}

// Of the usual batches that are thousands at a time.
const BODIES_TOGETHER_BYTES = 64_000_000

/** @throws TypeError naming the option, what was expected, what came and how to mend it. */
export function checkOptions(options: CollectorOptions): CollectorSettings {
  const {
    sink,
    allowedOrigins = '*',
    writeKeys,
    maxBodyBytes = 1_000_000,
    ip = 'drop',
    redact = true,
    hashKey,
    visitorCookie = false,
    clientIp = (_request: Request, info: SenderInfo) => info.ip,
    now = Date.now,
    log = console,
    onStored = () => {},
  } = options

  if (typeof sink?.write !== 'function')
    throw optionError('sink', 'a sink', sink, 'Make one with createNdjsonSink or createMemorySink.')
  if (!Number.isSafeInteger(maxBodyBytes) || maxBodyBytes < 1)
    throw optionError('maxBodyBytes', 'a whole number of bytes above 0', maxBodyBytes, 'For example 1_000_000.')
  if (!['drop', 'truncate', 'keep'].includes(ip))
    throw optionError('ip', '"drop", "truncate" or "keep"', ip, 'Leave it out to store no address.')
  if (typeof visitorCookie !== 'boolean')
    throw optionError('visitorCookie', 'true or false', visitorCookie, 'Leave it out for none.')
  if (typeof redact !== 'boolean' && !(Array.isArray(redact) && redact.every(name => typeof name === 'string')))
    throw optionError('redact', 'true, false or a list of names', redact, "For example ['store_phone'].")
  if (hashKey !== undefined && !(typeof hashKey === 'string' && hashKey.length >= 16))
    throw optionError(
      'hashKey',
      'a secret of at least 16 characters',
      typeof hashKey === 'string' ? `${hashKey.length} characters` : hashKey,
      'Is an environment variable unset? `openssl rand -hex 32` makes one.',
    )
  if (typeof log?.warn !== 'function' || typeof log.error !== 'function')
    throw optionError('log', 'an object with warn and error', log, 'Leave it out to write to the console.')
  for (const [name, value] of Object.entries({ clientIp, now, onStored }))
    if (typeof value !== 'function') throw optionError(name, 'a function', value, 'Leave it out for the default.')

  const cors = createCors(allowedOrigins)
  const budget = createReadBudget(Math.max(BODIES_TOGETHER_BYTES, 4 * maxBodyBytes))
  const idHash = hashKey === undefined ? undefined : createIdHash(hashKey)
  const redactor = redact === false ? undefined : createRedactor(redact === true ? [] : redact, { now, log })
  return {
    sink,
    cors,
    writeKeys: keySet(writeKeys),
    maxBodyBytes,
    budget,
    ip,
    redactor,
    idHash,
    visitorCookie,
    clientIp,
    now,
    log,
    onStored,
  }
}

function keySet(writeKeys: CollectorOptions['writeKeys']): ReadonlySet<string> | undefined {
  if (writeKeys === undefined) return undefined
  const expected = 'a list of at least one key'
  if (!Array.isArray(writeKeys) || writeKeys.length === 0)
    throw optionError('writeKeys', expected, writeKeys, 'Leave it out to ask for none.')
  writeKeys.forEach((key: unknown, index) => {
    if (typeof key !== 'string' || key === '' || key.length > 200)
      throw optionError(
        `writeKeys[${index}]`,
        'a text of 1 to 200 characters',
        key,
        'Is an environment variable unset?',
      )
  })
  return new Set(writeKeys)
}

import { dirname } from 'node:path'
import { findEventFiles, readEvents } from '@jejak/attribution'
import { rewriteFolder } from '@jejak/collector/sinks/rewrite-folder'
import type { RewrittenFile } from '@jejak/collector/sinks/rewrite-folder'
import type { StoredEvent } from '@jejak/events'
import type { Command } from 'commander'
import { UsageError } from '../errors.ts'
import { someText } from '../option-parsers.ts'
import { formatCount, formatNumber } from '../output/numbers.ts'
import { say } from './event-input.ts'
import { hashedId, readSecret } from './secret-file.ts'

// What the commands about stored events of certain people have in common.

export interface PersonOptions {
  readonly user: readonly string[]
  readonly visitor: readonly string[]
  readonly hashKey?: string
}

export function withPersonOptions(command: Command): Command {
  const more = (value: string, before: readonly string[]) => [...before, someText(value)]
  return command
    .option('--user <id>', 'of this user, on every device they were known on; repeatable', more, [])
    .option('--visitor <id>', 'of this visitor: one browser of somebody; repeatable', more, [])
    .option('--hash-key <file>', 'the secret of a collector that stores hashes of ids; --user is the id itself')
}

/** Whose events are meant. */
export interface People {
  readonly includes: (event: Readonly<Record<string, unknown>>) => boolean
  /** The visitors that one of the users was known as. */
  readonly linked: ReadonlySet<string>
  /** Those of them that somebody else was known as too. */
  readonly shared: ReadonlySet<string>
}

/**
 * The ids as they are stored.
 *
 * @throws {UsageError} if nobody is named.
 */
export function whoIsAsked({ user, visitor, hashKey }: PersonOptions): {
  readonly users: readonly string[]
  readonly visitors: readonly string[]
} {
  if (user.length + visitor.length === 0) throw new UsageError('whose? Name somebody by --user <id> or --visitor <id>')
  const key = hashKey === undefined ? undefined : readSecret(hashKey)
  return { users: key === undefined ? user : user.map(id => hashedId(id, key)), visitors: visitor }
}

/**
 * Finds out on which devices the users were known. An event is theirs if it names them, or names nobody and is of one
 * of these devices.
 *
 * @throws {UsageError} if nobody is named.
 */
export async function findPeople(sources: readonly string[], options: PersonOptions): Promise<People> {
  const asked = whoIsAsked(options)
  const [users, visitors] = [new Set(asked.users), new Set(asked.visitors)]
  const linked = new Set<string>()
  const ofOthers = new Set<string>()
  if (users.size > 0) {
    for await (const { user_id, visitor_id } of readEvents(sources)) {
      if (user_id !== undefined) (users.has(user_id) ? linked : ofOthers).add(visitor_id)
    }
  }
  return {
    includes: ({ user_id, visitor_id, device_visitor_id }) =>
      visitors.has(visitor_id as string) ||
      visitors.has(device_visitor_id as string) ||
      users.has(user_id as string) ||
      (user_id === undefined && linked.has(visitor_id as string)),
    linked,
    shared: new Set([...linked].filter(id => ofOthers.has(id))),
  }
}

/** Takes events out of stored files, folder by folder. */
export async function rewriteEvents(
  sources: readonly string[],
  keep: (event: Readonly<Record<string, unknown>>) => boolean,
  dryRun: boolean,
): Promise<RewrittenFile[]> {
  const files = await findEventFiles(sources)
  const wrong = files.find(file => !/\.ndjson(\.gz)?$/.test(file))
  if (wrong !== undefined)
    throw new UsageError(
      `${wrong === '-' ? 'standard input' : wrong} cannot be rewritten: name .ndjson or .ndjson.gz files, or their folder`,
    )
  const folders = new Map<string, string[]>()
  for (const file of files) folders.set(dirname(file), [...(folders.get(dirname(file)) ?? []), file])
  const done: RewrittenFile[] = []
  for (const [folder, own] of folders) done.push(...(await rewriteFolder({ folder, files: own, keep, dryRun })))
  return done
}

/** Says on which devices users were known, and who else was. */
export function reportDevices(linked: readonly string[], shared: readonly string[]): void {
  say(`Known on ${formatCount(linked.length, 'device')}${linked.length > 0 ? `: ${linked.join(', ')}` : ''}.`)
  if (shared.length > 0)
    say(`Others were known there too: ${shared.join(', ')}. Events that name them stay; those that name nobody go.`)
}

/** Says how many events were erased, or would be. */
export function reportErased(
  { removed, kept }: { readonly removed: number; readonly kept: number },
  isDry: boolean,
): void {
  const events = formatCount(removed, 'event')
  process.stdout.write(`${isDry ? `${events} would be erased` : `Erased ${events}`}, ${formatNumber(kept)} stay.\n`)
}

/** Says what was done, file by file, and in all. */
export function reportRewriting(done: readonly RewrittenFile[], dryRun: boolean): void {
  const sum = (count: (file: RewrittenFile) => number): number => done.reduce((all, file) => all + count(file), 0)
  for (const { path, removed, kept } of done) {
    if (removed > 0) say(`${path}: ${formatCount(removed, 'event')}${kept === 0 ? ', all there were: the file' : ''}`)
  }
  const unreadable = sum(file => file.unreadable)
  if (unreadable > 0)
    say(
      `${formatCount(unreadable, 'line')} could not be read and ${unreadable === 1 ? 'was' : 'were'} left: look at them yourself.`,
    )
  reportErased({ removed: sum(file => file.removed), kept: sum(file => file.kept) }, dryRun)
}

/** The fields of an event that stand in a file, read as one: what a sink has written. */
export function timeOf(event: Readonly<Record<string, unknown>>): number {
  const { corrected_time, time } = event as Partial<StoredEvent>
  return typeof corrected_time === 'number' ? corrected_time : typeof time === 'number' ? time : Infinity
}

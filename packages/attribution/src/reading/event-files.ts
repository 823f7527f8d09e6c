import { stat } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { glob, isDynamicPattern } from 'tinyglobby'

/** Stands for standard input where a file is asked for. */
export const STDIN = '-'

// Parquet by the name that `jejak compact` gives it: beside events there may be tables of anything else.
const OWN = ['**/*.ndjson', '**/*.ndjson.gz', '**/events.parquet']
const FOREIGN = ['**/*.{csv,tsv,ndjson,jsonl}', '**/*.{csv,tsv,ndjson,jsonl}.gz', '**/*.parquet']

/**
 * The files that are meant by paths, folders (all `.ndjson`, `.ndjson.gz` and `events.parquet` in them, however deep; `foreign`: all of
 * the formats that a mapping reads), globs
 * (`events/2026-*.ndjson.gz`, `events/**`) and `-` (standard input). In the order given, those of a folder or glob by
 * name; a file that is meant twice is there once.
 *
 * @throws {Error} if one of them means no file.
 */
export async function findEventFiles(sources: readonly string[], foreign = false): Promise<string[]> {
  if (sources.length === 0) {
    throw new Error('No events to read: name a file, a folder, a glob such as "events/*.ndjson", or - for stdin')
  }
  const files = new Map<string, string>()
  for (const source of sources) {
    if (source === STDIN) files.set(STDIN, STDIN)
    else for (const file of await filesOf(source, foreign)) files.set(resolve(file), file)
  }
  return [...files.values()]
}

async function filesOf(source: string, foreign: boolean): Promise<string[]> {
  // What exists is meant as it is, even if its name looks like a pattern: `events[1].ndjson`.
  const found = await stat(source).catch(() => undefined)
  if (found?.isDirectory()) {
    const files = await glob(foreign ? FOREIGN : OWN, { cwd: source })
    if (files.length > 0) return files.toSorted().map(file => join(source, file))
    throw new Error(
      `No ${foreign ? '.csv, .tsv, .ndjson, .jsonl (or any of these with .gz) or .parquet' : '.ndjson, .ndjson.gz or events.parquet'} file in the folder "${source}": name the files themselves if others are meant`,
    )
  }
  if (found) return [source]

  if (!isDynamicPattern(source)) {
    throw new Error(`There is no file or folder "${source}": check the path, which is relative to "${process.cwd()}"`)
  }
  const files = await glob(source, { absolute: true, expandDirectories: false })
  if (files.length > 0) return files.toSorted().map(file => (isAbsolute(source) ? file : relative('', file)))
  throw new Error(`No file matches "${source}": check the pattern, which is relative to "${process.cwd()}"`)
}

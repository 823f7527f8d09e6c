import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import type { Option } from 'commander'
import { attributeCommand } from './commands/attribute.ts'
import { collectCommand } from './commands/collect.ts'
import { compactCommand } from './commands/compact.ts'
import { demoCommand } from './commands/demo.ts'
import { doctorCommand } from './commands/doctor.ts'
import { eraseCommand } from './commands/erase.ts'
import { evaluateCommand } from './commands/evaluate.ts'
import { exportCommand } from './commands/export.ts'
import { importCommand } from './commands/import.ts'
import { journeysCommand } from './commands/journeys.ts'
import { reportCommand } from './commands/report.ts'
import { retainCommand } from './commands/retain.ts'
import { isBrokenPipe, UsageError } from './errors.ts'

/** Exit codes: all went well; it could not be done; it was asked in the wrong way. */
const OK = 0
const FAILED = 1
const MISUSED = 2

/**
 * Runs `jejak` with some arguments (without `node` and the script's name).
 * @returns the exit code; nothing is thrown.
 */
export async function run(args: readonly string[]): Promise<number> {
  process.stdout.on('error', stopOnBrokenPipe)
  try {
    await program().parseAsync(args, { from: 'user' })
    return OK
  } catch (error) {
    return exitCodeOf(error)
  }
}

function program(): Command {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  const jejak = new Command('jejak')
    .description('How customers really come to buy, stay and recommend.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .addHelpText('after', EXAMPLES)
  for (const command of [
    demoCommand(),
    collectCommand(),
    importCommand(),
    attributeCommand(),
    reportCommand(),
    journeysCommand(),
    evaluateCommand(),
    doctorCommand(),
    compactCommand(),
    exportCommand(),
    eraseCommand(),
    retainCommand(),
  ])
    jejak.addCommand(command)

  for (const command of [jejak, ...jejak.commands])
    command
      .exitOverride()
      .showSuggestionAfterError()
      .configureHelp({ sortOptions: false, optionDescription })
      .configureOutput({ outputError: (text, write) => write(`${text.replace(/^error: /, 'jejak: ')}`) })
      .helpOption('-h, --help', 'print help')
  return jejak
}

/** What an option is for, what it can be and what it is if nobody says it. */
function optionDescription({ description, argChoices, defaultValue, defaultValueDescription }: Option): string {
  const choices = argChoices ? `: ${argChoices.join(', ')}` : ''
  const isSaid = defaultValue !== undefined && defaultValue !== false
  return `${description}${choices}${isSaid ? ` (default: ${defaultValueDescription ?? String(defaultValue)})` : ''}`
}

const EXAMPLES = `
Examples:
  jejak demo                               a shop, its live journeys and their attribution, on this machine
  jejak collect --folder events            receive events at http://127.0.0.1:8123/e
  jejak import contacts.csv -o events      add shop visits, calls and printed codes to what was received
  jejak attribute events                   which channels brought the purchases, by every model
  jejak attribute --paths paths.csv        the same from a table of counted paths
  jejak report events -o report.html       the same and more as pictures, in one file
  jejak journeys events                    how far visitors came, and how long it took
  jejak collect --inspect                  see events as they come, and what to mend
  jejak doctor https://toko.example        visit a page and say whether its tracker works
  jejak evaluate                           how true each model is, where the truth is known
  jejak compact events -o parquet          stored events as Parquet, a file for each day
  jejak export --user U-1024 events        what is stored of a person; erase takes it out, retain what is old
  cat events/*.ndjson | jejak attribute - --model markov --json`

function exitCodeOf(error: unknown): number {
  if (isBrokenPipe(error)) return OK
  // Commander has printed these by itself: help and version are no errors.
  if (error instanceof CommanderError) return error.exitCode === 0 ? OK : MISUSED
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`jejak: ${message}\n`)
  // For whoever hunts a fault of ours; a missing file needs no stack.
  if (process.env['DEBUG'] && error instanceof Error) process.stderr.write(`${error.stack}\n`)
  return error instanceof UsageError ? MISUSED : FAILED
}

/** `jejak … | head` ends when `head` has seen enough. */
function stopOnBrokenPipe(error: Error): void {
  if (!isBrokenPipe(error)) throw error
  process.exit(OK)
}

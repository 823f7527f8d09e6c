import type { Program } from './processes.ts'
import { startProgram } from './processes.ts'

let server: Program | undefined

/** The name of a screen for browsers that cannot do without. It is there as long as this process. */
export async function findDisplay(): Promise<string> {
  server ??= startProgram('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'])
  return `:${await server.said(/^(\d+)\n/m)}`
}

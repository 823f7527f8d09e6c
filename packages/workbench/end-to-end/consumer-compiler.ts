import { fileURLToPath } from 'node:url'
import { runProcess } from './jejak-process.ts'

const TSC = fileURLToPath(new URL('../../../node_modules/.bin/tsc', import.meta.url))
const STRICT = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--skipLibCheck', 'false']

/** Compiles files as a strict project does that has Jejak installed. Gives what the compiler complains of. */
export async function compileAsConsumer(folder: string, files: readonly string[], types = ''): Promise<string> {
  const { stdout, stderr } = await runProcess(TSC, [...STRICT, '--types', types, ...files], { cwd: folder })
  return stdout + stderr
}

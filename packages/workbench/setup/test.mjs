// `npm test`: the checks, which run the packages' own tests, then chaos, those of the whole line, and the fast half of
// the faults. With arguments (`npm test -- packages/events`) it passes them on to vitest and leaves the checks to the full
// run.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const chosen = process.argv.slice(2)

const vitest = ['npx', '--no-install', 'vitest', 'run', '--config', 'packages/workbench/vitest.config.ts']

if (chosen.length > 0) {
  run([...vitest, ...chosen])
} else {
  run(['npm', 'run', 'check'])
  // One after the other: what is tried with whole browsers is to have the machine for itself.
  for (const project of ['chaos', 'collector-faults', 'workbench', 'faults']) run([...vitest, '--project', project])
}

function run([command, ...args]) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  if (status !== 0) process.exit(status ?? 1)
}

// `npm run test:faults`: every fault in every browser that is here, long chaos, and the collector's heavier trials. Where
// all browsers are here, the table in docs/delivery.md is written anew.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeTable } from '../faults/write-table.mjs'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'jejak-faults-'))
const results = join(folder, 'results.json')

const failed = ['chaos', 'collector-faults', 'faults'].filter(project => {
  const { status } = spawnSync(
    'npx',
    ['--no-install', 'vitest', 'run', '--config', 'packages/workbench/vitest.config.ts', '--project', project],
    {
      cwd: root,
      stdio: 'inherit',
      shell: process.platform === 'win32',
      env: { ...process.env, JEJAK_FAULTS: 'all', JEJAK_FAULT_RESULTS: results },
    },
  )
  return status !== 0
})
process.stdout.write(`${writeTable(results, join(root, 'docs/delivery.md'))}\n`)
rmSync(folder, { recursive: true })
process.exitCode = failed.length > 0 ? 1 : 0

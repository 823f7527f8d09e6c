// Packs every published package as npm would and looks at the result with publint and "are the types wrong".
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'jejak-pack-'))
let failed = false

for (const name of readdirSync(join(root, 'packages'))) {
  const manifest = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'))
  if (manifest.private) continue

  const packed = spawnSync('npm', ['pack', '--silent', '--pack-destination', folder, '-w', manifest.name], {
    cwd: root,
  })
  const tarball = join(folder, packed.stdout.toString().trim().split('\n').at(-1))
  // A command-line tool has nothing to import, so there are no types to look at.
  const hasEntries = Object.keys(manifest.exports).some(entry => entry !== './package.json')
  look(manifest.name, 'publint', [tarball, '--strict'])
  if (hasEntries) look(manifest.name, 'attw', [tarball, '--profile', 'esm-only', ...leaveOut(manifest)])
}
rmSync(folder, { recursive: true })
process.exit(failed ? 1 : 0)

/** Entries that are files to be served or read, not modules. */
function leaveOut({ exports }) {
  const files = Object.keys(exports).filter(entry => /\.js(on)?$/.test(entry))
  return files.length > 0 ? ['--exclude-entrypoints', ...files] : []
}

function look(name, tool, args) {
  const { status, stdout, stderr } = spawnSync('npx', ['--no-install', tool, ...args], { cwd: root, encoding: 'utf8' })
  if (status === 0) {
    console.log(`${tool}: ${name} is fine`)
  } else {
    failed = true
    console.error(`${tool}: ${name}\n${stdout}${stderr}`)
  }
}

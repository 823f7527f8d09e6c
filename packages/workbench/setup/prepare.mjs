// Makes a fresh checkout ready to run: installs the packages of the lock file and builds. With --browsers it also sees
// to the browsers that tests need. It uses nothing but Node, because nothing else may be there yet.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium } from './chromium.mjs'
import { missingEngines } from './engines.mjs'

const root = fileURLToPath(new URL('../../..', import.meta.url))

installPackages()
run('npm', ['run', '--silent', 'build'], 'The build failed.')
if (process.argv.includes('--browsers')) seeToBrowsers()

function installPackages() {
  const lock = join(root, 'package-lock.json')
  const installed = join(root, 'node_modules', '.package-lock.json')
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return

  say('Installing packages …')
  // Not `npm ci`: it refuses a lock file that does not name the native builds of every platform, as one does that was
  // made where only its own platform's are to be had. The versions are those of the lock file all the same.
  const options = ['--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  run('npm', ['install', ...options], 'npm could not install the packages.')
}

function seeToBrowsers() {
  installByApt()
  if (!findChromium()) {
    fail(
      [
        'The tests run in a real Chromium, and none was found. Install one and run the tests again:',
        '  Debian, Ubuntu:  sudo apt-get install chromium',
        '  elsewhere:       npx playwright-core install chromium',
        'or set CHROMIUM_PATH to the one you have.',
      ].join('\n'),
    )
  }
  if (!hasPostgres())
    say('PostgreSQL is not there: its sink is not tried. Debian, Ubuntu: sudo apt-get install postgresql')
  for (const { engine, packages } of missingEngines()) {
    say(
      `${engine} is not there: faults are not tried in it. Debian, Ubuntu: sudo apt-get install ${packages.join(' ')}`,
    )
  }
}

function hasPostgres() {
  return existsSync('/usr/lib/postgresql') || spawnSync('initdb', ['--version']).status === 0
}

/** Installs whatever browsers and servers are missing, where that is possible. */
function installByApt() {
  const packages = [
    ...(findChromium() ? [] : ['chromium']),
    ...missingEngines().flatMap(missing => missing.packages),
    ...(hasPostgres() ? [] : ['postgresql']),
  ]
  const mayUseApt = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0
  if (packages.length === 0 || !mayUseApt) return

  say(`Installing by apt: ${packages.join(' ')} …`)
  const failure = `apt could not install ${packages.join(' ')}.`
  run('apt-get', ['update', '-qq'], failure)
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages, 'fonts-liberation'], failure)
}

/** What the commands print goes to stderr: `npm start` keeps stdout for its own words. */
function run(command, args, failure) {
  const windows = process.platform === 'win32'
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: windows,
    env: quiet(),
  })
  if (status !== 0) fail(error ? `${failure} (${error.message})` : failure)
}

function quiet() {
  return { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
}

function say(text) {
  process.stderr.write(`${text}\n`)
}

function fail(text) {
  say(text)
  process.exit(1)
}

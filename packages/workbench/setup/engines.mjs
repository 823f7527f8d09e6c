// Which of the browsers besides Chromium this machine has: faults are tried in all of them.
import { spawnSync } from 'node:child_process'

/** What has to be there to drive an engine, and the packages of Debian that bring it. */
const NEEDED = {
  firefox: { programs: ['firefox-esr'], packages: ['firefox-esr'] },
  // The driver is not used: MiniBrowser comes with it.
  webkit: { programs: ['WebKitWebDriver', 'Xvfb'], packages: ['webkit2gtk-driver', 'xvfb'] },
}

/** @returns {{ engine: 'firefox' | 'webkit', packages: string[] }[]} */
export function missingEngines() {
  return Object.entries(NEEDED)
    .filter(([, { programs }]) => programs.some(program => !isThere(program)))
    .map(([engine, { packages }]) => ({ engine: /** @type {'firefox' | 'webkit'} */ (engine), packages }))
}

function isThere(program) {
  return spawnSync('/bin/sh', ['-c', `command -v ${program}`]).status === 0
}

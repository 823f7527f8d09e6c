// Finds a Chromium on this machine, for tests and benchmarks.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'

/** @returns {string | undefined} the path of a Chromium (or Chrome) that can be run, or undefined. */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH
  if (named) return named
  for (const name of ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']) {
    const found = spawnSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' })
    if (found.status === 0) return found.stdout.trim()
  }
  return ownChromium()
}

/** The one that `npx playwright-core install chromium` puts away. */
function ownChromium() {
  try {
    const { chromium } = createRequire(import.meta.url)('playwright-core')
    const path = chromium.executablePath()
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

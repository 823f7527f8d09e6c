import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from 'puppeteer-core'
import type { Browser, BrowserOptions } from '../engine.ts'
import { findPageProcess, killProcesses } from './page-process.ts'
import { openFirst } from './page-tab.ts'
import { startProgram } from './processes.ts'
import { newProfile } from './profile.ts'

const PREFERENCES = {
  'app.update.disabledForTesting': true,
  'browser.sessionstore.resume_from_crash': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'dom.allow_scripts_to_close_windows': true,
  'dom.disable_open_during_load': false,
  // A process for each tab, for as many as any fault opens.
  'dom.ipc.processCount.webIsolated': 16,
  // It starts in a safe mode when it was killed several times.
  'toolkit.startup.max_resumed_crashes': -1,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.proxy.type': 0,
}
/** Processes that pages run in, among those of the browser: the last word of their command lines says it. */
const PAGE_PROCESS = /-contentproc.* tab$/
const QUIT_MS = 15_000

export async function openFirefox({ profile = newProfile() }: BrowserOptions): Promise<Browser> {
  const preferences = Object.entries(PREFERENCES).map(([name, value]) => `user_pref("${name}", ${value});`)
  writeFileSync(join(profile, 'user.js'), preferences.join('\n'))

  const program = startProgram('firefox-esr', ['--headless', '--profile', profile, '--remote-debugging-port=0'])
  const address = await program.said(/WebDriver BiDi listening on (ws:\S+)/)
  const browser = await connect({
    browserWSEndpoint: `${address}/session`,
    protocol: 'webDriverBiDi',
    defaultViewport: null,
  })
  const pageProcesses = () => program.processes().filter(({ command }) => PAGE_PROCESS.test(command))

  return {
    engine: 'firefox',
    profile,
    async open(url) {
      return openFirst(await browser.newPage(), url)
    },
    async killPages(tab) {
      const all = pageProcesses()
      await killProcesses(tab ? [await findPageProcess(tab, all)] : all.map(({ pid }) => pid))
    },
    async kill() {
      await program.kill()
      await browser.disconnect()
    },
    async quit() {
      await browser.close().catch(() => {})
      await program.ended(QUIT_MS)
    },
  }
}

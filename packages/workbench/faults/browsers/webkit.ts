import { existsSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Browser, BrowserOptions } from '../engine.ts'
import { findDisplay } from './display.ts'
import { connectInspector } from './inspector.ts'
import type { Inspector } from './inspector.ts'
import { findPageProcess, killProcesses } from './page-process.ts'
import { startProgram } from './processes.ts'
import { newProfile } from './profile.ts'
import { createScriptedTab, untilLoaded } from './scripted-tab.ts'

/** What WebKitGTK brings for trying it. Under automation, as by WebKitWebDriver, it would keep nothing on disk. */
const EXECUTABLES = ['x86_64', 'aarch64'].map(machine => `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser`)
const ENVIRONMENT = {
  WEBKIT_DISABLE_DMABUF_RENDERER: '1',
  WEBKIT_DISABLE_COMPOSITING_MODE: '1',
  LIBGL_ALWAYS_SOFTWARE: '1',
  NO_AT_BRIDGE: '1',
  GTK_A11Y: 'none',
  // It would start services of the desktop, which outlive it.
  DBUS_SESSION_BUS_ADDRESS: 'disabled:',
}
const OPEN_MS = 30_000
const CLOSE_MS = 10_000
const QUIT_MS = 10_000

export async function openWebKit({ profile = newProfile() }: BrowserOptions): Promise<Browser> {
  const executable = EXECUTABLES.find(path => existsSync(path))
  if (!executable) throw new Error('No MiniBrowser of WebKitGTK was found: it is in libwebkit2gtk-4.1-0.')
  const host = `127.0.0.1:${await findPort()}`
  const program = startProgram(executable, ['about:blank'], {
    ...process.env,
    ...ENVIRONMENT,
    ...homeIn(profile),
    DISPLAY: await findDisplay(),
    WEBKIT_INSPECTOR_HTTP_SERVER: host,
  })
  const known = new Set<string>()
  const inspectors = new Set<Inspector>()
  /** The first tab, by which the others are opened. */
  const first = await nextTab()
  const ownProcesses = new Set(pageProcesses().map(({ pid }) => pid))

  function pageProcesses() {
    return program.processes().filter(({ command }) => command.includes('/WebKitWebProcess '))
  }

  /** The inspector of a tab that was not there before. */
  async function nextTab(): Promise<Inspector> {
    for (const until = Date.now() + OPEN_MS; Date.now() < until; await wait(20)) {
      const list = await fetch(`http://${host}/`).then(
        answer => answer.text(),
        () => '',
      )
      const [path] = (list.match(/socket\/\d+\/\d+\/WebPage/g) ?? []).filter(each => !known.has(each))
      if (!path) continue
      known.add(path)
      const inspector = await connectInspector(`ws://${host}/${path}`)
      inspectors.add(inspector)
      return inspector
    }
    throw new Error('WebKit opened no tab.')
  }

  return {
    engine: 'webkit',
    profile,
    async open(url) {
      // Without an opener it has a process of its own.
      await first.evaluate(`void window.open(${JSON.stringify(url)}, '_blank', 'noopener')`)
      const inspector = await nextTab()
      await untilLoaded(inspector.evaluate, `location.href !== 'about:blank'`)
      return createScriptedTab(inspector.evaluate, () => close(inspector))
    },
    async killPages(tab) {
      const all = pageProcesses().filter(({ pid }) => !ownProcesses.has(pid))
      await killProcesses(tab ? [await findPageProcess(tab, all)] : all.map(({ pid }) => pid))
    },
    kill: () => program.kill(),
    async quit() {
      // With its last tab it closes its window, and ends.
      for (const inspector of inspectors) inspector.evaluate('window.close()').catch(() => {})
      await program.ended(QUIT_MS)
    },
  }
}

async function close(inspector: Inspector): Promise<void> {
  await inspector.evaluate('void setTimeout(() => window.close())')
  for (const end = Date.now() + CLOSE_MS; !inspector.isClosed && Date.now() < end;) await wait(20)
}

/** Folders for all that it would keep in the home of whoever starts it. */
function homeIn(profile: string): Record<string, string> {
  const folder = (name: string) => {
    const path = join(profile, name)
    mkdirSync(path, { recursive: true, mode: 0o700 })
    return path
  }
  return {
    HOME: profile,
    XDG_DATA_HOME: folder('data'),
    XDG_CACHE_HOME: folder('cache'),
    XDG_CONFIG_HOME: folder('config'),
    XDG_RUNTIME_DIR: folder('run'),
  }
}

/** One that nobody listens at. */
function findPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo
        server.close(() => resolve(port))
      })
  })
}

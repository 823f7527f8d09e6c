import { accessSync, constants } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

const ON_PATH = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
]

/** Below the folders that programs are put into. */
const ON_MAC = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(name => `${name}.app/Contents/MacOS/${name}`)
const ON_WINDOWS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']

/** A Chrome, Chromium or Edge that is installed here, or undefined. */
export function findBrowser(): string | undefined {
  return places().find(canRun)
}

function places(): string[] {
  const { PATH = '', CHROME_PATH, PROGRAMFILES, LOCALAPPDATA, ...others } = process.env
  const named = CHROME_PATH ? [CHROME_PATH] : []
  if (process.platform === 'darwin') {
    return [
      ...named,
      ...['/Applications', join(homedir(), 'Applications')].flatMap(folder => ON_MAC.map(app => join(folder, app))),
    ]
  }
  if (process.platform === 'win32') {
    const folders = [PROGRAMFILES, others['PROGRAMFILES(X86)'], LOCALAPPDATA].filter(folder => folder !== undefined)
    return [...named, ...ON_WINDOWS.flatMap(file => folders.map(folder => join(folder, file)))]
  }
  return [...named, ...ON_PATH.flatMap(name => PATH.split(delimiter).map(folder => join(folder, name)))]
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

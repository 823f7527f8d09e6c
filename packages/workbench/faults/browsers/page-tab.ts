import type { Page } from 'puppeteer-core'
import type { Tab } from '../engine.ts'
import { createScriptedTab, untilLoaded } from './scripted-tab.ts'

/** Opens an address in a tab as its first page, which may close its tab itself for that reason. */
export async function openFirst(page: Page, url: string): Promise<Tab> {
  const evaluate = (code: string) => page.evaluate(code)
  await evaluate(`void setTimeout(() => location.replace(${JSON.stringify(url)}))`)
  await untilLoaded(evaluate, `location.href !== 'about:blank'`)
  return createScriptedTab(evaluate, () => page.close())
}

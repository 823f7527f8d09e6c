import { setTimeout as wait } from 'node:timers/promises'
import type { Tab } from '../engine.ts'

const LOAD_MS = 30_000
/** Firefox never completes the page by which it says that nobody was reached. */
const IS_LOADED = `(document.readyState === 'complete' || document.documentURI.startsWith('about:neterror'))`

/** A tab that is driven by code in its page: alike in all engines, whatever their drivers make of a navigation. */
export function createScriptedTab(
  /** Gives back what an expression comes to, or its promise: a string or a truth value. */
  evaluate: (code: string) => Promise<unknown>,
  close: () => Promise<void>,
): Tab {
  let left = 0

  /** Has the page left by its own code, and waits for what comes instead. */
  async function leave(code: string): Promise<void> {
    // A page that is gone back to still has the mark of when it was left, but not the latest.
    const mark = ++left
    await evaluate(`(window.left = ${mark}, void setTimeout(() => { ${code} }))`)
    await untilLoaded(evaluate, `window.left !== ${mark}`)
  }

  return {
    goto: url => leave(`location.href = ${JSON.stringify(url)}`),
    async run<Argument, Result>(script: (argument: Argument) => Result | Promise<Result>, argument: Argument) {
      const answer = await evaluate(`(async () => {
        try {
          return JSON.stringify([await ${callOf(script, argument)}])
        } catch (error) {
          return String(error)
        }
      })()`)
      const text = String(answer)
      if (!text.startsWith('[')) throw new Error(text)
      return (JSON.parse(text) as [Result])[0]
    },
    async start(script, argument) {
      await evaluate(`void setTimeout(() => { ${callOf(script, argument)} })`)
    },
    // A page that comes from the back/forward cache is not loaded: that the page left is gone tells it is there.
    back: () => leave('history.back()'),
    close,
  }
}

/** Waits for a page that is all there, and for which a condition holds. */
export async function untilLoaded(evaluate: (code: string) => Promise<unknown>, condition: string): Promise<void> {
  for (const end = Date.now() + LOAD_MS; Date.now() < end; await wait(20)) {
    // Between two pages there is none that answers.
    if (await evaluate(`${condition} && ${IS_LOADED}`).catch(() => false)) return
  }
  throw new Error(`No page was loaded for which this is true: ${condition}`)
}

function callOf<Argument>(script: (argument: Argument) => unknown, argument: Argument): string {
  return `(${script.toString()})(${JSON.stringify(argument) ?? 'undefined'})`
}

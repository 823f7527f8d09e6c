import { notice } from './notice.ts'
import type { TrackerOptions } from './options.ts'
import { pageViews } from './plugins/page-views.ts'
import { createTracker } from './tracker.ts'
import type { Plugin } from './tracker.ts'

/**
 * `window.jejak`. Until this script has loaded, a line in the page makes it a function that keeps its calls:
 * `window.jejak = window.jejak || function () { (jejak.q = jejak.q || []).push(arguments) }`.
 * From then on it is called in the same form, and has the tracker's methods too.
 */
interface Global {
  (...call: unknown[]): unknown
  q?: { push(call: ArrayLike<unknown>): void }
  track?: unknown
}

const page = window as unknown as { jejak?: Global }

/** Starts the tracker that the page's script tag asks for. `more`: what the file has besides page views. */
export function startScript(more?: Plugin): void {
  // Loaded a second time, it leaves everything to the first.
  if (page.jejak?.track) return
  const calls = Array.from((page.jejak?.q ?? []) as ArrayLike<ArrayLike<unknown>>, call => Array.from(call))
  const methods = new Map<unknown, unknown>()
  const jejak: Global = (method, ...details) => {
    const action = methods.get(method)
    if (typeof action === 'function') return action(...details) as unknown
    return notice(`there is no "${String(method)}", only ${[...methods.keys()].join(', ')}`)
  }
  try {
    const options = readAttributes(document.currentScript as HTMLScriptElement | null)
    if (more) options['plugins'] = [...(options['plugins'] as Plugin[]), more]
    for (const [method, details] of calls) if (method === 'init') Object.assign(options, details)
    const tracker = createTracker(options as unknown as TrackerOptions)
    Object.defineProperties(jejak, Object.getOwnPropertyDescriptors(tracker))
    for (const [name, value] of Object.entries(tracker)) if (typeof value === 'function') methods.set(name, value)
  } catch (error) {
    return notice(String(error))
  }

  // A page may hold on to the function it had before.
  jejak.q = { push: call => jejak(...Array.from(call)) }
  page.jejak = jejak
  for (const call of calls) if (call[0] !== 'init') jejak(...call)
}

/** The options that the script's `data-` attributes give. */
function readAttributes(script: HTMLScriptElement | null): Record<string, unknown> {
  const { endpoint, writeKey, consent, pageType, sessionMinutes, hash, auto, debug, name } = script?.dataset ?? {}
  return {
    endpoint: endpoint || (script?.src ? new URL('/e', script.src).href : '/e'),
    writeKey,
    consent,
    pageType,
    name,
    session: { idleMinutes: sessionMinutes && (Number(sessionMinutes) || sessionMinutes) },
    debug: isOn(debug),
    plugins: auto === 'false' ? [] : [pageViews({ hash: isOn(hash) })],
  }
}

/** An attribute without a value is one that says yes. */
function isOn(attribute: string | undefined): boolean {
  return attribute !== undefined && attribute !== 'false'
}

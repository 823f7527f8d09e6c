import type { Tracker } from '../tracker.ts'
import { showInspector } from './inspector.ts'

// For pages with the script tag: `<script async src="/jejak-inspector.js"></script>`, before or after the tracker's.
// With `data-parameter="jejak_debug"` it shows itself only where the address has that parameter, and then in this tab.

type Called = ((...call: unknown[]) => unknown) & Tracker
type Methods = Record<string, ((...details: unknown[]) => unknown) | undefined>

const LOOK_EVERY_MS = 100
const page = window as unknown as { jejak?: Called }

if (isWanted(document.currentScript?.dataset['parameter'])) begin()

function begin(): void {
  const jejak = page.jejak
  if (!jejak?.track) {
    setTimeout(begin, LOOK_EVERY_MS)
    return
  }
  showInspector(jejak)
  // `jejak('track', …)` is to take the way of `jejak.track(…)`, where it is seen.
  page.jejak = new Proxy(jejak, {
    apply(target, self, [method, ...details]: unknown[]) {
      const isWatched = ['track', 'identify', 'setConsent'].includes(method as string)
      const action = isWatched ? (target as unknown as Methods)[method as string] : undefined
      return action ? action(...details) : Reflect.apply(target, self, [method, ...details])
    },
  })
}

function isWanted(parameter: string | undefined): boolean {
  if (!parameter) return true
  try {
    if (new URLSearchParams(location.search).has(parameter)) sessionStorage.setItem('jejak.inspector', parameter)
    return sessionStorage.getItem('jejak.inspector') === parameter
  } catch {
    return false
  }
}

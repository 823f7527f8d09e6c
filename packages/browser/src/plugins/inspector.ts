import type { Plugin, Tracker } from '../tracker.ts'
import { createPanel } from './inspector-panel.ts'
import { watchBatches } from './inspector-batches.ts'
import { createInspectorLog } from './inspector-log.ts'

/** How often the panel looks at what nobody tells it: consent, the outbox, problems. */
const LOOK_EVERY_MS = 500

/**
 * Shows a small panel on the page, for its developers: the events as they are tracked and what became of them, what
 * is missing in them, how the visitor came, consent, the outbox, answers and problems. Put it before the other
 * plugins, so that it sees what they track, and leave it out of what your customers get.
 */
export function inspector(): Plugin {
  return showInspector
}

/** The same for a tracker that runs already. Gives back how to take the panel away. Never throws. */
export function showInspector(tracker: Tracker): () => void {
  if (typeof document === 'undefined') return () => {}
  const undo: (() => void)[] = []
  const hide = () => {
    for (const step of undo.splice(0)) quietly(step)
  }
  quietly(() => {
    const log = createInspectorLog()
    const panel = createPanel(hide)
    const show = () => quietly(() => panel.show(log.entries, tracker.debug(), tracker.stage))
    undo.push(panel.remove)
    undo.push(watchBatches(exchange => quietly(() => (log.answered(exchange), show()))))
    undo.push(
      watchCalls(tracker, (...call) => quietly(() => (log.called(...call, tracker.stage, tracker.consent), show()))),
    )
    const looking = setInterval(show, LOOK_EVERY_MS)
    undo.push(() => clearInterval(looking))
    show()
  })
  return hide
}

type Method = (...details: unknown[]) => unknown
type Methods = Record<'track' | 'identify' | 'setConsent', Method>

/** Tells of every call that tracks something, after it was made. Gives back how to undo it. */
function watchCalls(tracker: Tracker, onCall: (name: string, properties: unknown) => void): () => void {
  const methods = tracker as unknown as Methods
  const { track, identify, setConsent } = methods
  const own: Methods = {
    track(name, properties, ...more) {
      const result = track(name, properties, ...more)
      onCall(typeof name === 'string' ? name : '', properties)
      return result
    },
    identify(user, details, ...more) {
      const result = identify(user, details, ...more)
      onCall(
        'identify',
        quietly(() => ({ traits: (details as { traits?: unknown } | undefined)?.traits })),
      )
      return result
    },
    setConsent(word, ...more) {
      const before = tracker.consent
      const result = setConsent(word, ...more)
      const isTold = tracker.consent !== before && (tracker.consent === 'granted' || tracker.consent === 'limited')
      if (isTold) onCall('consent_change', { consent_from: before, consent_to: word })
      return result
    },
  }
  Object.assign(methods, own)
  return () => {
    // Somebody may have put their own in the place of ours: what they call has to stay.
    if (methods.track === own.track) methods.track = track
    if (methods.identify === own.identify) methods.identify = identify
    if (methods.setConsent === own.setConsent) methods.setConsent = setConsent
  }
}

/** Whatever goes wrong in here is not the page's trouble. */
function quietly<Result>(work: () => Result): Result | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

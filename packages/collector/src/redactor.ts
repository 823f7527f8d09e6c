import { redactPersonalData } from '@jejak/events'
import type { Envelope, PersonalDataKind } from '@jejak/events'
import type { Log } from './log.ts'

/** Takes personal data out of events. */
export type Redactor = (events: readonly Envelope[]) => Envelope[]

/** A shop that has addresses in its links has them in thousands of events; its log is for people. */
const TELL_EVERY_MS = 60_000

/** @param leave names of properties that stay as they are. */
export function createRedactor(leave: readonly string[], { now, log }: { now: () => number; log: Log }): Redactor {
  const counts = new Map<PersonalDataKind, number>()
  let toldAt = -Infinity

  function tell(): void {
    if (counts.size === 0 || now() - toldAt < TELL_EVERY_MS) return
    toldAt = now()
    const found = Array.from(counts, ([kind, count]) => `${count} × ${kind}`).join(', ')
    counts.clear()
    log.warn(
      `Jejak collector: took personal data out of events: ${found}. Do not send it: see \`beforeSend\` of the tracker.`,
    )
  }

  const options = { leave, onRedact: (kind: PersonalDataKind) => void counts.set(kind, (counts.get(kind) ?? 0) + 1) }
  return events => {
    const redacted = events.map(event => redactPersonalData(event, options))
    tell()
    return redacted
  }
}

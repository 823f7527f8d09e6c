import type { SealedEvent } from './server-event.ts'
import { batchOf } from './transport.ts'
import type { Delivery, Transport } from './transport.ts'

/** What is to be done with the events of a claim. */
export interface SendOutcome {
  /** These will never be accepted, each with the reason. */
  readonly rejected: readonly { readonly event: SealedEvent; readonly reason: string }[]
  /** Set if the rest has to be sent later: what came in the way. Nothing of the claim is done then. */
  readonly failure?: Exclude<Delivery, { status: 'accepted' }>
}

export interface SendOptions {
  readonly transport: Transport
  readonly writeKey?: string | undefined
  readonly library: { readonly name: string; readonly version: string }
  readonly now: () => number
  readonly mostEvents: number
  readonly mostBytes: number
  readonly signal: AbortSignal
  /** Called before each request. */
  readonly onStep: () => Promise<void>
}

/**
 * Sends events in batches. What is refused as a whole is divided until the event is found that cannot be taken; it is
 * given up only if another event was accepted in the same run, for else the fault may be the endpoint's.
 */
export async function sendAll(events: readonly SealedEvent[], options: SendOptions): Promise<SendOutcome> {
  const { transport, writeKey, library, now, mostEvents, mostBytes, signal, onStep } = options
  const rejected: { event: SealedEvent; reason: string }[] = []
  const suspects: { event: SealedEvent; failure: Exclude<Delivery, { status: 'accepted' }> }[] = []
  const parts = inParts(events, mostEvents, mostBytes)
  let wasAccepted = false

  while (parts.length > 0) {
    const part = parts.shift()!
    await onStep()
    const about = { sent_at: now(), library, ...(writeKey !== undefined && { write_key: writeKey }) }
    const answer = await transport(
      batchOf(
        part.map(({ json }) => json),
        about,
      ),
      signal,
    )
    if (answer.status === 'accepted') {
      wasAccepted = true
      for (const { id, index, reason } of answer.refused ?? []) {
        const event = part.find(one => one.id === id) ?? part[index]
        if (event) rejected.push({ event, reason })
      }
    } else if (answer.status === 'refused' || answer.status === 'too_large') {
      const half = Math.ceil(part.length / 2)
      if (part.length > 1) parts.unshift(part.slice(0, half), part.slice(half))
      else suspects.push({ event: part[0]!, failure: answer })
    } else return { rejected, failure: answer }
  }
  if (suspects.length > 0 && !wasAccepted) return { rejected, failure: suspects[0]!.failure }
  return { rejected: [...rejected, ...suspects.map(({ event, failure }) => ({ event, reason: failure.reason }))] }
}

function inParts(events: readonly SealedEvent[], mostEvents: number, mostBytes: number): SealedEvent[][] {
  const parts: SealedEvent[][] = []
  let bytes = Infinity
  for (const event of events) {
    const size = Buffer.byteLength(event.json)
    if (bytes + size > mostBytes || parts.at(-1)!.length >= mostEvents) {
      parts.push([])
      bytes = 0
    }
    parts.at(-1)!.push(event)
    bytes += size
  }
  return parts
}

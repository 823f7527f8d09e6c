import { failed, forbidden, healthy, methodNotAllowed, notStored, preflight, stored, unreadable } from './answers.ts'
import { checkOptions } from './collector-options.ts'
import type { CollectorOptions, CollectorSettings, SenderInfo } from './collector-options.ts'
import { enrich } from './enrich.ts'
import { inWords, quoted } from './in-words.ts'
import { messageOf } from './log.ts'
import type { Log } from './log.ts'
import { readBatch } from './read-batch.ts'
import type { BatchReading } from './read-batch.ts'
import type { WriteResult } from './sinks/sink.ts'
import { recognise } from './visitor-cookie.ts'

/** Answers a request, on any server that speaks in the Fetch Standard's `Request` and `Response`. Never rejects. */
export type Collector = (request: Request, info?: SenderInfo) => Promise<Response>

/**
 * Makes a collector: it takes batches of events by POST, on whatever path it is put, and stores each event once.
 *
 * - `200` with a `BatchAnswer`: the batch was read. What it says is refused will be refused again.
 * - `400`, `413`, `415`: the batch could not be read, and why.
 * - `403`: this origin or write key may not send.
 * - `500`, `503`: not stored; to be sent again.
 * - `OPTIONS` answers a browser's preflight, and `GET` on a path that ends in `/health` 200 while the collector runs.
 *
 * @throws TypeError for an option that cannot be used.
 */
export function createCollector(options: CollectorOptions): Collector {
  const settings = checkOptions(options)

  return async (request, info = {}) => {
    try {
      const response = await answer(request, info, settings)
      const headers = settings.cors.headers(request.headers.get('origin'))
      for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
      return response
    } catch (error) {
      settings.log.error(`Jejak collector: a request could not be answered: ${messageOf(error)}`)
      return failed()
    }
  }
}

async function answer(request: Request, info: SenderInfo, settings: CollectorSettings): Promise<Response> {
  const { sink, cors, writeKeys, maxBodyBytes, budget, redactor, idHash, visitorCookie, ip, clientIp, now, log } =
    settings
  const { method, headers } = request
  // The nearest to the moment of sending: uploading the body may take a while.
  const receivedAt = now()
  const refuse = (fault: string, response: Response) => {
    log.warn(`Jejak collector: refused a request. ${fault}`)
    return response
  }

  if (method === 'GET' && new URL(request.url).pathname.endsWith('/health')) return healthy()
  if (method !== 'POST' && method !== 'OPTIONS') return methodNotAllowed(method)

  const origin = headers.get('origin')
  if (!cors.allows(origin)) {
    const fault = `origin: expected one of \`allowedOrigins\`, got ${quoted(origin ?? '')}`
    return refuse(fault, forbidden(fault))
  }
  if (method === 'OPTIONS') return preflight(cors.preflight)

  const reading = await readBatch(request, maxBodyBytes, budget)
  if (reading.status !== undefined) return refuse(reading.error, unreadable(reading))

  const { batch, events } = reading
  if (writeKeys && !writeKeys.has(batch.write_key ?? '')) {
    const fault = `write_key: expected one of \`writeKeys\`, got ${inWords(batch.write_key)}`
    return refuse(fault, forbidden(fault))
  }

  const sender = { fromPage: origin !== null, userAgent: headers.get('user-agent'), ip: clientIp(request, info) }
  const recognised = visitorCookie ? recognise(request, events) : { events, setCookie: undefined }
  const redacted = redactor ? redactor(recognised.events) : recognised.events
  const complete = enrich(
    idHash ? await idHash(redacted) : redacted,
    { receivedAt, sentAt: batch.sent_at, dropped: batch.dropped, ...sender },
    ip,
  )
  try {
    const written = await sink.write(complete)
    logLosses(reading, log)
    notify(written, settings)
    const response = stored(reading, written)
    if (recognised.setCookie) response.headers.append('set-cookie', recognised.setCookie)
    return response
  } catch (error) {
    log.error(`Jejak collector: events could not be stored. ${messageOf(error)}`)
    return notStored()
  }
}

function logLosses({ batch, refused }: BatchReading, log: Log): void {
  const [first] = refused
  if (first) log.warn(`Jejak collector: refused ${refused.length} of a batch's events, the first: ${first.reason}`)
  const dropped = Object.entries(batch.dropped ?? {}).filter(([, count]) => count > 0)
  if (dropped.length === 0) return
  const counts = dropped.map(([reason, count]) => `${count} (${reason})`).join(', ')
  log.warn(`Jejak collector: a sender had to give up events before they could be sent: ${counts}`)
}

function notify({ stored }: WriteResult, { onStored, log }: CollectorSettings): void {
  if (stored.length === 0) return
  const told = async () => onStored(stored)
  told().catch(error => log.error(`Jejak collector: \`onStored\` failed. ${messageOf(error)}`))
}

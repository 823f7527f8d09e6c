import { createChannelRules, printable, printableJson } from '@jejak/attribution'
import { DROP_REASONS } from '@jejak/events'
import type { BatchAnswer, StoredEvent } from '@jejak/events'
import { stageReason } from '../stage-reason.ts'
import { checkEvent } from './check-event.ts'
import type { Exchange, InspectedChannel, InspectedEvent, Outcome } from './exchange.ts'
import type { Finding } from './finding.ts'
import { mendRefusal, mendRequest } from './mend.ts'

/** What is known of a request when it has been answered. */
export interface AnsweredRequest {
  readonly number: number
  readonly at: number
  readonly origin: string | null
  /** The body as text; undefined where it was too long or not read. */
  readonly body: string | undefined
  readonly status: number
  readonly answer: string
  /** What was handed to the sink, in its order, and the ids that were new to it. */
  readonly written: readonly StoredEvent[]
  readonly stored: readonly string[]
}

const LONGEST_TEXT = 400
const LONGEST_ENVELOPE = 64_000
/** For the envelopes of one request together. */
const MOST_ENVELOPES = 400_000
const MOST_EVENTS = 500

const channelOf = createChannelRules()

/** Puts together what came, what was answered and what there is to say about it. Made of strangers' texts: throws nothing. */
export function readExchange(request: AnsweredRequest): Exchange {
  const { number, at, origin, status, written } = request
  const batch = recordOf(parsed(request.body))
  const answer = recordOf(parsed(request.answer)) as Partial<BatchAnswer> & { error?: unknown }
  const isRead = status === 200
  const refusals = new Map(
    (isRead ? listOf(answer.refused) : []).map(refusal => {
      const { index, reason } = recordOf(refusal)
      return [Number(index), typeof reason === 'string' ? reason : '']
    }),
  )

  const unclaimed = new Set(request.stored)
  let place = 0
  let room = MOST_ENVELOPES
  const events = listOf(batch['events'])
    .slice(0, MOST_EVENTS)
    .map((raw, index) => {
      const reason = refusals.get(index)
      const complete = isRead && reason === undefined ? written[place++] : undefined
      // An id that stands twice in a batch is stored once: the second is the duplicate.
      const outcome: Outcome =
        reason !== undefined
          ? 'refused'
          : !complete
            ? 'not_stored'
            : unclaimed.delete(complete.id)
              ? 'stored'
              : 'duplicate'
      const event = inspectedEvent(raw, complete, outcome, reason, room)
      room -= event.envelope.length
      return event
    })

  const { name, version } = recordOf(batch['library'])
  return {
    number,
    at,
    from: origin === null ? 'no page (a server or an app)' : short(origin),
    status,
    library: short([name, version].filter(word => typeof word === 'string').join(' ')),
    accepted: isRead ? countOf(answer.accepted) : 0,
    duplicates: isRead ? countOf(answer.duplicates) : 0,
    refused: refusals.size,
    dropped: isRead ? droppedIn(batch) : {},
    findings: requestFindings(request, answer),
    events,
    answer: short(request.answer, 4_000),
  }
}

function inspectedEvent(
  raw: unknown,
  complete: StoredEvent | undefined,
  outcome: Outcome,
  reason: string | undefined,
  room: number,
): InspectedEvent {
  const { name, time } = recordOf(raw)
  const envelope = short(printableJson(raw, 2) ?? '', LONGEST_ENVELOPE, true)
  return {
    name: short(typeof name === 'string' && name ? name : '(no name)', 100),
    outcome,
    stage: complete?.stage ?? null,
    stageReason: complete ? short(stageReason(complete)) : '',
    time: typeof time === 'number' && Math.abs(time) <= 8.64e15 ? time : null,
    facts: complete ? factsOf(complete) : '',
    channel: complete ? channelIn(complete) : null,
    findings: findingsOf(complete, reason),
    bot: complete?.bot ?? false,
    envelope: envelope.length <= room ? envelope : '',
  }
}

function findingsOf(complete: StoredEvent | undefined, reason: string | undefined): readonly Finding[] {
  const findings: readonly Finding[] =
    reason !== undefined
      ? [{ level: 'wrong', what: reason, mend: mendRefusal(reason) }]
      : complete
        ? checkEvent(complete)
        : []
  return findings.map(neutral)
}

function requestFindings(
  { status, body, stored }: AnsweredRequest,
  answer: { error?: unknown; ignored_fields?: unknown },
): Finding[] {
  const findings: Finding[] = []
  if (status !== 200) {
    const fault = typeof answer.error === 'string' ? answer.error : `answered with ${status}`
    findings.push({ level: 'wrong', what: fault, mend: mendRequest(status, fault) })
  } else if (body === undefined && stored.length > 0) {
    findings.push({
      level: 'lacking',
      what: 'the request was too large to be shown here',
      mend: 'It was stored all the same: look into the files.',
    })
  }
  const ignored = listOf(answer.ignored_fields).map(String)
  if (ignored.length > 0)
    findings.push({
      level: 'lacking',
      what: `left out, because nobody here knows them: ${ignored.join(', ')}`,
      mend: 'What is your own belongs into `properties`.',
    })
  return findings.map(neutral)
}

function channelIn({ touch }: StoredEvent): InspectedChannel | null {
  if (!touch) return null
  const { channel, why, internal } = channelOf(touch)
  const name = internal ? 'no new contact' : channel
  return { name: short(name, 100), why: short(why), evidence: short(printableJson(touch, 2), 8_000, true) }
}

/** What tells one event from the next at a glance. */
function factsOf({ name, page, properties }: StoredEvent): string {
  const { transaction_id: order, value, currency, items, search_term: term } = properties
  const first = recordOf(listOf(items)[0])
  const facts = [
    name === 'page_view' && page && URL.canParse(page.url) ? new URL(page.url).pathname : undefined,
    order,
    typeof value === 'number' ? `${value} ${typeof currency === 'string' ? currency : ''}`.trim() : undefined,
    first['item_name'] ?? first['item_id'],
    term,
  ]
  return facts
    .filter(fact => typeof fact === 'string' || typeof fact === 'number')
    .map(fact => short(String(fact), 60))
    .join(' · ')
}

function droppedIn(batch: Readonly<Record<string, unknown>>): Exchange['dropped'] {
  const counts = recordOf(batch['dropped'])
  return Object.fromEntries(
    DROP_REASONS.map(reason => [reason, countOf(counts[reason])]).filter(([, count]) => count !== 0),
  )
}

function neutral({ level, what, mend }: Finding): Finding {
  return { level, what: short(what), mend: short(mend) }
}

/** `isText`: line breaks are wanted in it, as in JSON that `printableJson` wrote. */
function short(text: string, longest = LONGEST_TEXT, isText = false): string {
  if (!isText) return printable(text, longest)
  return text.length <= longest ? text : `${text.slice(0, longest)}…`
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function countOf(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0
}

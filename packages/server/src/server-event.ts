import { CONSENT_STATES, JOURNEY_STAGES, createEventIds, stageOf } from '@jejak/events'
import type { ConsentState, Envelope, JourneyStage, StageRules, Touchpoint } from '@jejak/events'

/** Whose event it is, and what a server knows of it besides. One of `userId` and `visitorId` must be there. */
export interface ServerEventDetails {
  /** The shop's own id of the customer: the one pages give to `identify`. */
  readonly userId?: string | undefined
  /** The tracker's `visitorId`, if the page handed it over with the order. */
  readonly visitorId?: string | undefined
  /** In B2B: the company. */
  readonly accountId?: string | undefined
  /** The tracker's `sessionId`, if the event belongs to a visit. Default: none of the visits. */
  readonly sessionId?: string | undefined
  /** When it happened, in milliseconds since the epoch. Default: now. */
  readonly time?: number | undefined
  /** A UUID, where the same event may be told twice. Default: a new one. */
  readonly id?: string | undefined
  /** The journey stage, where the shop knows better. */
  readonly stage?: JourneyStage | undefined
  /** What the customer has allowed. Default: `limited`, which is measuring without identifiers of advertising. */
  readonly consent?: Exclude<ConsentState, 'pending'> | undefined
  /** How the customer came, where this event is a contact: a shop visit, a call, a printed code. */
  readonly touch?: Touchpoint | undefined
}

const LONGEST_NAME = 100
const LONGEST_ID = 200
const LATEST_TIME = 8.64e15
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** What collectors take, with room to spare for the rest of a batch. */
const MOST_BYTES = 200_000

/** An event that is complete, as JSON, with what has to be known of it on its way. */
export interface SealedEvent {
  readonly id: string
  readonly name: string
  readonly json: string
}

export type Seal = (name: string, properties: object | undefined, details: ServerEventDetails) => SealedEvent

/** Makes events complete. @throws TypeError for what no collector would take: it names the field and how to mend it. */
export function createSeal(now: () => number, stageRules?: StageRules): Seal {
  const newId = createEventIds()
  return (name, properties = {}, details) => {
    if (typeof name !== 'string' || name === '' || name.length > LONGEST_NAME)
      throw wrong('name', `a text of 1 to ${LONGEST_NAME} characters`, name)
    if (typeof properties !== 'object' || properties === null || Array.isArray(properties))
      throw wrong('properties', 'an object', properties)
    const { userId, visitorId, accountId, sessionId, time = now(), id, stage, consent = 'limited', touch } = details
    for (const [field, value] of Object.entries({ userId, visitorId, accountId, sessionId })) {
      if (value === undefined) continue
      if (typeof value !== 'string' || value === '' || value.length > LONGEST_ID)
        throw wrong(field, `a text of 1 to ${LONGEST_ID} characters`, value)
    }
    if (userId === undefined && visitorId === undefined)
      throw new TypeError(
        `track("${name}"): expected \`userId\` or \`visitorId\`, got neither. Without one nobody's journey has the event; hand the tracker's \`visitorId\` over with the order if the customer is not signed in.`,
      )
    if (typeof time !== 'number' || !(time >= 0 && time <= LATEST_TIME))
      throw wrong('time', 'milliseconds since the epoch', time)
    if (id !== undefined && (typeof id !== 'string' || !UUID.test(id))) throw wrong('id', 'a UUID', id)
    if (stage !== undefined && !JOURNEY_STAGES.includes(stage))
      throw wrong('stage', `one of ${JOURNEY_STAGES.join(', ')}`, stage)
    if (!CONSENT_STATES.includes(consent) || (consent as ConsentState) === 'pending')
      throw wrong('consent', 'granted, limited or denied', consent)

    // A user without a known device has one of their own here, which is no visit of a page.
    const visitor = visitorId ?? `user:${userId!}`.slice(0, LONGEST_ID)
    const envelope: Envelope = {
      id: id ?? newId(Math.floor(time)),
      name,
      stage: stageOf({ name, stage, lastStage: undefined }, stageRules),
      time: Math.floor(time),
      visitor_id: visitor,
      ...(userId !== undefined && { user_id: userId }),
      ...(accountId !== undefined && { account_id: accountId }),
      session_id: sessionId ?? `server:${visitor}`.slice(0, LONGEST_ID),
      session_number: 1,
      sequence: 0,
      ...(touch && { touch }),
      consent,
      properties: properties as Record<string, unknown>,
    }
    const json = jsonOf(name, envelope)
    if (Buffer.byteLength(json) > MOST_BYTES)
      throw new TypeError(
        `track("${name}"): expected an event of ${MOST_BYTES} bytes at most, got ${Buffer.byteLength(json)}. Leave out what no report reads.`,
      )
    return { id: envelope.id, name, json }
  }

  function wrong(field: string, expected: string, got: unknown): TypeError {
    const shown = JSON.stringify(got) as string | undefined
    return new TypeError(`track: expected \`${field}\` to be ${expected}, got ${(shown ?? String(got)).slice(0, 100)}`)
  }
}

function jsonOf(name: string, envelope: Envelope): string {
  try {
    // What is null says nothing.
    return JSON.stringify(envelope, (key, value: unknown) => (value === null && key !== 'stage' ? undefined : value))
  } catch (error) {
    throw new TypeError(`track("${name}"): expected properties that JSON can hold. ${String(error)}`)
  }
}

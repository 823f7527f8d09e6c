import {
  CLICK_IDS,
  CONSENT_STATES,
  DROP_REASONS,
  JOURNEY_STAGES,
  PERSONAL_CLICK_IDS,
  UTM_PARAMETERS,
} from '@jejak/events'
import type { StoredEvent, Touchpoint } from '@jejak/events'

/**
 * Whether `value`, which comes from JSON, is an event beyond doubt: nothing missing, nothing unknown, nothing
 * unusually long. Where this says no, the schema decides; where it says yes, the schema would give the same back.
 * It takes a tenth of the schema's time, and nearly every row of a log is ordinary.
 */
export function isOrdinaryEvent(value: unknown): value is StoredEvent {
  return isOfShape(value, EVENT)
}

/** The same for what an event tells of how its visitor came. */
export function isOrdinaryTouch(value: unknown): value is Touchpoint {
  return isOfShape(value, TOUCH)
}

type Check = (value: unknown) => boolean

interface Shape {
  readonly checks: ReadonlyMap<string, Check>
  readonly required: readonly string[]
}

function isOfShape(value: unknown, { checks, required }: Shape): boolean {
  if (!isObject(value)) return false
  for (const key in value) if (!checks.get(key)?.(value[key])) return false
  for (const key of required) if (value[key] === undefined) return false
  return true
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isText: Check = value => typeof value === 'string' && value.length <= 1_000
const isShortText: Check = value => typeof value === 'string' && value.length <= 100
const isWord: Check = value => isShortText(value) && value !== ''
const isTime: Check = value => Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= 8.64e15
const isCount: Check = value => Number.isSafeInteger(value) && (value as number) >= 0

const GUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i
const STAGES: ReadonlySet<unknown> = new Set(JOURNEY_STAGES)
const CONSENTS: ReadonlySet<unknown> = new Set(CONSENT_STATES)

const shape = (required: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>>): Shape => ({
  checks: new Map([...Object.entries(required), ...Object.entries(optional)]),
  required: Object.keys(required),
})
const texts = (names: readonly string[]): Record<string, Check> => Object.fromEntries(names.map(name => [name, isText]))

const PAGE = shape({ url: isText }, { title: isText, referrer: isText, type: isShortText })
const CLICKS = shape({}, texts([...CLICK_IDS, ...PERSONAL_CLICK_IDS]))
const TOUCH = shape(
  { landing: isText },
  { referrer: isText, ...texts(UTM_PARAMETERS), click_ids: value => isOfShape(value, CLICKS) },
)
const DROPPED = shape({}, Object.fromEntries(DROP_REASONS.map(reason => [reason, isCount])))
const EVENT = shape(
  {
    id: value => typeof value === 'string' && GUID.test(value),
    name: isWord,
    stage: value => value === null || STAGES.has(value),
    time: isTime,
    visitor_id: isWord,
    session_id: isWord,
    session_number: value => isCount(value) && value !== 0,
    sequence: isCount,
    consent: value => CONSENTS.has(value),
    properties: isObject,
    received_at: isTime,
    corrected_time: isTime,
  },
  {
    user_id: isWord,
    account_id: isWord,
    page: value => isOfShape(value, PAGE),
    touch: value => isOfShape(value, TOUCH),
    bot: value => value === true,
    user_agent: isText,
    ip: isShortText,
    device_visitor_id: isWord,
    dropped: value => isOfShape(value, DROPPED),
  },
)

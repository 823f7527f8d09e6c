import { Buffer } from 'node:buffer'
import { CONSENT_STATES, JOURNEY_STAGES } from '@jejak/events'
import type { JourneyStage, Touchpoint } from '@jejak/events'
import type { Arrival, Glance, IsWhole } from '../glance.ts'
import {
  countIn,
  CLOSE_OBJECT,
  endOfCount,
  endOfObject,
  expected,
  OPEN_OBJECT,
  textUpTo,
  wordUpTo,
} from './json-bytes.ts'
import type { EndOf } from './json-bytes.ts'
import { createKnownBytes } from './known-bytes.ts'
import { isOrdinaryTouch } from './ordinary-event.ts'

/** A look at one line of our own log, without reading the rest of it. */
export interface LineGlance {
  /**
   * Looks at the line from `start` to `end`, where there is a line feed. Undefined if the event is to be read whole: it
   * is asked for, or the line is not just as our collector writes it.
   */
  look(bytes: Buffer, start: number, end: number): Glance | undefined
}

/** The id comes first, always as long. */
export const ID_AT: number = '{"id":"'.length
const ID_LETTERS = 36

interface Field {
  /** What stands before its value. */
  readonly key: Uint8Array
  readonly endOf: EndOf
  readonly isOptional: boolean
}

const isOneOf = (values: readonly (string | null)[]): EndOf => {
  const ends = values.map(value => expected(JSON.stringify(value)))
  return (bytes, at) => {
    for (const endOf of ends) {
      const end = endOf(bytes, at)
      if (end !== -1) return end
    }
    return -1
  }
}

const PAGE_KEYS = ['url', 'title', 'referrer', 'type'].map(name => expected(`"${name}":`))
const PAGE_TEXTS = [textUpTo(1_000), textUpTo(1_000), textUpTo(1_000), textUpTo(100)]

/** A page with an address and nothing unknown; its texts in any order, which is not ours but the sender's. */
function endOfPage(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== OPEN_OBJECT) return -1
  let hasUrl = false
  for (let place = at + 1; ; place++) {
    let end = -1
    for (let key = 0; end === -1 && key < PAGE_KEYS.length; key++) {
      const value = PAGE_KEYS[key]!(bytes, place)
      if (value === -1) continue
      hasUrl ||= key === 0
      end = PAGE_TEXTS[key]!(bytes, value)
      if (end === -1) return -1
    }
    if (end === -1) return -1
    if (bytes[end] === CLOSE_OBJECT) return hasUrl ? end + 1 : -1
    if (bytes[end] !== 0x2c) return -1
    place = end
  }
}

const HEX = /[\da-f]/i
const UUID = Array.from('00000000-0000-0000-0000-000000000000', sign => sign === '-')
const IS_HEX = Uint8Array.from({ length: 256 }, (_, byte) => (HEX.test(String.fromCharCode(byte)) ? 1 : 0))

function endOfUuid(bytes: Uint8Array, at: number): number {
  for (let index = 0; index < ID_LETTERS; index++) {
    const byte = bytes[at + 1 + index]!
    if (UUID[index]! ? byte !== 0x2d : IS_HEX[byte] !== 1) return -1
  }
  const end = at + 1 + ID_LETTERS
  return bytes[at] === 0x22 && bytes[end] === 0x22 ? end + 1 : -1
}

const endOfWord = wordUpTo(100)
const endOfLine = expected('}\n')

/** The fields in the order in which our collector writes them. What they may hold is said at `isOrdinaryEvent`. */
const FIELDS = {
  id: endOfUuid,
  name: endOfWord,
  stage: isOneOf([...JOURNEY_STAGES, null]),
  time: endOfCount,
  visitor_id: endOfWord,
  user_id: endOfWord,
  account_id: endOfWord,
  session_id: endOfWord,
  session_number: (bytes: Uint8Array, at: number) => (bytes[at] === 0x30 ? -1 : endOfCount(bytes, at)),
  sequence: endOfCount,
  page: endOfPage,
  touch: endOfObject,
  consent: isOneOf(CONSENT_STATES),
  properties: endOfObject,
  received_at: endOfCount,
  corrected_time: endOfCount,
  bot: expected('true'),
  user_agent: textUpTo(1_000),
  ip: textUpTo(100),
  device_visitor_id: endOfWord,
  dropped: endOfObject,
} satisfies Record<string, EndOf>

type FieldName = keyof typeof FIELDS

const OPTIONAL: ReadonlySet<string> = new Set<FieldName>([
  'user_id',
  'account_id',
  'page',
  'touch',
  'bot',
  'user_agent',
  'ip',
  'device_visitor_id',
  'dropped',
])
const NAMES = Object.keys(FIELDS) as FieldName[]
const PLACES = Object.fromEntries(NAMES.map((name, place) => [name, place])) as Record<FieldName, number>
const IN_ORDER: readonly Field[] = NAMES.map(name => ({
  key: Buffer.from(`${name === 'id' ? '{' : ','}"${name}":`),
  endOf: FIELDS[name],
  isOptional: OPTIONAL.has(name),
}))

function ordinaryTouch(text: string): Touchpoint | undefined {
  const touch: unknown = JSON.parse(text)
  return isOrdinaryTouch(touch) ? touch : undefined
}

export function createLineGlance(isWhole: IsWhole): LineGlance {
  // Their last letters tell ids apart, and names too. A touch may differ anywhere.
  const wordAt = createKnownBytes(text => text, 8, 4_096)
  const touchAt = createKnownBytes(ordinaryTouch, 2_000, 16_384)
  // Of the last line: where the value of each field begins and ends; 0 where it has none.
  const starts = new Int32Array(NAMES.length)
  const ends = new Int32Array(NAMES.length)

  function findFields(bytes: Buffer, start: number): number {
    let at = start
    for (let place = 0; place < IN_ORDER.length; place++) {
      const { key, endOf, isOptional } = IN_ORDER[place]!
      let letter = 0
      while (letter < key.length && bytes[at + letter] === key[letter]) letter++
      if (letter < key.length) {
        if (!isOptional) return -1
        ends[place] = 0
        continue
      }
      starts[place] = at + letter
      at = endOf(bytes, at + letter)
      if (at === -1) return -1
      ends[place] = at
    }
    return at
  }

  const has = (field: FieldName): boolean => ends[PLACES[field]] !== 0
  const numberOf = (bytes: Buffer, field: FieldName): number =>
    countIn(bytes, starts[PLACES[field]]!, ends[PLACES[field]]!)
  const wordOf = (bytes: Buffer, field: FieldName): string =>
    wordAt(bytes, starts[PLACES[field]]! + 1, ends[PLACES[field]]! - 1)
  const wordOrNone = (bytes: Buffer, field: FieldName): string | undefined =>
    has(field) ? wordOf(bytes, field) : undefined

  /** Undefined where the touch is not an ordinary one. */
  function arrivalOf(bytes: Buffer, start: number): Arrival | undefined {
    const touch = touchAt(bytes, starts[PLACES.touch]!, ends[PLACES.touch]!)
    if (!touch) return undefined
    const id = bytes.toString('latin1', start + ID_AT, start + ID_AT + ID_LETTERS).toLowerCase()
    return { id, touch }
  }

  return {
    look(bytes, start, end) {
      const at = findFields(bytes, start)
      if (at === -1 || endOfLine(bytes, at) !== end + 1) return undefined
      const stageAt = starts[PLACES.stage]!
      const stage = bytes[stageAt] === 0x22 ? (wordOf(bytes, 'stage') as JourneyStage) : null
      if (isWhole(wordOf(bytes, 'name'), stage)) return undefined
      const arrival = has('touch') ? arrivalOf(bytes, start) : undefined
      if (has('touch') && !arrival) return undefined
      return {
        corrected_time: numberOf(bytes, 'corrected_time'),
        sequence: numberOf(bytes, 'sequence'),
        visitor_id: wordOf(bytes, 'visitor_id'),
        user_id: wordOrNone(bytes, 'user_id'),
        account_id: wordOrNone(bytes, 'account_id'),
        session_id: wordOf(bytes, 'session_id'),
        stage,
        bot: has('bot') ? true : undefined,
        onPage: has('page'),
        arrival,
      }
    },
  }
}

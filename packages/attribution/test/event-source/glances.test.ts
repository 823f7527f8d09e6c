import { GLANCES, hasGlances, readEvents } from '@jejak/attribution'
import type { BadRow, DuplicateRow, Glance } from '@jejak/attribution'
import type { StoredEvent } from '@jejak/events'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isGlance } from '../../src/glance.ts'
import { from, idOf } from '../journeys/event.ts'
import { inPieces, lines, readText } from './files.ts'

const full: StoredEvent = {
  id: idOf(1),
  name: 'view_item',
  stage: 'consideration',
  time: 1_790_000_000_000,
  visitor_id: 'v-1',
  user_id: 'u-1',
  account_id: 'a-1',
  session_id: 's-1',
  session_number: 2,
  sequence: 3,
  page: { url: 'https://shop.example/', title: 'Kain “batik” 🧵 \\ "tulis"', type: 'product' },
  touch: { ...from('google'), click_ids: { gclid: 'x' } },
  consent: 'granted',
  properties: { value: -1.5e-7, items: [{ item_id: 'x', tags: [] }], none: null, yes: true, empty: {} },
  received_at: 1_790_000_000_500,
  corrected_time: 1_790_000_000_100,
  bot: true,
  user_agent: 'Mozilla/5.0',
  ip: '192.0.2.0',
}
const json = JSON.stringify(full)

const glanceOf = (event: StoredEvent): Glance => ({
  corrected_time: event.corrected_time,
  sequence: event.sequence,
  visitor_id: event.visitor_id,
  user_id: event.user_id,
  account_id: event.account_id,
  session_id: event.session_id,
  stage: event.stage,
  bot: event.bot,
  onPage: event.page !== undefined,
  arrival: event.touch && { id: event.id, touch: event.touch },
})

async function glanceAt(content: string | Uint8Array, pieceSize?: number) {
  const events: (StoredEvent | Glance)[] = []
  const badRows: BadRow[] = []
  const duplicates: DuplicateRow[] = []
  const source = readEvents('-', {
    stdin: inPieces(content, pieceSize),
    onBadRow: row => badRows.push(row),
    onDuplicate: row => duplicates.push(row),
  })
  if (!hasGlances(source)) throw new Error('the source gives no glances')
  for await (const some of source[GLANCES](name => name === 'purchase')) events.push(...some)
  return { events, badRows, duplicates, summary: source.summary }
}

/** Both ways to read give the same, as far as a glance goes. Gives back at how many events it was enough. */
async function expectSame(content: string | Uint8Array, pieceSize?: number): Promise<number> {
  const whole = await readText(content, pieceSize)
  const glanced = await glanceAt(content, pieceSize)
  const events = glanced.events.map((event, at) => (isGlance(event) ? glanceOf(whole.events[at]!) : whole.events[at]))
  expect(glanced).toStrictEqual({ ...whole, events })
  return glanced.events.filter(isGlance).length
}

const { touch: _, user_id: __, account_id: ___, bot: ____, page: _____, ...least } = full
const other = { ...least, id: idOf(2) }

describe('a glance is enough at', () => {
  test.each<[what: string, event: object]>([
    ['an event with everything', full],
    ['one with nothing that may be left out', least],
    ['one that is in no stage', { ...full, stage: null }],
    ['the first of a server, which does not count', { ...full, sequence: 0 }],
    ['one whose texts hold quotes, signs and other scripts', { ...full, user_agent: 'a "b" \\ \n \t é 🧵' }],
    ['one whose id is in capital letters', { ...full, id: idOf(0xabc).toUpperCase() }],
    ['ids in another script', { ...full, visitor_id: 'é🧵', session_id: 'Ã©' }],
  ])('%s', async (_, event) => {
    expect(await expectSame(lines(event, { ...event, id: idOf(2) }))).toBe(2)
  })
})

describe('an event is read whole, with the same outcome, if', () => {
  const withText = (from: string, to: string): string => json.replace(from, () => to)
  const cases: [what: string, line: string][] = [
    ['it is asked for', JSON.stringify({ ...full, name: 'purchase' })],
    ['its fields are in another order', JSON.stringify(Object.fromEntries(Object.entries(full).toReversed()))],
    ['a field is there twice', withText('"time":', '"time":1,"time":')],
    ['a field is there twice, at the end', withText('"ip":"192.0.2.0"', '"ip":"1","visitor_id":"v-2"')],
    ['a field is missing', withText('"session_number":2,', '')],
    ['a field is unknown', withText('"consent"', '"more":1,"consent"')],
    ['a field is null', withText('"user_id":"u-1"', '"user_id":null')],
    ['a page is unusual', withText('"type":"product"', '"type":"product","more":1')],
    ['a page has no address', withText('"url"', '"title"')],
    ['a touch is unusual', withText('"landing"', '"ground":1,"landing"')],
    ['it has white space', withText('"time":', '"time": ')],
    ['a needed text is escaped', withText('"v-1"', String.raw`"v\u002d1"`)],
    ['a text has a code', withText('Mozilla', String.raw`\u004dozilla`)],
    ['a key is a trap', withText('"value"', '"__proto__"')],
    ['a key is an escaped trap', withText('"value"', String.raw`"\u005f_proto__"`)],
    ['a key deep inside is a trap', withText('"item_id"', '"__proto__"')],
    ['a click id is a trap', withText('"gclid"', '"__proto__"')],
    ['a number has a fraction', withText('"sequence":3', '"sequence":3.0')],
    ['a number begins with 0', withText('"sequence":3', '"sequence":03')],
    ['a number is huge', withText('"sequence":3', '"sequence":99999999999999999999')],
    ['a number is the largest', withText('"sequence":3', '"sequence":9007199254740991')],
    ['a date is too late', withText('"corrected_time":', '"corrected_time":999')],
    ['it is the first session 0', withText('"session_number":2', '"session_number":0')],
    ['bot is false', withText('"bot":true', '"bot":false')],
    ['a text is long', JSON.stringify({ ...full, user_agent: 'x'.repeat(1_001) })],
    ['a word is empty', withText('"v-1"', '""')],
    ['an id is no UUID', withText('0000', '000g')],
    ['a control character is in a text', withText('Mozilla', 'Moz\u0001illa')],
    ['a list ends with a comma', withText('"tags":[]', '"tags":[1,]')],
    ['a bracket is missing', withText('"tags":[]', '"tags":[')],
    ['more follows', `${json}{}`],
    ['it ends early', json.slice(0, -1)],
    ['the line end is of Windows', `${json}\r`],
    ['it is nested deeply', withText('"tags":[]', `"tags":${'['.repeat(40)}${']'.repeat(40)}`)],
  ]
  test.each(cases)('%s', async (_, line) => {
    expect(await expectSame(lines(line, other))).toBe(1)
  })

  test('it is not UTF-8', async () => {
    const bytes = Buffer.from(lines(full, other))
    bytes[bytes.indexOf('Mozilla')] = 0xff
    expect(await expectSame(bytes)).toBe(0)
  })

  test('its id was there before', async () => {
    expect(await expectSame(lines(full, other, full, { ...full, id: full.id.toUpperCase() }))).toBe(2)
  })
})

test('of an event that is there twice the first is kept, whichever way it is read', async () => {
  const odd = json.replace('"v-1"', '"v-2" ')
  expect(await expectSame(lines(odd, full))).toBe(0)
  expect(await expectSame(lines(full, odd))).toBe(1)
})

test('text that looks like the end of a field or of an event is only text', async () => {
  const texts = ['"}', '","id":"', '\\', '\\"', '{"id":"', ']}', '"corrected_time":1}', '__proto__', '"__proto__":1']
  const events = texts.map((text, at) => ({
    ...full,
    id: idOf(100 + at),
    page: { url: text, title: text },
    properties: { [text.startsWith('__') ? 'x' : text]: text, id: 'x', touch: { visitor_id: text } },
    user_agent: text,
  }))
  expect(await expectSame(lines(...events))).toBe(events.length)
})

test('pieces may be cut anywhere', async () => {
  for (const size of [1, 7, 100, 1_000]) await expectSame(lines(full, other, { ...full, id: idOf(3) }), size)
})

test('however a line was changed, it gives the same event or the same reason', async () => {
  const sign = fc.constantFrom(
    ...Array.from('{}[]":,\\ \n\u0000_0129-.eEtfnu\u2028é🧵'),
    '__proto__',
    '\\u',
    '\\"',
    'null',
    '"x":',
    '""',
  )
  const change = fc.record({
    at: fc.nat(json.length),
    remove: fc.nat(3),
    insert: fc.string({ unit: sign, maxLength: 3 }),
  })
  const field = fc.constantFrom(...(Object.keys(full) as (keyof StoredEvent)[]), 'unknown')
  const odd = fc.oneof(fc.jsonValue(), fc.nat(), fc.constantFrom('x', 'a'.repeat(100), 'é'.repeat(60), 1e300, -0))
  const line = fc
    .record({
      fields: fc.dictionary(field, odd, { maxKeys: 1 }),
      properties: fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('id', '__x')), fc.jsonValue(), { maxKeys: 3 }),
      changes: fc.array(change, { maxLength: 2 }),
    })
    .map(({ fields, properties, changes }) => {
      let text = JSON.stringify({ ...full, properties, ...fields })
      for (const { at, remove, insert } of changes) text = text.slice(0, at) + insert + text.slice(at + remove)
      return text
    })
  let glances = 0
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 3 }), async some => {
      glances += await expectSame(lines(...some))
    }),
    { numRuns: 1_000 },
  )
  expect(glances).toBeGreaterThan(100)
})

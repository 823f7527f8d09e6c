import { createHmac } from 'node:crypto'
import { contactMapping, mapEvents, refuseRow } from '@jejak/attribution'
import type { ContactMappingOptions } from '@jejak/attribution'
import { storedEventSchema } from '@jejak/events/schemas'
import { describe, expect, test } from 'vitest'
import { folderWith, lines, readAll } from '../event-source/files.ts'
import { mapAll } from './read-mapped.ts'

const KEY = 'a secret of the shop alone'
const visit = { time: '2026-11-02T10:15:00+07:00', kind: 'store_visit', user_id: 'U-7' }

/** The events of such rows, and why others are none. */
async function read(rows: readonly object[], options: ContactMappingOptions = {}) {
  const { events, badRows } = await mapAll(rows, contactMapping(options))
  return { events, reasons: badRows.map(({ line, reason }) => `${line}: ${reason}`) }
}

describe('a contact', () => {
  test.each([
    ['store_visit', 'store_visit awareness Store'],
    ['Shop visit', 'store_visit awareness Store'],
    ['call', 'phone_call consideration Call'],
    ['event', 'event_attended awareness Event'],
    ['Print code', 'ad_click awareness Print'],
    ['meeting_held', 'meeting_held decision Offline'],
  ])('of the kind %j is an event of its stage and channel: %s', async (kind, expected) => {
    const { events } = await read([{ ...visit, kind }])
    const [{ name, stage, touch }] = events as [(typeof events)[number]]
    expect(`${name} ${stage} ${touch!.referrer!.replace('channel:', '')}`).toBe(expected)
    expect(storedEventSchema.safeParse(events[0]).success).toBe(true)
  })

  test('has the channel, the campaign, the place and the code that the table says', async () => {
    const row = { ...visit, channel: 'Leaflets', campaign: 'lebaran', location_id: 'kemang', code: 'LEBARAN-7' }
    const { events } = await read([row])
    expect(events[0]).toMatchObject({
      touch: {
        referrer: 'channel:Leaflets',
        utm_source: 'kemang',
        utm_medium: 'store',
        utm_campaign: 'lebaran',
        utm_content: 'LEBARAN-7',
      },
      properties: { campaign: 'lebaran', location_id: 'kemang' },
    })
  })

  test('has the same id in every table that tells of it, whatever the order and the names of its columns', async () => {
    const other = { Siapa: 'U-7', kind: 'Shop visit', Waktu: '2026-11-02T03:15:00Z', note: 'bought tea' }
    const [{ events }, again] = await Promise.all([
      read([visit]),
      read([other], { columns: { time: 'Waktu', user_id: 'Siapa' } }),
    ])
    expect(again.events[0]!.id).toBe(events[0]!.id)
    expect(events[0]!.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-/)
  })
})

describe('of persons', () => {
  test('an e-mail address and a phone number are kept as the hash that anybody with the key makes', async () => {
    const rows = [
      { ...visit, user_id: '', email: ' Ani@Example.com ' },
      { ...visit, user_id: '', phone: '0812-3456 789' },
    ]
    const { events } = await read(rows, { hashKey: KEY, countryCode: '62' })
    const hash = (text: string) => createHmac('sha256', KEY).update(text).digest('hex')
    expect(events.map(({ user_id }) => user_id)).toEqual([hash('ani@example.com'), hash('+628123456789')])
    expect(JSON.stringify(events)).not.toMatch(/example|3456/i)
  })

  test.each([
    ['without a key', { email: 'bayu@toko.example' }, {}, /^1: email: is not kept as it is; `hashKey`/],
    ['in another column', { user_id: 'bayu@toko.example' }, {}, /^1: user_id: holds an e-mail address/],
    ['in the campaign', { user_id: 'U-7', campaign: 'to bayu@toko.example' }, {}, /^1: campaign: holds an e-mail/],
    ['a phone number as an id', { user_id: '+62 877 3456 789' }, {}, /^1: user_id: holds a phone number/],
    [
      'a number of no country',
      { phone: '08773456789' },
      { hashKey: KEY },
      /^1: phone: expected a number with the code/,
    ],
    ['an address that is none', { email: 'bayu' }, { hashKey: KEY }, /^1: email: expected an address/],
    ['nobody', {}, {}, /^1: visitor_id: the row has neither a visitor nor a user/],
  ])('%s: the row is left out, and its reason quotes nothing', async (_, person, options, reason) => {
    const { events, reasons } = await read([{ time: visit.time, kind: 'call', ...person }, visit], options)
    expect(reasons).toEqual([expect.stringMatching(reason)])
    expect(reasons.join()).not.toMatch(/bayu|877/)
    expect(events).toHaveLength(1)
  })

  test('an address beside an id of the shop is not looked at', async () => {
    const { events } = await read([{ ...visit, email: 'ani@example.com' }], { columns: { user_id: 'user_id' } })
    expect(JSON.stringify(events)).not.toContain('example')
  })
})

test('a time without a zone is no moment, unless its zone is said', async () => {
  const times = ['2026-11-02 10:15', '2026-11-02', '2026-11-02 10:15:00+0700', '2026-11-02T03:15Z', '1793589300']
  const rows = times.map(time => ({ ...visit, time }))
  const { reasons } = await read(rows)
  expect(reasons.map(reason => reason.slice(0, 29))).toEqual(
    ['1: time: names no time zone; `', '2: time: names no time zone; `'].map(text => text.slice(0, 29)),
  )

  const { events } = await mapAll(rows, contactMapping({ hasTimeZone: true }), { timeZone: 'Asia/Jakarta' })
  const noon = Date.parse('2026-11-02T03:15:00Z')
  const midnight = Date.parse('2026-11-01T17:00:00Z')
  // All of one moment tell of one visit.
  expect(events.map(({ time }) => time)).toEqual([noon, midnight])
})

test('an order or a click is no contact', async () => {
  const { reasons } = await read([
    { ...visit, kind: 'purchase' },
    { ...visit, kind: 'click' },
    { ...visit, kind: '' },
  ])
  expect(reasons).toHaveLength(3)
  expect(reasons[0]).toMatch(/^1: kind: expected store_visit, call, event, print_code, or a standard event/)
})

test('a column that was asked for must be there', async () => {
  const folder = await folderWith({ 'contacts.csv': lines('time,kind,user', '2026-11-02T10:15:00Z,call,U-7') })
  await expect(readAll(folder, { mapping: contactMapping() })).rejects.toThrow(/`user_id` from the column "user_id"/)
  await expect(
    readAll(folder, { mapping: contactMapping({ columns: { user_id: 'user', code: 'Kode' } }) }),
  ).rejects.toThrow(/`utm_content` from the column "Kode", which is not there/)
  expect((await readAll(folder, { mapping: contactMapping({ columns: { user_id: 'user' } }) })).events).toHaveLength(1)
})

test.each<[object, RegExp]>([
  [{ columns: { email: 'mail' } }, /`hashKey` to be a secret of 16 characters or more, as `columns.email`/],
  [{ hashKey: 'short' }, /`hashKey` to be a secret of 16 characters or more$/],
  [{ countryCode: '+62' }, /`countryCode` to be the code of a country, such as 62, got "\+62"/],
  [{ columns: { mail: 'x' } }, /`columns` to be an object of time, kind, .*got "mail"/],
])('%j is answered with what would be right', (options, message) => {
  expect(() => contactMapping(options)).toThrow(message)
})

test('any mapping may refuse a row and say why', async () => {
  const reasons: string[] = []
  const mapping = { name: () => refuseRow('name: is of no use'), time: 'time', user_id: 'user_id' }
  for await (const event of mapEvents([visit], mapping, { onBadRow: ({ reason }) => reasons.push(reason) })) {
    expect(event).toBeUndefined()
  }
  expect(reasons).toEqual(['name: is of no use'])
})

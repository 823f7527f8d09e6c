import { newEventId, redactPersonalData } from '@jejak/events'
import type { PersonalDataKind } from '@jejak/events'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const redacted = (text: string, name = 'note') =>
  (redactPersonalData({ properties: { [name]: text } }).properties as Record<string, string>)[name]

/** Digits that end in the right check digit of a payment card. */
function withCheckDigit(start: string): string {
  return Array.from('0123456789', digit => start + digit).find(isLuhn)!
}
function isLuhn(digits: string): boolean {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, i) => {
      const product = Number(digit) * (i % 2 ? 2 : 1)
      return total + Math.floor(product / 10) + (product % 10)
    }, 0)
  return sum % 10 === 0
}

describe('is taken out', () => {
  test.each([
    ['write to siti@toko.co.id, please', 'write to [email], please'],
    ['Siti <siti.n+x@toko.co.id>', 'Siti <[email]>'],
    ['{"mail":"siti@toko.id","n":1}', '{"mail":"[email]","n":1}'],
    ['https://toko.example/u/siti%40toko.id/cart', 'https://toko.example/u/[email]/cart'],
    ['https://toko.example/?e=siti%2540toko.id&a=%C3%A9', 'https://toko.example/?e=[email]&a=%C3%A9'],
    ['https://toko.example/#/me?mail=siti@toko.id', 'https://toko.example/#/me?mail=[email]'],
    ['https://siti:secret@toko.example/', 'https://siti:[email]/'],
    ['用户@例子.广告', '[email]'],
    ['pay 4111111111111111 now', 'pay [card] now'],
    ['5500-0000-0000-0004', '[card]'],
    ['4111 1111 1111 1111 123', '[card] 123'],
    ['2026 4111 1111 1111 1111 7', '2026 [card] 7'],
    ['3782 822463 10005', '[card]'],
    ['/pay?pan=4111%201111%201111%201111&x=1', '/pay?pan=[card]&x=1'],
    ['/pay?pan=4111+1111+1111+1111', '/pay?pan=[card]'],
    ['/pay?pan=%34111111111111111#4111111111111111', '/pay?pan=[card]#[card]'],
    ['call +62 812-3456-7890', 'call [phone]'],
    ['+44 (0)20 7946 0958', '[phone]'],
    ['0812-3456-7890', '[phone]'],
    ['081234567890', '[phone]'],
    ['(021) 555-1234', '[phone]'],
    ['555-234-5678 or (555) 234-5678', '[phone] or [phone]'],
    ['https://wa.me/6281234567890?text=hi', 'https://wa.me/[phone]?text=hi'],
    ['/?p=%2B62%20812%203456%207890&q=2', '/?p=[phone]&q=2'],
    ['/?phone=5551234&size=5551234', '/?phone=[phone]&size=5551234'],
  ])('from %j: %j', (text, expected) => expect(redacted(text)).toBe(expected))

  test('a telephone number of any look from what is called one', () => {
    expect(redacted('555 12 34', 'customer_phone')).toBe('[phone]')
  })

  test('whatever is nested', () => {
    const event = {
      page: { url: '/?a=a@b.co' },
      properties: { items: [{ item_name: 'for a@b.co' }], list: ['a@b.co'] },
    }
    expect(redactPersonalData(event)).toEqual({
      page: { url: '/?a=[email]' },
      properties: { items: [{ item_name: 'for [email]' }], list: ['[email]'] },
    })
  })

  test('an e-mail address, whatever it is made of and wherever it stands', () => {
    const word = fc.stringMatching(/^[a-z\d]{1,12}$/)
    const mail = fc
      .tuple(word, word, fc.constantFrom('com', 'co.id', 'id', 'museum'))
      .map(([a, b, c]) => `${a}@${b}.${c}`)
    const text = fc.tuple(fc.string(), mail, fc.string(), fc.integer({ min: 0, max: 3 }))
    fc.assert(
      fc.property(text, ([before, address, after, times]) => {
        let written = address
        for (let i = 0; i < times; i++) written = encodeURIComponent(written)
        const result = redacted(`${before} ${written} ${after}`)!
        expect(result).not.toContain(written)
        expect(result).toContain('[email]')
      }),
    )
  })

  test('the number of a card, however it is grouped and wherever it stands', () => {
    const start = fc.constantFrom('4', '51', '55', '2221', '2720', '6011', '62', '3530')
    const digits = fc.tuple(start, fc.stringMatching(/^\d{15}$/)).map(([a, b]) => withCheckDigit((a + b).slice(0, 15)))
    const groups = fc.tuple(digits, fc.constantFrom('', ' ', '-', '+', '%20', '%2520')).map(([number, between]) => ({
      number,
      written: number.match(/\d{4}/g)!.join(between),
    }))
    fc.assert(
      fc.property(fc.string(), groups, fc.string(), (before, { written }, after) => {
        const result = redacted(`${before} ${written} ${after}`)!
        expect(result).not.toContain(written)
        expect(result).toContain('[card]')
      }),
    )
  })
})

describe('is left as it is', () => {
  test.each([
    'ORDER-2026-000123',
    '#100234',
    '20261124000012',
    '2026112400001234',
    '111-1234567-1234567',
    'Rp 1.250.000',
    'IDR 150000.50',
    '2026-11-24T10:48:36+07:00',
    '24.11.2026 10:48',
    '01-02-2026 1048',
    '1732445316000',
    '1732445316000123',
    '8991002101234',
    '978-0-306-40615-7',
    'GA1.1.1234567890.1732445316',
    '1234567890.1732445316',
    'G-ABC1234567',
    '0.4111111111111111',
    'logo@2x.png',
    'jejak@1.2.3',
    '192.168.100.200',
    'EAALxyz4111111111111111abc',
    '100% of 50%',
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile Safari/537.36',
  ])('%s', text => expect(redacted(text)).toBe(text))

  test.each(['transaction_id', 'item_id', 'sku', 'gtin13', 'gad_campaignid'])('digits that are called %s', name => {
    expect(redacted('4111111111111111', name)).toBe('4111111111111111')
    expect(redacted(`/?${name}=081234567890`)).toBe(`/?${name}=081234567890`)
  })

  test('who it was, and click ids', () => {
    const event = {
      user_id: 'siti@toko.id',
      account_id: '081234567890',
      touch: { click_ids: { epik: '6281234567890' } },
    }
    expect(redactPersonalData(event)).toEqual(event)
  })

  test('what the shop says is to be left', () => {
    const event = { properties: { store_phone: '081234567890', note: '081234567890' } }
    expect(redactPersonalData(event, { leave: ['store_phone'] }).properties).toEqual({
      store_phone: '081234567890',
      note: '[phone]',
    })
  })

  test('whatever is no text', () => {
    const event = { properties: { value: 4111111111111111, paid: true, none: null, list: [81234567890] } }
    expect(redactPersonalData(event)).toEqual(event)
  })

  test('every UUID, time and id of GA4', () => {
    const ga4 = fc.tuple(fc.nat(2 ** 31), fc.nat(2 ** 31)).map(([a, b]) => `GA1.1.${a + 1e9}.${b + 1e9}`)
    const instant = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    const date = instant.map(at => at.toISOString())
    const texts = fc.oneof(
      fc.uuid(),
      fc.constant(0).map(() => newEventId({ time: Date.now(), counter: 0 })),
      date,
      date.map(at => at.slice(0, 10)),
      ga4,
    )
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        for (const text of [a, `${a} ${b}`, `/?a=${a}&b=${encodeURIComponent(b)}`, `/${a}/${b}`])
          expect(redacted(text)).toBe(text)
      }),
      { numRuns: 500 },
    )
  })

  test('every amount, and every time in milliseconds or seconds', () => {
    fc.assert(
      fc.property(fc.nat(2_000_000_000), fc.nat(99), (amount, cents) => {
        const time = 1_000_000_000_000 + amount * 400
        for (const text of [`${amount}`, `${amount}.${cents}`, amount.toLocaleString('id'), `${time}`])
          expect(redacted(text)).toBe(text)
      }),
    )
  })
})

test('what was redacted is not changed by being redacted again', () => {
  const pieces = [
    'a@b.co',
    '4111111111111111',
    '4111 1111 1111 1111',
    '+62 812 3456 7890',
    '081234567890',
    '%40',
    '%25',
  ]
  const signs = ['%2540', ' ', '-', '+', '.', '@', '/?phone=', '&id=', '0', '08', '62', '(', ')', 'x', '[', ']', '%']
  const piece = fc.constantFrom(...pieces, ...signs)
  const text = fc.array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 12 }).map(parts => parts.join(''))
  fc.assert(
    fc.property(text, whole => {
      const once = redacted(whole)!
      expect(redacted(once)).toBe(once)
    }),
    { numRuns: 3_000 },
  )
})

test('what was taken out is counted by its kind, and its value is not told', () => {
  const told: unknown[][] = []
  const event = { page: { url: '/?e=a@b.co' }, properties: { note: 'a@b.co 4111111111111111 081234567890' } }
  redactPersonalData(event, { onRedact: (...details: [PersonalDataKind]) => told.push(details) })
  expect(told).toEqual([['email'], ['email'], ['card'], ['phone']])
})

test('the event that was given is not changed', () => {
  const event = { properties: { note: 'a@b.co' } }
  redactPersonalData(event)
  expect(event).toEqual({ properties: { note: 'a@b.co' } })
})

test.each([
  '%25'.repeat(200_000),
  'a'.repeat(500_000),
  '1 '.repeat(200_000),
  '4111 '.repeat(100_000),
  '@a.'.repeat(100_000),
])('a text made to be slow is read to its end', text => expect(redacted(text)).toBeTypeOf('string'))

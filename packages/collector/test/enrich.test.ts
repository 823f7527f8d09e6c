import { createHmac } from 'node:crypto'
import { createCollector } from '@jejak/collector'
import type { CollectorOptions, SenderInfo } from '@jejak/collector'
import { createMemorySink } from '@jejak/collector/sinks/memory'
import { orderEventId } from '@jejak/events'
import type { StoredEvent } from '@jejak/events'
import { storedEventSchema } from '@jejak/events/schemas'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { batchOf, envelope, idOf, NOW, quietLog, requestOf, send } from './sending.ts'

const HOUR = 3_600_000
const CHROME =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36'

interface Sending {
  time?: number
  sentAt?: number
  headers?: Record<string, string>
  info?: SenderInfo
}

/** One event as it is stored when it is sent like this. */
async function stored(sending: Sending, options: Partial<CollectorOptions> = {}): Promise<StoredEvent> {
  const { time = NOW - 1_000, sentAt = NOW, headers = {}, info = {} } = sending
  const sink = createMemorySink()
  const collector = createCollector({ sink, log: quietLog(), now: () => NOW, ...options })
  await collector(requestOf(JSON.stringify(batchOf([envelope(1, { time })], { sent_at: sentAt })), headers), info)
  return sink.events[0]!
}

describe('what an order has only once', () => {
  const order = { transaction_id: 'T-1001', currency: 'IDR', value: 1, items: [{ item_id: 'BATIK-01' }] }
  const purchase = (n: number) => envelope(n, { name: 'purchase', properties: order })

  test('is stored once, under an id made of the order, whoever tells of it and when', async () => {
    const sink = createMemorySink()
    const collector = createCollector({ sink, log: quietLog(), now: () => NOW })
    expect(await send(collector, [purchase(1), purchase(2)])).toMatchObject({ accepted: 1, duplicates: 1, refused: [] })
    const fromServer = { ...purchase(3), id: orderEventId('purchase', order)! }
    expect(await send(collector, [fromServer])).toMatchObject({ accepted: 0, duplicates: 1 })
    expect(sink.events.map(({ id }) => id)).toEqual([orderEventId('purchase', order)])
  })

  test('is refused by the id it was sent with, by which its sender finds it', async () => {
    const collector = createCollector({ sink: createMemorySink(), log: quietLog(), now: () => NOW })
    const { refused } = await send(collector, [envelope(1, { name: 'purchase', properties: { ...order, value: '1' } })])
    expect(refused).toMatchObject([{ id: idOf(1), index: 0 }])
  })

  test('tells its parcels apart', async () => {
    const sink = createMemorySink()
    const collector = createCollector({ sink, log: quietLog(), now: () => NOW })
    const shipped = (n: number, tracking_id: string) =>
      envelope(n, { name: 'order_shipped', properties: { transaction_id: 'T-1001', tracking_id } })
    expect(await send(collector, [shipped(1, 'A'), shipped(2, 'B'), shipped(3, 'A')])).toMatchObject({ accepted: 2 })
  })
})

describe('what the sender had to give up', () => {
  test('is stored with the first event of its batch, and once however often the batch comes', async () => {
    const sink = createMemorySink()
    const collector = createCollector({ sink, log: quietLog(), now: () => NOW })
    const dropped = { overflow: 12, consent: 0, refused: 1 }
    await send(collector, [envelope(1), envelope(2)], { dropped })
    await send(collector, [envelope(1), envelope(2)], { dropped })
    expect(sink.events.map(event => event.dropped)).toEqual([{ overflow: 12, refused: 1 }, undefined])
  })

  test('is what the batch says, not an event', async () => {
    const sink = createMemorySink()
    const collector = createCollector({ sink, log: quietLog(), now: () => NOW })
    await send(collector, [{ ...envelope(1), dropped: { overflow: 999 } } as never])
    expect(sink.events[0]).not.toHaveProperty('dropped')
  })
})

describe('personal data', () => {
  const properties = { note: 'call 081234567890 or siti@toko.id', store_phone: '081234567890' }
  const page = { url: 'https://toko.example/?mail=siti%40toko.id' }
  const kept = async (options: Partial<CollectorOptions>): Promise<StoredEvent> => {
    const sink = createMemorySink()
    const collector = createCollector({ sink, log: quietLog(), now: () => NOW, ...options })
    await send(collector, [envelope(1, { name: 'note_written', properties, page, user_id: 'siti@toko.id' })])
    return sink.events[0]!
  }

  test('in texts and addresses is taken out, unless the shop wants it left', async () => {
    expect(await kept({})).toMatchObject({
      properties: { note: 'call [phone] or [email]', store_phone: '[phone]' },
      page: { url: 'https://toko.example/?mail=[email]' },
    })
    expect((await kept({ redact: ['store_phone'] })).properties['store_phone']).toBe('081234567890')
    expect(await kept({ redact: false })).toMatchObject({ properties, page })
  })

  test('is told of in the log by its kind and count, once a minute, and never as it was', async () => {
    let now = NOW
    const log = quietLog()
    const collector = createCollector({ sink: createMemorySink(), log, now: () => now })
    for (const number of [1, 2, 3]) {
      await send(collector, [envelope(number, { name: 'note_written', properties })])
      now += 40_000
    }
    expect(log.warnings).toEqual([
      expect.stringContaining('took personal data out of events: 1 × email, 2 × phone.'),
      expect.stringContaining('took personal data out of events: 2 × email, 4 × phone.'),
    ])
    expect(log.warnings.join('')).not.toMatch(/siti|0812/)
  })
})

describe('the visitor cookie', () => {
  const OLD = '0198c1c2-7b1f-7000-8000-000000000001'
  const NEW = '0198c1c2-7b1f-7000-8000-000000000002'
  const asked = async (
    headers: Record<string, string>,
    facts: Partial<StoredEvent> = {},
    options: Partial<CollectorOptions> = { visitorCookie: true },
  ) => {
    const sink = createMemorySink()
    const collector = createCollector({ sink, log: quietLog(), now: () => NOW, ...options })
    const event = envelope(1, { visitor_id: NEW, ...facts })
    const response = await collector(requestOf(JSON.stringify(batchOf([event])), headers))
    return { cookie: response.headers.get('set-cookie'), event: sink.events[0]! }
  }

  test('is set for 400 days, of the same site alone, and never sent in the clear where the shop is not', async () => {
    const lasting = `jejak_visitor=${NEW}; Path=/; Max-Age=34560000; SameSite=Lax`
    expect((await asked({ 'x-forwarded-proto': 'https' })).cookie).toBe(`${lasting}; Secure`)
    expect((await asked({}, {}, {})).cookie).toBeNull()
  })

  test('tells who a browser’s new visitor is, whose id is kept beside it', async () => {
    const { cookie, event } = await asked({ cookie: `other=1; jejak_visitor=${OLD}` })
    expect(event).toMatchObject({ visitor_id: OLD, device_visitor_id: NEW })
    expect(cookie).toContain(OLD)
    const known = await asked({ cookie: `jejak_visitor=${NEW}` })
    expect(known.event).not.toHaveProperty('device_visitor_id')
  })

  test.each([
    ['limited consent', {}, { consent: 'limited' as const }],
    ['consent that was pending', {}, { consent: 'pending' as const }],
    ['Global Privacy Control', { 'sec-gpc': '1' }, {}],
  ])('is neither read nor set with %s', async (_, headers, facts) => {
    const { cookie, event } = await asked({ cookie: `jejak_visitor=${OLD}`, ...headers }, facts)
    expect([cookie, event.visitor_id]).toEqual([null, NEW])
  })

  test('that somebody has written anything into is none', async () => {
    for (const value of ['', 'x', '<script>', `${OLD}%0d%0aset-cookie: a=b`, 'a'.repeat(500)]) {
      const { cookie, event } = await asked({ cookie: `jejak_visitor=${value}` })
      expect([event.visitor_id, cookie!.includes(NEW)]).toEqual([NEW, true])
    }
  })
})

describe('hashed ids', () => {
  const hashKey = '0123456789abcdef'
  const idsOf = async (key: string | undefined, ...users: string[]): Promise<(string | undefined)[]> => {
    const sink = createMemorySink()
    const collector = createCollector({ sink, log: quietLog(), now: () => NOW, ...(key && { hashKey: key }) })
    await send(
      collector,
      users.map((user_id, place) => envelope(place + 1, { user_id, account_id: 'acme' })),
    )
    return sink.events.map(({ user_id }) => user_id)
  }

  test('are the HMAC-SHA-256 of what was sent, the same for the same user, another with another key', async () => {
    const hash = createHmac('sha256', hashKey).update('siti@toko.id').digest('hex')
    expect(await idsOf(hashKey, 'siti@toko.id', ' Siti@Toko.id')).toEqual([hash, hash])
    expect(await idsOf(`${hashKey}!`, 'siti@toko.id')).not.toEqual([hash])
    expect(await idsOf(hashKey, 'U-1', 'u-1')).not.toContain('U-1')
    expect(new Set(await idsOf(hashKey, 'U-1', 'u-1')).size).toBe(2)
    expect(await idsOf(undefined, 'U-1')).toEqual(['U-1'])
  })
})

describe('time', () => {
  test('is kept as it was, with the time of receipt beside it', async () => {
    const event = await stored({ time: NOW - HOUR, sentAt: NOW - 5 * HOUR })
    expect([event.time, event.received_at]).toEqual([NOW - HOUR, NOW])
  })

  test('is not corrected for the seconds a batch was under way', async () => {
    expect((await stored({ time: NOW - HOUR, sentAt: NOW - 5_000 })).corrected_time).toBe(NOW - HOUR)
  })

  test('is corrected by the difference between a wrong clock and ours', async () => {
    const behind = await stored({ time: NOW - 3 * HOUR, sentAt: NOW - 2 * HOUR })
    const ahead = await stored({ time: NOW + HOUR, sentAt: NOW + 2 * HOUR })
    expect([behind.corrected_time, ahead.corrected_time]).toEqual([NOW - HOUR, NOW - HOUR])
  })

  test('that would still lie in the future is that of receipt', async () => {
    expect((await stored({ time: NOW + 2_000, sentAt: NOW })).corrected_time).toBe(NOW)
    expect((await stored({ time: NOW + 2 * HOUR, sentAt: NOW + HOUR })).corrected_time).toBe(NOW)
  })

  test('is taken at its word where it lies after its own sending: the clock was set anew in between', async () => {
    const setBack = await stored({ time: NOW - 3 * HOUR, sentAt: NOW - 10 * HOUR })
    const inSeconds = await stored({ time: NOW - 3 * HOUR, sentAt: NOW / 1_000 })
    expect([setBack.corrected_time, inSeconds.corrected_time]).toEqual([NOW - 3 * HOUR, NOW - 3 * HOUR])
  })

  test('is taken at its word where it would be before 1970: nobody sends in the year 50000', async () => {
    expect((await stored({ time: NOW - HOUR, sentAt: NOW * 1_000 })).corrected_time).toBe(NOW - HOUR)
  })

  test('of whatever two clocks, gives an event the schema of stored events accepts', async () => {
    const time = fc.integer({ min: 0, max: 8.64e15 })
    await fc.assert(
      fc.asyncProperty(time, time, time, async (seen, sentAt, now) => {
        const event = await stored({ time: seen, sentAt }, { now: () => now })
        expect(storedEventSchema.parse(event)).toEqual(event)
        expect(event.corrected_time).toBeLessThanOrEqual(event.received_at)
      }),
    )
  })
})

describe('the user agent', () => {
  test('is stored, and one of a person is marked nothing', async () => {
    const event = await stored({ headers: { 'user-agent': CHROME } })
    expect(event.user_agent).toBe(CHROME)
    expect(event).not.toHaveProperty('bot')
  })

  test.each([
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    'curl/8.5.0',
  ])('of a program that opens pages marks the event, and the event is kept: %s', async userAgent => {
    const headers = { 'user-agent': userAgent, origin: 'https://toko.example' }
    expect(await stored({ headers })).toMatchObject({ bot: true, user_agent: userAgent })
  })

  test.each(['node', 'axios/1.7.2', 'okhttp/4.12.0', 'GuzzleHttp/7', 'python-requests/2.31'])(
    "of the shop's own server or app, which names no origin, marks nothing: %s",
    async userAgent => {
      const event = await stored({ headers: { 'user-agent': userAgent } })
      expect(event.user_agent).toBe(userAgent)
      expect(event).not.toHaveProperty('bot')
    },
  )

  test('is cut where it is longer than any browser has', async () => {
    const event = await stored({ headers: { 'user-agent': 'x'.repeat(100_000) } })
    expect(event.user_agent).toBe('x'.repeat(1_000))
  })

  test('that is missing leaves no field', async () => {
    expect(await stored({})).not.toHaveProperty('user_agent')
  })
})

describe('the address', () => {
  test('is not stored unless it is asked for', async () => {
    expect(await stored({ info: { ip: '203.0.113.7' } })).not.toHaveProperty('ip')
  })

  test.each([
    ['203.0.113.7', '203.0.113.0'],
    ['255.255.255.255', '255.255.255.0'],
    ['::ffff:203.0.113.7', '203.0.113.0'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::'],
    ['2001:db8::1', '2001:db8::'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::'],
    ['::1', '::'],
    ['fe80::1%eth0', 'fe80::'],
    ['1::2:3', '1::'],
    ['::2:3:4:5:6:7:8', '0:2:3::'],
  ])('%s is shortened to %s', async (ip, short) => {
    const event = await stored({ info: { ip } }, { ip: 'truncate' })
    expect(event.ip).toBe(short)
  })

  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::FFFF:203.0.113.7', '203.0.113.7'],
    ['[2001:db8:0:0::1]', '2001:db8::1'],
  ])('%s is kept as %s', async (ip, kept) => {
    expect((await stored({ info: { ip } }, { ip: 'keep' })).ip).toBe(kept)
  })

  test.each(['unknown', '', '256.1.1.1', '1.2.3', '01.2.3.4', '1.2.3.4.', '1.2.3.4, 5.6.7.8', '<b>', ':::', '1:2'])(
    'that is none is not stored: "%s"',
    async ip => {
      expect(await stored({ info: { ip } }, { ip: 'keep' })).not.toHaveProperty('ip')
    },
  )

  test('is never read from a header by itself, only where the shop says so', async () => {
    const headers = { 'x-forwarded-for': '198.51.100.9', 'x-real-ip': '198.51.100.9' }
    const sending = { headers, info: { ip: '203.0.113.7' } }
    expect((await stored(sending, { ip: 'keep' })).ip).toBe('203.0.113.7')

    const clientIp = (request: Request) => request.headers.get('x-real-ip') ?? undefined
    expect((await stored(sending, { ip: 'keep', clientIp })).ip).toBe('198.51.100.9')
  })

  test('any IPv6 address shortens to its first 48 bits', async () => {
    await fc.assert(
      fc.asyncProperty(fc.ipV6(), async ip => {
        const short = (await stored({ info: { ip } }, { ip: 'truncate' })).ip!
        if (short.includes('.')) return
        const groups = (text: string) => new URL(`http://[${text}]`).hostname
        expect(groups(short)).toBe(`[${short}]`)
        expect(expand(short)).toEqual([...expand(ip).slice(0, 3), 0, 0, 0, 0, 0])
      }),
    )
  })
})

/** The eight groups of an IPv6 address, told by arithmetic. */
function expand(ip: string): number[] {
  const dotted = ip.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes: string[]) => {
    const [a, b, c, d] = bytes.map(Number) as [number, number, number, number]
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
  })
  const [before = '', after = ''] = dotted.split('::')
  const list = (text: string) => text.split(':').filter(Boolean)
  const missing = 8 - list(before).length - list(after).length
  return [...list(before), ...Array<string>(dotted.includes('::') ? missing : 0).fill('0'), ...list(after)].map(group =>
    parseInt(group, 16),
  )
}

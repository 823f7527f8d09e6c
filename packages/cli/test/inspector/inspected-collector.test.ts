import { createMemorySink } from '@jejak/collector/sinks/memory'
import { expect, test, vi } from 'vitest'
import type { Exchange } from '../../src/inspector/exchange.ts'
import { createInspectedCollector } from '../../src/inspector/inspected-collector.ts'
import { createInspectorFeed } from '../../src/inspector/inspector-feed.ts'

const log = { warn: () => {}, error: () => {} }

let made = 0
const login = (more: object = {}) => ({
  id: `01923456-789a-7abc-8def-${String(++made).padStart(12, '0')}`,
  name: 'login',
  stage: null,
  time: 1,
  visitor_id: 'v',
  session_id: 's',
  session_number: 1,
  sequence: 1,
  consent: 'granted',
  properties: {},
  ...more,
})

const post = (events: readonly unknown[], body?: BodyInit) =>
  new Request('http://127.0.0.1/e', {
    method: 'POST',
    body: body ?? JSON.stringify({ schema: 1, sent_at: 1, library: { name: 'test', version: '1' }, events }),
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  })

function inspected() {
  const told: Exchange[] = []
  const sink = createMemorySink()
  return { told, sink, collector: createInspectedCollector({ sink, log }, exchange => told.push(exchange)) }
}

test('each event of a batch is told what became of it', async () => {
  const { collector, told } = inspected()
  const [first, second] = [login(), login()]
  await collector(post([first]))
  const response = await collector(post([{ ...login(), time: 'now' }, first, second, second]))
  expect(await response.json()).toMatchObject({ accepted: 1, duplicates: 2 })
  expect(told[1]!.events.map(({ outcome }) => outcome)).toEqual(['refused', 'duplicate', 'stored', 'duplicate'])
})

test('requests at the same time are told apart', async () => {
  const { collector, told } = inspected()
  const shared = login()
  await Promise.all([collector(post([shared, login()])), collector(post([shared])), collector(post([login()]))])
  expect(told.flatMap(({ events }) => events.map(({ outcome }) => outcome)).sort()).toEqual([
    'duplicate',
    'stored',
    'stored',
    'stored',
  ])
})

test('a body that never ends does not hold the answer back when the request is turned away', async () => {
  const { collector, told } = inspected()
  const endless = new ReadableStream({ start: controller => controller.enqueue(new TextEncoder().encode('{')) })
  const request = new Request(post([], endless), { headers: { 'content-type': 'application/xml' } })
  expect((await collector(request)).status).toBe(415)
  expect(told).toHaveLength(1)
})

test('a body of more than the collector takes is answered as it would be without', async () => {
  const { collector, told } = inspected()
  const response = await collector(post([], 'x'.repeat(3_000_000)))
  expect(response.status).toBe(413)
  expect(told[0]!.findings[0]!.mend).toMatch(/Send fewer events at a time/)
})

test('what is kept is bounded, however much comes, and what is counted is not', async () => {
  const { collector, told } = inspected()
  const feed = createInspectorFeed()
  const batch = Array.from({ length: 20 }, () => login({ properties: { long: 'x'.repeat(9_000) } }))
  await collector(post(batch))
  for (let number = 1; number <= 500; number++) feed.add({ ...told[0]!, number })
  const { exchanges, totals } = feed.snapshot()
  expect(JSON.stringify(exchanges).length).toBeLessThan(2_500_000)
  expect(exchanges.at(-1)!.number).toBe(500)
  expect(totals.accepted).toBe(10_000)
})

test('whatever is sent, it is answered and told', async () => {
  const { collector, told } = inspected()
  const bodies = [
    'null',
    '[]',
    '{"events":{}}',
    '{"schema":1,"events":[null,1,"x",[]]}',
    '{"schema":1,"sent_at":1,"library":{"name":"t","version":"1"},"events":[null,{"name":{}},{"time":1e300}]}',
  ]
  for (const body of bodies) expect((await collector(post([], body))).status).toBeLessThan(500)
  await vi.waitFor(() => expect(told).toHaveLength(bodies.length))
})

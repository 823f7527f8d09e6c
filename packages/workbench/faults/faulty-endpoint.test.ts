import type { Batch } from '@jejak/events'
import { expect, onTestFinished, test } from 'vitest'
import { createFaultyEndpoint } from './faulty-endpoint.ts'
import type { FaultyEndpoint } from './faulty-endpoint.ts'

async function openEndpoint(): Promise<FaultyEndpoint> {
  const endpoint = await createFaultyEndpoint()
  onTestFinished(() => endpoint.close())
  return endpoint
}

function batch(): Batch {
  const id = () => crypto.randomUUID()
  const event = { id: id(), name: 'spin_wheel', stage: null, time: Date.now(), visitor_id: id(), session_id: id() }
  return {
    schema: 1,
    sent_at: Date.now(),
    library: { name: 'test', version: '1' },
    events: [{ ...event, session_number: 1, sequence: 1, consent: 'granted', properties: { number: 1 } }],
  }
}

const post = ({ url }: FaultyEndpoint, events = batch()) => fetch(url, { method: 'POST', body: JSON.stringify(events) })

/** Why a request failed, as Node has it. */
async function faultOf(request: Promise<Response>): Promise<unknown> {
  const error: unknown = await request.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return (error as { cause?: { code?: unknown } } | undefined)?.cause?.code
}

test.each([
  [true, 1],
  [false, 0],
])('a reset connection loses the answer, whether the batch is stored (%s) or not', async (store, stored) => {
  const endpoint = await openEndpoint()
  endpoint.next({ fault: 'reset', store })
  expect(await faultOf(post(endpoint))).toBe('ECONNRESET')
  expect(endpoint.batches).toHaveLength(1)
  expect(endpoint.stored).toHaveLength(stored)
})

test('treatments are used up one after the other, then it is healthy again', async () => {
  const endpoint = await openEndpoint()
  endpoint.next({ status: 503 }, { status: 404 })
  const sent = batch()
  const statuses: number[] = []
  for (let count = 0; count < 3; count++) statuses.push((await post(endpoint, sent)).status)
  expect(statuses).toEqual([503, 404, 200])
  expect(endpoint.stored).toHaveLength(1)
})

test('while it is down connections are refused, and it comes back where it was', async () => {
  const endpoint = await openEndpoint()
  await endpoint.goDown()
  expect(await faultOf(post(endpoint))).toBe('ECONNREFUSED')
  await endpoint.comeBack()
  expect((await post(endpoint)).status).toBe(200)
})

test('an answer that breaks off cannot be read to its end', async () => {
  const endpoint = await openEndpoint()
  endpoint.next({ fault: 'truncate' })
  const answer = await post(endpoint)
  expect(answer.status).toBe(200)
  await expect(answer.text()).rejects.toThrow('terminated')
  expect(endpoint.stored).toHaveLength(1)
})

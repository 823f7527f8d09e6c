import type { Page } from 'playwright-core'
import { askPage } from './page-watch.ts'
import type { EndpointTrial } from './visit.ts'

const TIMEOUT_MS = 10_000

/**
 * Asks an endpoint whether it takes batches of this page, by one that has no events in it: nothing is stored. First
 * from within the page, as the tracker would; where that gets no answer, from outside, which tells why.
 */
export async function tryEndpoint(page: Page, endpoint: string, writeKey: string | undefined): Promise<EndpointTrial> {
  const body = JSON.stringify({
    schema: 1,
    sent_at: Date.now(),
    library: { name: 'jejak-doctor', version: '1' },
    ...(writeKey !== undefined && { write_key: writeKey }),
    events: [],
  })
  const inside = (await askPage(
    page,
    `fetch(${JSON.stringify(endpoint)}, {
    method: 'POST', headers: { 'content-type': 'text/plain;charset=UTF-8' }, body: ${JSON.stringify(body)},
    credentials: 'same-origin', redirect: 'manual', signal: AbortSignal.timeout(${TIMEOUT_MS}),
  }).then(async answer => ({ status: answer.status, text: (await answer.text()).slice(0, 500) }), () => undefined)`,
  )) as { status: number; text: string } | undefined
  if (inside) return { endpoint, status: inside.status, answer: inside.text, outside: undefined }
  return {
    endpoint,
    status: undefined,
    answer: '',
    outside: await fromOutside(endpoint, body, new URL(page.url()).origin),
  }
}

async function fromOutside(endpoint: string, body: string, origin: string): Promise<EndpointTrial['outside']> {
  try {
    const { status, headers } = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'text/plain;charset=UTF-8', origin },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    return { status, allowedOrigin: headers.get('access-control-allow-origin') }
  } catch (error) {
    const { cause, message } = error as Error
    return { error: cause instanceof Error ? cause.message : message }
  }
}

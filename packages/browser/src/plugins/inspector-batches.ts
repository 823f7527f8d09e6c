import type { Batch, BatchAnswer } from '@jejak/events'

/** A batch on its way, or with its answer. */
export interface SentBatch {
  readonly batch: Batch
  /** Undefined while none has come; 0 where nobody was reached. */
  readonly status: number | undefined
  readonly answer: Partial<BatchAnswer>
}

/**
 * Tells of the batches that leave by `fetch`, and of their answers; nothing of a request is changed. What leaves in
 * another way (a transport or a body of the page's own, a beacon) is not seen. Gives back how to undo it.
 */
export function watchBatches(onBatch: (sent: SentBatch) => void): () => void {
  const original = window.fetch.bind(window)
  const before = window.fetch
  const own: typeof fetch = async (input, init) => {
    const batch = readBatch(init)
    if (!batch) return original(input, init)
    onBatch({ batch, status: undefined, answer: {} })
    try {
      const response = await original(input, init)
      // Read before the tracker has it: it ends a request as soon as it knows enough.
      onBatch({ batch, status: response.status, answer: await readAnswer(response) })
      return response
    } catch (error) {
      onBatch({ batch, status: 0, answer: {} })
      throw error
    }
  }
  window.fetch = own
  return () => {
    if (window.fetch === own) window.fetch = before
  }
}

function readBatch(init: RequestInit | undefined): Batch | undefined {
  try {
    const body = init?.body
    if (typeof body !== 'string' || !body.startsWith('{"schema":1,')) return undefined
    const batch = JSON.parse(body) as Batch
    return Array.isArray(batch.events) ? batch : undefined
  } catch {
    return undefined
  }
}

async function readAnswer(response: Response): Promise<Partial<BatchAnswer>> {
  try {
    return ((await response.clone().json()) as Partial<BatchAnswer> | null) ?? {}
  } catch {
    return {} // whoever takes events need not say more
  }
}

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** By this a page says itself when it is to be killed, and does nothing any more from then on. */
export interface KillSwitch {
  /** Resolves once the page has asked for it and it was done. */
  readonly done: Promise<void>
  /** A page that asks for this gets no answer. */
  readonly url: string
  close(): void
}

export async function createKillSwitch(kill: () => Promise<void>): Promise<KillSwitch> {
  let onDone = (_done: Promise<void>) => {}
  const done = new Promise<void>(resolve => {
    onDone = resolve
  })
  const server = createServer(() => onDone(kill()))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    done,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

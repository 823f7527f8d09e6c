import { openWebSocket } from './web-socket.ts'

/** One tab of WebKit, seen through its remote inspector: unlike automation, that leaves storage as it is. */
export interface Inspector {
  /** The value of an expression, or what its promise resolves to, as JSON. */
  readonly evaluate: (expression: string) => Promise<unknown>
  /** Whether the tab has gone. */
  readonly isClosed: boolean
}

interface Target {
  readonly targetId: string
  readonly isProvisional?: boolean
}

/** What comes from the inspector. The page's own messages are packed into those of its target. */
interface Message {
  readonly id?: number
  readonly method?: string
  readonly error?: { readonly message: string }
  readonly params?: {
    readonly targetInfo?: Target
    readonly targetId?: string
    readonly newTargetId?: string
    readonly message?: string
  }
  readonly result?: { readonly wasThrown?: boolean; readonly result?: RemoteObject }
}

interface RemoteObject {
  readonly objectId?: string
  readonly value?: unknown
  readonly description?: string
}

export async function connectInspector(address: string): Promise<Inspector> {
  const asked = new Map<number, { resolve(message: Message): void; reject(reason: Error): void }>()
  let isClosed = false
  let lastId = 0
  /** The page of the tab. Another process may go on with it after a navigation, and it is another one then. */
  let target = ''
  let onTarget = () => {}
  const ready = new Promise<void>(resolve => {
    onTarget = resolve
  })

  const socket = await openWebSocket(address, {
    onMessage: text => receive(JSON.parse(text) as Message),
    onClose() {
      isClosed = true
      forgetAsked('The tab has gone.')
    },
  })

  function receive({ method, params }: Message): void {
    if (method === 'Target.targetCreated' && !params?.targetInfo?.isProvisional) {
      goOnWith(params?.targetInfo?.targetId)
    } else if (method === 'Target.didCommitProvisionalTarget') {
      forgetAsked('The page has gone.')
      goOnWith(params?.newTargetId)
    } else if (method === 'Target.dispatchMessageFromTarget') {
      const answer = JSON.parse(params?.message ?? '{}') as Message
      asked.get(answer.id ?? 0)?.resolve(answer)
      asked.delete(answer.id ?? 0)
    }
  }

  function goOnWith(id = ''): void {
    target = id
    onTarget()
  }

  function forgetAsked(reason: string): void {
    for (const waiting of asked.values()) waiting.reject(new Error(reason))
    asked.clear()
  }

  async function ask(method: string, params: object): Promise<RemoteObject> {
    await ready
    if (isClosed) throw new Error('The tab has gone.')
    const id = ++lastId
    const message = JSON.stringify({ id, method, params })
    const { error, result } = await new Promise<Message>((resolve, reject) => {
      asked.set(id, { resolve, reject })
      socket.send(
        JSON.stringify({ id: ++lastId, method: 'Target.sendMessageToTarget', params: { targetId: target, message } }),
      )
    })
    if (error) throw new Error(error.message)
    if (result?.wasThrown) throw new Error(result.result?.description ?? 'The page threw something.')
    return result?.result ?? {}
  }

  return {
    get isClosed() {
      return isClosed
    },
    async evaluate(expression) {
      const { objectId, value } = await ask('Runtime.evaluate', { expression, emulateUserGesture: true })
      if (objectId === undefined) return value
      return (await ask('Runtime.awaitPromise', { promiseObjectId: objectId, returnByValue: true })).value
    },
  }
}

import type { BrowserStorage } from './browser-storage.ts'

/** Who an event is of, as it stands in the envelope. */
interface VisitorIds {
  visitor_id: string
  user_id?: string
  account_id?: string
}

export interface Visitor {
  readonly ids: Readonly<VisitorIds>
  identify(userId: string, accountId?: string): void
  /** Writes what is new. */
  save(): void
  /** Takes over what another tab wrote. Returns false when the visitor that was stored is another one now. */
  load(): boolean
  /** Erases the visitor; the next one is a stranger. */
  forget(): void
}

export interface VisitorOptions {
  readonly storage: BrowserStorage
  readonly newId: () => string
}

export function createVisitor({ storage, newId }: VisitorOptions): Visitor {
  let ids: VisitorIds = { visitor_id: newId() }
  let saved = false

  const visitor: Visitor = {
    get ids() {
      return ids
    },
    identify(userId, accountId) {
      ids = { ...ids, user_id: userId, ...(accountId && { account_id: accountId }) }
      saved = false
    },
    save() {
      saved ||= storage.write('visitor', ids)
    },
    load() {
      const stored = storage.read('visitor') as VisitorIds | null | undefined
      const isStored = typeof stored?.visitor_id === 'string'
      const isSame = !saved || stored?.visitor_id === ids.visitor_id
      if (isStored) ids = stored
      else if (saved) ids = { visitor_id: newId() }
      saved = isStored
      return isSame
    },
    forget() {
      storage.write('visitor', undefined)
      ids = { visitor_id: newId() }
      saved = false
    },
  }
  visitor.load()
  return visitor
}

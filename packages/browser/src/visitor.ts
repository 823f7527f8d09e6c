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
  /** Writes what is new. Returns true when another tab was first, and this one goes on with that one's visitor. */
  save(): boolean
  /** Takes over what another tab wrote. Returns false when the visitor that was stored is another one now. */
  load(): boolean
  /** Erases the visitor; the next one is a stranger. */
  forget(): void
}

export interface VisitorOptions {
  readonly storage: BrowserStorage
  readonly newId: () => string
  readonly visitorId?: string | undefined
}

export function createVisitor({ storage, newId, visitorId }: VisitorOptions): Visitor {
  let ids: VisitorIds = { visitor_id: visitorId || newId() }
  let saved = false

  function read(): VisitorIds | undefined {
    const stored = storage.read('visitor') as VisitorIds | null | undefined
    return typeof stored?.visitor_id === 'string' ? stored : undefined
  }

  const visitor: Visitor = {
    get ids() {
      return ids
    },
    identify(userId, accountId) {
      ids = { ...ids, user_id: userId, ...(accountId && { account_id: accountId }) }
      saved = false
    },
    save() {
      if (saved) return false
      const other = read()
      const isOther = !!other && other.visitor_id !== ids.visitor_id
      if (isOther) ids = { ...ids, visitor_id: other.visitor_id }
      saved = storage.write('visitor', ids)
      return isOther
    },
    load() {
      const stored = read()
      const isSame = !saved || stored?.visitor_id === ids.visitor_id
      if (stored || saved) ids = stored ?? { visitor_id: newId() }
      saved = !!stored
      return isSame
    },
    forget() {
      storage.write('visitor', undefined)
      try {
        // A collector with `visitorCookie` would know the stranger again by it.
        document.cookie = 'jejak_visitor=;path=/;max-age=0'
      } catch {
        // A frame without an origin has no cookies.
      }
      ids = { visitor_id: newId() }
      saved = false
    },
  }
  visitor.load()
  return visitor
}

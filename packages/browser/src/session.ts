import type { JourneyStage } from '@jejak/events'
import type { BrowserStorage } from './browser-storage.ts'
import type { SessionSettings } from './options.ts'

/** A visit, as it stands in the storage that the tabs share. The first three go into the envelope. */
interface SessionState {
  readonly session_id: string
  readonly session_number: number
  sequence: number
  /** When it was last seen, in milliseconds since the epoch. */
  seen: number
  /** The campaign it began with, or an empty string. */
  readonly campaign: string
  /** The last stage the visitor was in. */
  stage?: JourneyStage
}

export interface Session {
  /** The session as it is; undefined before its first event. */
  readonly state: Readonly<SessionState> | undefined
  /** Counts an event. Begins a session first when the last one is over, or when `campaign` is a new one. */
  next(campaign: string): Readonly<SessionState>
  /** Notes the stage the visitor is in now. */
  enter(stage: JourneyStage): void
  save(): void
  /** Takes over what another tab wrote, if that is the later word; or if it is of another visitor, in any case. */
  load(isOther?: boolean): void
  forget(): void
}

export interface SessionOptions {
  readonly storage: BrowserStorage
  readonly now: () => number
  readonly newId: () => string
  readonly session?: SessionSettings | undefined
}

export function createSession({ storage, now, newId, session: settings }: SessionOptions): Session {
  const { idleMinutes = 30, endAtMidnight } = settings ?? {}
  let state: SessionState | undefined

  // A clock that was set back by more than the idle time ends a session too: it cannot be told how long ago it was.
  const isOver = () =>
    !state ||
    Math.abs(now() - state.seen) > idleMinutes * 60_000 ||
    (endAtMidnight && new Date(now()).toDateString() !== new Date(state.seen).toDateString())

  const session: Session = {
    get state() {
      return state
    },
    next(campaign) {
      // Another tab may have gone on with this session, or begun the next, without its word having come here yet.
      let isNew = isOver()
      if (isNew) {
        session.load()
        isNew = isOver()
      }
      if (isNew || (campaign && campaign !== state?.campaign)) {
        state = {
          session_id: newId(),
          session_number: (state?.session_number ?? 0) + 1,
          sequence: 0,
          seen: 0,
          campaign,
        }
      }
      state!.sequence++
      state!.seen = now()
      return state!
    },
    enter(stage) {
      state!.stage = stage
    },
    save() {
      storage.write('session', state)
    },
    load(isOther) {
      if (isOther) state = undefined
      const stored = storage.read('session') as SessionState | null | undefined
      if (typeof stored?.session_id === 'string' && stored.seen >= (state?.seen ?? 0)) state = stored
    },
    forget() {
      storage.write('session', undefined)
      state = undefined
    },
  }
  session.load()
  return session
}

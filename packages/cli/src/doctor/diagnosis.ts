/** One thing that was looked at. */
export interface Diagnosis {
  readonly check:
    | 'page'
    | 'tag'
    | 'policy'
    | 'consent'
    | 'endpoint'
    | 'delivery'
    | 'page_views'
    | 'events'
    | 'duplicates'
    | 'speed'
  /** `warning`: it works, but not as well as it should, or nobody but the shop can tell. `broken`: something is lost. */
  readonly level: 'ok' | 'warning' | 'broken'
  /** What was found. */
  readonly what: string
  /** What to do about it; not where nothing has to be done. */
  readonly mend?: string
}

type Make = (check: Diagnosis['check'], what: string, mend?: string) => Diagnosis

const made =
  (level: Diagnosis['level']): Make =>
  (check, what, mend) => ({ check, level, what, ...(mend !== undefined && { mend }) })

export const ok: Make = made('ok')
export const warning: Make = made('warning')
export const broken: Make = made('broken')

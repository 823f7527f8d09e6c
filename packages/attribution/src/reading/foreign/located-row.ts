import type { ForeignRow } from './event-mapping.ts'

/** A row of a foreign log with its line, or the reason why there is none. */
export type LocatedRow =
  | { readonly line: number; readonly row: ForeignRow }
  | { readonly line: number; readonly reason: string }

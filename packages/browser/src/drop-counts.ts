import type { DropReason } from '@jejak/events'
import type { BrowserStorage } from './browser-storage.ts'

export type DropCounts = Partial<Record<DropReason, number>>

/** How many events were given up and not reported yet: in the storage the tabs share, so that it outlives the page. */
export interface UnreportedDrops {
  add(reason: DropReason, count: number): void
  /** Puts what was added where it is kept. */
  save(): void
  /** All that is to be reported. */
  all(): DropCounts
  /** Takes off what was reported. */
  reported(counts: DropCounts): void
  forget(): void
}

export function createUnreportedDrops(storage: BrowserStorage): UnreportedDrops {
  /** What is not in the storage: not yet, or because there is none. */
  let unsaved: DropCounts = {}

  const drops: UnreportedDrops = {
    add(reason, count) {
      unsaved[reason] = (unsaved[reason] ?? 0) + count
    },
    save() {
      if (isEmpty(unsaved)) return
      const all = drops.all()
      if (storage.write('dropped', isEmpty(all) ? undefined : all)) unsaved = {}
    },
    all() {
      const all = { ...(storage.read('dropped') as DropCounts) }
      for (const reason of Object.keys(unsaved) as DropReason[]) {
        const sum = (Number(all[reason]) || 0) + unsaved[reason]!
        if (sum > 0) all[reason] = sum
        else delete all[reason]
      }
      return all
    },
    reported(counts) {
      for (const reason of Object.keys(counts) as DropReason[]) drops.add(reason, -counts[reason]!)
      drops.save()
    },
    forget() {
      unsaved = {}
      storage.write('dropped', undefined)
    },
  }
  return drops
}

export function isEmpty(object: object): boolean {
  return Object.keys(object).length === 0
}

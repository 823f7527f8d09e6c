import type { StoredEvent } from '@jejak/events'
import { groupBy } from '../group-by.ts'
import { candidatesOf, chooseConversions } from './conversions.ts'
import type { Candidate } from './conversions.ts'
import { readDefinitions } from './conversion-definitions.ts'
import type { Definition } from './conversion-definitions.ts'
import { chooseStageModel } from '../chosen-stage-model.ts'
import type { Owners } from './identity.ts'
import type { KeptEvents } from './kept-events.ts'

/** A person's orders and reviews, in order of time, each once. */
interface PersonMilestones {
  readonly purchases: readonly Candidate[]
  readonly reviews: readonly Candidate[]
}

/** Keeps the events that tell of orders and reviews, whatever else is a conversion. */
export interface Milestones {
  readonly definitions: readonly Definition[]
  /** @param order as for `candidatesOf`. */
  note(event: StoredEvent, row: number, order: () => string | undefined): void
  /** By the owner's place in `Owners.names`. */
  byOwner(owners: Owners, kept: KeptEvents): ReadonlyMap<number, PersonMilestones>
}

const PURCHASE = 0

export function createMilestones(): Milestones {
  const model = chooseStageModel('canonical')
  const definitions = readDefinitions(
    undefined,
    { purchase: ['purchase', 'contract_signed'], review: 'submit_review' },
    model,
  )
  const candidates: Candidate[] = []
  return {
    definitions,
    note(event, row, order) {
      for (const candidate of candidatesOf(event, row, definitions, order)) candidates.push(candidate)
    },
    byOwner(owners, kept) {
      const { conversions } = chooseConversions(candidates, owners, kept)
      const of = groupBy(conversions, ({ row }) => owners.of[row]!)
      return new Map(
        Array.from(of, ([owner, own]) => [
          owner,
          {
            purchases: own.filter(({ definition }) => definition === PURCHASE),
            reviews: own.filter(({ definition }) => definition !== PURCHASE),
          },
        ]),
      )
    },
  }
}

import { STAGE_OF_EVENT, STAGE_OF_PAGE_TYPE } from '@jejak/events'
import type { Envelope, JourneyStage } from '@jejak/events'
import { isStandard } from './check-event.ts'

/** Why an event has the stage it has, as far as the event itself shows it. */
export function stageReason({ name, stage, page, sequence }: Envelope): string {
  const own = STAGE_OF_EVENT[name]
  if (own && own === stage) return `\`${name}\` is an event of this stage`
  if (own) return `said by \`stage\` in track() or by a rule of the shop; by itself \`${name}\` is ${own}`

  const type = page?.type
  const byType = type === undefined ? undefined : stageOfType(type)
  if (name === 'page_view') {
    if (byType && byType === stage) return `the page is of the type \`${type}\``
    if (byType) return `a rule of the shop; by its type \`${type}\` the page would be ${byType}`
    const unknown = type
      ? `the page's type \`${type}\` is none of the standard ones`
      : 'the page does not tell its type'
    return sequence <= 1 && stage === 'awareness'
      ? `${unknown}, and a first hit is awareness`
      : `${unknown}, so the stage before it was kept, unless a rule of the shop decided. \`data-jejak-page\` would tell it`
  }
  if (stage === null) {
    return isStandard(name)
      ? `\`${name}\` is context: it belongs to no stage by itself`
      : 'no rule of the shop names this event of its own'
  }
  return 'said by `stage` in track() or by a rule of the shop'
}

function stageOfType(type: string): JourneyStage | undefined {
  const types: Readonly<Partial<Record<string, JourneyStage>>> = STAGE_OF_PAGE_TYPE
  return Object.hasOwn(types, type) ? types[type] : undefined
}

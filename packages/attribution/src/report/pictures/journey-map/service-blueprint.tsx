import type { Doing, StageOnMap } from '../../facts/report-facts.ts'
import { eventName, stageName } from '../../words/event-words.ts'
import { mapWords } from '../../words/map-words.ts'
import type { PictureContext, PictureView } from '../picture.ts'
import { Doings, StageColumns } from './stage-columns.tsx'

const MOST = 6

/** What customers did, above what the organisation did in their sight, above what it did out of it. */
export function serviceBlueprint(stages: readonly StageOnMap[], context: PictureContext): PictureView {
  const { formats, language, minimum } = context
  const words = mapWords[language]
  const names = stages.map(({ stage }) => stageName(stage, language))
  const shown = (doings: readonly Doing[]): readonly Doing[] => doings.filter(({ people }) => people >= minimum)
  const inWords = (doings: readonly Doing[]): string =>
    shown(doings)
      .map(({ name, people }) => `${eventName(name, language)} ${formats.number(people)}`)
      .join(', ') || words.nothing
  const front = stages.filter(({ blueprint }) => shown(blueprint.front).length > 0)
  const back = stages.filter(({ blueprint }) => shown(blueprint.back).length > 0)
  return {
    name: words.blueprint,
    sentence: words.blueprintOf(new Set([...front, ...back]).size, front.length, back.length, formats),
    drawing: (
      <StageColumns
        stages={names}
        context={context}
        lanes={[
          {
            name: words.customer,
            cell: place => <Doings of={stages[place]!.touchpoints} context={context} most={MOST} />,
          },
          {
            name: words.front,
            kind: 'below-line',
            line: words.interaction,
            cell: place => <Doings of={stages[place]!.blueprint.front} context={context} most={MOST} />,
          },
          {
            name: words.back,
            kind: 'below-line',
            line: words.visibility,
            cell: place => <Doings of={stages[place]!.blueprint.back} context={context} most={MOST} />,
          },
        ]}
      />
    ),
    table: {
      caption: words.blueprintCaption,
      columns: [words.stage, words.customer, words.front, words.back].map(name => ({ name })),
      rows: stages.map(({ touchpoints, blueprint }, place) => [
        names[place]!,
        inWords(touchpoints),
        inWords(blueprint.front),
        inWords(blueprint.back),
      ]),
    },
  }
}

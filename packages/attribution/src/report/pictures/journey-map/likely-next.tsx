import type { JSX } from 'preact'
import type { JourneyMapFacts } from '../../facts/report-facts.ts'
import { stageName } from '../../words/event-words.ts'
import { mapWords } from '../../words/map-words.ts'
import type { PictureContext, PictureView } from '../picture.ts'
import { outstanding } from './outstanding.ts'
import { Bar, StageColumns } from './stage-columns.tsx'

interface Step {
  readonly name: string
  readonly isNothing: boolean
  readonly probability: number
  readonly people: number
  readonly medianMs: number | null
}

/** What is likely next from each stage, by what was seen so far. */
export function likelyNext({ stages, next }: JourneyMapFacts, context: PictureContext): PictureView | undefined {
  const { formats, language, minimum } = context
  const words = mapWords[language]
  const names = stages.map(({ stage }) => stageName(stage, language))
  const steps = stages.map(({ stage }) =>
    next
      .filter(({ from, people }) => from === stage && people >= minimum)
      .map(({ to, ...step }) => ({
        ...step,
        name: to === null ? words.nothingYet : stageName(to, language),
        isNothing: to === null,
      })),
  )
  if (next.length === 0) return undefined
  // From the last stage nothing can follow: that is no finding.
  const told = steps.slice(0, -1).flatMap((own, place) => {
    const most = outstanding(own, ({ probability }) => probability)
    if (!most) return []
    const share = formats.share(most.row.probability)
    return [
      most.row.isNothing ? words.likelyNothing(names[place]!, share) : words.likelyNext(names[place]!, most, share),
    ]
  })
  return {
    name: words.future,
    sentence: told.length === 0 ? words.noNext : told.slice(0, 3).join(' '),
    drawing: (
      <StageColumns
        stages={names}
        context={context}
        lanes={[{ name: words.future, cell: place => <Steps of={steps[place]!} context={context} /> }]}
      />
    ),
    table: {
      caption: words.futureCaption,
      columns: [
        { name: words.from },
        { name: words.to },
        { name: words.probability, isNumber: true },
        { name: words.peopleColumn, isNumber: true },
        { name: words.time, isNumber: true },
      ],
      rows: steps.flatMap((own, place) =>
        own.map(({ name, probability, people, medianMs }) => [
          names[place]!,
          name,
          formats.share(probability, 1),
          formats.number(people),
          medianMs === null ? words.nothing : formats.duration(medianMs),
        ]),
      ),
    },
  }
}

function Steps({ of, context }: { readonly of: readonly Step[]; readonly context: PictureContext }): JSX.Element {
  const { formats, language } = context
  const words = mapWords[language]
  if (of.length === 0) return <span class="map-nothing">{words.nothing}</span>
  return (
    <ul class="map-steps">
      {of.map(({ name, isNothing, probability, people, medianMs }) => (
        <li class={isNothing ? 'map-still' : undefined}>
          <strong class="map-figure">{formats.share(probability)}</strong> <bdi>{name}</bdi>
          <Bar share={probability} />
          <span class="map-small">
            {`${formats.number(people)} ${words.people(people, formats)}`}
            {medianMs !== null && ` · ${words.half(formats.duration(medianMs))}`}
          </span>
        </li>
      ))}
    </ul>
  )
}

import type { JSX } from 'preact'
import type { FunnelStep } from '../facts/report-facts.ts'
import { eventName, stageName } from '../words/event-words.ts'
import { stageWords } from '../words/stage-words.ts'
import { outstanding } from './journey-map/outstanding.ts'
import type { DrawPicture, PictureContext } from './picture.ts'

const MOST_INSTEAD = 3

interface Step extends FunnelStep {
  readonly name: string
  readonly stayed: number
  /** Whether how many moved on may be told: neither they nor the rest are few. */
  readonly isTold: boolean
}

/** How many came to each stage, how many went on and how fast, and what the others did last. */
export const drawStageFunnel: DrawPicture = ({ funnel }, context) => {
  if (!funnel || funnel.every(({ reached }) => reached === 0)) return undefined
  const { formats, language, minimum } = context
  const words = stageWords[language]
  const isFew = (people: number): boolean => people > 0 && people < minimum
  const steps = funnel.map((step, place): Step => {
    const stayed = step.reached - step.movedOn
    const isLast = place === funnel.length - 1
    return {
      ...step,
      name: stageName(step.stage, language),
      stayed,
      isTold: !isLast && step.reached >= minimum && !isFew(stayed) && !isFew(step.movedOn),
      instead: isLast ? [] : step.instead.filter(({ people }) => people >= minimum).slice(0, MOST_INSTEAD),
    }
  })
  return {
    id: 'stage-funnel',
    title: words.funnelTitle,
    note: words.funnelNote,
    views: [
      {
        name: 'all',
        sentence: sentenceOf(steps, context),
        drawing: (
          <ol class="stage-funnel">
            {steps.map((step, place) => (
              <Bars
                step={step}
                place={place}
                most={Math.max(...steps.map(({ reached }) => reached))}
                context={context}
              />
            ))}
          </ol>
        ),
        table: {
          caption: words.funnelCaption,
          columns: [
            { name: words.stage },
            { name: words.reached, isNumber: true },
            { name: words.movedOn, isNumber: true },
            { name: words.stayed, isNumber: true },
            { name: words.time, isNumber: true },
            { name: words.instead },
          ],
          rows: steps.map(step => [
            step.name,
            isFew(step.reached) ? words.few(minimum, formats) : formats.number(step.reached),
            step.isTold ? formats.number(step.movedOn) : words.nothing,
            step.isTold ? formats.number(step.stayed) : words.nothing,
            durationOf(step, context) ?? words.nothing,
            step.instead.map(({ name, people }) => `${doneIn(name, context)} ${formats.number(people)}`).join(', ') ||
              words.nothing,
          ]),
        },
      },
    ],
  }
}

function Bars(props: {
  readonly step: Step
  readonly place: number
  readonly most: number
  readonly context: PictureContext
}): JSX.Element {
  const { step, place, most, context } = props
  const { formats, language, minimum } = context
  const words = stageWords[language]
  const { name, reached, movedOn, stayed, isTold, instead } = step
  const duration = durationOf(step, context)
  const width = (people: number): string => `${Math.round((1_000 * people) / most) / 10}%`
  const isFew = reached > 0 && reached < minimum
  return (
    <li class={`c${(place % 7) + 1}`}>
      <h3>
        <bdi>{name}</bdi> <span>{words.reachedOf(isFew ? words.few(minimum, formats) : formats.number(reached))}</span>
      </h3>
      <svg width="100%" height="22" aria-hidden="true">
        {!isFew && <rect class="stage-reached" width={width(reached)} height="22" rx="3" />}
        {isTold && <rect width={width(movedOn)} height="22" rx="3" />}
      </svg>
      {isTold && (
        <p>
          {words.movedOnOf(formats.number(movedOn), formats.share(movedOn / reached))}
          {duration !== undefined && `, ${words.half(duration)}`}
          {' · '}
          {words.stayedOf(formats.number(stayed), formats.share(stayed / reached))}
        </p>
      )}
      {instead.length > 0 && (
        <dl>
          <dt>{words.instead}</dt>
          {instead.map(({ name: done, people }) => (
            <dd>
              <bdi>{doneIn(done, context)}</bdi> <span>{formats.number(people)}</span>
            </dd>
          ))}
        </dl>
      )}
    </li>
  )
}

function durationOf({ isTold, movedOn, medianMs }: Step, { formats }: PictureContext): string | undefined {
  return isTold && movedOn > 0 && medianMs !== null ? formats.duration(medianMs) : undefined
}

function doneIn(name: string, { language }: PictureContext): string {
  return name === '(left)' ? stageWords[language].left : eventName(name, language)
}

function sentenceOf(steps: readonly Step[], context: PictureContext): string {
  const { formats, language, minimum } = context
  const words = stageWords[language]
  if (steps.every(({ reached }) => reached < minimum)) return words.tooFew(minimum, formats)
  const most = outstanding(
    steps.filter(({ isTold, stayed }) => isTold && stayed > 0),
    ({ stayed, reached }) => stayed / reached,
  )
  if (!most) return words.funnelNone
  const { reached, stayed, instead } = most.row
  const told = words.funnel(most.name, most.isTied, formats.share(stayed / reached), reached, formats)
  const [first, second] = instead
  if (!first || most.isTied) return told
  const isTied = second?.people === first.people
  return `${told} ${words.insteadMost(doneIn(first.name, context), isTied, first.people, formats)}`
}

import type { JSX } from 'preact'
import type { HeatFacts } from '../facts/report-facts.ts'
import { stageName } from '../words/event-words.ts'
import { shownName } from '../words/shown-name.ts'
import { stageWords } from '../words/stage-words.ts'
import { isolatedName } from './isolated-name.ts'
import type { DrawPicture, PictureContext } from './picture.ts'

const MOST_CHANNELS = 20
const SHADES = 6

/** How many people were in which stage when they came through which channel. */
export const drawStageHeat: DrawPicture = ({ heat, stages }, context) => {
  if (!heat || heat.channels.length === 0) return undefined
  const { language, formats, minimum } = context
  const words = stageWords[language]
  const names = stages.map(stage => stageName(stage, language))
  return {
    id: 'stage-heat',
    title: words.heatTitle,
    note: words.heatNote(minimum, formats),
    views: [
      {
        name: 'all',
        sentence: sentenceOf(heat, names, context),
        drawing: <Cells heat={heat} stages={names} context={context} />,
        ...(heat.channels.length > MOST_CHANNELS && {
          table: {
            caption: words.heatCaption,
            columns: [{ name: words.channel }, ...names.map(name => ({ name, isNumber: true }))],
            rows: heat.channels.map((channel, row) => [
              isolatedName(channel),
              ...heat.people[row]!.map(people => shown(people, context)),
            ]),
          },
        }),
      },
    ],
  }
}

function Cells(props: {
  readonly heat: HeatFacts
  readonly stages: readonly string[]
  readonly context: PictureContext
}): JSX.Element {
  const { heat, stages, context } = props
  const words = stageWords[context.language]
  const most = Math.max(...heat.people.flat())
  const left = heat.channels.length - MOST_CHANNELS
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={`${words.heatTitle}. ${words.region}`}>
      <table class="stage-cells">
        <thead>
          <tr>
            <th scope="col">{words.channel}</th>
            {stages.map(stage => (
              <th scope="col">{stage}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {heat.channels.slice(0, MOST_CHANNELS).map((channel, row) => (
            <tr>
              <th scope="row">
                <bdi>{shownName(channel, 28)}</bdi>
              </th>
              {heat.people[row]!.map(people => (
                <td class={`stage-shade-${shadeOf(people, most, context)}`}>{shown(people, context)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 && <p class="stage-rest">{`+ ${words.rest(left, context.formats)}`}</p>}
    </div>
  )
}

/** 0 for none and few, so that a shade tells nothing that a number may not. */
function shadeOf(people: number, most: number, { minimum }: PictureContext): number {
  return people < minimum ? 0 : Math.min(SHADES, 1 + Math.floor((SHADES * people) / most))
}

function shown(people: number, { formats, minimum, language }: PictureContext): string {
  return people > 0 && people < minimum ? stageWords[language].few(minimum, formats) : formats.number(people)
}

function sentenceOf(
  heat: HeatFacts,
  stages: readonly string[],
  { formats, language, minimum }: PictureContext,
): string {
  const words = stageWords[language]
  const cells = heat.people.flatMap((row, channel) => row.map((people, stage) => ({ channel, stage, people })))
  const most = cells.reduce((first, cell) => (cell.people > first.people ? cell : first))
  if (most.people < minimum) return words.tooFew(minimum, formats)
  const isTied = cells.filter(({ people }) => people === most.people).length > 1
  return words.heat(isolatedName(heat.channels[most.channel]!), stages[most.stage]!, most.people, isTied, formats)
}
